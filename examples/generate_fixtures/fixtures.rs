//! Everything that makes fixtures, as one tree of modules.
//!
//! Tests and benches take it in with
//! `#[path = "../examples/generate_fixtures/fixtures.rs"] mod fixtures;`.
#![allow(dead_code, reason = "each program that takes this in uses a part of it")]

pub(crate) mod fit_activity;
pub(crate) mod fit_messages;
pub(crate) mod fit_writer;
pub(crate) mod gpx_writer;
pub(crate) mod hour;
pub(crate) mod place;
pub(crate) mod run;
pub(crate) mod summary;
