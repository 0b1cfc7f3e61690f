//! The heart-rate rules, judged together.
//!
//! The lines are uncertain, so the four rules are rated three times: at the lines, at lower lines
//! (strict) and at higher ones (lenient). A guessed anchor that turns pass into fail decides
//! nothing, and missing or doubtful heart rate never helps a run nor accuses it.

pub mod limits;
mod times;
mod unseen;

use serde::{Deserialize, Serialize};

use super::heart_rate_doubts::HeartRateDoubts;
use super::limit::Limit;
use super::low_heart_rate::TooLow;
use super::outcome::Outcome;
use crate::athlete::HeartRateThresholds;
use crate::metrics::RunMetrics;
use crate::metrics::judged_time::JudgedTime;
use crate::metrics::series::{Series, Suspicion};
use crate::units::Seconds;
pub use limits::EffortLimits;
pub use times::{Ratings, Times};
use unseen::with_unseen_hard;

/// Moving time in which the heart rate is still rising and nothing is judged, in seconds: three
/// time constants of about 57 s.
pub const WARM_UP_S: u32 = 180;
/// Seconds of heart rate from which a run can be seen to fail however much is missing, …
const FEWEST_SECONDS: u32 = 600;
/// … or this share of the judged seconds, in percent.
const LEAST_COVERAGE_PCT: Limit = Limit::of(70.0);
/// More missing than this share of the judged seconds hides too much for a pass or a slip, …
pub const MOST_MISSING_PCT: Limit = Limit::of(25.0);
/// … and more than this makes either uncertain, in percent.
const UNCERTAIN_MISSING_PCT: Limit = Limit::of(10.0);
/// Trusted seconds that must be left where others are suspected.
const FEWEST_TRUSTED_S: u32 = 180;
/// A reading more rarely than this is too few, in seconds.
const SPARSEST_S: Limit = Limit::of(10.0);

/// The ratings at the lines and around them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rated {
    /// Times at the lines.
    pub times: Times,
    /// Answers at the lines.
    pub nominal: Ratings,
    /// Answers at lines lowered by their uncertainty.
    pub strict: Ratings,
    /// Answers at lines raised by their uncertainty.
    pub lenient: Ratings,
    /// Answers if every second that lacks a reading of its own had been too hard.
    pub hidden: Ratings,
    /// Share of the judged time that has no heart rate, in percent.
    pub missing_pct: f64,
}

impl Rated {
    /// Whether so much is missing that a pass or a slip is uncertain.
    pub fn much_is_missing(&self) -> bool {
        UNCERTAIN_MISSING_PCT.exceeded_by(self.missing_pct)
    }
}

/// Why heart rate decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum NoVerdictReason {
    /// No heart rate was recorded.
    NoHeartRate,
    /// Only the mean that the watch states is known.
    OnlyItsMean,
    /// Readings are this many seconds apart.
    TooSparse(f64),
    /// The run ends before anything can be judged.
    TooShort,
    /// Only this share of the judged seconds has a heart rate, in percent.
    Coverage(f64),
    /// The anchor is a guess, and its error turns pass into fail, or slip into pass where nothing
    /// is known at all.
    GuessedAnchor,
    /// It reads too low to be true, and the run does not fail even so.
    TooLow(TooLow),
    /// The watch was moved without steps.
    WithoutSteps,
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
        judged: &JudgedTime,
        lines: Option<&HeartRateThresholds>,
        limits: &EffortLimits,
        doubts: &HeartRateDoubts,
    ) -> Self {
        let lines = lines.filter(|_| judged.with_heart_rate > 0);
        let rated = lines.map(|lines| rate(series, judged, lines, limits, run.heart_rate.held_s));
        let no_runner = doubts.without_steps.then_some(NoVerdictReason::WithoutSteps);
        let undecided = no_runner.or_else(|| no_reading(run, judged)).or_else(|| {
            let Some((lines, rated)) = lines.zip(rated.as_ref()) else {
                return Some(NoVerdictReason::NoHeartRate);
            };
            let worst = rated.nominal.worst();
            let too_low = doubts.too_low.filter(|_| worst != Outcome::Fail);
            too_little_visible(judged, worst)
                .or_else(|| guess_decides(lines, rated))
                .or_else(|| too_low.map(NoVerdictReason::TooLow))
                .or_else(|| suspicion_decides(series, judged, lines, limits, rated))
        });
        Self { rated, undecided }
    }

    /// The ratings, where heart rate decides.
    pub fn decided(&self) -> Option<&Rated> {
        self.rated.as_ref().filter(|_| self.undecided.is_none())
    }

    /// The answer of one rule; `cannot` where heart rate decides nothing.
    pub fn answer(&self, of: fn(&Ratings) -> Outcome) -> Outcome {
        self.decided().map_or(Outcome::Cannot, |rated| of(&rated.nominal))
    }
}

fn rate(
    series: &Series,
    judged: &JudgedTime,
    lines: &HeartRateThresholds,
    limits: &EffortLimits,
    held_s: u32,
) -> Rated {
    let at = |lines: &HeartRateThresholds| Times::of(series, judged, lines);
    let times = at(lines);
    let strict = at(&lines.strict());
    let hidden = Times::of(&with_unseen_hard(series, held_s), judged, lines);
    Rated {
        hidden: hidden.with_held(held_s, &strict).rate(limits),
        nominal: times.rate(limits),
        strict: strict.rate(limits),
        lenient: at(&lines.lenient()).rate(limits),
        missing_pct: 100.0 - judged.coverage_pct(),
        times,
    }
}

fn no_reading(run: &RunMetrics, judged: &JudgedTime) -> Option<NoVerdictReason> {
    let seconds = |interval: Option<Seconds>| interval.map_or(0.0, Seconds::get);
    let interval =
        seconds(run.durations.recording_interval).max(seconds(run.durations.heart_rate_interval));
    match () {
        () if run.heart_rate.raw_mean.is_none() => Some(NoVerdictReason::NoHeartRate),
        () if run.is_stated_only() => Some(NoVerdictReason::OnlyItsMean),
        () if SPARSEST_S.exceeded_by(interval) => Some(NoVerdictReason::TooSparse(interval)),
        () if judged.seconds == 0 => Some(NoVerdictReason::TooShort),
        () if judged.with_heart_rate == 0 => Some(NoVerdictReason::Coverage(0.0)),
        () => None,
    }
}

/// A run that fails in the part that can be seen fails; whatever else needs nearly all of it.
fn too_little_visible(judged: &JudgedTime, worst: Outcome) -> Option<NoVerdictReason> {
    let coverage = judged.coverage_pct();
    let unreadable =
        judged.with_heart_rate < FEWEST_SECONDS && !LEAST_COVERAGE_PCT.reached_by(coverage);
    let hidden = worst != Outcome::Fail && MOST_MISSING_PCT.exceeded_by(100.0 - coverage);
    (unreadable || hidden).then_some(NoVerdictReason::Coverage(coverage))
}

fn guess_decides(lines: &HeartRateThresholds, rated: &Rated) -> Option<NoVerdictReason> {
    let (strict, lenient) = (rated.strict.worst(), rated.lenient.worst());
    let swings = strict == Outcome::Fail && lenient == Outcome::Pass;
    let differs = lines.nothing_known() && strict != lenient;
    (lines.guessed && (swings || differs)).then_some(NoVerdictReason::GuessedAnchor)
}

/// Suspected seconds may neither make a run fail nor, where the sensor seems to have followed every
/// other step, keep it.
fn suspicion_decides(
    series: &Series,
    judged: &JudgedTime,
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
    let doubtful = if fails {
        let judged = without_suspected(judged, series, &trusted);
        let left = Times::of(&trusted, &judged, lines).rate(limits).worst();
        judged.with_heart_rate < FEWEST_TRUSTED_S || left != Outcome::Fail
    } else {
        too_little_visible(&JudgedTime::of(&trusted, WARM_UP_S), Outcome::Pass).is_some()
    };
    doubtful.then_some(NoVerdictReason::Suspected)
}

/// The judged time without the seconds whose heart rate was taken out as suspected.
fn without_suspected(judged: &JudgedTime, series: &Series, trusted: &Series) -> JudgedTime {
    let is_trusted =
        |k: usize| series.heart_rate.get(k).is_some() == trusted.heart_rate.get(k).is_some();
    let mask: Vec<bool> =
        judged.mask.iter().enumerate().map(|(k, judged)| *judged && is_trusted(k)).collect();
    let seconds = mask.iter().filter(|judged| **judged).count() as u32;
    let suspected = judged.seconds - seconds;
    JudgedTime { mask, seconds, with_heart_rate: judged.with_heart_rate - suspected }
}
