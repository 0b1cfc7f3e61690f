//! Was this recovery run really easy?
//!
//! ```text
//! bytes ──decode──▶ Activity ──measure──▶ RunMetrics ──judge──▶ Audit ──▶ report
//! ```
//!
//! One file, from its bytes to its verdict (`examples/judge_one_file.rs`):
//!
//! ```
#![doc = include_str!("../examples/judge_one_file.rs")]
//! ```
//!
//! Every step is pure: equal bytes and settings give equal results, on every system and with any number
//! of threads. Whoever wants more than bytes asks for it by a feature:
//!
//! - `files`: folders and archives of the disk, on all cores;
//! - `columnar`: rows and runs as columns, in Arrow and Parquet;
//! - `logbook`: what earlier jobs read and judged, in one `SQLite` file;
//! - `cli`: the command itself (default; it implies the others).
//!
//! The modules stand below in the order in which data flows through them; each names only those above
//! it. [`decode::FORMATS`], [`export_tables::TABLES`], [`zones::MODELS`], [`audit::CRITERIA`] and
//! [`report::OUTPUTS`] list what there is of each kind.

mod parallel;

#[cfg(feature = "columnar")]
pub mod columns;

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

pub mod folder_settings;

#[cfg(feature = "logbook")]
pub mod logbook;

pub mod report;

#[cfg(feature = "cli")]
pub mod cli;
