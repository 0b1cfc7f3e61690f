//! What may be said of one run.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::common::Common;
use super::jobs::LogbookChoice;

#[derive(Debug, Args)]
pub struct NoteArguments {
    /// The day (YYYY-MM-DD) or the file of the run; the newest run if not given.
    #[arg(value_name = "DAY|FILE")]
    pub run: Option<NotedRun>,
    #[command(flatten)]
    pub noted: NotedValues,
    /// The folder of the runs; else that of the file, else the current folder.
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub common: Common,
    #[command(flatten)]
    pub logbook: LogbookChoice,
}

/// What is noted; at least one of them.
#[derive(Debug, Args)]
#[group(id = "noted", required = true, multiple = true)]
pub struct NotedValues {
    /// How hard it was, from 0 (rest) to 10 (maximal): very easy is 1, easy 2, moderate 3.
    #[arg(long, value_name = "0-10")]
    pub rpe: Option<f64>,
    /// How you felt, from 0 (very weak) over 50 (normal) to 100 (very strong).
    #[arg(long, value_name = "0-100")]
    pub feel: Option<u8>,
    /// How your legs were on the next morning, compared with before the run.
    #[arg(long, value_enum)]
    pub next_morning: Option<NextMorningChoice>,
    /// What kind of run it was meant to be, such as recovery, easy or tempo; none for no kind.
    #[arg(long, value_name = "KIND")]
    pub label: Option<String>,
    /// How many minutes it was meant to last.
    #[arg(long, value_name = "MINUTES")]
    pub planned: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NextMorningChoice {
    /// Better than before the run.
    Better,
    /// As before the run.
    Same,
    /// Worse than before the run.
    Worse,
}

/// Which run is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotedRun {
    /// The run of a day.
    Day(NaiveDate),
    /// The run in a file.
    File(PathBuf),
}

impl From<&str> for NotedRun {
    fn from(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::File(text.into()), Self::Day)
    }
}

impl NoteArguments {
    /// What was said, by column.
    pub fn noted(&self) -> Vec<(&'static str, String)> {
        let NotedValues { rpe, feel, next_morning, label, planned } = &self.noted;
        let morning = next_morning.and_then(|value| value.to_possible_value());
        let cells = [
            ("label", label.clone()),
            ("planned_minutes", planned.map(|minutes| minutes.to_string())),
            ("rpe", rpe.map(|rpe| rpe.to_string())),
            ("feel", feel.map(|feel| feel.to_string())),
            ("next_morning", morning.map(|value| value.get_name().to_owned())),
        ];
        cells.into_iter().filter_map(|(column, cell)| Some((column, cell?))).collect()
    }
}
