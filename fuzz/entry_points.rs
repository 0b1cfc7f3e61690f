//! What is fuzzed: every reader of foreign bytes, each with what has to hold for whatever it gives.
//!
//! The targets of the fuzzer and the tests that replay what it found take this in, so that both try
//! the same.
#![allow(dead_code, reason = "a target takes one of them")]

use std::io::{Read, Seek};

use talktest::activity::Activity;
use talktest::audit::limit_catalogue;
use talktest::decode::{Limits, STREAMED_FORMATS, decode, fit, gpx, tcx};
use talktest::export_tables::{Bounds, TABLES};
use talktest::ingest::{FileOutcome, FileReading, read};
use talktest::label::Labels;
use talktest::metrics::judged_time::JudgedTime;
use talktest::metrics::zones::time_in_zone;
use talktest::metrics::{RunMetrics, UnpackedRun, measure};
use talktest::settings::{LabelWords, are_notes, is_plan, parse, parse_notes, parse_plan};
use talktest::unpack::{self, Archive, Budget, Contents, Origin, Turn};

/// Takes any bytes; how many runs, entries or files it found in them.
pub type EntryPoint = fn(&[u8]) -> usize;

/// Every target of the fuzzer by its name.
pub const ENTRY_POINTS: [(&str, EntryPoint); 9] = [
    ("archive", archive),
    ("fit", fit),
    ("gpx", gpx),
    ("recording", recording),
    ("row", row),
    ("side_file", side_file),
    ("streamed", streamed),
    ("table", table),
    ("tcx", tcx),
];

/// What holds for every run, whatever its file.
pub fn check(row: &RunMetrics) {
    assert_eq!(row.check(), Ok(()));
    let series = row.channels.unpack().expect("what was packed is unpacked");
    let durations = &row.durations;
    let (moving, timer) = (durations.moving.get(), durations.timer.get());
    // The series has whole seconds.
    assert!(moving <= timer + 1.0 && timer <= durations.elapsed.get() + 1.0, "{durations:?}");
    for beats in series.heart_rate.iter().flatten() {
        assert!((1..256).contains(&beats), "{beats}");
    }
    for beats in [row.heart_rate.mean, row.heart_rate.raw_mean].into_iter().flatten() {
        assert!(beats.get() > 0.0 && beats.get() < 256.0, "{beats:?}");
    }
    let zones = time_in_zone(&UnpackedRun::of(series.clone()), &[100.0, 130.0, 150.0]);
    let in_zones = zones.seconds.iter().sum::<u32>() + zones.missing;
    assert_eq!(in_zones as usize, series.len());
    let judged = JudgedTime::of(&series, 180);
    let seen = (0..series.len()).filter(|k| judged.mask[*k] && series.heart_rate_bpm(*k).is_some());
    assert_eq!(seen.count() as u32 + judged.missing(), judged.seconds);
    assert!(judged.seconds as usize <= series.moving_seconds());
    // JSON has no numbers that are not finite: where one was, it is not read back.
    let json = serde_json::to_string(row).expect("a row has a text");
    let again: RunMetrics = serde_json::from_str(&json).expect("what was written is read back");
    assert_eq!(serde_json::to_string(&again).expect("a row has a text"), json);
}

fn measured(activities: impl IntoIterator<Item = Activity>) -> usize {
    let rows = activities.into_iter().filter_map(|activity| measure(&activity).ok());
    rows.inspect(check).count()
}

fn rows_of(reading: &FileReading) -> usize {
    let FileOutcome::Sessions(sessions) = &reading.outcome else { return 0 };
    sessions.rows.iter().for_each(check);
    sessions.rows.len()
}

pub fn fit(bytes: &[u8]) -> usize {
    (fit::FORMAT.decode)(bytes, &Limits::default())
        .map_or(0, |decoded| measured(decoded.activities))
}

pub fn gpx(bytes: &[u8]) -> usize {
    (gpx::FORMAT.decode)(bytes, &Limits::default())
        .map_or(0, |decoded| measured(decoded.activities))
}

pub fn tcx(bytes: &[u8]) -> usize {
    (tcx::FORMAT.decode)(bytes, &Limits::default())
        .map_or(0, |decoded| measured(decoded.activities))
}

/// Any format that is read as a whole, and what becomes of the file.
pub fn recording(bytes: &[u8]) -> usize {
    let plain = decode(bytes, &Limits::default());
    let activities = plain.map_or(0, |(decoded, _)| measured(decoded.activities));
    activities.max(rows_of(&read("a".to_owned(), bytes, None, &Limits::default())))
}

/// Any format that is read as it comes, beside which the same bytes lie.
pub fn streamed(bytes: &[u8]) -> usize {
    let beside = |_: &str| Some(bytes.to_vec());
    let mut count = 0;
    for format in STREAMED_FORMATS {
        let mut take = |activity| count += measured([activity]);
        let _ = (format.decode)(&mut &*bytes, &beside, &Limits::default(), &mut take);
    }
    count
}

fn small() -> Limits {
    let (one, eight) = (1 << 20, 8 << 20);
    Limits {
        max_bytes: one,
        max_archive_bytes: one,
        max_unpacked_bytes: eight,
        ..Limits::default()
    }
}

/// An archive, unpacked to its depths and read.
pub fn archive(bytes: &[u8]) -> usize {
    let budget = Budget::default();
    let packed = bytes.len() as u64;
    let origin = Origin { packed, depth: 0, budget: &budget, turn: Turn::Alone };
    let contents = unpack::read(&mut &*bytes, origin, &small(), &|_| true);
    contents.map_or(0, |contents| opened(contents, origin))
}

fn opened(contents: Contents, origin: Origin<'_>) -> usize {
    match contents {
        Contents::Plain(bytes, damage) => {
            rows_of(&read("a".to_owned(), &bytes, damage, &small()));
            1
        }
        Contents::Unwanted(_) | Contents::Streamed(_) | Contents::Large => 0,
        Contents::Archive(archive) => entries(&archive, origin),
    }
}

fn entries<R: Read + Seek + Clone>(archive: &Archive<R>, origin: Origin<'_>) -> usize {
    let mut count = 0;
    for entry in archive.entries() {
        let origin = Origin { packed: entry.packed, depth: origin.depth + 1, ..origin };
        let read = |stream: &mut dyn Read| unpack::read(stream, origin, &small(), &|_| true);
        count += archive.read(&entry, read).map_or(0, |contents| opened(contents, origin));
    }
    count
}

/// The table of an export.
pub fn table(bytes: &[u8]) -> usize {
    let read = |table: &&talktest::export_tables::ExportTable| {
        for name in ["activities.csv", "summarizedActivities.json"] {
            table.recognises(name, bytes);
        }
        table.read(bytes, &Bounds::default()).is_ok()
    };
    TABLES.iter().copied().filter(read).count()
}

/// Notes, a plan and settings.
pub fn side_file(bytes: &[u8]) -> usize {
    let labels = Labels::new(&LabelWords::default());
    let _ = parse_notes(bytes, &|text| labels.kind_of(text));
    let _ = parse_plan(bytes, &|text| labels.kind_of(text));
    let settings = str::from_utf8(bytes).map(|text| parse(text, &limit_catalogue()));
    let recognised = [are_notes(bytes), is_plan(bytes), matches!(settings, Ok(Ok(_)))];
    recognised.into_iter().filter(|is_one| *is_one).count()
}

/// A line of rows, and a reading that was written down.
pub fn row(bytes: &[u8]) -> usize {
    let line = match talktest::rows::read(bytes) {
        Ok(talktest::rows::Line::File { reading, .. }) => rows_of(&reading),
        _ => 0,
    };
    let reading = serde_json::from_slice::<FileReading>(bytes);
    if let Ok(FileReading { outcome: FileOutcome::Sessions(sessions), .. }) = reading {
        sessions.rows.iter().for_each(|row| drop(row.channels.unpack()));
    }
    line
}
