//! The heart-rate rules, judged together.
//!
//! The lines are uncertain, so the four rules are rated three times: at the lines, at lower lines
//! (strict) and at higher ones (lenient). A guessed anchor that turns pass into fail decides
//! nothing, and missing or doubtful heart rate never helps a run nor accuses it.

pub mod limits;
mod times;

use serde::{Deserialize, Serialize};

use super::heart_rate_doubts::HeartRateDoubts;
use super::limit::Limit;
use super::low_heart_rate::TooLow;
use super::outcome::Outcome;
use crate::athlete::HeartRateThresholds;
use crate::metrics::judged_time::JudgedTime;
use crate::metrics::series::Suspicion;
use crate::metrics::{RunMetrics, UnpackedRun, Untrusted};
use crate::units::Seconds;
pub use limits::EffortLimits;
use times::TimeTotals;
pub(super) use times::is_fault_until;
pub use times::{Ratings, Times};

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
        channels: &UnpackedRun,
        lines: Option<&HeartRateThresholds>,
        limits: &EffortLimits,
        doubts: &HeartRateDoubts,
    ) -> Self {
        let lines = lines.filter(|_| channels.judged.with_heart_rate > 0);
        let around = lines.map(|lines| (lines, AroundLines::of(channels, lines, limits)));
        let held_s = run.heart_rate.held_s;
        let hidden = |lines| TimeTotals::if_unseen_is_hard(channels, lines, held_s).rate(limits);
        Self {
            rated: around.map(|(lines, AroundLines { nominal, strict, lenient })| Rated {
                times: Times::of(channels, lines),
                nominal,
                strict,
                lenient,
                hidden: hidden(lines),
                missing_pct: 100.0 - channels.judged.coverage_pct(),
            }),
            undecided: undecided(run, channels, around, limits, doubts),
        }
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

/// The worst answer of the four rules, as [`Effort::judge`] finds it, and nothing that only explains
/// it; `cannot` where heart rate decides nothing.
pub(super) fn worst_answer(
    run: &RunMetrics,
    channels: &UnpackedRun,
    lines: Option<&HeartRateThresholds>,
    limits: &EffortLimits,
    doubts: &HeartRateDoubts,
) -> Outcome {
    let lines = lines.filter(|_| channels.judged.with_heart_rate > 0);
    let around = lines.map(|lines| (lines, AroundLines::of(channels, lines, limits)));
    match around {
        Some((_, ratings)) if undecided(run, channels, around, limits, doubts).is_none() => {
            ratings.nominal.worst()
        }
        _ => Outcome::Cannot,
    }
}

/// What the rules answer at the lines, and at lines lowered and raised by their uncertainty.
#[derive(Clone, Copy)]
struct AroundLines {
    nominal: Ratings,
    strict: Ratings,
    lenient: Ratings,
}

impl AroundLines {
    fn of(channels: &UnpackedRun, lines: &HeartRateThresholds, limits: &EffortLimits) -> Self {
        let at = |lines: &HeartRateThresholds| TimeTotals::of(channels, lines).rate(limits);
        Self { nominal: at(lines), strict: at(&lines.strict()), lenient: at(&lines.lenient()) }
    }
}

fn undecided(
    run: &RunMetrics,
    channels: &UnpackedRun,
    around: Option<(&HeartRateThresholds, AroundLines)>,
    limits: &EffortLimits,
    doubts: &HeartRateDoubts,
) -> Option<NoVerdictReason> {
    let judged = &channels.judged;
    let no_runner = doubts.without_steps.then_some(NoVerdictReason::WithoutSteps);
    no_runner.or_else(|| no_reading(run, judged)).or_else(|| {
        let Some((lines, ratings)) = around else { return Some(NoVerdictReason::NoHeartRate) };
        let worst = ratings.nominal.worst();
        let too_low = doubts.too_low.filter(|_| worst != Outcome::Fail);
        too_little_visible(judged, worst)
            .or_else(|| guess_decides(lines, &ratings))
            .or_else(|| too_low.map(NoVerdictReason::TooLow))
            .or_else(|| suspicion_decides(channels, lines, limits, worst))
    })
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

fn guess_decides(lines: &HeartRateThresholds, ratings: &AroundLines) -> Option<NoVerdictReason> {
    let (strict, lenient) = (ratings.strict.worst(), ratings.lenient.worst());
    let swings = strict == Outcome::Fail && lenient == Outcome::Pass;
    let differs = lines.nothing_known() && strict != lenient;
    (lines.guessed && (swings || differs)).then_some(NoVerdictReason::GuessedAnchor)
}

/// Suspected seconds may neither make a run fail nor, where the sensor seems to have followed every
/// other step, keep it.
fn suspicion_decides(
    channels: &UnpackedRun,
    lines: &HeartRateThresholds,
    limits: &EffortLimits,
    worst: Outcome,
) -> Option<NoVerdictReason> {
    let fails = worst == Outcome::Fail;
    let counts = |suspicion: Suspicion| fails || suspicion == Suspicion::HalfCadenceMatch;
    if !channels.series.suspected.iter().any(|(suspicion, _)| counts(*suspicion)) {
        return None;
    }
    let doubtful = if fails {
        let trusted = channels.trusted(Untrusted::EverySuspected);
        let left = TimeTotals::of(trusted, lines).rate(limits).worst();
        trusted.judged.with_heart_rate < FEWEST_TRUSTED_S || left != Outcome::Fail
    } else {
        let trusted = channels.trusted(Untrusted::HalfCadence);
        too_little_visible(&trusted.judged, Outcome::Pass).is_some()
    };
    doubtful.then_some(NoVerdictReason::Suspected)
}
