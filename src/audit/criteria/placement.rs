//! Was it the right place in the week?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::neighbours::{Around, Neighbour, days_with, nearest_key};
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
          another sport of at least 75 min, or with 15 min above the moderate line, is named. Runs that follow \
          each other within 3 hours are one outing, such as warm-up, race and cool-down: a key session in it is \
          said, and the next outside of it is looked for.",
    misleads: "Heart-rate lines for running are high for most other sports, so hard work there may be missed. Sessions \
               without label and heart rate are of unknown kind, which is said.",
    missing: "No other runs around this date.",
    sources: &[
        Reference {
            citation: "Stanley, Peake & Buchheit 2013, Sports Med 43:1259: cardiac recovery takes 24–48 h after hard work, up to 24 h after light work",
            strength: Strength::Study,
        },
        Reference {
            citation: "36 hours, which reach from one evening to the morning after next, are this tool's choice",
            strength: Strength::Custom,
        },
    ],
    limits: &[&HOURS, &AROUND, &OUTING],
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

/// Runs this near to each other are one outing.
pub static OUTING: LimitDefinition = LimitDefinition {
    key: "outing_hours",
    default: 3.0,
    range: 0.0..=6.0,
    unit: "h",
    meaning: "runs that follow each other within so long are one outing, such as warm-up, race and cool-down",
};

fn assess(input: &CriterionInput) -> Assessment {
    let [hours, days, outing] =
        [&HOURS, &AROUND, &OUTING].map(|limit| input.limit(CRITERION.id, limit));
    let around = Around::of(input, Limit::of(24.0 * days.get()), outing);
    let found = match (around.same_training, around.before.is_empty() && around.after.is_empty()) {
        (None, true) => return Assessment::cannot(CRITERION.missing),
        (Some(_), true) => no_key_run(input, hours),
        (_, false) => by_neighbours(input, &around, hours),
    };
    match around.same_training {
        Some(key) => Assessment {
            text: format!("Part of the same outing as {}. {}", name(key), found.text).into(),
            ..found
        },
        None => found,
    }
}

fn by_neighbours(input: &CriterionInput, around: &Around, hours: Limit) -> Assessment {
    let (before, after) = (&around.before, &around.after);
    match (nearest_key(before, hours), nearest_key(after, hours)) {
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
        (None, None) => nothing_hard(input, before, after, hours),
    }
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
    let near = input.context.past.sessions_within(days_with(hours));
    let others = near.filter(|run| run.is_demanding_other_sport());
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
    use crate::units::UnixTime;

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
        assert_eq!(&*found.text, "Well placed: an interval session ended 23 h before.");
    }

    #[test]
    fn a_key_session_that_follows_is_told_as_seen_afterwards() {
        let mut test_run = test_run().after_runs(vec![easy_on(day(TODAY - 1), 2.8)]);
        test_run.after = vec![key(1, SessionKind::Long)];
        let found = test_run.ask(&CRITERION);
        assert_eq!(found.result, Outcome::Pass);
        assert_eq!(
            &*found.text,
            "Placed between key sessions: a long run followed after 24 h (seen afterwards, it changes no verdict)."
        );
        test_run.past.push(key(-1, SessionKind::Race));
        let both = test_run.ask(&CRITERION).text;
        assert!(both.starts_with("Well placed: a race ended 23 h before. It sits"), "{both}");
    }

    #[test]
    fn warm_up_session_and_cool_down_are_one_outing() {
        // The run is from 8:00 to 8:30; a race of an hour ended so many minutes before it.
        let race = |minutes: i64| {
            let race = key(0, SessionKind::Race);
            let moved = |time: UnixTime| UnixTime(time.0 - 60_000 * (60 + minutes));
            PastRun { start: moved(race.start), end: moved(race.end), ..race }
        };
        let found = |past: Vec<PastRun>| test_run().after_runs(past).ask(&CRITERION);
        let alone = found(vec![race(180)]);
        assert_eq!(alone.result, Outcome::Note);
        assert!(
            alone.text.starts_with("Part of the same outing as a race. Nothing hard within 36 h"),
            "{}",
            alone.text
        );
        assert_eq!(&*found(vec![race(181)]).text, "Well placed: a race ended 3 h before.");
        let further = found(vec![key(-1, SessionKind::Long), race(10)]);
        assert_eq!((further.result, further.value), (Outcome::Pass, Some(23.0)));
        assert_eq!(
            &*further.text,
            "Part of the same outing as a race. Well placed: a long run ended 23 h before."
        );
    }

    #[test]
    fn a_session_that_follows_at_once_is_the_same_outing() {
        let mut warm_up = test_run();
        // From 8:00 to 9:00, while the run began at the same time and took half an hour.
        warm_up.after = vec![key(0, SessionKind::Interval)];
        let text = warm_up.ask(&CRITERION).text;
        assert!(text.starts_with("Part of the same outing as an interval session."), "{text}");
        assert!(text.ends_with("an ordinary easy run or rest would do."), "{text}");
    }

    #[test]
    fn nothing_hard_nearby_is_noted() {
        let mut far = test_run().after_runs(vec![key(-2, SessionKind::Tempo)]);
        let found = far.ask(&CRITERION);
        assert_eq!(found.result, Outcome::Note);
        assert!(found.text.ends_with("What follows is not known yet."), "{}", found.text);
        far.after = vec![key(2, SessionKind::Tempo)];
        let found = far.ask(&CRITERION);
        assert_eq!(
            &*found.text,
            "Nothing hard within 36 h: an ordinary easy run or rest would do."
        );
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
        assert_eq!(&*test_run().ask(&CRITERION).text, "No other runs around this date.");
        let old = test_run().after_runs(vec![key(-20, SessionKind::Race)]).ask(&CRITERION);
        assert_eq!(old.result, Outcome::Cannot);
        let unknown = test_run().after_runs(vec![run_on(day(TODAY - 1), 60.0)]).ask(&CRITERION);
        assert_eq!(unknown.result, Outcome::Cannot);
        assert!(unknown.text.contains("1 run nearby is of unknown kind"), "{}", unknown.text);
    }
}
