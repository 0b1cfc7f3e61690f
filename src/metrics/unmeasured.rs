//! Why figures, or whole runs, are not measured.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a figure is missing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unmeasured {
    /// The run is too short for it.
    #[error("too short")]
    TooShort,
    /// No speed, distance or position was recorded.
    #[error("no speed recorded")]
    NoSpeed,
    /// All of it was walked.
    #[error("all of it was walked")]
    Walked,
    /// No heart rate was recorded, or none that can be trusted.
    #[error("no usable heart rate")]
    NoHeartRate,
}

/// Why an activity cannot be measured at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unmeasurable {
    /// There is no record, or no time passes between the first and the last.
    #[error("no time passes between the first and the last record")]
    NoTime,
    /// Time passes, but no way is made in it.
    #[error("a track that holds no way: nothing was recorded between its points")]
    NoWay,
    /// The records span more days than any run.
    #[error("the records span {days} days, more than the {LONGEST_DAYS} that are measured")]
    TooLong {
        /// Days from the first to the last record, pauses left out.
        days: i64,
    },
}

/// The longest activity that is measured, in days of timer time.
pub(super) const LONGEST_DAYS: i64 = 10;
