//! What speaks against a heart rate although no second of it was taken out.

use super::low_heart_rate::{TooLow, too_low};
use crate::athlete::AnchorEvidence;
use crate::history::{HeartRateOnSpeed, PastRun};
use crate::metrics::UnpackedRun;

/// Doubts about the heart rate of a run as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HeartRateDoubts {
    /// The recorder wrote one value for half a minute and more, then another.
    pub written_in_steps: bool,
    /// What it is too low for, where it is.
    pub too_low: Option<TooLow>,
    /// Nobody's steps moved the watch for more than half of the time.
    pub without_steps: bool,
}

/// What is said of a run that nobody's steps moved.
pub const WITHOUT_STEPS: &str =
    "No steps were recorded: a vehicle, a bicycle, or the watch on a pram?";

impl HeartRateDoubts {
    /// Looks for them.
    pub fn of(
        channels: &UnpackedRun,
        evidence: &AnchorEvidence,
        this: &PastRun,
        on_speed: Option<HeartRateOnSpeed>,
    ) -> Self {
        let UnpackedRun { series, judged, .. } = channels;
        Self {
            written_in_steps: channels.is_written_in_steps(),
            too_low: too_low(series, judged, evidence, this, on_speed),
            without_steps: channels.moves_without_steps(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Exertion, Rating};
    use crate::audit::testing::TestRun;
    use crate::audit::{ActualEffort, Certainty, Leaning};
    use crate::metrics::testing::run;
    use crate::session::Verdict;

    /// Half an hour of these heart rates at 2.5 m/s.
    fn with(beats: impl Fn(usize) -> u16) -> TestRun {
        TestRun::of(run(1800, |k| (Some(beats(k)), 2_500, 166)))
    }

    #[test]
    fn a_heart_rate_too_low_to_be_true_keeps_no_run() {
        // 85 bpm is a quarter of the reserve.
        let low = with(|k| 79 + (k / 5 % 3) as u16).judge().ruling;
        assert_eq!((low.verdict, low.leaning), (Verdict::CannotJudge, None));
        assert!(low.because.contains("too low for running"), "{}", low.because);
    }

    #[test]
    fn a_run_that_fails_by_it_fails() {
        let half = with(|k| if k < 900 { 80 } else { 156 } + (k / 5 % 3) as u16).judge().ruling;
        assert_eq!(
            (half.verdict, half.was),
            (Verdict::NotRecovery, Some(ActualEffort::Easy)), // moderate only within the uncertainty
            "{half:?}"
        );
    }

    #[test]
    fn a_ride_is_judged_by_nothing_not_even_by_its_rating() {
        let rating = Rating { exertion: Some(Exertion::cr10(6.0)), feel: None };
        let steps = |k: usize| if k < 120 { 166 } else { 0 };
        let ride = TestRun::of(run(6000, |k| (Some(129 + (k / 5 % 3) as u16), 5_000, steps(k))));
        let ruling = TestRun { rating, ..ride }.judge().ruling;
        assert_eq!((ruling.verdict, ruling.certainty), (Verdict::CannotJudge, None));
        assert_eq!(ruling.because, WITHOUT_STEPS);
        assert_ne!(ruling.leaning, Some(Leaning::Easy));
    }

    #[test]
    fn what_is_written_in_steps_is_borderline() {
        let stepped = with(|k| 126 + 5 * (k / 40 % 3) as u16).judge().ruling;
        assert_eq!((stepped.verdict, stepped.certainty), (Verdict::Kept, Some(Certainty::Soft)));
    }
}
