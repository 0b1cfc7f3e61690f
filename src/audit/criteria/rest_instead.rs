//! Would rest have been the better choice?

use chrono::Days;

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::plain;
use crate::history::PastRun;
use crate::session::{SessionKind, Verdict};
use crate::settings::NextMorning;
use crate::units::Seconds;

/// Signs that speak for a day off.
pub static CRITERION: Criterion = Criterion {
    id: "rest-instead",
    severity: Severity::Advisory,
    question: "Was a run a better choice than a day of rest?",
    why: "A recovery run that follows one which was none, or that stands in a row of them, or that leaves the legs \
          worse, may stand where rest belongs.",
    article: "\"Not every tired day should become a recovery run. Sometimes the smarter choice is complete rest, \
              walking, or another gentle activity.\"",
    how: "Noted on the day after a recovery run that was found to be none; on the third day in a row with recovery \
          runs alone; and after two ratings in a row, of recovery runs of the last 14 days, that say weak (feel up \
          to 25 of 100) or worse legs on the next morning. A second run of the day is said with the time of both.",
    misleads: "It knows nothing of sleep, illness or pain: those are yours to weigh.",
    missing: "Nothing is said: there are no earlier runs and no rating.",
    sources: &[
        Reference {
            citation: "The article: recovery runs help only when they support recovery",
            strength: Strength::Consensus,
        },
        Reference {
            citation: "Three days, two ratings and 14 days are this tool's choice",
            strength: Strength::Custom,
        },
    ],
    limits: &[&DAYS_IN_A_ROW, &WEAK, &RATINGS],
    assess,
};

/// Days in a row that are noted.
pub static DAYS_IN_A_ROW: LimitDefinition = LimitDefinition {
    key: "days_in_a_row",
    default: 3.0,
    range: 2.0..=30.0,
    unit: "days",
    meaning: "so many days in a row with recovery runs alone are noted",
};
/// A feel that is weak.
pub static WEAK: LimitDefinition = LimitDefinition {
    key: "weak_feel",
    default: 25.0,
    range: 0.0..=100.0,
    unit: "of 100",
    meaning: "a feel up to here is weak",
};
/// Ratings in a row that are noted.
pub static RATINGS: LimitDefinition = LimitDefinition {
    key: "ratings_in_a_row",
    default: 2.0,
    range: 1.0..=10.0,
    unit: "ratings",
    meaning: "so many weak or worse ratings in a row are noted",
};

/// Days in which ratings stand in a row.
const RATED_DAYS: i64 = 14;

fn assess(input: &CriterionInput) -> Assessment {
    let rated_today =
        is_poor(input, input.context.rating.feel, input.context.next_morning).is_some();
    if input.context.past.runs().next().is_none() && !rated_today {
        return Assessment::cannot(CRITERION.missing);
    }
    let days = recovery_days(input);
    let limit = input.limit(CRITERION.id, &DAYS_IN_A_ROW);
    let signs: Vec<String> = [
        follows_none(input),
        (limit.reached_by(f64::from(days)))
            .then(|| format!("this is recovery day {days} in a row")),
        rated_poorly(input),
    ]
    .into_iter()
    .flatten()
    .collect();
    let both = double_day(input);
    if signs.is_empty() {
        let text = format!("Nothing in your runs and ratings speaks for rest instead.{both}");
        return Assessment::measured(Outcome::Pass, f64::from(days), limit, "days", text);
    }
    let text = format!("Consider a rest day: {}.{both}", signs.join("; "));
    if limit.reached_by(f64::from(days)) {
        Assessment::measured(Outcome::Note, f64::from(days), limit, "days", text)
    } else {
        Assessment::plain(Outcome::Note, text)
    }
}

/// Whether yesterday held a recovery run that was none.
fn follows_none(input: &CriterionInput) -> Option<String> {
    let yesterday = input.context.past.day.checked_sub_days(Days::new(1))?;
    let none = |run: &PastRun| {
        run.kind() == Some(SessionKind::Recovery) && run.verdict == Some(Verdict::NotRecovery)
    };
    input
        .context
        .past
        .runs_on(yesterday)
        .any(none)
        .then(|| "yesterday's recovery run was too hard or too long".to_owned())
}

/// Days in a row with recovery runs alone, today's included.
fn recovery_days(input: &CriterionInput) -> u32 {
    let gentle = |run: &PastRun| run.kind() == Some(SessionKind::Recovery);
    let on = |day| input.context.past.runs_on(day);
    if !on(input.context.past.day).all(gentle) {
        return 0;
    }
    let before = (1..).map_while(|back| {
        let day = input.context.past.day.checked_sub_days(Days::new(back))?;
        (on(day).next().is_some() && on(day).all(gentle)).then_some(())
    });
    1 + before.count() as u32
}

/// Whether a rating says weak or worse; `None` where nothing was rated.
fn is_poor(input: &CriterionInput, feel: Option<u8>, morning: Option<NextMorning>) -> Option<bool> {
    let weak = input.limit(CRITERION.id, &WEAK);
    let by_feel = feel.map(|feel| !weak.exceeded_by(f64::from(feel)));
    let by_morning = morning.map(|morning| morning == NextMorning::Worse);
    match (by_feel, by_morning) {
        (None, None) => None,
        (feel, morning) => Some(feel == Some(true) || morning == Some(true)),
    }
}

fn rated_poorly(input: &CriterionInput) -> Option<String> {
    let CriterionInput { context, .. } = input;
    let is_recovery = |run: &&PastRun| run.kind() == Some(SessionKind::Recovery);
    let earlier = context.past.runs_within(RATED_DAYS).rev().filter(is_recovery);
    let ratings = [is_poor(input, context.rating.feel, context.next_morning)]
        .into_iter()
        .chain(earlier.map(|run| is_poor(input, run.rating.feel, run.next_morning)));
    let in_a_row = ratings.flatten().take_while(|poor| *poor).count();
    input.limit(CRITERION.id, &RATINGS).reached_by(in_a_row as f64).then(|| match in_a_row {
        1 => "your last rating says weak, or worse legs the next morning".to_owned(),
        count => format!("your last {count} ratings say weak, or worse legs the next morning"),
    })
}

fn double_day(input: &CriterionInput) -> String {
    let today = input.context.past.runs_on(input.context.past.day);
    let earlier: Vec<f64> = today.map(|run| run.moving.get()).collect();
    let sum = Seconds::new(earlier.iter().sum::<f64>() + input.moving_s());
    match sum.filter(|_| !earlier.is_empty()) {
        Some(sum) => format!(
            " Run {} of the day, {} min in all.",
            earlier.len() + 1,
            plain(sum.minutes(), 0)
        ),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Rating;
    use crate::audit::testing::{TODAY, TestRun, recovery};
    use crate::history::testing::{day, easy_on};

    fn after(past: Vec<PastRun>) -> TestRun {
        TestRun::steady(30, 2_500).after_runs(past)
    }

    fn kept(days_ago: u64) -> PastRun {
        recovery(day(TODAY - days_ago), Verdict::Kept)
    }

    #[test]
    fn an_ordinary_day_is_quiet() {
        let found = after(vec![kept(3), easy_on(day(TODAY - 1), 2.8)]).ask(&CRITERION);
        assert_eq!((found.result, found.value), (Outcome::Pass, Some(1.0)), "{found:?}");
    }

    #[test]
    fn the_day_after_one_that_was_none_is_noted() {
        let none = |days| recovery(day(TODAY - days), Verdict::NotRecovery);
        let found = after(vec![none(1)]).ask(&CRITERION);
        assert_eq!(found.result, Outcome::Note);
        assert_eq!(
            &*found.text,
            "Consider a rest day: yesterday's recovery run was too hard or too long."
        );
        assert_eq!(after(vec![none(2)]).ask(&CRITERION).result, Outcome::Pass);
    }

    #[test]
    fn the_third_day_in_a_row_is_noted() {
        let found = after(vec![kept(2), kept(1)]).ask(&CRITERION);
        assert_eq!((found.result, found.value), (Outcome::Note, Some(3.0)));
        let broken = after(vec![kept(2), kept(1), easy_on(day(TODAY - 1), 2.8)]).ask(&CRITERION);
        assert_eq!(broken.result, Outcome::Pass, "an easy run the same day is more than recovery");
    }

    #[test]
    fn two_poor_ratings_in_a_row_are_noted() {
        let worse = PastRun { next_morning: Some(NextMorning::Worse), ..kept(4) };
        let weak = Rating { feel: Some(25), exertion: None };
        let found = TestRun { rating: weak, ..after(vec![worse.clone(), kept(3)]) }.ask(&CRITERION);
        assert_eq!(found.result, Outcome::Note, "a run without rating does not break the row");
        let better = PastRun { next_morning: Some(NextMorning::Better), ..kept(3) };
        let found = TestRun { rating: weak, ..after(vec![worse, better]) }.ask(&CRITERION);
        assert_eq!(found.result, Outcome::Pass);
    }

    #[test]
    fn a_second_run_of_the_day_is_said() {
        let mut morning = kept(0);
        morning.start.0 -= 7_200_000;
        let found = after(vec![morning]).ask(&CRITERION);
        assert!(found.text.ends_with("Run 2 of the day, 60 min in all."), "{}", found.text);
    }

    #[test]
    fn without_history_and_rating_nothing_is_said() {
        assert_eq!(after(Vec::new()).ask(&CRITERION).result, Outcome::Cannot);
    }
}
