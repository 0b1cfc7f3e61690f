//! Is it a run, and what kind of session was it?

use serde::Serialize;

use crate::activity::Sport;
use crate::label::Label;
use crate::metrics::RunMetrics;
use crate::session::SessionKind;

/// What kind of session an activity was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    /// Of this kind, and who says so.
    Known(SessionKind, SessionBy),
    /// A run of which nothing tells the kind.
    Unknown,
    /// No run.
    OtherSport,
}

/// Who says what kind of session it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionBy {
    /// Its label.
    Label,
}

impl Session {
    /// The kind of a session with this label.
    pub fn of(is_run: bool, label: Option<&Label>) -> Self {
        match (is_run, label.and_then(|label| label.kind)) {
            (false, _) => Self::OtherSport,
            (true, Some(kind)) => Self::Known(kind, SessionBy::Label),
            (true, None) => Self::Unknown,
        }
    }

    /// The kind in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Known(kind, _) => kind.name(),
            Self::Unknown => "unknown",
            Self::OtherSport => "other_sport",
        }
    }
}

/// Speeds at which an activity without a sport is taken for a run, in m/s: faster than walking,
/// slower than riding.
const RUNNING_SPEEDS: std::ops::RangeInclusive<f64> = 1.9..=5.5;
/// The share of walking, in percent, from which it is a walk.
const MOST_WALKING_PCT: f64 = 50.0;

/// Whether an activity is a run; where its file names no sport, its speed tells.
pub fn is_run(row: &RunMetrics) -> bool {
    match row.said.sport {
        Sport::Running => true,
        Sport::Unspecified => moves_like_running(row),
        _ => false,
    }
}

fn moves_like_running(row: &RunMetrics) -> bool {
    let moving = row.clocks.moving.get();
    let walked = 100.0 * row.clocks.walking.get() > MOST_WALKING_PCT * moving;
    let speed = row.way.distance.map(|way| way.get() / moving.max(1.0));
    !walked && speed.is_some_and(|speed| RUNNING_SPEEDS.contains(&speed))
}
