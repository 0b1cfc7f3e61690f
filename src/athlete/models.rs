//! The anchor models, best first, and the lines that each draws.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::anchor_source::AnchorSource;
use super::anchors::{AnchorEvidence, Sourced};
use super::maximum::MaxHeartRate;
use crate::history::DatedReading;
use crate::units::BeatsPerMinute;

/// The model that the lines are drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// A ceiling set outright.
    Ceiling,
    /// A talk-test heart rate.
    TalkTest,
    /// Lactate threshold heart rate.
    Threshold,
    /// Heart-rate reserve (Karvonen).
    Hrr,
    /// Maximum heart rate.
    Hrmax,
}

impl Model {
    /// The model in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ceiling => "your own ceiling",
            Self::TalkTest => "talk-test heart rate",
            Self::Threshold => "lactate threshold heart rate",
            Self::Hrr => "heart-rate reserve",
            Self::Hrmax => "maximum heart rate",
        }
    }

    /// Whether its lines are percentages of an anchor, from which people differ by 5–8 bpm
    /// (Nuuttila 2025, Eur J Appl Physiol 125:2161; Esteve-Lanao 2026, Sports 14:29).
    pub fn is_percentage(self) -> bool {
        match self {
            Self::Ceiling | Self::TalkTest => false,
            Self::Threshold | Self::Hrr | Self::Hrmax => true,
        }
    }

    /// Standard error of the model itself in bpm: how far a runner's own first threshold lies from
    /// a percentage. What the runner measured as heart rate of easy running has none.
    pub(super) fn error_bpm(self) -> f64 {
        if self.is_percentage() { PERCENTAGE_ERROR } else { 0.0 }
    }
}

/// Target, ceiling, moderate and hard line in bpm.
pub(super) type ThresholdsBpm = [f64; 4];

/// A model whose anchors are known, with its four lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) model: Model,
    pub(super) source: AnchorSource,
    /// The day from which the anchor is stated, or on which it was read or run.
    pub(super) day: Option<NaiveDate>,
    pub(super) guessed: bool,
    pub(super) lines: ThresholdsBpm,
    /// Standard error of the ceiling in bpm that comes from the anchor.
    pub(super) uncertainty: f64,
}

/// About half of the spread of the first threshold between runners (4.6 % of the maximum:
/// Esteve-Lanao 2026); the whole would make nearly every run a close call.
const PERCENTAGE_ERROR: f64 = 4.0;
/// Standard error of a tested lactate threshold heart rate in bpm, and of a found one.
const TESTED_THRESHOLD_ERROR: f64 = 3.0;
const FOUND_THRESHOLD_ERROR: f64 = 5.0;
/// Of a resting heart rate.
const RESTING_ERROR: f64 = 3.0;
/// Of a ceiling and of a talk-test heart rate.
const CEILING_ERROR: f64 = 2.0;
const TALK_TEST_ERROR: f64 = 3.0;
/// How far the ceiling and the moderate line lie from a talk-test heart rate, in bpm, and the target.
const TALK_TEST_REACH: f64 = 4.0;
const TALK_TEST_TARGET: f64 = 10.0;
/// The mean maximum of 4,043 runners, in bpm (preprints.org 202303.0400: 184.6 ± 9.8), …
pub const MEAN_MAXIMUM: f64 = 185.0;
/// … and two standard deviations, because a guess about a stranger has to hold for nearly everybody.
const MEAN_MAXIMUM_ERROR: f64 = 20.0;

/// Every model whose anchors are known, the best first; the mean runner's maximum is the last, so
/// that there is always one.
pub(super) fn candidates(evidence: &AnchorEvidence) -> Vec<Candidate> {
    let stated_max = evidence.max.filter(is_stated);
    let other_max = evidence.max.filter(|max| !is_stated(max));
    let mut candidates: Vec<Candidate> = [
        ceiling(evidence),
        talk_test(evidence),
        stated_threshold(evidence),
        reserve(evidence),
        stated_max.as_ref().map(maximum),
        found_threshold(evidence.watch_threshold, AnchorSource::Watch),
        found_threshold(evidence.history_threshold, AnchorSource::History),
        other_max.as_ref().map(maximum),
    ]
    .into_iter()
    .flatten()
    .collect();
    if candidates.is_empty() {
        candidates.push(nothing_known(evidence));
    }
    candidates
}

/// Whether the runner states it as measured; a guess counts for no more than a formula.
fn is_stated(max: &MaxHeartRate) -> bool {
    max.source == AnchorSource::Settings && !max.guessed
}

fn ceiling(evidence: &AnchorEvidence) -> Option<Candidate> {
    let ceiling = evidence.ceiling?.get();
    Some(Candidate {
        model: Model::Ceiling,
        source: AnchorSource::Settings,
        day: evidence.stated_from,
        guessed: false,
        lines: [72.0, 76.0, 81.0, 87.0].map(|share| ceiling * share / 76.0),
        uncertainty: CEILING_ERROR,
    })
}

/// A conversation still flows at the stated heart rate, so it lies on the easy line, between
/// ceiling and moderate line.
fn talk_test(evidence: &AnchorEvidence) -> Option<Candidate> {
    let talk = evidence.talk_test?.get();
    Some(Candidate {
        model: Model::TalkTest,
        source: AnchorSource::Settings,
        day: evidence.stated_from,
        guessed: false,
        lines: [
            talk - TALK_TEST_TARGET,
            talk - TALK_TEST_REACH,
            talk + TALK_TEST_REACH,
            talk * 87.0 / 81.0,
        ],
        uncertainty: TALK_TEST_ERROR,
    })
}

fn stated_threshold(evidence: &AnchorEvidence) -> Option<Candidate> {
    let (source, day) = (AnchorSource::Settings, evidence.stated_from);
    let anchor = Sourced { bpm: evidence.stated_threshold?, source, day };
    Some(threshold(&anchor, TESTED_THRESHOLD_ERROR))
}

fn found_threshold(found: Option<DatedReading>, source: AnchorSource) -> Option<Candidate> {
    let found = found?;
    let anchor = Sourced { bpm: found.bpm, source, day: Some(found.day) };
    Some(threshold(&anchor, FOUND_THRESHOLD_ERROR))
}

fn threshold(anchor: &Sourced, error: f64) -> Candidate {
    Candidate {
        model: Model::Threshold,
        source: anchor.source,
        day: anchor.day,
        guessed: false,
        lines: [0.81, 0.85, 0.90, 0.95].map(|share| anchor.bpm.get() * share),
        uncertainty: 0.85 * error,
    }
}

/// Only a maximum that the runner or the watch states goes with a resting heart rate: the highest
/// one seen is a lower bound.
fn reserve(evidence: &AnchorEvidence) -> Option<Candidate> {
    let of_watch = |max: &MaxHeartRate| {
        max.source == AnchorSource::Watch || evidence.replaced_watch_max.is_some()
    };
    let max = evidence.max.filter(|max| is_stated(max) || of_watch(max))?;
    let resting = evidence.resting?.bpm.get();
    let reserve = max.bpm.get() - resting;
    (reserve > 0.0).then(|| Candidate {
        model: Model::Hrr,
        source: max.source,
        day: max.day,
        guessed: max.guessed,
        lines: [0.62, 0.68, 0.74, 0.82].map(|share| resting + reserve * share),
        uncertainty: libm::hypot(0.68 * max.uncertainty, 0.32 * RESTING_ERROR),
    })
}

fn maximum(max: &MaxHeartRate) -> Candidate {
    Candidate {
        model: Model::Hrmax,
        source: max.source,
        day: max.day,
        guessed: max.guessed,
        lines: lines_of_maximum(max.bpm.get()),
        uncertainty: 0.76 * max.uncertainty,
    }
}

fn nothing_known(evidence: &AnchorEvidence) -> Candidate {
    let seen = evidence.supported_max.map_or(0.0, BeatsPerMinute::get);
    maximum(&MaxHeartRate {
        bpm: BeatsPerMinute::of(MEAN_MAXIMUM.max(seen)),
        source: AnchorSource::NothingKnown,
        day: None,
        uncertainty: MEAN_MAXIMUM_ERROR,
        guessed: true,
    })
}

/// Where nothing is known, the lowest maximum that the lines allow for; `None` where the runner has
/// already been seen above it.
pub(super) fn lowest_maximum(evidence: &AnchorEvidence) -> Option<BeatsPerMinute> {
    let seen = evidence.supported_max.map_or(0.0, BeatsPerMinute::get);
    let lowest = MEAN_MAXIMUM.max(seen) - MEAN_MAXIMUM_ERROR;
    BeatsPerMinute::new(lowest).filter(|_| seen < lowest)
}

/// The lines of a maximum heart rate in bpm.
pub(super) fn lines_of_maximum(max: f64) -> ThresholdsBpm {
    [0.72, 0.76, 0.81, 0.87].map(|share| max * share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::Sensor;
    use crate::athlete::testing::{drawn, max, resting};

    fn reading(bpm: f64) -> DatedReading {
        let day = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
        DatedReading { bpm: BeatsPerMinute::of(bpm), day }
    }

    #[test]
    fn a_guess_comes_last_and_never_draws_the_reserve() {
        let aged = AnchorEvidence {
            max: Some(max(183.5, 10.0, AnchorSource::Age)),
            resting: Some(resting(50.0)),
            ..Default::default()
        };
        let lines = drawn(&aged, Sensor::Chest);
        assert_eq!((lines.model, lines.guessed), (Model::Hrmax, true));
        let watch = AnchorEvidence { watch_threshold: Some(reading(165.0)), ..aged };
        assert_eq!(drawn(&watch, Sensor::Chest).model, Model::Threshold);
    }

    #[test]
    fn a_stated_maximum_stands_before_what_watch_and_history_found() {
        let evidence = AnchorEvidence {
            max: Some(max(190.0, 3.0, AnchorSource::Settings)),
            watch_threshold: Some(reading(170.0)),
            history_threshold: Some(reading(171.0)),
            ..Default::default()
        };
        let lines = drawn(&evidence, Sensor::Chest);
        assert_eq!((lines.model, lines.source), (Model::Hrmax, AnchorSource::Settings));
        let watch = AnchorEvidence { max: Some(max(190.0, 5.0, AnchorSource::Watch)), ..evidence };
        assert_eq!(
            drawn(&watch, Sensor::Chest).model,
            Model::Threshold,
            "before a maximum of the watch"
        );
        let with_rest = AnchorEvidence { resting: Some(resting(50.0)), ..watch };
        assert_eq!(
            drawn(&with_rest, Sensor::Chest).model,
            Model::Hrr,
            "but not before its reserve"
        );
    }

    #[test]
    fn a_maximum_of_the_watch_that_was_passed_still_goes_with_a_resting_heart_rate() {
        let history = AnchorEvidence {
            max: Some(max(192.0, 5.0, AnchorSource::History)),
            resting: Some(resting(50.0)),
            ..Default::default()
        };
        assert_eq!(drawn(&history, Sensor::Chest).model, Model::Hrmax);
        let replaced = AnchorEvidence { replaced_watch_max: BeatsPerMinute::new(180.0), ..history };
        let lines = drawn(&replaced, Sensor::Chest);
        assert_eq!((lines.model, lines.source), (Model::Hrr, AnchorSource::History));
    }
}
