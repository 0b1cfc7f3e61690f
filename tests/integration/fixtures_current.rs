//! The files in `fixtures/` are what the generator writes, and other decoders can read them.
#![expect(clippy::disallowed_methods, reason = "the test compares files on disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::fixtures::season::{beside, season};
use fitparser::profile::MesgNum;

const REWRITE: &str = "`cargo run --example generate_fixtures` rewrites the fixtures";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// What `fixtures/` must hold, and nothing else.
fn generated() -> impl Iterator<Item = (PathBuf, Vec<u8>)> {
    let files = season().into_iter().map(|file| (Path::new("season").join(file.path), file.bytes));
    files.chain(beside().map(|(name, text)| (PathBuf::from(name), text.into_bytes())))
}

#[test]
fn every_file_is_what_the_generator_writes() {
    for (path, bytes) in generated() {
        let same = fs::read(folder().join(&path)).is_ok_and(|on_disk| on_disk == bytes);
        assert!(same, "{} is not current: {REWRITE}", path.display());
    }
}

#[test]
fn there_is_no_file_that_the_generator_does_not_write() {
    let generated: BTreeSet<PathBuf> = generated().map(|(path, _)| path).collect();
    for entry in walkdir::WalkDir::new(folder()) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder()).unwrap();
        // The worked runs come from an independent implementation, on purpose.
        let is_worked = path.starts_with("worked_runs");
        let known = entry.file_type().is_dir() || is_worked || generated.contains(path);
        assert!(known, "{} is not generated: {REWRITE} but removes none", path.display());
    }
}

#[test]
fn no_two_files_share_a_name() {
    assert_eq!(
        generated().map(|(path, _)| path).collect::<BTreeSet<_>>().len(),
        generated().count()
    );
}

#[test]
fn other_decoders_read_every_file_whole() {
    for file in season() {
        let read = match Path::new(&file.path).extension().and_then(|name| name.to_str()) {
            Some("fit") => fitparser::from_bytes(&file.bytes).is_ok(),
            Some("gpx") => gpx::read(file.bytes.as_slice()).is_ok(),
            _ => continue,
        };
        assert_eq!(read, file.path != "broken_off.fit", "{}", file.path);
    }
}

/// What another decoder makes of every field of one kind of message.
fn readings(path: &str, kind: MesgNum) -> BTreeMap<String, String> {
    let file = season().into_iter().find(|file| file.path == path).expect("a file of the season");
    let messages = fitparser::from_bytes(&file.bytes).expect("a sound file");
    let of_kind = messages.iter().filter(|message| message.kind() == kind);
    let fields = of_kind.flat_map(fitparser::FitDataRecord::fields);
    fields.map(|field| (field.name().to_owned(), field.value().to_string())).collect()
}

#[test]
fn other_decoders_find_in_a_file_what_was_meant() {
    const RATED: &str = "2026-05-11-18-15-00.fit";
    let said = [
        (MesgNum::FileId, "type", "activity"),
        (MesgNum::DeviceInfo, "antplus_device_type", "heart_rate"),
        (MesgNum::UserProfile, "age", "38"),
        (MesgNum::UserProfile, "resting_heart_rate", "50"),
        (MesgNum::ZonesTarget, "max_heart_rate", "190"),
        (MesgNum::ZonesTarget, "threshold_heart_rate", "170"),
        (MesgNum::Workout, "wkt_name", "Recovery Run"),
        (MesgNum::WorkoutStep, "duration_time", "1800"),
        (MesgNum::Session, "sport", "running"),
        (MesgNum::Session, "sport_profile_name", "Run"),
        (MesgNum::Session, "workout_rpe", "30"),
        (MesgNum::Session, "workout_feel", "50"),
        (MesgNum::Session, "total_timer_time", "1800"),
        (MesgNum::Session, "num_laps", "5"),
        (MesgNum::TimeInZone, "reference_mesg", "session"),
        (MesgNum::TimeInZone, "hr_calc_type", "percent_max_hr"),
        (MesgNum::Event, "event_type", "stop_all"),
    ];
    for (kind, name, value) in said {
        let found = readings(RATED, kind);
        assert_eq!(found.get(name).map(String::as_str), Some(value), "{kind:?}: {found:?}");
    }
}

#[test]
fn other_decoders_find_the_wrist() {
    let devices = readings("2026-05-13_recovery_30min.fit", MesgNum::DeviceInfo);
    assert!(devices.values().any(|value| value == "whr"), "{devices:?}");
}

#[test]
fn the_folder_stays_small() {
    let bytes: usize = generated().map(|(_, bytes)| bytes.len()).sum();
    assert!(bytes < 2_000_000, "{bytes} bytes");
}
