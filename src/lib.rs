//! Was this recovery run really easy?
//!
//! ```text
//! bytes ──decode──▶ Activity ──measure──▶ RunMetrics ──judge──▶ Audit ──▶ report
//! ```
//!
//! Every step is pure. Whoever wants more than bytes asks for it by a feature:
//!
//! - `files`: folders and archives of the disk, on all cores;
//! - `logbook`: what earlier jobs read and judged, in one `SQLite` file;
//! - `cli`: the command itself (default; it implies the others).

mod parallel;

pub mod units;

pub mod activity;

pub mod annotations;

pub mod session;

pub mod zones;

pub mod csv_table;

pub mod settings;

pub mod decode;

pub mod unpack;

pub mod export_tables;

pub mod repair;

pub mod metrics;

pub mod ingest;

#[cfg(feature = "files")]
pub mod files;

pub mod rows;

pub mod label;

pub mod history;

pub mod athlete;

pub mod audit;

pub mod review;

#[cfg(feature = "logbook")]
pub mod logbook;

pub mod report;

#[cfg(feature = "cli")]
pub mod cli;
