//! `talktest note`: one line of the notes, and what it changes.

use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");

fn folder_of(runs: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in runs {
        std::fs::copy(Path::new(SEASON).join(from), folder.path().join(to)).unwrap();
    }
    folder
}

fn note(folder: &Path, arguments: &[&str]) -> Assert {
    let mut command = Command::cargo_bin("talktest").unwrap();
    command.current_dir(folder).env("XDG_CONFIG_HOME", folder).env("TALKTEST_LOGBOOK", "none");
    command.arg("note").args(arguments).assert()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The verdict and the planned end that an audit finds for the only run of a folder.
fn audited(folder: &Path) -> Value {
    let mut command = Command::cargo_bin("talktest").unwrap();
    command.env("XDG_CONFIG_HOME", folder).args(["audit", "--all", "--format", "ndjson"]);
    let done = command.arg(folder).assert().code(0);
    serde_json::from_slice(&done.get_output().stdout).unwrap()
}

#[test]
fn a_note_is_written_and_judged() {
    let folder = folder_of(&[("2026-03-31-18-15-00.fit", "run.fit")]);
    let done = note(folder.path(), &["2026-03-31", "--label", "recovery", "--planned", "30"]);
    let shown = text(&done.code(0).get_output().stdout);
    assert!(shown.contains("notes.csv, line 2: 2026-03-31,run.fit,recovery,30"), "{shown}");
    assert!(shown.contains("Before: not labelled recovery"), "{shown}");
    let first = audited(folder.path());
    let verdict = first["audit"]["verdict"].as_str().unwrap().replace('_', " ");
    assert!(shown.contains(&format!("Now:    {verdict}. ")), "{verdict}: {shown}");
    assert_eq!(first["label"]["source"], "notes");
    // A second note about the same run goes into the same line.
    note(folder.path(), &["run.fit", "--rpe", "6"]).code(0);
    let notes = std::fs::read_to_string(folder.path().join("notes.csv")).unwrap();
    let head = "date,file,label,planned_minutes,rpe,feel,next_morning\n";
    assert_eq!(notes, format!("{head}2026-03-31,run.fit,recovery,30,6\n"));
    let findings = audited(folder.path())["audit"]["findings"].clone();
    let is_rating = |finding: &&Value| finding["criterion"] == "effort-rating";
    let rating = findings.as_array().unwrap().iter().find(is_rating).unwrap();
    assert_eq!(rating["result"], "fail", "{rating}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "nothing else is left: {left:?}");
}

#[test]
fn a_line_for_the_whole_day_is_filled_where_one_run_is_meant() {
    let folder = folder_of(&[("2026-04-29-07-30-00.fit", "run.fit")]);
    let notes = folder.path().join("notes.csv");
    std::fs::write(&notes, "date;label;mine\r\n2026-04-29;recovery;slept badly\r\n").unwrap();
    note(folder.path(), &["--feel", "75", "--next-morning", "same"]).code(0);
    let written = std::fs::read_to_string(&notes).unwrap();
    let expected = "date;label;mine;file;feel;next_morning\r\n\
                    2026-04-29;recovery;slept badly;run.fit;75;same\r\n";
    assert_eq!(written, expected);
}

#[test]
fn two_runs_of_a_day_are_named_and_nothing_is_written() {
    let runs = [("2026-04-29-07-30-00.fit", "a.fit"), ("2026-04-20_recovery.fit", "b.fit")];
    let folder = folder_of(&runs);
    std::fs::write(
        folder.path().join("c.gpx"),
        "<gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><type>running</type><trkseg>\
         <trkpt lat=\"0\" lon=\"0\"><time>2026-04-29T17:00:00Z</time></trkpt>\
         <trkpt lat=\"0\" lon=\"0.02\"><time>2026-04-29T17:12:00Z</time></trkpt></trkseg></trk></gpx>",
    )
    .unwrap();
    let refused = note(folder.path(), &["2026-04-29", "--rpe", "2"]).code(2);
    let told = text(&refused.get_output().stderr);
    assert!(told.contains("2 runs may be meant") && told.contains("a.fit"), "{told}");
    assert!(told.contains("c.gpx") && !told.contains("b.fit"), "{told}");
    assert!(!folder.path().join("notes.csv").exists());
    note(folder.path(), &["c.gpx", "--rpe", "2"]).code(0);
    let notes = std::fs::read_to_string(folder.path().join("notes.csv")).unwrap();
    assert!(notes.contains("2026-04-29,c.gpx,,,2\n"), "{notes}");
}

#[test]
fn what_an_audit_would_not_read_is_refused() {
    let folder = folder_of(&[("2026-04-29-07-30-00.fit", "run.fit")]);
    for (arguments, word) in [
        (&["--rpe", "11"][..], "0–10"),
        (&["--label", "jog-a-log"], "no kind of run"),
        (&["--planned", "-5"], "--planned"),
        (&["2026-04-28", "--rpe", "2"], "no run of 2026-04-28"),
        (&["other.fit", "--rpe", "2"], "does not exist"),
        (&["2026-04-29"], "--next-morning"),
    ] {
        let refused = note(folder.path(), arguments).code(2);
        let told = text(&refused.get_output().stderr);
        assert!(told.contains(word), "{arguments:?}: {told}");
        assert!(!folder.path().join("notes.csv").exists(), "{arguments:?}");
    }
    std::fs::write(folder.path().join("notes.csv"), "shopping,price\nshoes,120\n").unwrap();
    let refused = note(folder.path(), &["--rpe", "2"]).code(2);
    assert!(text(&refused.get_output().stderr).contains("does not name columns of notes"));
}
