//! What an athlete did before: the scalars of earlier runs, and what follows from them.
//!
//! Nothing here looks ahead: [`Past`] holds only what began before the run in question.

mod anchors;
mod baseline;
pub mod consecutive_runs;
mod easy;
mod heart_rate_on_speed;
mod hierarchy;
mod passed_maximum;
#[cfg(test)]
pub(crate) mod testing;
mod timeline;
mod trend;
mod watch;
mod weeks;

use serde::{Deserialize, Serialize};

use chrono::{NaiveDate, TimeDelta};

use crate::activity::{FileAnchors, Rating};
use crate::metrics::peak_heart_rate::PeakHeartRate;
use crate::session::{Session, SessionKind, Verdict};
use crate::settings::NextMorning;
use crate::units::{BeatsPerMinute, Metres, MetresPerSecond, Percent, Seconds, UnixTime};

pub use anchors::{HistoryAnchors, SeenMaximum};
pub use baseline::Baseline;
pub use easy::{EasyBaseline, EasyRuns};
pub use heart_rate_on_speed::HeartRateOnSpeed;
pub use hierarchy::{BaselineOfKind, grey_zone_share};
pub use passed_maximum::PassedMaximum;
pub use timeline::{MOST_OF_A_DAY, Timeline};
pub use trend::{Change, Direction, RECENT_RUNS, Trend};
pub use watch::{WATCH_ANCHOR_DAYS, WatchAnchors};
pub use weeks::{WeekMean, median_run_time, monday, weekly_running};

/// A heart rate and the day on which it was read or run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DatedReading {
    /// The heart rate.
    pub bpm: BeatsPerMinute,
    /// The day.
    pub day: NaiveDate,
}

/// One session as the history of later runs sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRun {
    /// When it began.
    pub start: UnixTime,
    /// When it ended, pauses included.
    pub end: UnixTime,
    /// Its local day.
    pub day: NaiveDate,
    /// Whether it was a run.
    pub is_run: bool,
    /// What kind of session it was.
    pub session: Session,
    /// Moving time.
    pub moving: Seconds,
    /// Its own grade-adjusted speed; `None` where speed is only the watch's estimate.
    pub speed: Option<MetresPerSecond>,
    /// Mean heart rate.
    pub mean_heart_rate: Option<BeatsPerMinute>,
    /// The highest heart rates that lasted.
    pub peak_heart_rate: PeakHeartRate,
    /// Share of moving time with a trusted heart rate.
    pub coverage: Percent,
    /// The longest time without an interruption.
    pub continuous: Seconds,
    /// Climb in metres per kilometre; `None` where not known.
    pub climb_m_per_km: Option<f64>,
    /// Mean altitude.
    pub altitude: Option<Metres>,
    /// Anchors in its file.
    pub anchors: FileAnchors,
    /// Efficiency of minutes 5–20, in m/min per bpm.
    pub efficiency: Option<f64>,
    /// Mean breathing rate of the judged time, in breaths per minute.
    pub breathing: Option<f64>,
    /// The athlete's rating.
    pub rating: Rating,
    /// The legs on the next morning.
    pub next_morning: Option<NextMorning>,
    /// What its heart rate says by the lines of its own day; `None` without heart rate or lines.
    pub effort: Option<PastEffort>,
    /// Grade-adjusted speed (m/s) and heart rate (bpm) of its minutes.
    pub minutes: Vec<(f32, f32)>,
    /// Whether its heart rate was, or may have been, read at the wrist.
    pub at_wrist: bool,
    /// Its best grade-adjusted speed over five minutes; `None` where speed is only the watch's
    /// estimate, or it climbed much.
    pub best_5_min_speed: Option<MetresPerSecond>,
    /// Whether it finished fast or surged.
    pub uneven: bool,
    /// Training impulse; `None` without heart rate, maximum or resting heart rate.
    pub load: Option<f64>,
    /// Its verdict, where it is labelled recovery and already judged.
    pub verdict: Option<Verdict>,
}

/// What the heart rate of a past run says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastEffort {
    /// Share of judged time above the moderate line.
    pub above_moderate: Percent,
    /// Moving seconds with a heart rate.
    pub seconds: u32,
    /// Of these between ceiling and hard line.
    pub grey_seconds: u32,
    /// Moving seconds below target, up to ceiling, moderate and hard line, and above it.
    pub band_s: [u32; 5],
}

impl PastRun {
    /// Its kind, where it is known and it was a run.
    pub fn kind(&self) -> Option<SessionKind> {
        self.session.kind()
    }

    /// Grade-adjusted speed (m/s) and heart rate (bpm) of its minutes.
    pub fn minutes(&self) -> impl Iterator<Item = (f64, f64)> + Clone {
        self.minutes.iter().map(|(speed, beats)| (f64::from(*speed), f64::from(*beats)))
    }

    /// Whether it was a race, intervals or a tempo run.
    pub fn is_quality(&self) -> bool {
        self.kind().is_some_and(|kind| {
            matches!(kind, SessionKind::Race | SessionKind::Interval | SessionKind::Tempo)
        })
    }

    /// Whether it was a session of another sport that took it out of the body: long, or for a
    /// quarter of an hour above the moderate line.
    pub fn is_demanding_other_sport(&self) -> bool {
        const LONG_MIN: f64 = 75.0;
        const ABOVE_MODERATE_S: u32 = 900;
        if self.is_run {
            return false;
        }
        let above_moderate =
            self.effort.as_ref().map_or(0, |effort| effort.band_s[3] + effort.band_s[4]);
        self.moving.minutes() >= LONG_MIN || above_moderate >= ABOVE_MODERATE_S
    }

    /// Whether it was a quality session or a long run.
    pub fn is_key(&self) -> bool {
        self.is_quality() || self.kind() == Some(SessionKind::Long)
    }
}

/// Everything that an athlete did before a moment, in time order.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// The earlier sessions of every sport.
    pub sessions: &'a [PastRun],
    /// The local day of the run in question.
    pub day: NaiveDate,
}

impl<'a> Past<'a> {
    /// No history at all.
    pub fn none(day: NaiveDate) -> Self {
        Self { sessions: &[], day }
    }

    /// Earlier runs, oldest first.
    pub fn runs(&self) -> impl DoubleEndedIterator<Item = &'a PastRun> + use<'a> {
        self.sessions.iter().filter(|session| session.is_run)
    }

    /// Earlier sessions of the last `days` local days, oldest first.
    pub fn sessions_within(
        &self,
        days: i64,
    ) -> impl DoubleEndedIterator<Item = &'a PastRun> + use<'a> {
        let from = self.day.checked_sub_signed(TimeDelta::days(days));
        let first = self.older_than(from);
        self.sessions[first..].iter().filter(move |session| Some(session.day) >= from)
    }

    /// Sessions at the beginning that are all older than a day: ten years are not searched for a
    /// week. A local day lies at most one beside that of Greenwich, so what is four days older is
    /// older for certain.
    fn older_than(&self, day: Option<NaiveDate>) -> usize {
        let long_before = day.and_then(|day| day.checked_sub_signed(TimeDelta::days(4)));
        self.sessions.partition_point(|session| Some(session.day) < long_before)
    }

    /// Earlier runs of the last `days` local days, oldest first.
    pub fn runs_within(&self, days: i64) -> impl DoubleEndedIterator<Item = &'a PastRun> + use<'a> {
        self.sessions_within(days).filter(|session| session.is_run)
    }

    /// Earlier runs of one local day, oldest first.
    pub fn runs_on(
        &self,
        day: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = &'a PastRun> + use<'a> {
        let first = self.older_than(Some(day));
        let end = self.older_than(day.checked_add_signed(TimeDelta::days(8))).max(first);
        self.sessions[first..end].iter().filter(move |run| run.is_run && run.day == day)
    }

    /// Earlier recovery runs, oldest first.
    pub fn recovery_runs(&self) -> impl DoubleEndedIterator<Item = &'a PastRun> + use<'a> {
        self.runs().filter(|run| run.kind() == Some(SessionKind::Recovery))
    }

    /// The recovery run before this one, if it was at most `days` local days ago.
    pub fn recovery_before(&self, days: i64) -> Option<&'a PastRun> {
        let mut runs = self.runs_within(days);
        runs.rfind(|run| run.kind() == Some(SessionKind::Recovery))
    }
}
