//! How did it feel?

use crate::audit::case::Case;
use crate::audit::criterion::{Criterion, Limit, Severity, Source, Strength};
use crate::audit::finding::{Assessment, Outcome};
use crate::audit::wording::plain;

/// The athlete's own rating.
pub static CRITERION: Criterion = Criterion {
    id: "effort-rating",
    severity: Severity::Decisive,
    question: "How hard did you say it felt?",
    why: "Your own rating is the talk test in one number, and no sensor is needed for it.",
    article: "\"If you finish a recovery run feeling like you trained hard, it was probably too fast or too long.\"",
    how: "The rating of perceived exertion on the CR10 scale (2 easy, 3 moderate, 4 somewhat hard, 5 hard) from the \
          notes file, else from the watch. Up to 2 passes, from 4 on it fails, between them it slips.",
    misleads: "Ratings given hours later or out of habit; a watch that asks on another scale.",
    missing: "No effort rating; not checked. Rate your effort after the run: it is the best check there is.",
    sources: &[
        Source {
            citation: "Foster's CR10 session rating (J Sports Sci Med 05-289, table 1)",
            strength: Strength::Study,
        },
        Source {
            citation: "Condello & Foster 2014, J Sports Sci Med 13:309: 30 min below the threshold were rated 3.0–3.5 and left speech comfortable",
            strength: Strength::Study,
        },
    ],
    limits: &[&PASS, &FAIL],
    assess,
};

/// Passes up to here.
pub static PASS: Limit = Limit {
    key: "pass",
    default: 2.0,
    range: 0.0..=10.0,
    unit: "CR10",
    meaning: "up to this rating passes",
};
/// Fails from here on.
pub static FAIL: Limit = Limit {
    key: "fail",
    default: 4.0,
    range: 0.0..=10.0,
    unit: "CR10",
    meaning: "from this rating on the run fails",
};

fn assess(case: &Case) -> Assessment {
    let Some(rating) = case.context.rating.rpe_cr10 else {
        return Assessment::cannot(CRITERION.missing);
    };
    let (pass, fail) = (case.limit(CRITERION.id, &PASS), case.limit(CRITERION.id, &FAIL));
    let (result, limit) = match rating {
        rating if rating <= pass => (Outcome::Pass, pass),
        rating if rating < fail => (Outcome::Slip, pass),
        _ => (Outcome::Fail, fail),
    };
    let said = plain(rating, 1);
    let text = match result {
        Outcome::Pass => format!("You rated it {said} of 10: easy."),
        Outcome::Slip => format!(
            "You rated it {said} of 10; a recovery run should feel like {} or less.",
            plain(pass, 1)
        ),
        _ => format!(
            "You rated it {said} of 10: your own rating says you trained hard ({} or more is no recovery run).",
            plain(fail, 1)
        ),
    };
    Assessment::measured(result, rating, limit, "CR10", text)
}
