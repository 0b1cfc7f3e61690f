//! The generated season through the built command: every verdict as constructed.
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn season() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season"))
}

fn audit(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_talktest"))
        .arg("audit")
        .arg(season())
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn document(arguments: &[&str]) -> Value {
    serde_json::from_slice(&audit(&[&["--format", "json"], arguments].concat())).unwrap()
}

fn deciding<'a>(run: &'a Value, result: &str) -> Vec<&'a str> {
    run["audit"]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] != "advisory" && finding["result"] == result)
        .filter_map(|finding| finding["criterion"].as_str())
        .collect()
}

#[test]
fn every_recovery_run_gets_its_verdict() {
    let document = document(&[]);
    let by_path: BTreeMap<&str, &Value> = document["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| (run["sources"][0]["path"].as_str().unwrap(), run))
        .collect();
    let mut judged = 0;
    for file in crate::fixtures::season::season() {
        let Some(expected) = file.expected else { continue };
        let run = by_path[file.path.as_str()];
        assert_eq!(
            run["audit"]["verdict"], expected.verdict,
            "{}: {}",
            file.path, expected.because
        );
        if let Some(criterion) = expected.criterion {
            let result = match expected.verdict {
                "slipped" => "slip",
                "not_recovery" => "fail",
                _ => "cannot",
            };
            let deciding = deciding(run, result);
            assert!(
                deciding.contains(&criterion),
                "{}: {criterion} not in {deciding:?}",
                file.path
            );
        }
        judged += 1;
    }
    assert_eq!(judged, by_path.len(), "a run was judged that the season does not know");
    assert_eq!(document["athletes"][0]["recovery"]["runs"], judged);
}

#[test]
fn every_file_is_accounted_for() {
    let document = document(&["--all"]);
    let files = &document["files"];
    let count = |key: &str| files[key].as_u64().unwrap();
    assert_eq!(
        count("seen"),
        count("with_runs") + count("not_runs") + count("duplicates") + count("failed")
    );
    assert_eq!(document["runs"].as_array().unwrap().len() as u64, count("runs"));
    assert_eq!(document["problems"][0]["path"], "broken_off.fit");
    assert_eq!(document["problems"][0]["kind"], "truncated");
}

#[test]
fn threads_and_repetition_change_nothing() {
    let one = audit(&["--format", "json", "--all", "--jobs", "1"]);
    let two = audit(&["--format", "json", "--all", "--jobs", "2"]);
    assert_eq!(one, two);
    assert_eq!(one, audit(&["--format", "json", "--all", "--jobs", "1"]));
}

#[test]
fn zone_seconds_add_up_to_the_timer() {
    for run in document(&["--all"])["runs"].as_array().unwrap() {
        let zones = &run["metrics"]["time_in_zone"];
        if run["metrics"]["heart_rate"]["raw_mean_bpm"].is_null() {
            assert!(zones.is_null(), "{}: no heart rate lies in no zone", run["id"]);
            continue;
        }
        let seconds: f64 =
            zones["seconds"].as_array().unwrap().iter().filter_map(Value::as_f64).sum();
        let timer = run["metrics"]["timer_s"].as_f64().unwrap();
        let all = seconds + zones["missing_s"].as_f64().unwrap();
        assert!((all - timer).abs() <= 0.5, "{}: {all} of {timer}", run["id"]);
        let bounds = zones["bounds_bpm"].as_array().unwrap().len();
        assert_eq!(zones["seconds"].as_array().unwrap().len(), bounds + 1);
    }
}

#[test]
fn the_order_of_arguments_changes_nothing_but_names() {
    let verdicts = |paths: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_talktest"))
            .args(["audit", "--format", "json", "--config"])
            .arg(season().join("talktest.toml"))
            .args(paths.iter().map(|path| season().join(path)))
            .output()
            .unwrap();
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        document["runs"].clone()
    };
    let (first, second) = ("2026-04-20_recovery.fit", "activity_593770.gpx");
    assert_eq!(verdicts(&[first, second]), verdicts(&[second, first]));
}

#[test]
fn the_table_reads_as_it_did() {
    for columns in ["60", "80", "120"] {
        let output = Command::new(env!("CARGO_BIN_EXE_talktest"))
            .arg("audit")
            .arg("fixtures/season")
            .env("COLUMNS", columns)
            .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let table = String::from_utf8(output.stdout).unwrap();
        insta::with_settings!({snapshot_suffix => columns}, {
            insta::assert_snapshot!("the_table_reads_as_it_did", table);
        });
    }
}

#[test]
fn a_week_and_a_month_of_which_days_are_left_out_are_marked() {
    // A Wednesday to a Tuesday: both weeks and both months are cut, those between are not.
    let days = ["--since", "2026-04-15", "--until", "2026-06-02"];
    let athlete = document(&days)["athletes"][0].clone();
    let cut = |key: &str, name: &str| -> Vec<(String, bool)> {
        let all = athlete[key].as_array().unwrap().iter();
        all.map(|one| (one[name].as_str().unwrap().to_owned(), one["cut"].as_bool().unwrap()))
            .collect()
    };
    let weeks = cut("weeks", "monday");
    assert_eq!(weeks.first(), Some(&("2026-04-13".to_owned(), true)));
    assert_eq!(weeks.last(), Some(&("2026-06-01".to_owned(), true)));
    assert_eq!(weeks.iter().filter(|(_, is_cut)| *is_cut).count(), 2);
    let months: Vec<bool> = cut("months", "month").into_iter().map(|(_, is_cut)| is_cut).collect();
    assert_eq!(months.first(), Some(&true));
    assert!(months.contains(&false));

    let table = String::from_utf8(audit(&[&["--all", "-v"], days.as_slice()].concat())).unwrap();
    assert!(table.contains("2026-04-13* ") && table.contains("2026-04-20  "), "{table}");
    assert!(table.contains("* a part of the week"), "{table}");
    assert!(table.contains("in 2026-04 (part of it)"), "{table}");
    let whole = String::from_utf8(audit(&["--all", "-v"])).unwrap();
    assert!(!whole.contains("part of"), "{whole}");
}
