//! What lies beside recordings, through the built command: titles, files that are missing, folders of
//! several people, and exports of which only a part is read.

use std::path::Path;

use crate::fixtures::faulty_recording::{FaultyRecording, steady};
use crate::fixtures::season::season;
use crate::support::export_folder as folder;
use assert_cmd::Command;
use serde_json::Value;

fn talktest(folder: &Path, arguments: &[&str]) -> std::process::Output {
    Command::cargo_bin("talktest")
        .unwrap()
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .args(["audit", "--no-logbook"])
        .args(arguments)
        .arg(folder)
        .output()
        .unwrap()
}

fn document(folder: &Path) -> Value {
    let output = talktest(folder, &["--all", "--format", "json"]);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn of_season(name: &str) -> Vec<u8> {
    season().into_iter().find(|file| file.path == name).unwrap().bytes
}

#[test]
fn a_label_from_notes_does_not_take_the_place_of_the_title() {
    let notes = b"date,label\n2026-04-03,recovery\n".to_vec();
    let runs = folder(&[
        ("2026-04-03-18-15-00.fit", of_season("2026-04-03-18-15-00.fit")),
        ("notes.csv", notes),
    ]);
    let table = String::from_utf8(talktest(runs.path(), &[]).stdout).unwrap();
    assert!(table.contains("Tempo 3x10min"), "{table}");
    let mail = String::from_utf8(talktest(runs.path(), &["--format", "markdown"]).stdout).unwrap();
    assert!(mail.contains("Tempo 3x10min"), "{mail}");
}

#[test]
fn nobody_need_name_a_notes_file_of_the_usual_name() {
    let runs = folder(&[("2026-04-03-18-15-00.fit", of_season("2026-04-03-18-15-00.fit"))]);
    let table = String::from_utf8(talktest(runs.path(), &[]).stdout).unwrap();
    assert!(table.contains("notes.csv") && !table.contains("[notes]"), "{table}");
}

#[test]
fn all_files_that_the_settings_name_in_vain_are_named_at_once() {
    let settings = b"[notes]\nfile = 'no.csv'\n[plan]\nfile = 'neither.csv'\n".to_vec();
    let runs = folder(&[("a.gpx", steady(12).gpx()), ("talktest.toml", settings)]);
    let output = talktest(runs.path(), &[]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("no.csv") && told.contains("neither.csv"), "{told}");
}

/// A run of another runner at the same time.
fn elsewhere() -> FaultyRecording {
    steady(25).with(|_, reading| {
        reading.place = reading.place.map(|(north, east)| (north + 1.0, east));
        reading.distance = reading.distance.map(|metres| 2.0 * metres);
        reading.speed = Some(5.2);
    })
}

fn later(mut run: FaultyRecording, days: i64) -> Vec<u8> {
    run.readings.iter_mut().for_each(|reading| reading.time += 86_400.0 * days as f64);
    run.stated_start += 86_400 * days;
    run.tcx()
}

#[test]
fn folders_that_look_like_two_peoples_are_pointed_out() {
    let files = |of_ben: fn() -> FaultyRecording| -> Vec<(String, Vec<u8>)> {
        let of_day = |day: i64| {
            [
                (format!("anna/{day}.tcx"), later(steady(30), day)),
                (format!("ben/{day}.tcx"), later(of_ben(), day)),
            ]
        };
        (0..3).flat_map(of_day).collect()
    };
    let told = |files: &[(String, Vec<u8>)], settings: &str| {
        let mut all: Vec<(&str, Vec<u8>)> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        all.push(("talktest.toml", settings.as_bytes().to_vec()));
        let found = document(folder(&all).path());
        let problems = found["problems"].as_array().unwrap().clone();
        problems.into_iter().filter(|problem| problem["kind"] == "no_athlete").collect::<Vec<_>>()
    };
    let of_two = told(&files(elsewhere), "");
    assert_eq!(of_two.len(), 1, "{of_two:?}");
    assert!(of_two[0]["detail"].as_str().unwrap().starts_with("3 recordings"), "{of_two:?}");
    assert_eq!(of_two[0]["path"], "anna");
    // Copies are one runner's, and who is named needs no word.
    assert!(told(&files(|| steady(30)), "").is_empty());
    let named = "[athletes.anna]\nfolder = 'anna'\n[athletes.ben]\nfolder = 'ben'\n";
    assert!(told(&files(elsewhere), named).is_empty());
}
