//! The heart-rate rules, judged together.
//!
//! The lines are uncertain, so the four rules are rated three times: at the lines, at lower lines
//! (strict) and at higher ones (lenient). A guessed anchor that turns pass into fail decides
//! nothing, and missing or doubtful heart rate never helps a run nor accuses it.

pub mod limits;

use serde::{Deserialize, Serialize};

use super::limit::Limit;
use super::outcome::Outcome;
use crate::athlete::HeartRateThresholds;
use crate::metrics::RunMetrics;
use crate::metrics::judged_time::{Judged, MissingCounts, TimeAbove, time_above};
use crate::metrics::series::{Series, Suspicion};
use crate::units::Seconds;
pub use limits::EffortLimits;

/// Moving time in which the heart rate is still rising and nothing is judged, in seconds: three
/// time constants of about 57 s.
pub const WARM_UP_S: u32 = 180;
/// Dips that do not end a stretch above the ceiling or the moderate line, in seconds.
const BRIDGE_S: u32 = 15;
/// Dips that do not end a stretch above the hard line, in seconds.
const HARD_BRIDGE_S: u32 = 5;
/// Share of judged seconds that must have a heart rate, in percent.
const LEAST_COVERAGE_PCT: f64 = 70.0;
/// Seconds of heart rate in which a run can be seen to fail all the same.
const LEAST_SECONDS: u32 = 600;
/// A reading more rarely than this is too few, in seconds.
const SPARSEST_S: f64 = 10.0;

/// Times above the three lines that count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// Judged seconds.
    pub judged_s: u32,
    /// Above the ceiling.
    pub ceiling: TimeAbove,
    /// Above the moderate line.
    pub moderate: TimeAbove,
    /// Above the hard line.
    pub hard: TimeAbove,
}

impl Times {
    fn of(
        series: &Series,
        judged: &Judged,
        lines: &HeartRateThresholds,
        missing: MissingCounts,
    ) -> Self {
        let above = |line: crate::units::BeatsPerMinute, bridge| {
            time_above(series, judged, line.get(), bridge, missing)
        };
        Self {
            judged_s: judged.seconds,
            ceiling: above(lines.ceiling, BRIDGE_S),
            moderate: above(lines.moderate, BRIDGE_S),
            hard: above(lines.hard, HARD_BRIDGE_S),
        }
    }

    /// Share of the judged time above the ceiling, in percent.
    pub fn share_pct(&self) -> f64 {
        100.0 * f64::from(self.ceiling.seconds) / f64::from(self.judged_s.max(1))
    }

    /// Time above the moderate line that only slips, in seconds.
    pub fn moderate_allowance(&self, limits: &EffortLimits) -> Limit {
        let share = limits.moderate_share.get() / 100.0 * f64::from(self.judged_s);
        Limit::of(limits.moderate_slip.get().max(share))
    }

    fn rate(&self, limits: &EffortLimits) -> Ratings {
        let seconds = |time: u32| f64::from(time);
        let moderate_slips =
            !self.moderate_allowance(limits).exceeded_by(seconds(self.moderate.seconds))
                && !limits.moderate_longest.exceeded_by(seconds(self.moderate.longest));
        Ratings {
            above_ceiling: Outcome::by_limits(
                self.share_pct(),
                limits.share_pass,
                limits.share_slip,
            ),
            longest: Outcome::by_limits(
                seconds(self.ceiling.longest),
                limits.longest,
                Limit::of(f64::INFINITY),
            ),
            moderate: match () {
                () if !limits.moderate_pass.exceeded_by(seconds(self.moderate.seconds)) => {
                    Outcome::Pass
                }
                () if moderate_slips => Outcome::Slip,
                () => Outcome::Fail,
            },
            hard: if limits.hard.reached_by(seconds(self.hard.longest)) {
                Outcome::Fail
            } else {
                Outcome::Pass
            },
        }
    }
}

/// The answers of the four rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratings {
    /// Time above the ceiling.
    pub above_ceiling: Outcome,
    /// Longest stretch above the ceiling.
    pub longest: Outcome,
    /// Time above the moderate line.
    pub moderate: Outcome,
    /// Time above the hard line.
    pub hard: Outcome,
}

impl Ratings {
    /// The worst of the four.
    pub fn worst(&self) -> Outcome {
        Outcome::worst([self.above_ceiling, self.longest, self.moderate, self.hard])
    }
}

/// The ratings at the lines and around them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rated {
    /// Times at the lines.
    pub times: Times,
    /// Answers at the lines.
    pub nominal: Ratings,
    /// Worst answer at lines lowered by their uncertainty.
    pub strict: Outcome,
    /// Worst answer at lines raised by their uncertainty.
    pub lenient: Outcome,
    /// Worst answer if every missing second had been above every line.
    pub if_missing_were_above: Outcome,
    /// Whether much of the run could not be seen, and what could be seen decides already.
    pub seen_in_part: bool,
}

/// Why heart rate decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum NoVerdictReason {
    /// No anchor is known.
    NoAnchor,
    /// No heart rate was recorded.
    NoHeartRate,
    /// Readings are this many seconds apart.
    TooSparse(f64),
    /// The run ends before anything can be judged.
    TooShort,
    /// Only this share of the judged seconds has a heart rate, in percent.
    Coverage(f64),
    /// The missing seconds could turn pass into fail; the share above the ceiling, then and now.
    MissingDecides(f64, f64),
    /// The anchor is a guess, and its error turns pass into fail.
    GuessedAnchor,
    /// The run fails only by seconds that equal the step rate or follow an impossible change.
    Suspected,
}

/// The outcome of the heart-rate rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// The ratings, where lines and heart rate allow any.
    pub rated: Option<Rated>,
    /// Why they decide nothing; `None` where they decide.
    pub undecided: Option<NoVerdictReason>,
}

impl Effort {
    /// Judges the heart rate of a run.
    pub fn judge(
        run: &RunMetrics,
        series: &Series,
        judged: &Judged,
        lines: Option<&HeartRateThresholds>,
        limits: &EffortLimits,
    ) -> Self {
        let rated = lines
            .filter(|_| judged.with_heart_rate > 0)
            .map(|lines| rate(series, judged, lines, limits));
        let undecided = undecided(run, series, judged, lines, limits, rated.as_ref());
        Self { rated, undecided }
    }

    /// The answer of one rule; `cannot` where heart rate decides nothing.
    pub fn answer(&self, of: fn(&Ratings) -> Outcome) -> Outcome {
        match (&self.rated, self.undecided) {
            (Some(rated), None) => of(&rated.nominal),
            _ => Outcome::Cannot,
        }
    }
}

fn rate(
    series: &Series,
    judged: &Judged,
    lines: &HeartRateThresholds,
    limits: &EffortLimits,
) -> Rated {
    let at = |shift: f64, missing| Times::of(series, judged, &lines.shifted(shift), missing);
    let worst = |shift: f64, missing| at(shift, missing).rate(limits).worst();
    let times = at(0.0, MissingCounts::AsBelow);
    Rated {
        nominal: times.rate(limits),
        strict: worst(-lines.uncertainty, MissingCounts::AsBelow),
        lenient: worst(lines.uncertainty, MissingCounts::AsBelow),
        if_missing_were_above: worst(0.0, MissingCounts::AsAbove),
        seen_in_part: judged.coverage_pct() < LEAST_COVERAGE_PCT,
        times,
    }
}

fn undecided(
    run: &RunMetrics,
    series: &Series,
    judged: &Judged,
    lines: Option<&HeartRateThresholds>,
    limits: &EffortLimits,
    rated: Option<&Rated>,
) -> Option<NoVerdictReason> {
    no_reading(run, judged)
        .or_else(|| lines.is_none().then_some(NoVerdictReason::NoAnchor))
        .or_else(|| {
            let (lines, rated) = (lines?, rated?);
            too_little_seen(judged, limits, rated)
                .or_else(|| guess_decides(lines, rated))
                .or_else(|| doubt_decides(series, lines, limits, rated))
        })
}

fn no_reading(run: &RunMetrics, judged: &Judged) -> Option<NoVerdictReason> {
    let seconds = |interval: Option<Seconds>| interval.map_or(0.0, Seconds::get);
    let interval =
        seconds(run.durations.recording_interval).max(seconds(run.durations.heart_rate_interval));
    match () {
        () if run.heart_rate.raw_mean.is_none() => Some(NoVerdictReason::NoHeartRate),
        () if interval > SPARSEST_S => Some(NoVerdictReason::TooSparse(interval)),
        () if judged.seconds == 0 => Some(NoVerdictReason::TooShort),
        () if judged.with_heart_rate == 0 => Some(NoVerdictReason::Coverage(0.0)),
        () => None,
    }
}

fn too_little_seen(
    judged: &Judged,
    limits: &EffortLimits,
    rated: &Rated,
) -> Option<NoVerdictReason> {
    let fails_all_the_same =
        judged.with_heart_rate >= LEAST_SECONDS && rated.nominal.worst() == Outcome::Fail;
    if rated.seen_in_part && !fails_all_the_same {
        return Some(NoVerdictReason::Coverage(judged.coverage_pct()));
    }
    let share = rated.times.share_pct();
    let highest_s = f64::from(rated.times.ceiling.seconds + judged.missing());
    let highest = 100.0 * highest_s / f64::from(judged.seconds);
    let could_fail =
        Outcome::by_limits(highest, limits.share_pass, limits.share_slip) == Outcome::Fail;
    let missing_decides = rated.nominal.above_ceiling == Outcome::Pass && could_fail;
    (missing_decides && rated.nominal.worst() != Outcome::Fail)
        .then_some(NoVerdictReason::MissingDecides(highest, share))
}

fn guess_decides(lines: &HeartRateThresholds, rated: &Rated) -> Option<NoVerdictReason> {
    let swings = rated.strict == Outcome::Fail && rated.lenient == Outcome::Pass;
    (lines.guessed && swings).then_some(NoVerdictReason::GuessedAnchor)
}

/// Seconds in doubt may neither make a run fail nor, where the sensor seems to have followed every
/// other step, keep it.
fn doubt_decides(
    series: &Series,
    lines: &HeartRateThresholds,
    limits: &EffortLimits,
    rated: &Rated,
) -> Option<NoVerdictReason> {
    let fails = rated.nominal.worst() == Outcome::Fail;
    let counts = |suspicion: Suspicion| fails || suspicion == Suspicion::HalfCadenceMatch;
    if !series.suspected.iter().any(|(suspicion, _)| counts(*suspicion)) {
        return None;
    }
    let trusted = series.without_suspected(counts);
    let judged = Judged::of(&trusted, WARM_UP_S);
    let without = rate(&trusted, &judged, lines, limits);
    let rescued = fails && without.nominal.worst() != Outcome::Fail;
    let unseen = !fails && too_little_seen(&judged, limits, &without).is_some();
    (rescued || unseen).then_some(NoVerdictReason::Suspected)
}
