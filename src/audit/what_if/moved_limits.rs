//! The verdict had the ceiling, the maximum or the resting heart rate been another.

use serde::{Deserialize, Serialize};

use crate::athlete::{AnchorEvidence, HeartRateThresholds, MaxHeartRate, Sourced, thresholds};
use crate::audit::at_lines::AtLines;
use crate::audit::criterion_input::Context;
use crate::audit::verdict::{that_count, with_input};
use crate::metrics::{RunMetrics, UnpackedRun};
use crate::session::Verdict;
use crate::units::BeatsPerMinute;

/// How far each is moved, in bpm: from this much lower to as much higher.
pub const SHIFTS_BPM: i32 = 15;

/// The verdicts from 15 bpm lower to 15 bpm higher, one for each beat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedLimits {
    /// By the ceiling, with which all lines move; `None` where none is known.
    pub ceiling: Option<Vec<Verdict>>,
    /// By the maximum heart rate; `None` where the lines do not rest on one.
    pub maximum: Option<Vec<Verdict>>,
    /// By the resting heart rate; `None` where the lines do not rest on one.
    pub resting: Option<Vec<Verdict>>,
}

impl MovedLimits {
    /// Judges a run at every moved limit.
    pub fn of(run: &RunMetrics, channels: &UnpackedRun, context: &Context) -> Self {
        with_input(run, channels, context, |input| {
            let findings = that_count(input);
            Self::at(&AtLines::of(input, &findings), context)
        })
    }

    fn at(at_lines: &AtLines, context: &Context) -> Self {
        let at = |lines: HeartRateThresholds| at_lines.verdict(Some(&lines));
        let drawn = |evidence: &AnchorEvidence| {
            thresholds(evidence, context.sensor, context.altitude_uncertainty_bpm)
        };
        let each = |moved: &dyn Fn(f64) -> Option<HeartRateThresholds>| -> Option<Vec<Verdict>> {
            shifts().map(|shift| moved(shift).map(at)).collect()
        };
        let lines = context.lines;
        let by = |evidence: Option<AnchorEvidence>| {
            let moved = drawn(&evidence?);
            // Lines that stay where they are rest on something else.
            lines.filter(|lines| lines.model == moved.model).map(|_| moved)
        };
        let unless_unmoved =
            |verdicts: Option<Vec<Verdict>>, moved: &dyn Fn(f64) -> Option<HeartRateThresholds>| {
                let [low, high] = [-1.0, 1.0].map(|way| moved(way * f64::from(SHIFTS_BPM)));
                verdicts.filter(|_| {
                    low.zip(high).is_some_and(|(low, high)| low.ceiling != high.ceiling)
                })
            };
        let maximum = |shift| by(with_maximum(&context.evidence, shift));
        let resting = |shift| by(with_resting(&context.evidence, shift));
        Self {
            ceiling: each(&|shift| Some(lines?.shifted(shift))),
            maximum: unless_unmoved(each(&maximum), &maximum),
            resting: unless_unmoved(each(&resting), &resting),
        }
    }
}

fn shifts() -> impl Iterator<Item = f64> {
    (-SHIFTS_BPM..=SHIFTS_BPM).map(f64::from)
}

fn with_maximum(evidence: &AnchorEvidence, shift: f64) -> Option<AnchorEvidence> {
    let max = evidence.max?;
    let bpm = BeatsPerMinute::new(max.bpm.get() + shift)?;
    Some(AnchorEvidence { max: Some(MaxHeartRate { bpm, ..max }), ..*evidence })
}

fn with_resting(evidence: &AnchorEvidence, shift: f64) -> Option<AnchorEvidence> {
    let resting = evidence.resting?;
    let bpm = BeatsPerMinute::new(resting.bpm.get() + shift)?;
    Some(AnchorEvidence { resting: Some(Sourced { bpm, ..resting }), ..*evidence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;

    fn moved(beats: u16) -> MovedLimits {
        let test_run =
            TestRun::of(run(1_800, |k| (Some(beats - 1 + (k / 5 % 3) as u16), 2_500, 166)));
        MovedLimits::of(&test_run.row, &test_run.channels(), &test_run.context())
    }

    #[test]
    fn in_the_middle_stands_the_verdict_itself() {
        let moved = moved(130);
        for verdicts in [moved.ceiling, moved.maximum, moved.resting] {
            let verdicts = verdicts.unwrap();
            assert_eq!((verdicts.len(), verdicts[15]), (31, Verdict::Kept));
        }
    }

    #[test]
    fn a_higher_ceiling_never_makes_it_worse() {
        // 145.2 bpm is the ceiling: a run at 147 is kept from two or three beats more on.
        let ceiling = moved(147).ceiling.unwrap();
        let first_kept = ceiling.iter().position(|verdict| *verdict == Verdict::Kept).unwrap();
        assert!((17..=18).contains(&first_kept), "{ceiling:?}");
        assert!(ceiling[first_kept..].iter().all(|verdict| *verdict == Verdict::Kept));
        assert_eq!(ceiling[0], Verdict::NotRecovery);
    }
}
