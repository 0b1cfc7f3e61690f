//! The runs labelled recovery, each built to deserve its verdict.
//!
//! The lines are those of a tested maximum of 190 and a resting heart rate of 50: ceiling 145.2,
//! moderate 153.6, hard 164.8 beats per minute. `checks` computes that every claim holds.

use super::day::{Day, EVENING, File, MORNING, cannot_judge, kept, not_recovery, on, slipped};
use super::fit_activity::{Notes, Sensor, Step};
use super::run::{CalendarEntry, Fault, Piece, RECOVERY_SPEED, level, sloping};

const WORKOUT: &str = "Recovery Run";
/// As long as a watch lets a workout's name be, and cut there.
const CUT_NAME: &str = "Spring Plan Aerobic / Recovery R";

/// Every run labelled recovery, in time order.
pub(crate) fn recovery_days() -> Vec<Day> {
    vec![
        textbook(),
        web_export(),
        fast_finish(),
        hills(),
        strides(),
        too_long(),
        no_heart_rate(),
        traffic_lights(),
        easy_run_effort(),
        past_the_plan(),
        dropouts(),
        heat(),
        felt_moderate(),
        cadence_lock(),
        burst(),
        felt_hard(),
    ]
}

/// Steady and slow, creeping up a little as every heart does.
pub(super) fn easily(pieces: Vec<Piece>) -> CalendarEntry {
    CalendarEntry { pieces, heart_creep: 0.04, ..CalendarEntry::default() }
}

pub(super) fn steady(minutes: u32) -> CalendarEntry {
    easily(vec![level(minutes * 60, RECOVERY_SPEED)])
}

pub(super) fn planned(steps: &'static [Step]) -> Notes<'static> {
    Notes { workout: Some((WORKOUT, steps)), ..Notes::default() }
}

fn textbook() -> Day {
    Day {
        file: File::Named("recovery_30min"),
        what: "30 minutes at 130 bpm, rated 2",
        outing: steady(30),
        notes: Notes { rpe: Some(2), feel: Some(75), benefit: Some(1), ..Notes::default() },
        expected: Some(kept("never above the ceiling, 30 minutes, felt easy")),
        ..on(2, MORNING)
    }
}

fn web_export() -> Day {
    Day {
        file: File::Gpx { title: "Harbour Town - Recovery", heart_rate: true },
        what: "30 minutes at 130 bpm, exported as GPX",
        outing: steady(30),
        expected: Some(kept("never above the ceiling, 30 minutes")),
        ..on(9, MORNING)
    }
}

fn fast_finish() -> Day {
    Day {
        what: "30 minutes, the last three at 3.1 instead of 2.5 m/s",
        outing: easily(vec![level(1610, RECOVERY_SPEED), level(190, 3.1)]),
        notes: planned(&[Step::Time(1800)]),
        expected: Some(slipped("fast-finish", "the last three minutes were about 24 % faster")),
        ..on(12, MORNING)
    }
}

fn hills() -> Day {
    let bump = [
        sloping(120, 2.4, 0.06),
        level(60, RECOVERY_SPEED),
        sloping(120, 2.6, -0.06),
        level(240, RECOVERY_SPEED),
    ];
    let mut pieces = vec![level(420, RECOVERY_SPEED)];
    (0..3).for_each(|_| pieces.extend(bump));
    pieces.push(level(240, RECOVERY_SPEED));
    Day {
        file: File::Named("recovery_rolling"),
        what: "38 minutes over three short hills",
        outing: easily(pieces),
        expected: Some(
            kept("only seconds above the ceiling, at the top of each hill").borderline(),
        ),
        ..on(16, MORNING)
    }
}

fn strides() -> Day {
    let mut pieces = vec![level(1500, RECOVERY_SPEED)];
    (0..5).for_each(|_| pieces.extend([level(22, 4.0), level(70, RECOVERY_SPEED)]));
    pieces.push(level(210, RECOVERY_SPEED));
    Day {
        what: "36 minutes with five strides before the end",
        outing: easily(pieces),
        notes: planned(&[Step::Open]),
        expected: Some(kept("five strides of about 20 seconds, all below the ceiling")),
        ..on(19, MORNING)
    }
}

fn too_long() -> Day {
    Day {
        file: File::Named("recovery"),
        what: "70 minutes, 129 to 134 bpm",
        outing: CalendarEntry { heart_creep: 0.08, ..steady(70) },
        expected: Some(not_recovery("duration", "easy enough, but 70 minutes is more than 65")),
        ..on(21, EVENING)
    }
}

fn no_heart_rate() -> Day {
    Day {
        file: File::Gpx { title: "Harbour Town - Easy Recovery", heart_rate: false },
        what: "35 minutes without a heart-rate sensor",
        outing: steady(35),
        expected: Some(cannot_judge("there is no heart rate at all")),
        ..on(25, MORNING)
    }
}

fn traffic_lights() -> Day {
    Day {
        what: "32 minutes and three red lights of 45 seconds",
        outing: CalendarEntry { stops: vec![(480, 45), (960, 45), (1440, 45)], ..steady(32) },
        notes: planned(&[Step::Time(1920)]),
        expected: Some(kept("never above the ceiling; standing at the lights does not count")),
        ..on(30, MORNING)
    }
}

fn easy_run_effort() -> Day {
    Day {
        what: "35 minutes at 151 bpm",
        outing: CalendarEntry { heart_shift: 8.0, ..easily(vec![level(2100, 3.05)]) },
        notes: planned(&[Step::Time(2100)]),
        expected: Some(
            not_recovery(
                "time-above-ceiling",
                "most of it above the easy line: a good easy run, not a recovery run",
            )
            .borderline(),
        ),
        ..on(33, MORNING)
    }
}

fn past_the_plan() -> Day {
    Day {
        what: "planned for 30 minutes, ran 41",
        outing: steady(41),
        notes: planned(&[Step::Time(300), Step::Time(1500)]),
        expected: Some(slipped("planned-end", "11 minutes past the planned end")),
        ..on(35, EVENING)
    }
}

fn dropouts() -> Day {
    let gaps = [300, 660, 1020, 1380].map(|from| Fault::Silent(from, from + 145));
    Day {
        file: File::Named("recovery_30min"),
        what: "30 minutes, a third of the heart rate missing",
        outing: CalendarEntry { faults: gaps.to_vec(), ..steady(30) },
        expected: Some(cannot_judge("what is missing could hide any effort")),
        ..on(37, MORNING)
    }
}

fn heat() -> Day {
    let outing = easily(vec![level(2400, 2.35)]);
    Day {
        what: "40 slow minutes on a hot day, 138 to 162 bpm",
        outing: CalendarEntry {
            heart_shift: 13.0,
            heart_creep: 0.6,
            cadence_shift: 12.0,
            ..outing
        },
        notes: Notes {
            workout: Some((CUT_NAME, &[Step::Open])),
            temperature: Some(31),
            ..Notes::default()
        },
        expected: Some(not_recovery(
            "time-above-ceiling",
            "most of it above the easy line, a third above the moderate line: heat explains, it does not excuse",
        )),
        ..on(40, EVENING)
    }
}

fn felt_moderate() -> Day {
    Day {
        what: "30 minutes at 130 bpm, rated 3",
        outing: steady(30),
        notes: Notes { rpe: Some(3), feel: Some(50), ..planned(&[Step::Time(1800)]) },
        expected: Some(slipped("effort-rating", "rated 3, and easy ends at 2")),
        ..on(42, EVENING)
    }
}

fn cadence_lock() -> Day {
    Day {
        file: File::Named("recovery_30min"),
        what: "32 minutes; for 15 the wrist sensor counts steps",
        outing: CalendarEntry { faults: vec![Fault::CadenceLock(600, 1500)], ..steady(32) },
        notes: Notes { sensor: Sensor::Wrist, ..Notes::default() },
        expected: Some(cannot_judge("half of the heart rate is the step rate")),
        ..on(44, MORNING)
    }
}

fn burst() -> Day {
    let hard = [level(70, 5.0), level(38, 4.18)];
    let mut pieces = vec![level(1080, RECOVERY_SPEED)];
    pieces.extend(hard);
    pieces.push(level(612, RECOVERY_SPEED));
    Day {
        what: "30 minutes with one burst to 168 bpm",
        outing: easily(pieces),
        notes: planned(&[Step::Open]),
        expected: Some(slipped("time-hard", "the better part of a minute above the hard line")),
        ..on(45, MORNING)
    }
}

fn felt_hard() -> Day {
    Day {
        file: File::Named("recovery_30min"),
        what: "30 minutes at 130 bpm, rated 6",
        outing: steady(30),
        notes: Notes { rpe: Some(6), feel: Some(25), ..Notes::default() },
        expected: Some(not_recovery("effort-rating", "by the runner's own rating it was hard")),
        ..on(47, MORNING)
    }
}
