//! What kind of session an unlabelled run was, by its heart rate and its pace.

use crate::athlete::HeartRateThresholds;
use crate::audit::Outcome;
use crate::audit::criteria::fast_finish;
use crate::audit::criteria::surges::{HeartRateAnswer, find, rate, surge_rule};
use crate::metrics::span::Span;
use crate::metrics::surges::SurgeRule;
use crate::metrics::time_above::{Bridge, TimeAbove};
use crate::metrics::{RunMetrics, UnpackedRun};
use crate::session::{Session, SessionBy, SessionKind};
use crate::settings::LimitOverrides;
use crate::units::{BeatsPerMinute, Percent, Seconds};

/// Intervals: so long above the hard line in total, in at least so many bouts (three times two
/// minutes: this tool's choice, below any usual interval session).
const INTERVAL_TOTAL_S: u32 = 360;
const INTERVAL_BOUTS: usize = 3;
/// Or so many surges, each about as long as a repetition of 100 m to 2 km (this tool's choice).
const INTERVAL_SURGES: usize = 4;
const INTERVAL_SURGE_S: std::ops::RangeInclusive<u32> = 30..=600;
/// A tempo run: so long above the moderate line in total, with one stretch of at least so long
/// (this tool's choice: below the classic 20 minutes of Daniels).
const TEMPO_TOTAL_S: u32 = 900;
const TEMPO_STRETCH_S: u32 = 480;
/// A long run: at least so many minutes (this tool's choice), …
const LONG_MIN: f64 = 75.0;
/// … such a share of the week's running (coaching convention: 25 to 30 %), …
const LONG_SHARE_OF_WEEK: f64 = 0.25;
/// … and so many usual runs (this tool's choice).
const LONG_USUAL_RUNS: f64 = 1.5;
/// An easy run, in minutes of moving time (this tool's choice), …
const EASY_MIN: std::ops::RangeInclusive<f64> = 30.0..=100.0;
/// … with at most such a share above the moderate line, in percent: what a recovery run may have.
const EASY_ABOVE_MODERATE_PCT: f64 = 10.0;

/// What the kind of an unlabelled run is told from.
pub(super) struct Signs<'a> {
    /// Moving time.
    pub(super) moving: Seconds,
    /// Median weekly running time before it.
    pub(super) weekly_running: Option<Seconds>,
    /// Median moving time of the runs of the 28 days before it.
    pub(super) median_run_time: Option<Seconds>,
    /// `None` without heart rate or lines.
    pub(super) above_lines: Option<&'a TimesAboveLines>,
    pub(super) surges: &'a Surges,
}

impl Signs<'_> {
    /// Intervals, tempo, long, easy, or unknown, asked in this order.
    pub(super) fn session(&self) -> Session {
        let by_heart_rate = |kind| Session::Known(kind, SessionBy::HeartRate);
        let by_pace = |kind| Session::Known(kind, SessionBy::Pace);
        match self.above_lines {
            Some(times) if times.are_intervals() => by_heart_rate(SessionKind::Interval),
            _ if are_repetitions(&self.surges.bouts) => by_pace(SessionKind::Interval),
            Some(times) if times.are_tempo() => by_heart_rate(SessionKind::Tempo),
            _ if self.is_long() => by_pace(SessionKind::Long),
            Some(times) if self.is_easy(times) => by_heart_rate(SessionKind::Easy),
            _ => Session::Unknown,
        }
    }

    fn is_long(&self) -> bool {
        let minutes = |time: Option<Seconds>| time.map_or(0.0, Seconds::minutes);
        let week = LONG_SHARE_OF_WEEK * minutes(self.weekly_running);
        let usual = LONG_USUAL_RUNS * minutes(self.median_run_time);
        self.moving.minutes() >= LONG_MIN.max(week).max(usual)
    }

    fn is_easy(&self, times: &TimesAboveLines) -> bool {
        let is_calm = times.share_above_moderate.get() <= EASY_ABOVE_MODERATE_PCT;
        EASY_MIN.contains(&self.moving.minutes()) && is_calm && !self.surges.is_uneven
    }
}

fn are_repetitions(bouts: &[Span]) -> bool {
    let repetitions = bouts.iter().filter(|bout| INTERVAL_SURGE_S.contains(&bout.seconds));
    repetitions.count() >= INTERVAL_SURGES
}

/// How long the heart rate of a run was above the lines of its day.
pub(super) struct TimesAboveLines {
    moderate: TimeAbove,
    hard: TimeAbove,
    /// Share of the judged time with a heart rate.
    pub(super) share_above_moderate: Percent,
}

impl TimesAboveLines {
    pub(super) fn of(channels: &UnpackedRun, lines: &HeartRateThresholds) -> Self {
        let above = |line: BeatsPerMinute| channels.above(line.get(), Bridge::Long).clone();
        let (moderate, hard) = (above(lines.moderate), above(lines.hard));
        let heard_s = f64::from(channels.judged.with_heart_rate.max(1));
        let share_above_moderate = Percent::of(100.0 * f64::from(moderate.seconds) / heard_s);
        Self { moderate, hard, share_above_moderate }
    }

    fn are_intervals(&self) -> bool {
        self.hard.seconds >= INTERVAL_TOTAL_S && self.hard.stretches.len() >= INTERVAL_BOUTS
    }

    fn are_tempo(&self) -> bool {
        self.moderate.seconds >= TEMPO_TOTAL_S && self.moderate.longest >= TEMPO_STRETCH_S
    }
}

/// Faster stretches of a run, found by the limits of the settings.
pub(super) struct Surges {
    /// Surges and bouts of intervals: of any length, and setting off again among them. None of a
    /// run-walk session, which changes speed by design.
    pub(super) bouts: Vec<Span>,
    /// Whether a recovery run would slip by its finish or its surges.
    pub(super) is_uneven: bool,
}

impl Surges {
    pub(super) fn of(
        row: &RunMetrics,
        channels: &UnpackedRun,
        lines: Option<&HeartRateThresholds>,
        limits: &LimitOverrides,
    ) -> Self {
        if row.is_run_walk() {
            return Self { bouts: Vec::new(), is_uneven: false };
        }
        let rule = surge_rule(row, &channels.judged, limits);
        let any_length = SurgeRule { longest_s: None, counts_setting_off: true, ..rule };
        let surges = find(row, channels, &rule).unwrap_or_default();
        let answer = HeartRateAnswer::of(&channels.series, &surges, lines);
        let slips = rate(limits, &surges, &answer) == Outcome::Slip;
        Self {
            bouts: find(row, channels, &any_length).unwrap_or_default(),
            is_uneven: slips || has_fast_finish(row, limits),
        }
    }
}

fn has_fast_finish(row: &RunMetrics, limits: &LimitOverrides) -> bool {
    let limit = fast_finish::SLIP.under(limits, fast_finish::CRITERION.id);
    row.steadiness.as_ref().is_ok_and(|steady| limit.exceeded_by(steady.finish_ratio))
}
