//! The watch's own word for what a run trained: it is in the row, labels nothing, and points
//! somewhere only where nothing better does.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

use crate::fixtures::fit_activity::{Notes, Sensor, activity_file};
use crate::fixtures::run::{CalendarEntry, Fault, RECOVERY_SPEED, level, record};

const SECONDS: u32 = 1800;

/// Half an hour of somebody unknown, in which the wrist counts steps instead of beats.
fn counted_steps(benefit: Option<u8>) -> Vec<u8> {
    let track = record(&CalendarEntry {
        start: 1_777_000_000,
        pieces: vec![level(SECONDS, RECOVERY_SPEED)],
        faults: vec![Fault::CadenceLock(0, SECONDS + 1)],
        ..CalendarEntry::default()
    });
    let sensor = Sensor::Wrist;
    activity_file(&track, &Notes { benefit, sensor, stranger: true, ..Notes::default() })
}

/// A folder with that run under a name, and what a command says of it as one line of JSON.
fn told(command: &[&str], name: &str, benefit: Option<u8>, settings: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), counted_steps(benefit)).unwrap();
    std::fs::write(folder.path().join("talktest.toml"), settings).unwrap();
    let done = program(command, folder.path());
    serde_json::from_slice(&done).unwrap()
}

fn program(arguments: &[&str], folder: &Path) -> Vec<u8> {
    let mut command = Command::cargo_bin("talktest").unwrap();
    command.args(arguments).arg(folder).assert().code(0).get_output().stdout.clone()
}

fn audited(benefit: Option<u8>, settings: &str) -> Value {
    let audit = ["audit", "--format", "json", "--no-logbook"];
    told(&audit, "2026-04-24_recovery.fit", benefit, settings)["runs"][0]["audit"].clone()
}

#[test]
fn it_points_somewhere_where_the_lines_are_a_guess() {
    let leanings = [(1, "easy"), (2, "easy"), (4, "hard"), (5, "hard")];
    for (benefit, leaning) in leanings {
        let audit = audited(Some(benefit), "");
        assert_eq!(audit["verdict"], "cannot_judge", "{audit:#}");
        assert_eq!(audit["leaning"], leaning, "{benefit}");
    }
    for benefit in [None, Some(0), Some(3), Some(6), Some(7), Some(8)] {
        assert_eq!(audited(benefit, "")["leaning"], Value::Null, "{benefit:?}");
    }
}

#[test]
fn it_points_nowhere_where_the_lines_are_known() {
    let known = "[[athlete.heart_rate]]\nmax = 190\nmax_source = \"tested\"\nresting = 50\n";
    let audit = audited(Some(2), known);
    assert_eq!((&audit["verdict"], &audit["leaning"]), (&"cannot_judge".into(), &Value::Null));
}

#[test]
fn it_is_in_the_row_in_plain_words() {
    let row = |benefit| told(&["measure"], "run.fit", benefit, "")["row"]["said"].clone();
    assert_eq!(row(Some(1))["primary_benefit"], "recovery");
    assert_eq!(row(Some(5))["primary_benefit"], "vo2max");
    assert_eq!(row(None)["primary_benefit"], Value::Null);
}

#[test]
fn it_is_never_a_label() {
    let all = ["audit", "--format", "json", "--no-logbook", "--all"];
    let run = &told(&all, "run.fit", Some(1), "")["runs"][0];
    assert_eq!((&run["label"]["kind"], &run["audit"]), (&"none".into(), &Value::Null), "{run:#}");
}
