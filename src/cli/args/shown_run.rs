//! Which of several runs is meant.

use chrono::NaiveDate;

use crate::review::ReviewedRun;

/// A run by its day or its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownRun {
    /// The runs of a day.
    Day(NaiveDate),
    /// Those with this in their title or path, in any case.
    Name(String),
}

impl From<&str> for ShownRun {
    fn from(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Name(text.to_owned()), Self::Day)
    }
}

impl ShownRun {
    /// Whether this run is meant.
    pub fn is(&self, run: &ReviewedRun) -> bool {
        match self {
            Self::Day(day) => run.start.date() == *day,
            Self::Name(part) => {
                let part = part.to_lowercase();
                let paths = run.measured.sources.iter().map(|source| source.path.as_str());
                paths.chain([run.title()]).any(|name| name.to_lowercase().contains(&part))
            }
        }
    }
}
