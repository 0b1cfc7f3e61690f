//! Every entry point that is fuzzed, on fixtures damaged by fixed seeds and on what fuzzing found:
//! each input gives an answer, and whatever is measured keeps what holds for every run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use talktest::decode::Limits;
use talktest::ingest::{Owned, read};
use talktest::rows;
use talktest::settings::Settings;

use crate::entry_points::{ENTRY_POINTS, EntryPoint};
use crate::fixtures::apple_health_writer::apple_health_export;
use crate::fixtures::day::Day;
use crate::fixtures::exports::{garmin_export, strava_export, zip_of};
use crate::fixtures::season::days;
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

fn copies(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + use<'_> {
    (0..COPIES).map(|seed| mutated(bytes, seed + bytes.len() as u64))
}

fn entry_point(name: &str) -> EntryPoint {
    ENTRY_POINTS.iter().find(|(known, _)| *known == name).unwrap().1
}

/// Of every third file of a format its bytes.
fn third(extension: &str) -> Vec<Vec<u8>> {
    own_files(extension).into_iter().step_by(3).map(|(_, bytes)| bytes).collect()
}

fn archives() -> Vec<Vec<u8>> {
    let files: Vec<_> = own_files("fit").into_iter().take(3).collect();
    let inner = zip_of(&files);
    vec![zip_of(&[("inner.zip".to_owned(), inner.clone())]), inner]
}

fn lines() -> Vec<Vec<u8>> {
    let (name, bytes) = own_files("fit").swap_remove(0);
    let reading = read(name, &bytes, None, &Limits::default());
    let lines = rows::lines(&Owned::by_folder(reading, &Settings::default()));
    lines.into_iter().map(String::into_bytes).collect()
}

fn side_files() -> Vec<Vec<u8>> {
    let season = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/season");
    let own = ["talktest.toml", "notes.csv", "plan.csv"].map(|name| season.join(name));
    own.into_iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

fn tables() -> Vec<Vec<u8>> {
    let tables = strava_export(10).into_iter().chain(garmin_export(10));
    let tables = tables.map(|(_, bytes)| bytes);
    tables.filter(|bytes| entry_point("table")(bytes) > 0).collect()
}

fn apple_health() -> Vec<Vec<u8>> {
    // Heart rates stand before what they belong to.
    let short = |day: &Day| {
        let mut track = day.track();
        track.samples.truncate(60);
        track
    };
    let tracks: Vec<_> = days()[..2].iter().map(short).collect();
    let export = apple_health_export(&tracks).into_iter();
    export.filter(|(name, _)| name.ends_with("export.xml")).map(|(_, bytes)| bytes).collect()
}

/// What a target of the fuzzer begins with.
fn fixtures_of(name: &str) -> Vec<Vec<u8>> {
    match name {
        "fit" | "gpx" | "tcx" => third(name),
        "recording" => ["fit", "gpx", "tcx"].map(|format| third(format).swap_remove(0)).into(),
        "streamed" => apple_health(),
        "archive" => archives(),
        "row" => lines(),
        "side_file" => side_files(),
        _ => tables(),
    }
}

/// The fuzzer changes short inputs most.
#[test]
#[ignore = "writes the seeds of the fuzzer"]
fn write_seeds() {
    const SHORT: usize = 4_000;
    for (name, _) in ENTRY_POINTS {
        let folder = Path::new(FUZZ).join("corpus").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (k, bytes) in fixtures_of(name).iter().enumerate() {
            let cut = if name == "archive" || name == "row" { bytes.len() } else { SHORT };
            std::fs::write(folder.join(format!("seed-{k}")), &bytes[..cut.min(bytes.len())])
                .unwrap();
        }
    }
}

/// Tries an entry point on fixtures and on their damaged copies; how much was found in the copies.
fn tried(name: &str) -> usize {
    let fixtures = fixtures_of(name);
    let entry_point = entry_point(name);
    let whole: usize = fixtures.iter().map(|bytes| entry_point(bytes)).sum();
    assert!(whole > 0, "{name}: nothing is found in {} fixtures", fixtures.len());
    fixtures.iter().flat_map(|bytes| copies(bytes)).map(|copy| entry_point(&copy)).sum()
}

#[test]
fn damaged_recordings_keep_what_holds_for_every_run() {
    for format in ["fit", "gpx", "tcx"] {
        let found = tried(format);
        assert!(found > 5, "{format}: {found}");
    }
    assert!(tried("recording") > 3);
}

#[test]
fn damaged_exports_archives_and_side_files_give_an_answer() {
    for name in ["streamed", "archive", "table", "side_file"] {
        assert!(tried(name) > 0, "{name}");
    }
}

#[test]
fn damaged_rows_are_read_whole_or_refused() {
    let lines = lines();
    assert!(tried("row") < lines.len() * COPIES as usize, "damage is not seen");
}

const FUZZ: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/");

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries.collect();
    paths.sort();
    paths
}

fn stems(folder: &str) -> BTreeSet<String> {
    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    listed(&Path::new(FUZZ).join(folder)).into_iter().map(stem).collect()
}

#[test]
fn every_target_of_the_fuzzer_is_replayed() {
    let known: BTreeSet<String> = ENTRY_POINTS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(stems("fuzz_targets"), known);
    assert_eq!(stems("kept"), known);
}

/// What fuzzing found worth keeping: small, and of our own making.
#[test]
fn what_fuzzing_found_is_answered() {
    const MOST_BYTES: usize = 300_000;
    let mut size = 0;
    for (name, entry_point) in ENTRY_POINTS {
        let inputs = listed(&Path::new(FUZZ).join("kept").join(name));
        assert!(inputs.len() >= 10, "{name}: {}", inputs.len());
        for input in inputs {
            let bytes = std::fs::read(&input).unwrap();
            size += bytes.len();
            eprintln!("{}", input.display());
            entry_point(&bytes);
        }
    }
    assert!(size <= MOST_BYTES, "{size} bytes");
}
