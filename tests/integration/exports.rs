//! Exports of whole accounts through the built command, as folder and as the archive downloaded.
#[allow(unused_imports, reason = "its own tests run elsewhere")]
use std::path::Path;

use crate::fixtures::exports::{day_of, garmin_export, strava_export, zip_of};
use crate::support::export_folder as folder;
use assert_cmd::Command;
use serde_json::Value;

/// Two weeks.
const DAYS: usize = 14;

fn document(folder: &Path) -> Value {
    let output = Command::cargo_bin("talktest")
        .unwrap()
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .args(["audit", "--all", "--format", "json"])
        .arg(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let count = |key: &str| document["files"][key].as_u64().unwrap();
    let parts = ["with_runs", "not_runs", "duplicates", "failed"];
    assert_eq!(count("seen"), parts.into_iter().map(count).sum::<u64>(), "{}", document["files"]);
    document
}

/// What the run of a day is labelled as, who says so, and its verdict.
fn told(document: &Value, day: usize) -> [String; 3] {
    let runs = document["runs"].as_array().unwrap();
    let start = day_of(day);
    let run = runs.iter().find(|run| run["start"].as_str().unwrap().starts_with(&start)).unwrap();
    let label = &run["label"];
    [&label["kind"], &label["source"], &label["by"]]
        .map(|value| value.as_str().unwrap_or_default().rsplit('/').next().unwrap().to_owned())
}

fn assert_labelled(document: &Value, day: usize, expected: [&str; 3]) {
    assert_eq!(told(document, day), expected, "day {day}");
}

#[test]
fn a_strava_export_is_read_with_all_that_its_table_says() {
    let files = strava_export(DAYS);
    let unpacked = folder(&files);
    let found = document(unpacked.path());
    assert_labelled(&found, 0, ["recovery", "strava_tag", "activities.csv"]);
    assert_labelled(&found, 1, ["tempo", "title", "activities.csv"]);
    assert_labelled(&found, 2, ["recovery", "title", "activities.csv"]);
    assert_labelled(&found, 5, ["race", "strava_tag", "activities.csv"]);
    assert_labelled(&found, 6, ["long", "strava_tag", "activities.csv"]);
    assert_labelled(&found, 4, ["none", "", ""]);
    assert_eq!(found["files"]["unrecorded"], 1, "the activity written down by hand");
    let missing: Vec<&Value> = found["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["kind"] == "missing_file")
        .collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0]["path"], "activities.csv");
    let findings = found["runs"][0]["audit"]["findings"].as_array().unwrap();
    let of = |id: &str| findings.iter().find(|one| one["criterion"] == id).unwrap();
    assert_eq!(
        (&of("effort-rating")["unit"], &of("effort-rating")["result"]),
        (&"Strava".into(), &"pass".into())
    );
    assert!(of("heat-altitude")["text"].as_str().unwrap().contains("14 °C"));
    let packed = folder(&[("export.zip".to_owned(), zip_of(&files))]);
    let inside = document(packed.path());
    for day in 0..DAYS {
        if day % 7 != 3 {
            assert_eq!(told(&inside, day), told(&found, day), "day {day}");
        }
    }
    assert_eq!(inside["athletes"], found["athletes"]);
}

#[test]
fn a_garmin_export_is_read_with_its_summaries() {
    let files = garmin_export(DAYS);
    let found = document(folder(&[("export.zip".to_owned(), zip_of(&files))]).path());
    let table = "runner_0_summarizedActivities.json";
    assert_labelled(&found, 1, ["tempo", "title", table]);
    assert_labelled(&found, 2, ["recovery", "title", table]);
    // The watch says of every run that it trained recovery: that is an outcome, not a label.
    assert_labelled(&found, 0, ["none", "", ""]);
    assert_labelled(&found, 4, ["none", "", ""]);
    assert_eq!(found["files"]["not_runs"], 1 + 5 * DAYS + 2, "table, files of the watch, rides");
    assert_eq!(found["files"]["unrecorded"], 0);
    let unpacked = document(folder(&files).path());
    for day in (0..DAYS).filter(|day| day % 7 != 3) {
        assert_eq!(told(&unpacked, day), told(&found, day), "day {day}");
    }
}

#[test]
fn both_exports_of_one_runner_are_one_season() {
    let both = folder(&[
        ("strava.zip".to_owned(), zip_of(&strava_export(DAYS))),
        ("garmin.zip".to_owned(), zip_of(&garmin_export(DAYS))),
    ]);
    let found = document(both.path());
    assert_eq!(found["files"]["runs"], DAYS - 2, "two of the fourteen are rides");
    assert_eq!(found["files"]["duplicates"], DAYS);
    let run = &found["runs"][0];
    assert_eq!(run["sources"].as_array().unwrap().len(), 2);
    assert_eq!(run["label"]["source"], "strava_tag");
}
