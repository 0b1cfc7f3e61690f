//! Every session of an athlete as a calendar shows it, listed or not.

use crate::review::activities::LocalStart;
use crate::review::run::ReviewedRun;
use crate::session::{Session, Verdict};
use crate::units::{BeatsPerMinute, MetresPerSecond, Seconds};

/// One session on the calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarEntry {
    /// Its id.
    pub id: String,
    /// When it began where it was.
    pub start: LocalStart,
    /// What kind of session it was.
    pub session: Session,
    /// Whether it is labelled recovery.
    pub is_recovery: bool,
    /// Its verdict, where it is labelled recovery.
    pub verdict: Option<Verdict>,
    /// Moving time.
    pub moving: Seconds,
    /// Grade-adjusted speed of its own; `None` where speed is only the watch's estimate.
    pub speed: Option<MetresPerSecond>,
    /// Mean heart rate.
    pub mean_heart_rate: Option<BeatsPerMinute>,
}

impl CalendarEntry {
    pub(super) fn of(run: &ReviewedRun) -> Self {
        Self {
            id: run.id.clone(),
            start: run.start,
            session: run.session,
            is_recovery: run.is_recovery(),
            verdict: run.past.verdict.filter(|_| run.is_recovery()),
            moving: run.past.moving,
            speed: run.past.speed,
            mean_heart_rate: run.past.mean_heart_rate,
        }
    }
}
