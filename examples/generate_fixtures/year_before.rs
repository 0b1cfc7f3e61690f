//! Five weeks of the year before: less fit, three runs a week, and recovery runs faster than the easy ones.

use super::day::{Day, EVENING, MORNING, kept, on, slipped};
use super::fit_activity::{Notes, Recording, Step};
use super::run::{CalendarEntry, Piece, level};

/// Monday, 2025-03-31, in days before the first Monday of the season.
const MONDAY: i64 = -364;
/// How far this runner's heart rate lay above that of a year later.
const LESS_FIT: f64 = 9.0;

/// Every run of that spring, in time order.
pub(crate) fn year_before() -> Vec<Day> {
    let weeks = (0..4).flat_map(|week| {
        let monday = MONDAY + 7 * week;
        [easy(monday + 1), brisk(monday + 4), unlabelled(monday + 6)]
    });
    weeks.chain([alone(MONDAY + 75)]).collect()
}

fn less_fit(pieces: Vec<Piece>) -> CalendarEntry {
    let heart_creep = 0.04;
    CalendarEntry { pieces, heart_creep, heart_shift: LESS_FIT, ..CalendarEntry::default() }
}

fn notes(workout: Option<(&'static str, &'static [Step])>) -> Notes<'static> {
    Notes { workout, recording: Recording::Smart, ..Notes::default() }
}

fn easy(day: i64) -> Day {
    Day {
        what: "the year before: easy run of 40 minutes",
        outing: less_fit(vec![level(2400, 2.75)]),
        notes: notes(Some(("Easy Run", &[Step::Time(2400)]))),
        ..on(day, EVENING)
    }
}

fn unlabelled(day: i64) -> Day {
    Day {
        what: "the year before: easy run of 45 minutes, labelled nowhere",
        outing: less_fit(vec![level(2700, 2.75)]),
        notes: notes(None),
        ..on(day, MORNING)
    }
}

fn brisk(day: i64) -> Day {
    Day {
        what: "the year before: 30 minutes at 147 bpm, faster than the easy runs",
        outing: less_fit(vec![level(1800, 2.85)]),
        notes: notes(Some(("Recovery Run", &[Step::Time(1800)]))),
        expected: Some(
            slipped("time-above-ceiling", "a beat or two above the ceiling all the way")
                .borderline(),
        ),
        ..on(day, EVENING)
    }
}

fn alone(day: i64) -> Day {
    Day {
        what: "the year before: 26 minutes at 138 bpm, with no other run for weeks",
        outing: less_fit(vec![level(1560, 2.4)]),
        notes: notes(Some(("Recovery Run", &[Step::Time(1560)]))),
        expected: Some(kept("never above the ceiling, 26 minutes")),
        ..on(day, MORNING)
    }
}
