//! Five weeks of the year before: less fit, three runs a week, and recovery runs that get faster and
//! faster, until they are faster than the easy ones.

use super::day::{Day, EVENING, Expected, MORNING, kept, on, slipped};
use super::fit_activity::{Notes, Recording, Step};
use super::run::{CalendarEntry, Piece, level};

/// Monday, 2025-03-31, in days before the first Monday of the season.
const MONDAY: i64 = -364;
/// How far this runner's heart rate lay above that of a year later.
const LESS_FIT: f64 = 9.0;

/// Every run of that spring, in time order.
pub(crate) fn year_before() -> Vec<Day> {
    let weeks = (0..).zip(WEEKS).flat_map(|(week, recovery)| {
        let monday = MONDAY + 7 * week;
        [recovery.on(monday + 1), easy(monday + 4), unlabelled(monday + 6)]
    });
    weeks.chain([alone(MONDAY + 75)]).collect()
}

/// The recovery run of a week: a little faster every week.
struct Recovery {
    what: &'static str,
    speed: f64,
    expected: Expected,
}

const WEEKS: [Recovery; 5] = [
    Recovery {
        what: "the year before: 30 minutes at 141 bpm, before any other run",
        speed: 2.62,
        expected: kept("below the ceiling, though not by much").borderline(),
    },
    Recovery {
        what: "the year before: 30 minutes at 143 bpm",
        speed: 2.67,
        expected: kept("below the ceiling, though not by much").borderline(),
    },
    Recovery {
        what: "the year before: 30 minutes at 144 bpm",
        speed: 2.72,
        expected: kept("below the ceiling, though not by much").borderline(),
    },
    Recovery {
        what: "the year before: 30 minutes at 146 bpm, faster than the easy runs",
        speed: 2.79,
        expected: slipped("time-above-ceiling", "above the ceiling for more than a tenth of it")
            .borderline(),
    },
    Recovery {
        what: "the year before: 30 minutes at 147 bpm, faster than the easy runs",
        speed: 2.84,
        expected: slipped("time-above-ceiling", "a beat or two above the ceiling all the way")
            .borderline(),
    },
];

impl Recovery {
    fn on(&self, day: i64) -> Day {
        Day {
            what: self.what,
            outing: less_fit(vec![level(1800, self.speed)]),
            notes: notes(Some(("Recovery Run", &[Step::Time(1800)]))),
            expected: Some(self.expected),
            ..on(day, EVENING)
        }
    }
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
        outing: less_fit(vec![level(2400, 2.65)]),
        notes: notes(Some(("Easy Run", &[Step::Time(2400)]))),
        ..on(day, EVENING)
    }
}

fn unlabelled(day: i64) -> Day {
    Day {
        what: "the year before: easy run of 45 minutes, labelled nowhere",
        outing: less_fit(vec![level(2700, 2.65)]),
        notes: notes(None),
        ..on(day, MORNING)
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
