//! The arguments about the logbook, and about jobs that run again and again.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use super::review::day;

/// A job that runs again and again.
#[derive(Debug, Args)]
pub struct JobArguments {
    #[command(flatten)]
    pub logbook: LogbookChoice,
    /// Wait up to this long while another job holds the logbook.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub wait: u64,
    /// How messages on standard error are written.
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

/// Which logbook is used.
#[derive(Debug, Args)]
pub struct LogbookChoice {
    /// The logbook, with which only what changed is read again; if not given,
    /// talktest/logbook.sqlite in the user's data folder.
    #[arg(long, value_name = "FILE")]
    pub logbook: Option<PathBuf>,
    /// Neither use nor keep a logbook.
    #[arg(long, conflicts_with = "logbook")]
    pub no_logbook: bool,
}

#[derive(Debug, Args)]
pub struct LogbookArguments {
    /// The logbook; if not given, the one in the user's data folder.
    #[arg(long, value_name = "FILE", global = true)]
    pub logbook: Option<PathBuf>,
    #[command(subcommand)]
    pub task: LogbookTask,
}

#[derive(Debug, Subcommand)]
pub enum LogbookTask {
    /// Show what it holds.
    Info,
    /// Read everything in it again and check it.
    Verify,
    /// Remove files from it; the next audit that finds them reads them again.
    Forget(ForgetArguments),
    /// Write everything in it, one line of JSON per file.
    Export,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct ForgetArguments {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The files of this athlete of the settings in the current folder or --config.
    #[arg(long, value_name = "NAME")]
    pub athlete: Option<String>,
    /// Files whose runs all began before this day (YYYY-MM-DD, UTC).
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub before: Option<NaiveDate>,
    /// Files that are no longer there.
    #[arg(long)]
    pub missing: bool,
    /// The settings that name the athlete.
    #[arg(long, value_name = "FILE", requires = "athlete")]
    pub config: Option<PathBuf>,
}

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Sentences.
    Text,
    /// One JSON object per line.
    Json,
}
