//! The four heart-rate lines of the judgement, drawn from one anchor model.

use serde::{Deserialize, Serialize};

use super::anchors::{AnchorEvidence, AnchorSource, MaxHeartRate};
use super::sensor::Sensor;
use crate::units::BeatsPerMinute;

/// The model that the lines are drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
}

/// Four lines that part target, recovery, easy, moderate and hard, and how sure they are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HeartRateThresholds {
    /// Talking is effortless below it.
    pub target: BeatsPerMinute,
    /// The ceiling of a recovery run.
    pub ceiling: BeatsPerMinute,
    /// An upper estimate of the first threshold.
    pub moderate: BeatsPerMinute,
    /// About the second threshold.
    pub hard: BeatsPerMinute,
    /// Standard error of the ceiling in bpm, taken for all four lines.
    pub uncertainty: f64,
    /// What they are drawn from.
    pub model: Model,
    /// Where the anchor comes from.
    pub source: AnchorSource,
    /// Whether the anchor is a guess.
    pub guessed: bool,
    /// The ceiling of the model that disagrees most, where that is more than 6 bpm.
    pub disagreeing_ceiling: Option<BeatsPerMinute>,
}

impl HeartRateThresholds {
    /// The lines moved by so many bpm.
    #[must_use]
    pub fn shifted(&self, bpm: f64) -> Self {
        let moved = |line: BeatsPerMinute| BeatsPerMinute::of(line.get() + bpm);
        Self {
            target: moved(self.target),
            ceiling: moved(self.ceiling),
            moderate: moved(self.moderate),
            hard: moved(self.hard),
            ..*self
        }
    }
}

/// A model whose anchors are known, with its four lines.
struct Candidate {
    model: Model,
    source: AnchorSource,
    guessed: bool,
    lines: [f64; 4],
    uncertainty: f64,
}

/// Standard error of a tested lactate threshold heart rate in bpm, and of a found one.
const TESTED_THRESHOLD_ERROR: f64 = 3.0;
const WATCH_THRESHOLD_ERROR: f64 = 5.0;
/// Of a resting heart rate.
const RESTING_ERROR: f64 = 3.0;
/// Of a ceiling and of a talk-test heart rate.
const CEILING_ERROR: f64 = 2.0;
const TALK_TEST_ERROR: f64 = 3.0;
/// Ceilings further apart than this disagree, in bpm.
const DISAGREEMENT: f64 = 6.0;

/// The lines of the best model, or `None` where no anchor is known at all. `altitude_uncertainty_bpm` is a
/// further doubt of the day, such as unaccustomed altitude.
pub fn thresholds(
    evidence: &AnchorEvidence,
    sensor: Sensor,
    altitude_uncertainty_bpm: f64,
) -> Option<HeartRateThresholds> {
    let candidates = candidates(evidence);
    let best = candidates.first()?;
    Some(draw(best, &candidates[1..], sensor, altitude_uncertainty_bpm))
}

/// The lines of every model whose anchors are known, the best first.
pub fn every_model(
    evidence: &AnchorEvidence,
    sensor: Sensor,
    altitude_uncertainty_bpm: f64,
) -> Vec<HeartRateThresholds> {
    let mut drawn: Vec<HeartRateThresholds> = candidates(evidence)
        .iter()
        .map(|candidate| draw(candidate, &[], sensor, altitude_uncertainty_bpm))
        .collect();
    let mut seen = Vec::new();
    drawn.retain(|lines| {
        !seen.contains(&lines.model) && {
            seen.push(lines.model);
            true
        }
    });
    drawn
}

fn candidates(evidence: &AnchorEvidence) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = [
        ceiling(evidence),
        talk_test(evidence),
        stated_threshold(evidence),
        reserve(evidence),
        watch_threshold(evidence),
        history_threshold(evidence),
        maximum(evidence),
    ]
    .into_iter()
    .flatten()
    .collect();
    candidates.sort_by_key(|candidate| candidate.guessed);
    candidates
}

fn draw(
    candidate: &Candidate,
    others: &[Candidate],
    sensor: Sensor,
    altitude_uncertainty_bpm: f64,
) -> HeartRateThresholds {
    let disagreeing = disagreeing_ceiling(candidate, others);
    let apart = disagreeing.map_or(0.0, |other| (other - candidate.lines[1]).abs() / 2.0);
    let doubts = [candidate.uncertainty, sensor.error_bpm(), apart, altitude_uncertainty_bpm];
    let [target, ceiling, moderate, hard] = candidate.lines.map(BeatsPerMinute::of);
    HeartRateThresholds {
        target,
        ceiling,
        moderate,
        hard,
        uncertainty: doubts.iter().map(|doubt| doubt * doubt).sum::<f64>().sqrt(),
        model: candidate.model,
        source: candidate.source,
        guessed: candidate.guessed,
        disagreeing_ceiling: disagreeing.map(BeatsPerMinute::of),
    }
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

fn talk_test(evidence: &AnchorEvidence) -> Option<Candidate> {
    let talk = evidence.talk_test?.get();
    Some(Candidate {
        model: Model::TalkTest,
        source: AnchorSource::Settings,
        guessed: false,
        lines: [talk - 12.0, talk - 6.0, talk, talk * 87.0 / 81.0],
        uncertainty: TALK_TEST_ERROR,
    })
}

fn stated_threshold(evidence: &AnchorEvidence) -> Option<Candidate> {
    Some(threshold(evidence.stated_threshold?, AnchorSource::Settings, TESTED_THRESHOLD_ERROR))
}

fn watch_threshold(evidence: &AnchorEvidence) -> Option<Candidate> {
    Some(threshold(evidence.watch_threshold?, AnchorSource::Watch, WATCH_THRESHOLD_ERROR))
}

fn history_threshold(evidence: &AnchorEvidence) -> Option<Candidate> {
    Some(threshold(evidence.history_threshold?, AnchorSource::History, WATCH_THRESHOLD_ERROR))
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

fn reserve(evidence: &AnchorEvidence) -> Option<Candidate> {
    let measured =
        |max: &MaxHeartRate| matches!(max.source, AnchorSource::Settings | AnchorSource::Watch);
    let max = evidence.max.filter(measured)?;
    let resting = evidence.resting?.bpm.get();
    let reserve = max.bpm.get() - resting;
    (reserve > 0.0).then(|| Candidate {
        model: Model::Hrr,
        source: max.source,
        guessed: max.guessed,
        lines: [0.62, 0.68, 0.74, 0.82].map(|share| resting + reserve * share),
        uncertainty: (0.68 * max.uncertainty).hypot(0.32 * RESTING_ERROR),
    })
}

fn maximum(evidence: &AnchorEvidence) -> Option<Candidate> {
    let max = evidence.max?;
    Some(Candidate {
        model: Model::Hrmax,
        source: max.source,
        guessed: max.guessed,
        lines: [0.72, 0.76, 0.81, 0.87].map(|share| max.bpm.get() * share),
        uncertainty: 0.76 * max.uncertainty,
    })
}

/// The ceiling furthest from the best one, if it is too far; what the runner set outright stands.
fn disagreeing_ceiling(best: &Candidate, others: &[Candidate]) -> Option<f64> {
    if matches!(best.model, Model::Ceiling | Model::TalkTest) {
        return None;
    }
    let apart = |other: &f64| (other - best.lines[1]).abs();
    others
        .iter()
        .filter(|other| !other.guessed)
        .map(|other| other.lines[1])
        .filter(|other| apart(other) > DISAGREEMENT)
        .max_by(|left, right| apart(left).total_cmp(&apart(right)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::anchors::Sourced;

    fn max(bpm: f64, uncertainty: f64, source: AnchorSource) -> MaxHeartRate {
        let guessed = source == AnchorSource::Age;
        MaxHeartRate { bpm: BeatsPerMinute::of(bpm), source, uncertainty, guessed }
    }

    fn resting(bpm: f64) -> Sourced {
        Sourced { bpm: BeatsPerMinute::of(bpm), source: AnchorSource::Settings }
    }

    fn drawn(evidence: &AnchorEvidence, sensor: Sensor) -> HeartRateThresholds {
        thresholds(evidence, sensor, 0.0).unwrap()
    }

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() < 0.05, "{left} is not {right}");
    }

    #[test]
    fn the_worked_lines_of_each_model() {
        let hrmax = AnchorEvidence {
            max: Some(max(190.0, 3.0, AnchorSource::Settings)),
            ..Default::default()
        };
        let hrr = AnchorEvidence { resting: Some(resting(50.0)), ..hrmax };
        let lthr = AnchorEvidence { stated_threshold: BeatsPerMinute::new(170.0), ..hrr };
        let all = |lines: HeartRateThresholds| {
            [lines.target, lines.ceiling, lines.moderate, lines.hard].map(BeatsPerMinute::get)
        };
        for (evidence, expected) in [
            (&hrmax, [136.8, 144.4, 153.9, 165.3]),
            (&hrr, [136.8, 145.2, 153.6, 164.8]),
            (&lthr, [137.7, 144.5, 153.0, 161.5]),
        ] {
            for (line, expected) in all(drawn(evidence, Sensor::Chest)).into_iter().zip(expected) {
                near(line, expected);
            }
        }
    }

    #[test]
    fn the_worked_uncertainties() {
        let tested = AnchorEvidence {
            max: Some(max(190.0, 3.0, AnchorSource::Settings)),
            resting: Some(resting(50.0)),
            ..Default::default()
        };
        near(drawn(&tested, Sensor::Chest).uncertainty, 2.47);
        near(drawn(&tested, Sensor::Wrist).uncertainty, 3.75);
        let watch = AnchorEvidence {
            max: Some(max(190.0, 5.0, AnchorSource::Watch)),
            ..Default::default()
        };
        near(drawn(&watch, Sensor::Wrist).uncertainty, 4.84);
        let formula =
            AnchorEvidence { max: Some(max(183.5, 10.8, AnchorSource::Age)), ..Default::default() };
        near(drawn(&formula, Sensor::Wrist).uncertainty, 8.74);
        let lthr =
            AnchorEvidence { stated_threshold: BeatsPerMinute::new(170.0), ..Default::default() };
        near(drawn(&lthr, Sensor::Chest).uncertainty, 2.74);
    }

    #[test]
    fn a_talk_test_is_the_best_measurement_and_a_ceiling_overrides_all() {
        let evidence = AnchorEvidence {
            talk_test: BeatsPerMinute::new(148.0),
            stated_threshold: BeatsPerMinute::new(170.0),
            ..Default::default()
        };
        let talk = drawn(&evidence, Sensor::Chest);
        assert_eq!(
            (talk.model, talk.ceiling.get(), talk.moderate.get()),
            (Model::TalkTest, 142.0, 148.0)
        );
        let ceiling = AnchorEvidence { ceiling: BeatsPerMinute::new(140.0), ..evidence };
        assert_eq!(drawn(&ceiling, Sensor::Chest).model, Model::Ceiling);
    }

    #[test]
    fn a_guess_comes_last_and_never_draws_the_reserve() {
        let aged = AnchorEvidence {
            max: Some(max(188.6, 10.8, AnchorSource::Age)),
            resting: Some(resting(50.0)),
            ..Default::default()
        };
        let lines = drawn(&aged, Sensor::Chest);
        assert_eq!((lines.model, lines.guessed), (Model::Hrmax, true));
        let watch = AnchorEvidence { watch_threshold: BeatsPerMinute::new(165.0), ..aged };
        assert_eq!(drawn(&watch, Sensor::Chest).model, Model::Threshold);
    }

    #[test]
    fn models_that_disagree_widen_the_doubt() {
        let evidence = AnchorEvidence {
            stated_threshold: BeatsPerMinute::new(155.0),
            max: Some(max(190.0, 3.0, AnchorSource::Settings)),
            ..Default::default()
        };
        let lines = drawn(&evidence, Sensor::Chest);
        near(lines.disagreeing_ceiling.unwrap().get(), 144.4);
        near(
            lines.uncertainty,
            (2.55_f64.powi(2) + 1.0 + ((144.4 - 131.75) / 2.0_f64).powi(2)).sqrt(),
        );
    }

    #[test]
    fn no_anchor_no_lines() {
        assert_eq!(thresholds(&AnchorEvidence::default(), Sensor::External, 0.0), None);
    }
}
