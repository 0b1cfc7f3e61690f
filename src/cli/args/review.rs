//! What is judged, and how the result is written.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::common::Common;
use super::formats::RowFormat;
use super::registry_values;
use crate::report::{OUTPUTS, Output};

/// What is judged of rows that were measured elsewhere.
#[derive(Debug, Args)]
pub struct JudgeArguments {
    /// How the rows on standard input are written.
    #[arg(long, value_enum, default_value_t = RowFormat::Ndjson)]
    pub input: RowFormat,
    #[command(flatten)]
    pub review: ReviewArguments,
}

/// The same wherever the rows come from.
#[derive(Debug, Args)]
pub struct ReviewArguments {
    /// How the result is written.
    #[arg(long, value_parser = registry_values::outputs(), default_value = OUTPUTS[0].id)]
    pub format: &'static Output,
    /// Write a report of HTML pages into this folder, which must be new, empty, or from an earlier
    /// report; the pages work from disk without a network.
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
    /// Show the shape of the route in the report: north is up, and its scale follows from the
    /// distance, so whoever knows your area may recognise where it was.
    #[arg(long, requires = "report")]
    pub with_map: bool,
    /// List every run, not only the recovery runs.
    #[arg(long)]
    pub all: bool,
    /// Judge every listed run as if it were labelled recovery.
    #[arg(long)]
    pub as_recovery: bool,
    /// Judge every judged run also with the ceiling, the maximum and the resting heart rate moved by
    /// up to 15 bpm; in JSON and NDJSON, and always in the report.
    #[arg(long)]
    pub what_if: bool,
    /// Write the splits of every run, and its time at each heart rate; in JSON and NDJSON, and always in
    /// the report.
    #[arg(long)]
    pub splits: bool,
    /// Only runs of this athlete of the settings.
    #[arg(long, value_name = "NAME")]
    pub athlete: Option<String>,
    /// Only runs from this local day on (YYYY-MM-DD), or `last`: only runs that are new, or whose
    /// verdict changed, since the last audit of the same paths.
    #[arg(long, value_name = "DAY", value_parser = since)]
    pub since: Option<Since>,
    /// Only runs up to this local day (YYYY-MM-DD).
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub until: Option<NaiveDate>,
    /// Exit with code 1 if this holds; may be given several times.
    #[arg(long, value_enum, value_name = "CONDITION")]
    pub fail_on: Vec<FailOn>,
    #[command(flatten)]
    pub common: Common,
    /// Write nothing but errors to standard error.
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Write long lists in full, and list what was skipped and why.
    #[arg(short, long)]
    pub verbose: bool,
}

impl ReviewArguments {
    /// Whether every run is judged, so that the result may stand for the folder.
    pub fn is_whole(&self) -> bool {
        let by_day = matches!(self.since, Some(Since::Day(_))) || self.until.is_some();
        self.athlete.is_none() && !by_day
    }
}

/// From when on runs are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// A local day.
    Day(NaiveDate),
    /// The last job over the same paths.
    Last,
}

fn since(text: &str) -> Result<Since, &'static str> {
    match text {
        "last" => Ok(Since::Last),
        text => day(text).map(Since::Day).map_err(|_| "write a day such as 2026-05-01, or `last`"),
    }
}

pub fn day(text: &str) -> Result<NaiveDate, &'static str> {
    text.parse().map_err(|_| "write a day such as 2026-05-01")
}

/// Conditions that end with exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A run labelled recovery slipped.
    Slipped,
    /// A run labelled recovery was not one.
    NotRecovery,
    /// A run labelled recovery could not be judged.
    CannotJudge,
    /// A file could not be used.
    Problems,
}
