//! What several commands are told alike.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::settings::UnitSystem;

#[derive(Debug, Args)]
pub struct Common {
    /// The settings file; if not given, talktest.toml in the scanned folder, or else in the user's
    /// configuration folder.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Units in texts and tables; those of the settings if not given.
    #[arg(long, value_enum)]
    pub units: Option<Units>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressChoice {
    /// On a terminal.
    Auto,
    /// Never.
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Units {
    /// Kilometres.
    Metric,
    /// Miles.
    Imperial,
}

impl From<Units> for UnitSystem {
    fn from(units: Units) -> Self {
        match units {
            Units::Metric => Self::Metric,
            Units::Imperial => Self::Imperial,
        }
    }
}
