//! Was this recovery run really easy?
//!
//! ```text
//! bytes ──decode──▶ Activity ──measure──▶ RunMetrics ──judge──▶ Audit ──▶ report
//! ```
//!
//! Every step is pure; files, clock and terminal belong to the command.

pub mod units;

pub mod activity;

pub mod annotations;

pub mod session;

pub mod zones;

pub mod settings;

pub mod decode;

pub mod unpack;

pub mod export_tables;

pub mod metrics;

pub mod ingest;

pub mod rows;

pub mod label;

pub mod history;

pub mod athlete;

pub mod audit;

pub mod review;

pub mod report;
