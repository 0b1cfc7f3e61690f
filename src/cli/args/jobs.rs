//! What may be said of the logbook, and of one job in a row of them.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use super::day;

/// One job in a row of them.
#[derive(Debug, Args)]
pub struct JobArguments {
    #[command(flatten)]
    pub logbook: LogbookChoice,
    /// Wait so long for another job on the same logbook to end.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub wait: u64,
    /// How messages on standard error are written.
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

/// Which logbook is kept.
#[derive(Debug, Args)]
pub struct LogbookChoice {
    /// The logbook of what was read, so that only what changed is read again; else
    /// talktest/logbook.sqlite in the user's data folder.
    #[arg(long, value_name = "FILE")]
    pub logbook: Option<PathBuf>,
    /// Keep no logbook and use none.
    #[arg(long, conflicts_with = "logbook")]
    pub no_logbook: bool,
}

#[derive(Debug, Args)]
pub struct LogbookArguments {
    /// The logbook; else that in the user's data folder.
    #[arg(long, value_name = "FILE", global = true)]
    pub logbook: Option<PathBuf>,
    #[command(subcommand)]
    pub task: LogbookTask,
}

#[derive(Debug, Subcommand)]
pub enum LogbookTask {
    /// Tell what it holds.
    Info,
    /// Read everything in it again and check it.
    Verify,
    /// Take files out of it; they are read again by the next audit that meets them.
    Forget(ForgetArguments),
    /// Write everything in it, one file a line of JSON.
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
    /// One JSON object a line.
    Json,
}
