//! By what an athlete was judged when: stretches of time with one kind of anchor each.

use chrono::NaiveDate;

use crate::athlete::{AnchorEvidence, AnchorSource, HeartRateThresholds, Model};

/// Judged runs in a row that stand on the same kind of anchor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnchorPeriod {
    /// The day of its first run.
    pub first: NaiveDate,
    /// The day of its last run.
    pub last: NaiveDate,
    /// Judged runs.
    pub runs: usize,
    /// The anchors of its last run.
    pub evidence: AnchorEvidence,
    /// The lines of its last run.
    pub lines: HeartRateThresholds,
    /// The lowest and the highest ceiling in bpm.
    pub ceilings_bpm: (f64, f64),
}

impl AnchorPeriod {
    fn begin(day: NaiveDate, evidence: &AnchorEvidence, lines: &HeartRateThresholds) -> Self {
        let ceiling = lines.ceiling.get();
        Self {
            first: day,
            last: day,
            runs: 1,
            evidence: *evidence,
            lines: *lines,
            ceilings_bpm: (ceiling, ceiling),
        }
    }

    fn is_same_kind(&self, evidence: &AnchorEvidence, lines: &HeartRateThresholds) -> bool {
        kind(&self.evidence, &self.lines) == kind(evidence, lines)
    }

    fn extend(&mut self, day: NaiveDate, evidence: &AnchorEvidence, lines: &HeartRateThresholds) {
        let ceiling = lines.ceiling.get();
        let (low, high) = self.ceilings_bpm;
        *self = Self {
            first: self.first,
            runs: self.runs + 1,
            ceilings_bpm: (low.min(ceiling), high.max(ceiling)),
            ..Self::begin(day, evidence, lines)
        };
    }
}

/// What is the same throughout a period: of stated anchors also the day since when they hold, so
/// that no period names a statement that was not yet true of it.
fn kind(
    evidence: &AnchorEvidence,
    lines: &HeartRateThresholds,
) -> (Model, AnchorSource, bool, Option<NaiveDate>) {
    let stated = lines.source == AnchorSource::Settings;
    (lines.model, lines.source, lines.guessed, evidence.stated_from.filter(|_| stated))
}

/// The periods of judged runs in time order; runs without lines are passed over.
pub(super) fn anchor_periods<'a>(
    judged: impl Iterator<Item = (NaiveDate, &'a AnchorEvidence, Option<&'a HeartRateThresholds>)>,
) -> Vec<AnchorPeriod> {
    let mut periods: Vec<AnchorPeriod> = Vec::new();
    for (day, evidence, lines) in judged {
        let Some(lines) = lines else { continue };
        match periods.last_mut().filter(|period| period.is_same_kind(evidence, lines)) {
            Some(period) => period.extend(day, evidence, lines),
            None => periods.push(AnchorPeriod::begin(day, evidence, lines)),
        }
    }
    periods
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::{Sensor, thresholds};
    use crate::history::testing::day;
    use crate::units::BeatsPerMinute;

    #[test]
    fn runs_with_one_kind_of_anchor_are_one_period() {
        let talk = |bpm| AnchorEvidence {
            talk_test: BeatsPerMinute::new(bpm),
            ..AnchorEvidence::default()
        };
        let known = [(1, None), (2, Some(150.0)), (9, Some(148.0)), (12, Some(151.0)), (13, None)];
        let runs: Vec<_> = known
            .iter()
            .map(|(days, bpm)| (day(*days), bpm.map_or_else(AnchorEvidence::default, talk)))
            .map(|(day, evidence)| (day, evidence, thresholds(&evidence, Sensor::Chest, 0.0)))
            .collect();
        let periods =
            anchor_periods(runs.iter().map(|(day, evidence, lines)| (*day, evidence, Some(lines))));
        let told: Vec<_> =
            periods.iter().map(|period| (period.first, period.last, period.runs)).collect();
        assert_eq!(told, [(day(1), day(1), 1), (day(2), day(12), 3), (day(13), day(13), 1)]);
        assert_eq!(periods[1].lines.model, Model::TalkTest);
        assert_eq!(periods[1].ceilings_bpm, (144.0, 147.0));
        assert_eq!(periods[1].evidence.talk_test, BeatsPerMinute::new(151.0));
    }

    #[test]
    fn what_is_stated_from_a_later_day_on_begins_a_period() {
        let stated = |bpm, from: Option<u64>| AnchorEvidence {
            talk_test: BeatsPerMinute::new(bpm),
            stated_from: from.map(day),
            ..AnchorEvidence::default()
        };
        let known = [stated(150.0, None), stated(148.0, Some(5)), stated(148.0, Some(5))];
        let lines = known.map(|evidence| thresholds(&evidence, Sensor::Chest, 0.0));
        let runs = known.iter().zip(&lines).zip(4..);
        let periods =
            anchor_periods(runs.map(|((evidence, lines), k)| (day(k), evidence, Some(lines))));
        let ceilings: Vec<_> =
            periods.iter().map(|period| (period.runs, period.ceilings_bpm.0)).collect();
        assert_eq!(ceilings, [(1, 146.0), (2, 144.0)]);
    }

    #[test]
    fn a_run_without_lines_ends_no_period() {
        let evidence = AnchorEvidence::default();
        let lines = thresholds(&evidence, Sensor::Chest, 0.0);
        let runs = [Some(&lines), None, Some(&lines)];
        let judged = runs.iter().zip(1..).map(|(lines, k)| (day(k), &evidence, *lines));
        assert_eq!(
            anchor_periods(judged).iter().map(|period| period.runs).collect::<Vec<_>>(),
            [2]
        );
    }
}
