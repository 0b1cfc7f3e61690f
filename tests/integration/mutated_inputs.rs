//! Fixtures damaged by a generator with fixed seeds go through the entry points that are fuzzed:
//! every one gives an answer, and whatever is measured keeps what holds for every run.

use std::io::{Read, Seek};

use talktest::audit::limit_catalogue;
use talktest::decode::Limits;
use talktest::export_tables::{Bounds, TABLES};
use talktest::ingest::{FileOutcome, FileReading, Owned, Sessions, read};
use talktest::label::Labels;
use talktest::metrics::RunMetrics;
use talktest::metrics::judged_time::JudgedTime;
use talktest::metrics::zones::time_in_zone;
use talktest::rows;
use talktest::settings::{
    LabelWords, Settings, are_notes, is_plan, parse, parse_notes, parse_plan,
};
use talktest::unpack::{Archive, Budget, Contents, Origin, Turn};

use crate::fixtures::exports::{garmin_export, strava_export, zip_of};
use crate::support::own_files;

/// Copies of each fixture.
const COPIES: u64 = 6;
/// Longer fixtures are cut for their mutations: what is read stands at their beginning.
const LONGEST: usize = 24_000;

/// A copy with a few bytes changed, a block moved, left out or doubled, or its end cut off.
fn mutated(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut bytes = bytes[..bytes.len().min(LONGEST)].to_vec();
    for _ in 0..rng.usize(1..5) {
        let from = rng.usize(0..bytes.len().max(1));
        let end = (from + rng.usize(1..200)).min(bytes.len());
        match rng.u8(0..5) {
            0 => bytes.truncate(from),
            1 => bytes[from..end].fill(rng.u8(..)),
            2 => drop(bytes.drain(from..end)),
            3 => bytes.extend_from_within(from..end),
            _ => bytes[from..end].iter_mut().for_each(|byte| *byte ^= 1 << rng.u8(0..8)),
        }
        if bytes.is_empty() {
            return bytes;
        }
    }
    bytes
}

fn copies(bytes: &[u8]) -> impl Iterator<Item = (u64, Vec<u8>)> + use<'_> {
    (0..COPIES).map(|seed| (seed, mutated(bytes, seed + bytes.len() as u64)))
}

fn check(what: &str, row: &RunMetrics) {
    assert_eq!(row.check(), Ok(()), "{what}");
    let series = row.channels.unpack().unwrap();
    let durations = &row.durations;
    let (moving, timer) = (durations.moving.get(), durations.timer.get());
    // The series has whole seconds.
    assert!(
        moving <= timer + 1.0 && timer <= durations.elapsed.get() + 1.0,
        "{what}: {durations:?}"
    );
    for beats in series.heart_rate.iter().flatten() {
        assert!((1..256).contains(&beats), "{what}: {beats}");
    }
    let zones = time_in_zone(&series, &[100.0, 130.0, 150.0]);
    let in_zones = zones.seconds.iter().sum::<u32>() + zones.missing;
    assert_eq!(in_zones as usize, series.len(), "{what}");
    let judged = JudgedTime::of(&series, 180);
    let seen = (0..series.len()).filter(|k| judged.mask[*k] && series.heart_rate_bpm(*k).is_some());
    assert_eq!(seen.count() as u32 + judged.missing(), judged.seconds, "{what}");
    assert!(judged.seconds as usize <= series.moving_seconds(), "{what}");
    let json = serde_json::to_string(row).unwrap();
    assert!(!json.contains("null,null,null") || serde_json::from_str::<RunMetrics>(&json).is_ok());
}

#[test]
fn recordings_keep_what_holds_for_every_run() {
    let mut measured = 0;
    for extension in ["fit", "gpx", "tcx"] {
        for (name, bytes) in own_files(extension).into_iter().step_by(3) {
            for (seed, copy) in copies(&bytes) {
                let reading = read(name.clone(), &copy, None, &Limits::default());
                let FileOutcome::Sessions(Sessions { rows, .. }) = &reading.outcome else {
                    continue;
                };
                rows.iter().for_each(|row| check(&format!("{name}, seed {seed}"), row));
                measured += rows.len();
            }
        }
    }
    assert!(measured > 50, "{measured}");
}

#[test]
fn rows_are_read_whole_or_refused() {
    let settings = Settings::default();
    let (name, bytes) = own_files("fit").swap_remove(0);
    let reading = read(name, &bytes, None, &Limits::default());
    let json = serde_json::to_vec(&reading).unwrap();
    let lines = rows::lines(&Owned::by_folder(reading, &settings));
    let mut read_back = 0;
    for (seed, copy) in lines.iter().flat_map(|line| copies(line.as_bytes())) {
        if let Ok(rows::Line::File { reading, .. }) = rows::read(&copy)
            && let FileOutcome::Sessions(sessions) = reading.outcome
        {
            sessions.rows.iter().for_each(|row| check(&format!("row, seed {seed}"), row));
            read_back += 1;
        }
    }
    for (_, copy) in copies(&json) {
        let Ok(reading) = serde_json::from_slice::<FileReading>(&copy) else { continue };
        if let FileOutcome::Sessions(sessions) = reading.outcome {
            sessions.rows.iter().for_each(|row| drop(row.channels.unpack()));
        }
    }
    assert!(read_back < lines.len() * COPIES as usize, "damage is not seen");
}

#[test]
fn tables_and_side_files_give_an_answer() {
    let labels = Labels::new(&LabelWords::default());
    let season = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season/");
    let own = ["talktest.toml", "notes.csv", "plan.csv"];
    let own = own.iter().filter_map(|name| std::fs::read(format!("{season}{name}")).ok());
    let tables = strava_export(10).into_iter().chain(garmin_export(10));
    let tables = tables.map(|(_, bytes)| bytes).filter(|bytes| bytes.len() < 500_000);
    let mut seen = 0;
    for bytes in own.chain(tables) {
        for (_, copy) in copies(&bytes) {
            seen += 1;
            for table in TABLES {
                let _ = (table.read)(&copy, &Bounds::default());
            }
            let (_, _) = (are_notes(&copy), is_plan(&copy));
            let _ = parse_notes(&copy, &|text| labels.kind_of(text));
            let _ = parse_plan(&copy, &|text| labels.kind_of(text));
            if let Ok(text) = str::from_utf8(&copy) {
                let _ = parse(text, &limit_catalogue());
            }
        }
    }
    assert!(seen >= 20, "{seen}");
}

fn limits() -> Limits {
    let (one, eight) = (1 << 20, 8 << 20);
    Limits {
        max_bytes: one,
        max_archive_bytes: one,
        max_unpacked_bytes: eight,
        ..Limits::default()
    }
}

fn open(contents: Contents, origin: Origin<'_>) -> usize {
    match contents {
        Contents::Plain(bytes, damage) => {
            let _ = read("a".to_owned(), &bytes, damage, &limits());
            1
        }
        Contents::Unwanted(_) | Contents::Large | Contents::Streamed(_) => 0,
        Contents::Archive(archive) => entries(&archive, origin),
    }
}

fn entries<R: Read + Seek + Clone>(archive: &Archive<R>, origin: Origin<'_>) -> usize {
    let mut opened = 0;
    for entry in archive.entries() {
        let origin = Origin { packed: entry.packed, depth: origin.depth + 1, ..origin };
        let inside = archive
            .read(&entry, |stream| talktest::unpack::read(stream, origin, &limits(), &|_| true));
        opened += inside.map_or(0, |contents| open(contents, origin));
    }
    opened
}

#[test]
fn archives_give_an_answer() {
    let files: Vec<_> = own_files("fit").into_iter().take(3).collect();
    let inner = zip_of(&files);
    let outer = zip_of(&[("inner.zip".to_owned(), inner.clone())]);
    let mut opened = 0;
    for zip in [inner, outer] {
        for copy in std::iter::once(zip.clone()).chain((0..40).map(|seed| mutated(&zip, seed))) {
            let budget = Budget::default();
            let packed = copy.len() as u64;
            let origin = Origin { packed, depth: 0, budget: &budget, turn: Turn::Alone };
            let contents = talktest::unpack::read(&mut &*copy, origin, &limits(), &|_| true);
            opened += contents.map_or(0, |contents| open(contents, origin));
        }
    }
    assert!(opened >= 6, "{opened}");
}
