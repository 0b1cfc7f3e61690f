//! Was it the right place in the week?

use crate::audit::criterion::{Criterion, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::plain;
use crate::history::PastRun;
use crate::session::SessionKind;

/// Key sessions before and after.
pub static CRITERION: Criterion = Criterion {
    id: "placement",
    severity: Severity::Advisory,
    question: "Was it the right place in the week?",
    why: "A recovery run belongs beside the sessions that are to be recovered from.",
    article: "\"Recovery runs sit between key sessions and help maintain rhythm.\"",
    how: "Races, intervals, tempo and long runs are key sessions. One that ended at most 36 hours before the start \
          makes the run well placed; so does one that begins within 36 hours after the end, which only a look at \
          the following days can tell: it is said and changes no verdict. Where no such run is near, a session of \
          another sport of at least 75 min, or with 15 min above the moderate line, is named.",
    misleads: "Heart-rate lines for running are high for most other sports, so hard work there may be missed. Sessions \
               without label and heart rate are of unknown kind, which is said.",
    missing: "No other runs around this date.",
    sources: &[
        Source {
            citation: "Stanley, Peake & Buchheit 2013, Sports Med 43:1259: cardiac recovery takes 24–48 h after hard work, up to 24 h after light work",
            strength: Strength::Study,
        },
        Source {
            citation: "36 hours, which reach from one evening to the morning after next, are this tool's choice",
            strength: Strength::Custom,
        },
    ],
    limits: &[&HOURS, &AROUND],
    assess,
};

/// A key session this near counts.
pub static HOURS: LimitDefinition = LimitDefinition {
    key: "hours",
    default: 36.0,
    range: 6.0..=96.0,
    unit: "h",
    meaning: "a key session this long before or after counts",
};
/// Without any run this near nothing is said.
pub static AROUND: LimitDefinition = LimitDefinition {
    key: "around_days",
    default: 7.0,
    range: 2.0..=60.0,
    unit: "days",
    meaning: "without another run this long before or after nothing is said",
};

/// Another run and the hours between its end and the start of the later one.
struct Neighbour<'a> {
    run: &'a PastRun,
    hours: f64,
}

fn assess(input: &CriterionInput) -> Assessment {
    let around = Limit::of(24.0 * input.limit(CRITERION.id, &AROUND).get());
    let (before, after) = (before(input, around), after(input, around));
    if before.is_empty() && after.is_empty() {
        return Assessment::cannot(CRITERION.missing);
    }
    let hours = input.limit(CRITERION.id, &HOURS);
    let (last, next) = (nearest_key(&before, hours), nearest_key(&after, hours));
    match (last, next) {
        (Some(last), next) => {
            let ahead = next.map_or_else(String::new, |next| {
                format!(" It sits between key sessions: {}.", following(next))
            });
            let (gone, name) = (plain(last.hours, 0), name(last.run));
            let text = format!("Well placed: {name} ended {gone} h before.{ahead}");
            Assessment::measured(Outcome::Pass, last.hours, hours, "h", text)
        }
        (None, Some(next)) => {
            let text = format!("Placed between key sessions: {}.", following(next));
            Assessment::measured(Outcome::Pass, next.hours, hours, "h", text)
        }
        (None, None) => nothing_hard(input, &before, &after, hours),
    }
}

/// Days that a run may take from start to end, with its pauses.
const LONGEST_DAYS: i64 = 14;

fn before<'a>(input: &CriterionInput<'a>, within: Limit) -> Vec<Neighbour<'a>> {
    let start = input.context.this.start;
    let neighbour = |run: &'a PastRun| Neighbour {
        run,
        hours: (start.seconds_since(run.end) / 3600.0).max(0.0),
    };
    let days = (within.get() / 24.0).ceil() as i64 + LONGEST_DAYS;
    input
        .context
        .past
        .runs_within(days)
        .map(neighbour)
        .filter(|near| !within.exceeded_by(near.hours))
        .collect()
}

fn after<'a>(input: &CriterionInput<'a>, within: Limit) -> Vec<Neighbour<'a>> {
    let end = input.context.this.end;
    let neighbour = |run: &'a PastRun| Neighbour {
        run,
        hours: (run.start.seconds_since(end) / 3600.0).max(0.0),
    };
    let runs = input.context.after.iter().filter(|session| session.is_run);
    runs.map(neighbour).take_while(|near| !within.exceeded_by(near.hours)).collect()
}

fn nearest_key<'a, 'b>(near: &'b [Neighbour<'a>], hours: Limit) -> Option<&'b Neighbour<'a>> {
    near.iter()
        .filter(|near| !hours.exceeded_by(near.hours) && near.run.is_key())
        .min_by(|left, right| left.hours.total_cmp(&right.hours))
}

fn following(next: &Neighbour) -> String {
    format!(
        "{} followed after {} h (seen afterwards, it changes no verdict)",
        name(next.run),
        plain(next.hours, 0)
    )
}

fn nothing_hard(
    input: &CriterionInput,
    before: &[Neighbour],
    after: &[Neighbour],
    hours: Limit,
) -> Assessment {
    let within = plain(hours, 0);
    let near = before.iter().chain(after).filter(|near| !hours.exceeded_by(near.hours));
    match near.filter(|near| near.run.kind().is_none()).count() {
        0 => no_key_run(input, hours),
        unknown => Assessment::cannot(format!(
            "Nothing known to be hard within {within} h, but {} of unknown kind: a label would tell.",
            if unknown == 1 {
                "1 run nearby is".to_owned()
            } else {
                format!("{unknown} runs nearby are")
            }
        )),
    }
}

fn no_key_run(input: &CriterionInput, hours: Limit) -> Assessment {
    let within = plain(hours, 0);
    if let Some(near) = demanding(input, hours) {
        let (minutes, gone) = (plain(near.run.moving.minutes(), 0), plain(near.hours, 0));
        let text = format!(
            "No hard run within {within} h, but {minutes} min of another sport ended {gone} h before: that is to be \
             recovered from too."
        );
        return Assessment::measured(Outcome::Pass, near.hours, hours, "h", text);
    }
    let still = if input.context.after.is_empty() { " What follows is not known yet." } else { "" };
    let text =
        format!("Nothing hard within {within} h: an ordinary easy run or rest would do.{still}");
    Assessment::plain(Outcome::Note, text)
}

/// The nearest demanding session of another sport.
fn demanding<'a>(input: &CriterionInput<'a>, hours: Limit) -> Option<Neighbour<'a>> {
    let start = input.context.this.start;
    let others = input.context.past.sessions.iter().filter(|run| run.is_demanding_other_sport());
    others
        .map(|run| Neighbour { run, hours: (start.seconds_since(run.end) / 3600.0).max(0.0) })
        .filter(|near| !hours.exceeded_by(near.hours))
        .min_by(|left, right| left.hours.total_cmp(&right.hours))
}

fn name(run: &PastRun) -> &'static str {
    match run.kind() {
        Some(SessionKind::Race) => "a race",
        Some(SessionKind::Interval) => "an interval session",
        Some(SessionKind::Tempo) => "a tempo run",
        Some(SessionKind::Long) => "a long run",
        _ => "a run",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{TODAY, TestRun, labelled};
    use crate::history::testing::{day, easy_on, run_on};

    fn test_run() -> TestRun {
        TestRun::steady(30, 2_500)
    }

    /// A key session of an hour so many days after the run on trial.
    fn key(days: i64, kind: SessionKind) -> PastRun {
        labelled(kind, day(TODAY.checked_add_signed(days).unwrap()), 60.0)
    }

    #[test]
    fn the_day_after_a_key_session_is_well_placed() {
        let found = test_run().after_runs(vec![key(-1, SessionKind::Interval)]).ask(&CRITERION);
        assert_eq!((found.result, found.value), (Outcome::Pass, Some(23.0)));
        assert_eq!(found.text, "Well placed: an interval session ended 23 h before.");
    }

    #[test]
    fn a_key_session_that_follows_is_told_as_seen_afterwards() {
        let mut test_run = test_run().after_runs(vec![easy_on(day(TODAY - 1), 2.8)]);
        test_run.after = vec![key(1, SessionKind::Long)];
        let found = test_run.ask(&CRITERION);
        assert_eq!(found.result, Outcome::Pass);
        assert_eq!(
            found.text,
            "Placed between key sessions: a long run followed after 24 h (seen afterwards, it changes no verdict)."
        );
        test_run.past.push(key(-1, SessionKind::Race));
        let both = test_run.ask(&CRITERION).text;
        assert!(both.starts_with("Well placed: a race ended 23 h before. It sits"), "{both}");
    }

    #[test]
    fn nothing_hard_nearby_is_noted() {
        let mut far = test_run().after_runs(vec![key(-2, SessionKind::Tempo)]);
        let found = far.ask(&CRITERION);
        assert_eq!(found.result, Outcome::Note);
        assert!(found.text.ends_with("What follows is not known yet."), "{}", found.text);
        far.after = vec![key(2, SessionKind::Tempo)];
        let found = far.ask(&CRITERION);
        assert_eq!(found.text, "Nothing hard within 36 h: an ordinary easy run or rest would do.");
    }

    #[test]
    fn a_demanding_session_of_another_sport_is_named() {
        let ride = |minutes| PastRun {
            is_run: false,
            session: crate::session::Session::OtherSport,
            ..run_on(day(TODAY - 1), minutes)
        };
        let with =
            |ride| test_run().after_runs(vec![easy_on(day(TODAY - 2), 2.8), ride]).ask(&CRITERION);
        let long = with(ride(130.0));
        assert_eq!(long.result, Outcome::Pass);
        assert!(long.text.contains("130 min of another sport ended 22 h before"), "{}", long.text);
        assert_eq!(with(ride(74.0)).result, Outcome::Note);
    }

    #[test]
    fn without_runs_or_with_unknown_ones_it_cannot_be_told() {
        assert_eq!(test_run().ask(&CRITERION).text, "No other runs around this date.");
        let old = test_run().after_runs(vec![key(-20, SessionKind::Race)]).ask(&CRITERION);
        assert_eq!(old.result, Outcome::Cannot);
        let unknown = test_run().after_runs(vec![run_on(day(TODAY - 1), 60.0)]).ask(&CRITERION);
        assert_eq!(unknown.result, Outcome::Cannot);
        assert!(unknown.text.contains("1 run nearby is of unknown kind"), "{}", unknown.text);
    }
}
