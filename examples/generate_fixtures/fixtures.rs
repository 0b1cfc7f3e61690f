//! Everything that makes fixtures, as one tree of modules.
//!
//! Tests and benches take it in with
//! `#[path = "../examples/generate_fixtures/fixtures.rs"] mod fixtures;`.
#![allow(dead_code, reason = "each program that takes this in uses a part of it")]

pub(crate) mod account_writers;
pub(crate) mod apple_health_writer;
pub(crate) mod day;
pub(crate) mod device_writers;
pub(crate) mod exports;
pub(crate) mod faulty_recording;
pub(crate) mod fit_activity;
pub(crate) mod fit_messages;
pub(crate) mod fit_writer;
pub(crate) mod gpx_writer;
pub(crate) mod hour;
pub(crate) mod late_spring_days;
pub(crate) mod place;
pub(crate) mod recovery_days;
pub(crate) mod run;
pub(crate) mod season;
pub(crate) mod service_writers;
pub(crate) mod summary;
pub(crate) mod table_writer;
pub(crate) mod tcx_writer;
pub(crate) mod training_days;
pub(crate) mod year_before;

#[cfg(test)]
mod checks;
#[cfg(test)]
mod plain_rules;
