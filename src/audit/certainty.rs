//! How sure a verdict is: all rules are combined at the lines, at lower lines and at higher ones, and
//! with everything that was not seen taken for hard. A damaged file makes no verdict firm.

use super::answers::Answers;
use super::criteria::surges;
use super::criterion_input::CriterionInput;
use super::effort::Rated;
use super::outcome::Outcome;
use super::ruling::Certainty;
use crate::session::Verdict;

/// The certainty of a verdict.
pub(super) fn certainty(input: &CriterionInput, answers: Answers, verdict: Verdict) -> Certainty {
    let damaged = input.run.metadata.damaged;
    let Some(rated) = input.effort.decided() else {
        return if damaged { Certainty::Soft } else { Certainty::Firm };
    };
    let strict = answers.verdict_with(rated.strict.worst());
    let lenient = answers.verdict_with(rated.lenient.worst());
    match (strict, lenient) {
        (Verdict::NotRecovery, Verdict::Kept) => Certainty::CloseCall,
        (strict, lenient) if strict != lenient => Certainty::Soft,
        _ if damaged || may_hide_worse(input, rated, answers, verdict) => Certainty::Soft,
        _ if rests_on_doubtful_reading(input, rated, answers, verdict) => Certainty::Soft,
        _ if verdict == Verdict::Kept && is_guessed(input) => Certainty::Soft,
        _ => Certainty::Firm,
    }
}

/// Whether a heart rate with much missing made the verdict, or one that was written in steps. A
/// fail stands whatever is missing.
fn rests_on_doubtful_reading(
    input: &CriterionInput,
    rated: &Rated,
    answers: Answers,
    verdict: Verdict,
) -> bool {
    let is_hidden = rated.much_is_missing() && rated.nominal.worst() != Outcome::Fail;
    let doubtful = is_hidden || input.doubts.written_in_steps;
    doubtful && answers.verdict_with(Outcome::Cannot) != verdict
}

/// Whether the seconds without a reading of their own would make it another verdict if all of them
/// had been too hard. Surges, too, are seen by how the heart answers them.
fn may_hide_worse(
    input: &CriterionInput,
    rated: &Rated,
    answers: Answers,
    verdict: Verdict,
) -> bool {
    let unseen = input.judged.missing() + input.run.heart_rate.held_s;
    let surges = unseen > 0 && answers.result(surges::CRITERION.id) == Outcome::Note;
    answers.verdict_with(rated.hidden.worst()) != verdict || (surges && verdict == Verdict::Kept)
}

/// The mean of strangers alone makes no run firmly kept.
fn is_guessed(input: &CriterionInput) -> bool {
    input.context.lines.is_some_and(|lines| lines.guessed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Exertion, Rating};
    use crate::athlete::AnchorEvidence;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;

    /// Half an hour at about this heart rate: C1 145.2, M 149.4, C2 153.6, C3 164.8, all ± 4.6.
    fn at(beats: u16) -> TestRun {
        TestRun::of(run(1800, |k| (Some(beats - 1 + (k / 5 % 3) as u16), 2_500, 166)))
    }

    fn judged(test_run: &TestRun) -> (Verdict, Option<Certainty>) {
        let ruling = test_run.judge().ruling;
        (ruling.verdict, ruling.certainty)
    }

    #[test]
    fn certainty_is_that_of_the_verdict() {
        assert_eq!(judged(&at(130)), (Verdict::Kept, Some(Certainty::Firm)));
        assert_eq!(judged(&at(143)), (Verdict::Kept, Some(Certainty::Soft)), "slips at 140.6");
        assert_eq!(judged(&at(147)), (Verdict::Slipped, Some(Certainty::CloseCall)));
        assert_eq!(judged(&at(170)), (Verdict::NotRecovery, Some(Certainty::Firm)));
    }

    #[test]
    fn another_rule_that_fails_makes_the_heart_rate_matter_less() {
        let rating = Rating { exertion: Some(Exertion::cr10(6.0)), feel: None };
        let felt_hard = TestRun { rating, ..at(147) };
        assert_eq!(judged(&felt_hard), (Verdict::NotRecovery, Some(Certainty::Firm)));
    }

    #[test]
    fn a_sixth_without_heart_rate_is_borderline_and_a_third_is_nothing() {
        let missing = |share: usize| {
            let beats = |k: usize| (k % 60 >= share).then_some(129 + (k / 5 % 3) as u16);
            judged(&TestRun::of(run(1800, |k| (beats(k), 2_500, 166))))
        };
        assert_eq!(missing(6), (Verdict::Kept, Some(Certainty::Firm)), "10 % at most");
        assert_eq!(missing(10), (Verdict::Kept, Some(Certainty::Soft)));
        assert_eq!(missing(20), (Verdict::CannotJudge, None));
    }

    #[test]
    fn strangers_make_no_run_firmly_kept() {
        let stranger = TestRun { evidence: AnchorEvidence::default(), ..at(118) };
        assert_eq!(judged(&stranger), (Verdict::Kept, Some(Certainty::Soft)));
        let because = stranger.judge().ruling.because;
        assert!(because.ends_with("if your maximum heart rate is at least 165."), "{because}");
        let unsure = TestRun { evidence: AnchorEvidence::default(), ..at(140) };
        assert_eq!(judged(&unsure), (Verdict::CannotJudge, None));
    }
}
