//! Clocks that were wrong, set during the run, or never set.

use super::{ALL, KEPT, MORNING, Right, assert_file_right, assert_right, in_formats, reviewed};
use crate::fixtures::exports::zip_of;
use crate::fixtures::faulty_recording::{FaultyRecording, START, steady};
use crate::fixtures::table_writer::{Entry, strava_table};
use talktest::decode::ProblemKind;

const DAY: i64 = 86_400;

fn off_by(records: std::ops::Range<usize>, seconds: i64) -> FaultyRecording {
    steady(30).with(|k, reading| {
        if records.contains(&k) {
            reading.time += seconds as f64;
        }
    })
}

#[test]
fn a_few_records_of_another_day_are_not_of_this_run() {
    let rest_of_another_run = |days: i64| {
        off_by(0..11, days * DAY).with(|k, reading| {
            if k < 11 {
                reading.heart_rate = Some(70);
            }
        })
    };
    let right = Right { moving_min: 29.92, timer_min: 29.92, distance: None, ..KEPT };
    for days in [-6, -400] {
        let run = rest_of_another_run(days);
        assert_right(&run, &["fit", "tcx"], right);
        assert_right(
            &run,
            &["gpx"],
            Right {
                moving_min: 29.8,
                timer_min: 29.8,
                start: "2026-03-10T08:00:11+01:00",
                ..right
            },
        );
    }
    let right = Right { moving_min: 29.91, timer_min: 29.91, ..right };
    for days in [6, -6] {
        assert_right(&off_by(1_790..1_801, days * DAY), ALL, right);
    }
}

#[test]
fn a_clock_that_is_set_forward_loses_no_time() {
    for hours in [1, 5, 8, 24 * 365 * 20] {
        for at in [60, 900] {
            let set = off_by(0..at, -3_600 * hours);
            let timer = (START - 3_600 * hours, START + 1_800);
            let right = Right { moving_min: 30.0, ..KEPT };
            // Without totals an hour may have been a pause; a night may not.
            let formats: &[&str] = if hours < 6 { &["fit"] } else { ALL };
            assert_right(&FaultyRecording { timer, ..set }, formats, right);
        }
    }
}

#[test]
fn a_clock_that_is_set_back_loses_no_time() {
    for seconds in [30, 300, 3_600, 4 * 3_600, 3 * DAY] {
        for at in [60, 900] {
            let set = off_by(0..at, seconds);
            let timer = (START + seconds, START + 1_800);
            assert_right(&FaultyRecording { timer, ..set }, ALL, KEPT);
        }
    }
}

#[test]
fn a_clock_that_is_lost_during_the_run_goes_on() {
    for lost in [631_065_600, 946_684_800] {
        let seconds = lost - START - 900;
        assert_right(&off_by(900..1_801, seconds), ALL, KEPT);
    }
    assert_right(&off_by(900..1_801, -START - 900), &["gpx", "tcx"], KEPT);
}

/// A run by a clock that began then.
fn unset(began: i64) -> FaultyRecording {
    let run = off_by(0..1_801, began - START);
    FaultyRecording { stated_start: began, timer: (began, began + 1_800), ..run }
}

/// 1970, 1989-12-31, 2000-01-01 and 1,024 weeks ago, each a few minutes after.
const BEGAN: [i64; 4] = [100, 631_065_700, 946_684_900, START - 1_024 * 7 * DAY];

fn formats_of(began: i64) -> &'static [&'static str] {
    if began < 631_065_600 { &["gpx", "tcx"] } else { ALL }
}

#[test]
fn the_table_of_an_export_says_when_it_was() {
    for began in BEGAN {
        for (name, bytes) in in_formats(&unset(began), formats_of(began)) {
            let file = format!("activities/{name}");
            let entry = Entry {
                start: START,
                elapsed: 1_800,
                name: "Recovery",
                kind: "Run",
                file: &file,
                ..Entry::default()
            };
            let table = strava_table(&[entry]).into_bytes();
            let review =
                reviewed(vec![("activities.csv".to_owned(), table), (file.clone(), bytes)]);
            assert_eq!(review.runs[0].start.time.to_rfc3339(), MORNING, "{file} of {began}");
            let told: Vec<_> = review.problems.iter().map(|problem| problem.problem.kind).collect();
            assert_eq!(told, [ProblemKind::ClockNotSet], "{file} of {began}");
            assert!(review.problems[0].problem.detail.contains("activities.csv"));
        }
    }
}

#[test]
fn a_summary_without_a_file_name_finds_its_recording_by_its_length() {
    let summary = r#"[{"summarizedActivitiesExport":[{"activityId":1,"name":"Recovery","activityType":"running",
        "startTimeGmt":1773126000000,"duration":1800000,"elapsedDuration":1800000}]}]"#;
    let table = ("a_summarizedActivities.json".to_owned(), summary.as_bytes().to_vec());
    let run = |name: &str| (name.to_owned(), unset(631_065_700).fit());
    let review = reviewed(vec![table.clone(), run("1.fit")]);
    assert_eq!(review.runs[0].start.time.to_rfc3339(), MORNING);
    // Of two that fit nobody knows which it was.
    let other = ("2.fit".to_owned(), unset(631_065_700).with(|_, r| r.heart_rate = Some(99)).fit());
    let review = reviewed(vec![table, run("1.fit"), other]);
    assert!(review.runs.iter().all(|run| run.start.time.to_rfc3339().starts_with("1989")));
    assert_eq!(review.files.unrecorded, 1);
}

#[test]
fn the_name_of_the_file_says_when_it_was() {
    for began in BEGAN {
        for (name, bytes) in in_formats(&unset(began), formats_of(began)) {
            let named = format!("2026-03-10-08-00-00_{name}");
            assert_file_right((named, bytes), KEPT);
        }
    }
}

#[test]
fn where_nothing_says_when_it_was_that_is_said() {
    for file in in_formats(&unset(631_065_700), ALL) {
        let name = file.0.clone();
        let review = reviewed(vec![file]);
        assert_eq!(review.problems[0].problem.kind, ProblemKind::ClockNotSet, "{name}");
        assert_eq!(review.runs.len(), 1, "{name}");
    }
}

#[test]
fn an_export_as_it_is_downloaded_says_so_too() {
    let file = "activities/1.fit";
    let entry = Entry {
        start: START,
        elapsed: 1_800,
        name: "Recovery",
        kind: "Run",
        file,
        ..Entry::default()
    };
    let files = [
        ("activities.csv".to_owned(), strava_table(&[entry]).into_bytes()),
        (file.to_owned(), unset(631_065_700).fit()),
    ];
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("export.zip"), zip_of(&files)).unwrap();
    let output = assert_cmd::Command::cargo_bin("talktest")
        .unwrap()
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .args(["audit", "--no-logbook", "--format", "json"])
        .arg(folder.path())
        .output()
        .unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["runs"][0]["local_start"], MORNING);
    assert_eq!(found["problems"][0]["kind"], "clock_not_set");
}
