//! The anchor models, best first, and the lines that each draws.

use serde::{Deserialize, Serialize};

use super::anchors::{AnchorEvidence, AnchorSource, MaxHeartRate};
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

    /// Standard error of the model itself in bpm: how far a runner's own first threshold lies from
    /// a percentage. What the runner measured as heart rate of easy running has none.
    pub(super) fn error_bpm(self) -> f64 {
        match self {
            Self::Ceiling | Self::TalkTest => 0.0,
            Self::Threshold | Self::Hrr | Self::Hrmax => PERCENTAGE_ERROR,
        }
    }
}

/// Target, ceiling, moderate and hard line in bpm.
pub(super) type Lines = [f64; 4];

/// A model whose anchors are known, with its four lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) model: Model,
    pub(super) source: AnchorSource,
    pub(super) guessed: bool,
    pub(super) lines: Lines,
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
const MEAN_MAXIMUM: f64 = 185.0;
/// … and two standard deviations, because a guess about a stranger has to hold for nearly everybody.
const MEAN_MAXIMUM_ERROR: f64 = 20.0;

/// Every model whose anchors are known, the best first; the mean runner's maximum is the last, so
/// that there is always one.
pub(super) fn candidates(evidence: &AnchorEvidence) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = [
        ceiling(evidence),
        talk_test(evidence),
        evidence
            .stated_threshold
            .map(|bpm| threshold(bpm, AnchorSource::Settings, TESTED_THRESHOLD_ERROR)),
        reserve(evidence),
        evidence.max.filter(is_stated).map(|max| maximum(&max)),
        evidence
            .watch_threshold
            .map(|bpm| threshold(bpm, AnchorSource::Watch, FOUND_THRESHOLD_ERROR)),
        evidence
            .history_threshold
            .map(|bpm| threshold(bpm, AnchorSource::History, FOUND_THRESHOLD_ERROR)),
        evidence.max.filter(|max| !is_stated(max)).map(|max| maximum(&max)),
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

fn threshold(threshold: BeatsPerMinute, source: AnchorSource, error: f64) -> Candidate {
    Candidate {
        model: Model::Threshold,
        source,
        guessed: false,
        lines: [0.81, 0.85, 0.90, 0.95].map(|share| threshold.get() * share),
        uncertainty: 0.85 * error,
    }
}

/// Only a maximum that the runner or the watch states goes with a resting heart rate: the highest
/// one seen is a lower bound.
fn reserve(evidence: &AnchorEvidence) -> Option<Candidate> {
    let of_watch = evidence.replaced_watch_max.is_some();
    let max = evidence.max.filter(|max| {
        is_stated(max) || max.source == AnchorSource::Watch || of_watch && !max.guessed
    })?;
    let resting = evidence.resting?.bpm.get();
    let reserve = max.bpm.get() - resting;
    (reserve > 0.0).then(|| Candidate {
        model: Model::Hrr,
        source: max.source,
        guessed: max.guessed,
        lines: [0.62, 0.68, 0.74, 0.82].map(|share| resting + reserve * share),
        uncertainty: libm::hypot(0.68 * max.uncertainty, 0.32 * RESTING_ERROR),
    })
}

fn maximum(max: &MaxHeartRate) -> Candidate {
    Candidate {
        model: Model::Hrmax,
        source: max.source,
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
        uncertainty: MEAN_MAXIMUM_ERROR,
        guessed: true,
    })
}

/// The lines of a maximum heart rate in bpm.
pub(super) fn lines_of_maximum(max: f64) -> Lines {
    [0.72, 0.76, 0.81, 0.87].map(|share| max * share)
}
