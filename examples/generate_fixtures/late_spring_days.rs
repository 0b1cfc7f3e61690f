//! Three more weeks of recovery runs, for whatever the first seven do not show.
//!
//! Together with `recovery_days` and `year_before` every criterion gives every answer that it has;
//! a test counts them.

use super::day::{Day, EVENING, File, MORNING, cannot_judge, kept, not_recovery, on, slipped};
use super::fit_activity::{Notes, Recording, Step, Stride};
use super::recovery_days::{easily, planned, steady};
use super::run::{CalendarEntry, Piece, RECOVERY_SPEED, level};

/// Every one of them, in time order.
pub(crate) fn late_spring_days() -> Vec<Day> {
    vec![
        above_forty_minutes(),
        nearly_an_hour(),
        six_minutes(),
        quicker_finish(),
        run_and_walk(),
        fast_strides(),
        a_little_over_the_plan(),
        long_burst(),
        day_after(),
        moderate_minutes(),
        above_the_ceiling_for_a_while(),
        tired_stride(),
        steady_stride(),
    ]
}

/// Labelled by its workout, recorded every few seconds to be small.
fn small() -> Notes<'static> {
    Notes { recording: Recording::Smart, ..planned(&[Step::Open]) }
}

fn above_forty_minutes() -> Day {
    Day {
        what: "45 minutes at 130 bpm",
        outing: steady(45),
        notes: small(),
        expected: Some(kept("longer than 40 minutes, and not by more than ten")),
        ..on(51, MORNING)
    }
}

fn nearly_an_hour() -> Day {
    Day {
        what: "56 minutes at 130 bpm",
        outing: steady(56),
        notes: small(),
        expected: Some(slipped("duration", "easy enough, but 56 minutes is more than 50")),
        ..on(53, EVENING)
    }
}

fn six_minutes() -> Day {
    Day {
        what: "6 minutes, called off",
        outing: steady(6),
        notes: small(),
        expected: Some(cannot_judge("too short to say anything of it").by("duration")),
        ..on(54, MORNING)
    }
}

fn quicker_finish() -> Day {
    Day {
        what: "30 minutes, the last three at 2.8 instead of 2.5 m/s",
        outing: easily(vec![level(1600, RECOVERY_SPEED), level(200, 2.8)]),
        notes: small(),
        expected: Some(kept("a finish 12 % faster is noted, and no more")),
        ..on(56, EVENING)
    }
}

fn run_and_walk() -> Day {
    let minutes = [level(240, RECOVERY_SPEED), level(60, 1.4)];
    Day {
        what: "30 minutes, a minute of walking in every five",
        outing: easily(std::iter::repeat_n(minutes, 6).flatten().collect()),
        notes: small(),
        expected: Some(kept("walking counts as easy")),
        ..on(57, MORNING)
    }
}

fn fast_strides() -> Day {
    let mut pieces = vec![level(1200, RECOVERY_SPEED)];
    (0..4).for_each(|_| pieces.extend([level(35, 4.1), level(90, RECOVERY_SPEED)]));
    pieces.push(level(240, RECOVERY_SPEED));
    Day {
        what: "32 minutes with four fast strides before the end",
        outing: easily(pieces),
        notes: planned(&[Step::Open]),
        expected: Some(slipped("surges", "four strides took the heart rate above the ceiling")),
        ..on(58, MORNING)
    }
}

/// Its label lies in the plan alone.
fn a_little_over_the_plan() -> Day {
    Day {
        what: "planned for 30 minutes, ran 34",
        outing: steady(34),
        notes: Notes { recording: Recording::Smart, ..Notes::default() },
        expected: Some(kept("four minutes past the planned end are noted, and no more")),
        ..on(60, EVENING)
    }
}

fn long_burst() -> Day {
    let mut pieces = vec![level(900, RECOVERY_SPEED), level(100, 5.0), level(160, 4.6)];
    pieces.push(level(640, RECOVERY_SPEED));
    Day {
        what: "30 minutes with more than four fast ones, up to 178 bpm",
        outing: easily(pieces),
        notes: small(),
        expected: Some(not_recovery("time-hard", "more than three minutes above the hard line")),
        ..on(61, MORNING)
    }
}

/// A recovery run on the day after one that was none, by a heart that has not recovered.
fn day_after() -> Day {
    let faster: Vec<Piece> =
        (0..30).map(|minute| level(60, 2.3 + 0.01 * f64::from(minute))).collect();
    Day {
        what: "30 minutes, from 2.3 to 2.6 m/s, 7 bpm above the usual",
        outing: CalendarEntry { heart_shift: 7.0, ..easily(faster) },
        notes: small(),
        expected: Some(kept("below the ceiling to the end")),
        ..on(62, MORNING)
    }
}

fn moderate_minutes() -> Day {
    let pieces = vec![level(800, RECOVERY_SPEED), level(240, 3.8), level(760, RECOVERY_SPEED)];
    Day {
        what: "30 minutes, four of them fast, up to 160 bpm",
        outing: easily(pieces),
        notes: small(),
        expected: Some(slipped("time-moderate", "three minutes above the moderate line")),
        ..on(63, EVENING)
    }
}

fn above_the_ceiling_for_a_while() -> Day {
    let pieces = vec![level(500, RECOVERY_SPEED), level(600, 3.25), level(700, RECOVERY_SPEED)];
    Day {
        file: File::Named("recovery"),
        what: "30 minutes, ten of them faster, up to 148 bpm",
        outing: easily(pieces),
        notes: Notes { recording: Recording::Smart, ..Notes::default() },
        expected: Some(
            slipped("time-above-ceiling", "a third above the ceiling, but below the easy line")
                .borderline(),
        ),
        ..on(65, MORNING)
    }
}

fn tired_stride() -> Day {
    Day {
        what: "32 minutes after a fast start, with a stride that tires and fast breathing",
        outing: easily(vec![level(300, 2.8), level(1620, RECOVERY_SPEED)]),
        notes: Notes { breathing: Some(135), stride: Some(Stride::TiredFrom(1500)), ..small() },
        expected: Some(kept("stride and breathing are noted, and no more")),
        ..on(67, EVENING)
    }
}

fn steady_stride() -> Day {
    Day {
        what: "32 minutes with a steady stride and calm breathing",
        outing: steady(32),
        notes: Notes { breathing: Some(100), stride: Some(Stride::Steady), ..small() },
        expected: Some(kept("never above the ceiling, 32 minutes")),
        ..on(68, MORNING)
    }
}
