//! What a hostile file may take, measured on the built command: its peak of memory and the time of
//! its processor.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use wait4::Wait4;

use crate::fixtures::exports::zip_of;

/// More is not taken for any file, whatever it holds.
const MOST_BYTES: u64 = 400 << 20;

/// The peak of memory that a measurement of this folder takes.
fn peak_bytes(folder: &Path) -> u64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
    command.env("XDG_CONFIG_HOME", folder).arg("measure").arg(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let used = command.spawn().unwrap().wait4().unwrap();
    assert!(used.status.success(), "{:?}", used.status);
    used.rusage.maxrss
}

fn assert_bounded(name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let peak = peak_bytes(folder.path());
    assert!(peak <= MOST_BYTES, "{name} of {} bytes: {} MiB", bytes.len(), peak >> 20);
    // A peak that is not measured would hold any bound.
    assert!(peak > 1 << 20, "{name}: {peak}");
}

fn gz(parts: impl Iterator<Item = String>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    parts.for_each(|part| encoder.write_all(part.as_bytes()).unwrap());
    encoder.finish().unwrap()
}

const POINT: &str = "<trkpt lat='52' lon='13'><time>2026-05-01T08:00:00Z</time></trkpt>";

#[test]
fn a_name_of_a_hundred_megabytes_is_bounded() {
    let megabyte = "a".repeat(1 << 20);
    let head = "<gpx version='1.1' creator='c'><trk><name>".to_owned();
    let end = format!("</name><trkseg>{POINT}{POINT}</trkseg></trk></gpx>");
    let parts = [head].into_iter().chain(std::iter::repeat_n(megabyte, 60)).chain([end]);
    assert_bounded("name.gpx.gz", &gz(parts));
}

#[test]
fn laps_without_end_are_bounded() {
    let laps = "<Lap StartTime='2026-05-01T08:00:00Z'><TotalTimeSeconds>1</TotalTimeSeconds></Lap>";
    let laps = laps.repeat(1_000);
    let head =
        "<TrainingCenterDatabase><Activities><Activity Sport='Running'><Id>x</Id>".to_owned();
    let end = "</Activity></Activities></TrainingCenterDatabase>".to_owned();
    let parts = [head].into_iter().chain(std::iter::repeat_n(laps, 300)).chain([end]);
    assert_bounded("laps.tcx.gz", &gz(parts));
}

#[test]
fn zeros_within_archives_within_archives_are_bounded() {
    let zeros = zip_of(&[("zeros.gpx".to_owned(), vec![0; 100 << 20])]);
    let inner = zip_of(&[("a.zip".to_owned(), zeros.clone()), ("b.zip".to_owned(), zeros)]);
    assert_bounded("outer.zip", &zip_of(&[("inner.zip".to_owned(), inner)]));
}
