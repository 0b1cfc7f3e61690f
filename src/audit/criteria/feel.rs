//! How did you feel?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::plain;

/// The athlete's own feeling.
pub static CRITERION: Criterion = Criterion {
    id: "feel",
    severity: Severity::Advisory,
    question: "Did you feel no weaker than before?",
    why: "A recovery run should leave you no weaker than it found you; only you can tell.",
    article: "\"The point is to leave the run feeling better than when you started, or at least no worse.\"",
    how: "The feeling from the notes file, else from the watch, on its scale of 0 (very weak), 25 (weak), 50 (normal), \
          75 (strong) and 100 (very strong). Below 50 is noted; if the recovery run before this one, at most 14 days \
          earlier, felt so too, rest is suggested.",
    misleads: "The rating does not say how you felt before the run.",
    missing: "No feel rating; not checked.",
    sources: &[Reference {
        citation: "The article; the scale is that of FIT's workout_feel, the limit this tool's choice",
        strength: Strength::Custom,
    }],
    limits: &[&PASS, &DAYS],
    assess,
};

/// Passes from here on.
pub static PASS: LimitDefinition = LimitDefinition {
    key: "pass",
    default: 50.0,
    range: 0.0..=100.0,
    unit: "",
    meaning: "from this feeling on passes",
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
    let Some(feel) = input.context.rating.feel.map(f64::from) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let pass = input.limit(CRITERION.id, &PASS);
    let days = input.limit(CRITERION.id, &DAYS).get() as i64;
    let before = input.context.past.recovery_before(days).and_then(|run| run.rating.feel);
    let again = before.is_some_and(|before| !pass.reached_by(f64::from(before)));
    let rating = format!("You rated your feeling {} of 100", plain(feel, 0));
    let (result, text) = match () {
        () if pass.reached_by(feel) => {
            (Outcome::Pass, format!("{rating}: not weaker than normal."))
        }
        () if again => (
            Outcome::Note,
            format!(
                "{rating}: you felt weaker than a recovery run should leave you ({} or more), after the one before as well: \
                 consider rest instead of the next one.",
                plain(pass, 0)
            ),
        ),
        () => (
            Outcome::Note,
            format!(
                "{rating}: you felt weaker than a recovery run should leave you ({} or more).",
                plain(pass, 0)
            ),
        ),
    };
    Assessment::measured(result, feel, pass, "of 100", text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Rating;
    use crate::audit::testing::{TODAY, TestRun, recovery};
    use crate::history::testing::day;
    use crate::session::Verdict;

    fn felt(feel: Option<u8>, before: Option<(u64, u8)>) -> Assessment {
        let rating = |feel| Rating { feel, ..Rating::default() };
        let past = before.map(|(ago, feel)| {
            let mut run = recovery(day(TODAY - ago), Verdict::Kept);
            run.rating = rating(Some(feel));
            run
        });
        TestRun { rating: rating(feel), ..TestRun::steady(30, 2_500) }
            .after_runs(past.into_iter().collect())
            .ask(&CRITERION)
    }

    #[test]
    fn normal_passes_and_weak_is_noted() {
        assert_eq!(felt(Some(50), None).result, Outcome::Pass);
        let weak = felt(Some(25), None);
        assert_eq!((weak.result, weak.value), (Outcome::Note, Some(25.0)));
        assert!(!weak.text.contains("rest instead"), "{}", weak.text);
    }

    #[test]
    fn weak_twice_in_a_row_suggests_rest() {
        assert!(felt(Some(0), Some((14, 25))).text.contains("consider rest"));
        assert!(!felt(Some(0), Some((15, 25))).text.contains("consider rest"), "long ago");
        assert!(!felt(Some(0), Some((3, 50))).text.contains("consider rest"));
    }

    #[test]
    fn no_rating_is_no_answer() {
        let found = felt(None, Some((3, 0)));
        assert_eq!((found.result, &*found.text), (Outcome::Cannot, CRITERION.missing));
    }
}
