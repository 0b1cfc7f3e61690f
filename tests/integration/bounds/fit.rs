//! Bounds of FIT, and of what every format counts.

use std::fs;
use std::path::Path;

use super::{Excess, texts};
use crate::fixtures::fit_writer::{FitWriter, TIMESTAMP, Value, fit_time};

pub(super) static EXCESSES: [Excess; 4] = [
    Excess::of(
        "records; likewise track points, timer events, readings of a strap's memory",
        records,
        &["beyond the limit of 1000000 left out (max_records)"],
    ),
    Excess::of(
        "sessions of one file",
        |folder| {
            texts::many_activities(folder, 20_001);
            fs::write(folder.join("sessions.fit"), sessions(400).repeat(3)).unwrap();
        },
        &["more activities than max_sessions 20000", "sessions beyond the limit of 1000 left out"],
    ),
    Excess::of(
        "sessions, laps and other descriptions of one kind in one FIT file",
        |folder| fs::write(folder.join("sessions.fit"), sessions(100_000)).unwrap(),
        &["99500 descriptive messages too many left out"],
    ),
    Excess::of(
        "FIT files chained to one",
        |folder| fs::write(folder.join("chained.fit"), sessions(1).repeat(5_000)).unwrap(),
        &["more than 1000 chained files"],
    ),
];

/// Numbers of messages.
const FILE_ID: u16 = 0;
const SESSION: u16 = 18;
const RECORD: u16 = 20;
const EVENT: u16 = 21;
const STRAP_MEMORY: u16 = 132;

/// 2026-05-01T08:00:00Z.
const BEGUN: i64 = 1_777_622_400;

fn activity_file() -> FitWriter {
    let mut file = FitWriter::default();
    file.message(FILE_ID, &[(0, Value::Enum(4))]);
    file
}

fn record(file: &mut FitWriter, seconds: i64) {
    let time = Value::U32(fit_time(BEGUN + seconds));
    file.message(RECORD, &[(TIMESTAMP, time), (3, Value::U8(140))]);
}

/// Of each kind more than a million, in a file of its own.
fn records(folder: &Path) {
    let mut file = activity_file();
    (0..1_100_000).for_each(|k| record(&mut file, k / 2));
    fs::write(folder.join("records.fit"), file.finish()).unwrap();
    let mut file = activity_file();
    (0..600).for_each(|k| record(&mut file, k));
    for k in 0..1_100_000_i64 {
        let time = Value::U32(fit_time(BEGUN + k % 600));
        let pressed = Value::Enum(if k % 2 == 0 { 0 } else { 4 });
        file.message(EVENT, &[(TIMESTAMP, time), (0, Value::Enum(0)), (1, pressed)]);
    }
    fs::write(folder.join("events.fit"), file.finish()).unwrap();
    let mut file = activity_file();
    (0..600).for_each(|k| record(&mut file, k));
    for _ in 0..300_000 {
        // Four beats each.
        file.message(
            STRAP_MEMORY,
            &[
                (TIMESTAMP, Value::U32(fit_time(BEGUN))),
                (6, Value::U8s(&[140; 4])),
                (9, Value::U32s(&[1024, 2048, 3072, 4096])),
            ],
        );
    }
    fs::write(folder.join("strap.fit"), file.finish()).unwrap();
}

/// A file of so many sessions of ten seconds.
fn sessions(count: i64) -> Vec<u8> {
    let mut file = activity_file();
    (0..10 * count.min(500)).for_each(|k| record(&mut file, k));
    for k in 0..count {
        let [start, end] =
            [10 * k, 10 * k + 9].map(|seconds| Value::U32(fit_time(BEGUN + seconds)));
        let ten = Value::U32(9_000);
        file.message(SESSION, &[(TIMESTAMP, end), (2, start), (7, ten), (5, Value::Enum(1))]);
    }
    file.finish()
}

#[test]
fn fit_files_are_bounded() {
    EXCESSES.iter().for_each(Excess::check);
}
