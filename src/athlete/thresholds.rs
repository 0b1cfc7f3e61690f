//! The heart-rate lines of the judgement, drawn from one anchor model, and how sure they are.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::anchor_source::AnchorSource;
use super::anchors::AnchorEvidence;
use super::models::{
    Candidate, Model, ThresholdsBpm, candidates, lines_of_maximum, lowest_maximum,
};
use super::sensor::Sensor;
use crate::units::BeatsPerMinute;

/// The lines that part target, recovery, easy, moderate and hard, and how sure they are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HeartRateThresholds {
    /// Talking is effortless below it.
    pub target: BeatsPerMinute,
    /// The ceiling of a recovery run.
    pub ceiling: BeatsPerMinute,
    /// Half way between ceiling and moderate line; for a talk test its very heart rate.
    pub easy: BeatsPerMinute,
    /// A lower estimate of the first threshold.
    pub moderate: BeatsPerMinute,
    /// Between the first and the second threshold.
    pub hard: BeatsPerMinute,
    /// Standard error of the ceiling in bpm, taken for all lines.
    pub uncertainty: f64,
    /// What they are drawn from.
    pub model: Model,
    /// Where the anchor comes from.
    pub source: AnchorSource,
    /// The day from which the anchor is stated, or on which it was read or run; `None` where it has none.
    pub day: Option<NaiveDate>,
    /// Whether the anchor is a guess.
    pub guessed: bool,
    /// The ceiling of the model that disagrees most, where that is more than 6 bpm.
    pub disagreeing_ceiling: Option<BeatsPerMinute>,
    /// Where nothing is known: target, ceiling, moderate and hard line of the highest heart rate seen,
    /// less what sensor and model may be off. The maximum is no lower, so no line is drawn lower.
    floor: Option<ThresholdsBpm>,
    /// Where nothing is known: the lowest maximum that the lines allow for.
    lowest_maximum: Option<BeatsPerMinute>,
}

impl HeartRateThresholds {
    /// The lines moved by so many bpm.
    #[must_use]
    pub fn shifted(&self, bpm: f64) -> Self {
        self.with(self.lines().map(|line| line + bpm))
    }

    /// The lines as low as their uncertainty allows.
    #[must_use]
    pub fn strict(&self) -> Self {
        let lowered = self.lines().map(|line| line - self.uncertainty);
        let Some(floor) = self.floor else { return self.with(lowered) };
        self.with(std::array::from_fn(|k| lowered[k].max(floor[k])))
    }

    /// The lines as high as their uncertainty allows.
    #[must_use]
    pub fn lenient(&self) -> Self {
        self.shifted(self.uncertainty)
    }

    /// Whether nothing at all is known about the athlete's heart, and the mean runner's stands in.
    pub fn nothing_known(&self) -> bool {
        self.source == AnchorSource::NothingKnown
    }

    /// Where nothing is known, the maximum heart rate in bpm from which on the lines hold; `None`
    /// where the runner has already been seen above it, or an anchor is known.
    pub fn lowest_maximum(&self) -> Option<BeatsPerMinute> {
        self.lowest_maximum
    }

    fn lines(&self) -> ThresholdsBpm {
        [self.target, self.ceiling, self.moderate, self.hard].map(BeatsPerMinute::get)
    }

    fn with(&self, lines: ThresholdsBpm) -> Self {
        let [target, ceiling, moderate, hard] = lines.map(BeatsPerMinute::of);
        Self { target, ceiling, easy: midway(&lines), moderate, hard, ..*self }
    }
}

/// Ceilings further apart than this disagree, in bpm.
const DISAGREEMENT: f64 = 6.0;

/// The lines of the best model. Where nothing is known they are those of the mean runner.
/// `altitude_uncertainty_bpm` is a further doubt of the day, such as unaccustomed altitude.
pub fn thresholds(
    evidence: &AnchorEvidence,
    sensor: Sensor,
    altitude_uncertainty_bpm: f64,
) -> HeartRateThresholds {
    let candidates = candidates(evidence);
    let day = [sensor.error_bpm(), altitude_uncertainty_bpm];
    draw(&candidates[0], &candidates[1..], evidence, day)
}

/// The lines of every model whose anchors are known, the best first.
pub fn every_model(
    evidence: &AnchorEvidence,
    sensor: Sensor,
    altitude_uncertainty_bpm: f64,
) -> Vec<HeartRateThresholds> {
    let day = [sensor.error_bpm(), altitude_uncertainty_bpm];
    let mut drawn: Vec<HeartRateThresholds> =
        candidates(evidence).iter().map(|candidate| draw(candidate, &[], evidence, day)).collect();
    let mut seen = Vec::new();
    drawn.retain(|lines| {
        !seen.contains(&lines.model) && {
            seen.push(lines.model);
            true
        }
    });
    drawn
}

/// The lines of a model; `day` are the doubts of the day's sensor and altitude in bpm.
fn draw(
    candidate: &Candidate,
    others: &[Candidate],
    evidence: &AnchorEvidence,
    day: [f64; 2],
) -> HeartRateThresholds {
    let disagreeing = disagreeing_ceiling(candidate, others);
    let apart = disagreeing.map_or(0.0, |other| (other - candidate.lines[1]).abs() / 2.0);
    let without_anchor = quadrature(&[day[0], day[1], candidate.model.error_bpm()]);
    let floor = evidence
        .supported_max
        .filter(|_| candidate.source == AnchorSource::NothingKnown)
        .map(|seen| lines_of_maximum(seen.get()).map(|line| line - without_anchor));
    let [target, ceiling, moderate, hard] = candidate.lines.map(BeatsPerMinute::of);
    HeartRateThresholds {
        target,
        ceiling,
        easy: midway(&candidate.lines),
        moderate,
        hard,
        uncertainty: quadrature(&[candidate.uncertainty, without_anchor, apart]),
        model: candidate.model,
        source: candidate.source,
        day: candidate.day,
        guessed: candidate.guessed,
        disagreeing_ceiling: disagreeing.map(BeatsPerMinute::of),
        floor,
        lowest_maximum: lowest_maximum(evidence)
            .filter(|_| candidate.source == AnchorSource::NothingKnown),
    }
}

/// The line between ceiling and moderate line.
fn midway(lines: &ThresholdsBpm) -> BeatsPerMinute {
    BeatsPerMinute::of(f64::midpoint(lines[1], lines[2]))
}

/// The standard error of a sum of independent errors.
fn quadrature(errors: &[f64]) -> f64 {
    errors.iter().map(|error| error * error).sum::<f64>().sqrt()
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
    use crate::athlete::testing::{drawn, max, resting};

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
            [lines.target, lines.ceiling, lines.easy, lines.moderate, lines.hard]
                .map(BeatsPerMinute::get)
        };
        for (evidence, expected) in [
            (&hrmax, [136.8, 144.4, 149.15, 153.9, 165.3]),
            (&hrr, [136.8, 145.2, 149.4, 153.6, 164.8]),
            (&lthr, [137.7, 144.5, 148.75, 153.0, 161.5]),
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
        near(drawn(&tested, Sensor::Chest).uncertainty, 4.70);
        near(drawn(&tested, Sensor::Wrist).uncertainty, 5.48);
        let watch = AnchorEvidence {
            max: Some(max(190.0, 5.0, AnchorSource::Watch)),
            ..Default::default()
        };
        near(drawn(&watch, Sensor::Wrist).uncertainty, (3.8_f64 * 3.8 + 25.0).sqrt()); // 0.76 × 5, √(3² + 4²)
        let formula =
            AnchorEvidence { max: Some(max(183.5, 10.0, AnchorSource::Age)), ..Default::default() };
        near(drawn(&formula, Sensor::Wrist).uncertainty, 9.10);
        let lthr =
            AnchorEvidence { stated_threshold: BeatsPerMinute::new(170.0), ..Default::default() };
        near(drawn(&lthr, Sensor::Chest).uncertainty, 4.85);
    }

    #[test]
    fn a_talk_test_is_the_best_measurement_and_a_ceiling_overrides_all() {
        let evidence = AnchorEvidence {
            talk_test: BeatsPerMinute::new(148.0),
            stated_threshold: BeatsPerMinute::new(170.0),
            ..Default::default()
        };
        let talk = drawn(&evidence, Sensor::Chest);
        assert_eq!(talk.model, Model::TalkTest);
        assert_eq!(
            (talk.ceiling.get(), talk.easy.get(), talk.moderate.get()),
            (144.0, 148.0, 152.0)
        );
        near(talk.target.get(), 138.0);
        near(talk.hard.get(), 148.0 * 87.0 / 81.0);
        near(talk.uncertainty, 3.16);
        let ceiling = AnchorEvidence { ceiling: BeatsPerMinute::new(140.0), ..evidence };
        assert_eq!(drawn(&ceiling, Sensor::Chest).model, Model::Ceiling);
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
            (2.55_f64 * 2.55 + 1.0 + 16.0 + (12.65_f64 / 2.0) * (12.65 / 2.0)).sqrt(),
        );
    }

    #[test]
    fn where_nothing_is_known_the_mean_runner_stands_in() {
        let lines = drawn(&AnchorEvidence::default(), Sensor::Wrist);
        assert_eq!((lines.source, lines.guessed), (AnchorSource::NothingKnown, true));
        near(lines.ceiling.get(), 140.6);
        near(lines.moderate.get(), 149.85);
        near(lines.hard.get(), 160.95);
        near(lines.uncertainty, 16.0);
        near(lines.strict().ceiling.get(), 124.6);
        near(lines.lenient().ceiling.get(), 156.6);
    }

    #[test]
    fn what_was_seen_is_no_more_than_the_maximum() {
        let seen = |bpm: f64| {
            let evidence =
                AnchorEvidence { supported_max: BeatsPerMinute::new(bpm), ..Default::default() };
            drawn(&evidence, Sensor::Wrist)
        };
        let high = seen(192.0);
        near(high.ceiling.get(), 145.92);
        near(high.uncertainty, 16.0);
        // Sensor 3 and model 4 may be off together by 5 bpm: no line lies lower than that.
        near(high.strict().ceiling.get(), 140.92);
        near(high.strict().moderate.get(), 150.52);
        near(high.strict().easy.get(), 145.72);
        let low = seen(160.0);
        near(low.ceiling.get(), 140.6);
        // 0.76 · 172 − 5 = 125.7 is above the 124.6 of the mean runner.
        near(seen(172.0).strict().ceiling.get(), 125.72);
    }
}
