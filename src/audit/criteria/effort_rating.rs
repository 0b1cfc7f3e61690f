//! How did it feel?

use crate::activity::{Exertion, ExertionScale};
use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::heart_rate_doubts::WITHOUT_STEPS;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::plain;

/// The athlete's own rating.
pub static CRITERION: Criterion = Criterion {
    id: "effort-rating",
    severity: Severity::Decisive,
    question: "Did it feel easy?",
    why: "Your own rating is the talk test in one number, and no sensor is needed for it.",
    article: "\"If you finish a recovery run feeling like you trained hard, it was probably too fast or too long.\"",
    how: "The rating of perceived exertion on the CR10 scale (2 easy, 3 moderate, 4 somewhat hard, 5 hard) from the \
          notes file, else from the watch. Up to 2 passes, from 4 on it fails, between them it slips. On Strava's scale \
          (1–3 easy, 4–6 moderate, 7–9 hard) up to 3 passes and from 5 on it fails.",
    misleads: "Ratings given hours later or out of habit; a watch that asks on another scale.",
    missing: "No effort rating; not checked. Rate your effort after the run: it is the best check there is.",
    sources: &[
        Reference {
            citation: "Foster's CR10 session rating (J Sports Sci Med 05-289, table 1)",
            strength: Strength::Study,
        },
        Reference {
            citation: "Condello & Foster 2014, J Sports Sci Med 13:309: 30 min below the threshold were rated 3.0–3.5 and left speech comfortable",
            strength: Strength::Study,
        },
    ],
    limits: &[&PASS, &FAIL, &STRAVA_PASS, &STRAVA_FAIL],
    assess,
};

/// Passes up to here.
pub static PASS: LimitDefinition = LimitDefinition {
    key: "pass",
    default: 2.0,
    range: 0.0..=10.0,
    unit: "CR10",
    meaning: "up to this rating passes",
};
/// Fails from here on.
pub static FAIL: LimitDefinition = LimitDefinition {
    key: "fail",
    default: 4.0,
    range: 0.0..=10.0,
    unit: "CR10",
    meaning: "from this rating on the run fails",
};

/// Passes up to here on Strava's scale.
pub static STRAVA_PASS: LimitDefinition = LimitDefinition {
    key: "strava_pass",
    default: 3.0,
    range: 0.0..=10.0,
    unit: "Strava",
    meaning: "up to this rating on Strava's scale passes",
};
/// Fails from here on, on Strava's scale.
pub static STRAVA_FAIL: LimitDefinition = LimitDefinition {
    key: "strava_fail",
    default: 5.0,
    range: 0.0..=10.0,
    unit: "Strava",
    meaning: "from this rating on, on Strava's scale, the run fails",
};

fn assess(input: &CriterionInput) -> Assessment {
    if input.doubts.without_steps {
        return Assessment::cannot(WITHOUT_STEPS);
    }
    let Some(Exertion { value: rating, scale }) = input.context.rating.exertion else {
        return Assessment::cannot(CRITERION.missing);
    };
    let (pass, fail) = match scale {
        ExertionScale::Cr10 => (&PASS, &FAIL),
        ExertionScale::Strava => (&STRAVA_PASS, &STRAVA_FAIL),
    };
    let (pass, fail) = (input.limit(CRITERION.id, pass), input.limit(CRITERION.id, fail));
    let (result, limit) = match () {
        () if !pass.exceeded_by(rating) => (Outcome::Pass, pass),
        () if !fail.reached_by(rating) => (Outcome::Slip, pass),
        () => (Outcome::Fail, fail),
    };
    let on_scale = if scale == ExertionScale::Strava { " on Strava's scale" } else { "" };
    let rated = format!("{} of 10{on_scale}", plain(rating, 1));
    let text = match result {
        Outcome::Pass => format!("You rated it {rated}: easy."),
        Outcome::Slip => format!(
            "You rated it {rated}; a recovery run should feel like {} or less.",
            plain(pass, 1)
        ),
        _ => format!(
            "You rated it {rated}: that is harder than a recovery run should feel ({} or more is none).",
            plain(fail, 1)
        ),
    };
    Assessment::measured(result, rating, limit, scale.title(), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;

    fn rated(value: f64, scale: ExertionScale) -> Assessment {
        let mut test_run = TestRun::of(run(1800, |_| (Some(130), 2_500, 166)));
        test_run.rating.exertion = Some(Exertion { value, scale });
        test_run.ask(&CRITERION)
    }

    #[test]
    fn the_same_number_means_more_on_one_scale_than_on_the_other() {
        use ExertionScale::{Cr10, Strava};
        let result = |value, scale| rated(value, scale).result;
        assert_eq!(
            [2.0, 3.0, 4.0].map(|value| result(value, Cr10)),
            [Outcome::Pass, Outcome::Slip, Outcome::Fail]
        );
        assert_eq!(
            [3.0, 4.0, 5.0].map(|value| result(value, Strava)),
            [Outcome::Pass, Outcome::Slip, Outcome::Fail]
        );
        assert_eq!(rated(5.0, Strava).unit, "Strava");
        assert!(rated(5.0, Strava).text.contains("5 of 10 on Strava's scale"));
    }
}
