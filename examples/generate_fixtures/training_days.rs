//! The rest of the season: what the recovery runs lie between.

use super::day::{Day, EVENING, File, MORNING, on};
use super::fit_activity::{Notes, Recording, Sport, Step};
use super::run::{CalendarEntry, Piece, level};

/// Everything that is not labelled recovery.
pub(crate) fn training_days() -> Vec<Day> {
    let mut days = Vec::new();
    days.extend([1, 8, 15, 29, 36, 43].map(intervals));
    days.extend([4, 11, 24, 32, 39, 46].map(tempo));
    days.extend([6, 13, 27, 34, 41].map(long_run));
    days.extend([0, 7, 23].map(labelled_easy));
    days.extend([5, 17, 38].map(unlabelled_easy));
    days.extend([race(), ride()]);
    days.extend([52, 66].map(tempo).map(seldom));
    days.extend([55].map(long_run));
    days.extend([50, 59, 64].map(labelled_easy));
    days
}

fn notes(name: &'static str, steps: &'static [Step]) -> Notes<'static> {
    Notes { workout: Some((name, steps)), ..Notes::default() }
}

fn outing(pieces: Vec<Piece>) -> CalendarEntry {
    CalendarEntry { pieces, heart_creep: 0.05, ..CalendarEntry::default() }
}

fn intervals(day: i64) -> Day {
    const FAST: Step = Step::Distance(800);
    const JOG: Step = Step::Time(120);
    const STEPS: [Step; 14] = [
        Step::Time(480),
        FAST,
        JOG,
        FAST,
        JOG,
        FAST,
        JOG,
        FAST,
        JOG,
        FAST,
        JOG,
        FAST,
        JOG,
        Step::Open,
    ];
    let mut pieces = vec![level(480, 2.7)];
    (0..6).for_each(|_| pieces.extend([level(168, 4.8), level(120, 2.3)]));
    pieces.push(level(360, 2.6));
    Day {
        what: "intervals: six times 800 m",
        outing: outing(pieces),
        notes: Notes { rpe: Some(8), ..notes("Intervals 6x800m", &STEPS) },
        ..on(day, EVENING)
    }
}

fn tempo(day: i64) -> Day {
    const FAST: Step = Step::Time(600);
    const JOG: Step = Step::Time(120);
    const STEPS: [Step; 8] = [Step::Time(480), FAST, JOG, FAST, JOG, FAST, JOG, Step::Open];
    let mut pieces = vec![level(480, 2.7)];
    (0..3).for_each(|_| pieces.extend([level(600, 4.15), level(120, 2.5)]));
    pieces.push(level(360, 2.6));
    Day {
        what: "tempo: three times 10 minutes",
        outing: outing(pieces),
        notes: Notes { rpe: Some(7), ..notes("Tempo 3x10min", &STEPS) },
        ..on(day, EVENING)
    }
}

fn long_run(day: i64) -> Day {
    Day {
        what: "long run of 75 minutes, recorded every few seconds",
        outing: outing(vec![level(4500, 2.85)]),
        notes: Notes { recording: Recording::Smart, ..notes("Long Run", &[Step::Open]) },
        ..on(day, MORNING)
    }
}

/// The same recorded every few seconds.
fn seldom(day: Day) -> Day {
    Day {
        what: "tempo: three times 10 minutes, recorded every few seconds",
        notes: Notes { recording: Recording::Smart, ..day.notes },
        ..day
    }
}

fn labelled_easy(day: i64) -> Day {
    Day {
        what: "easy run of 40 minutes, recorded every few seconds",
        outing: outing(vec![level(2400, 3.0)]),
        notes: Notes {
            recording: Recording::Smart,
            breathing: Some(100),
            ..notes("Easy Run", &[Step::Time(2400)])
        },
        ..on(day, EVENING)
    }
}

fn unlabelled_easy(day: i64) -> Day {
    Day {
        what: "easy run of 45 minutes, labelled nowhere, recorded every few seconds",
        outing: outing(vec![level(2700, 2.95)]),
        notes: Notes { recording: Recording::Smart, breathing: Some(100), ..Notes::default() },
        ..on(day, MORNING)
    }
}

fn race() -> Day {
    Day {
        file: File::Named("10k_race"),
        what: "race over 10 km",
        outing: CalendarEntry { heart_creep: 0.15, ..outing(vec![level(2384, 4.2)]) },
        notes: Notes { rpe: Some(9), ..Notes::default() },
        ..on(20, MORNING + 150)
    }
}

/// The model runner on wheels: the shifts undo what running at this speed would cost.
fn ride() -> Day {
    let outing = outing(vec![level(3600, 7.0)]);
    Day {
        what: "an hour on the bicycle: not a run",
        outing: CalendarEntry { heart_shift: -95.0, cadence_shift: -46.0, ..outing },
        notes: Notes { recording: Recording::Smart, sport: Sport::Cycling, ..Notes::default() },
        ..on(18, EVENING)
    }
}
