//! How were the legs the next morning?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::settings::NextMorning;

/// The note of the next morning.
pub static CRITERION: Criterion = Criterion {
    id: "next-morning",
    severity: Severity::Advisory,
    question: "Were your legs no worse the next morning?",
    why: "It is what a recovery run is for, and no sensor measures it.",
    article: "\"Pace, distance, and how the run looks on a training log matter far less than how your legs feel when you wake up tomorrow.\"",
    how: "The word in the column `next_morning` of the notes file: better and same pass, worse is noted; if the \
          recovery run before this one, at most 14 days earlier, was followed by worse too, rest is suggested.",
    misleads: "Legs may feel worse for what was run the day before, not for this run.",
    missing: "No note from the next morning.",
    sources: &[Reference { citation: "The article", strength: Strength::Consensus }],
    limits: &[&DAYS],
    assess,
};

/// Recovery runs within so many days are in a row.
pub static DAYS: LimitDefinition = LimitDefinition {
    key: "row_days",
    default: 14.0,
    range: 1.0..=84.0,
    unit: "days",
    meaning: "the recovery run before counts if it was at most so long ago",
};

fn assess(input: &CriterionInput) -> Assessment {
    let days = input.limit(CRITERION.id, &DAYS).get() as i64;
    let before = input.context.past.recovery_before(days).and_then(|run| run.next_morning);
    match (input.context.next_morning, before) {
        (None, _) => Assessment::cannot(CRITERION.missing),
        (Some(NextMorning::Better), _) => {
            Assessment::plain(Outcome::Pass, "You noted better legs the next morning.")
        }
        (Some(NextMorning::Same), _) => {
            Assessment::plain(Outcome::Pass, "You noted the same legs the next morning.")
        }
        (Some(NextMorning::Worse), Some(NextMorning::Worse)) => Assessment::plain(
            Outcome::Note,
            "You noted worse legs the next morning, for the second recovery run in a row: consider rest instead of \
             the next one.",
        ),
        (Some(NextMorning::Worse), _) => {
            Assessment::plain(Outcome::Note, "You noted worse legs the next morning.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{TODAY, TestRun, recovery};
    use crate::history::testing::day;
    use crate::session::Verdict;

    fn noted(now: Option<NextMorning>, before: Option<NextMorning>) -> Assessment {
        let past = vec![crate::history::PastRun {
            next_morning: before,
            ..recovery(day(TODAY - 3), Verdict::Kept)
        }];
        TestRun { next_morning: now, ..TestRun::steady(30, 2_500) }.after_runs(past).ask(&CRITERION)
    }

    #[test]
    fn better_and_same_pass_and_worse_is_noted() {
        assert_eq!(noted(Some(NextMorning::Better), None).result, Outcome::Pass);
        assert_eq!(noted(Some(NextMorning::Same), None).result, Outcome::Pass);
        let worse = noted(Some(NextMorning::Worse), Some(NextMorning::Same));
        assert_eq!(worse.result, Outcome::Note);
        assert!(!worse.text.contains("rest"), "{}", worse.text);
    }

    #[test]
    fn worse_twice_in_a_row_suggests_rest() {
        let worse = Some(NextMorning::Worse);
        assert!(noted(worse, worse).text.contains("consider rest"));
    }

    #[test]
    fn no_note_is_no_answer() {
        let found = noted(None, Some(NextMorning::Worse));
        assert_eq!((found.result, &*found.text), (Outcome::Cannot, CRITERION.missing));
    }
}
