//! The season as TCX, and every TCX of the corpus where it is there, against the `tcx` crate, which reads
//! sound files by the schema, and against what the corpus itself says of each.
#![allow(clippy::print_stderr, reason = "the summary is what the test is for")]
use std::collections::BTreeMap;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use talktest::activity::{Activity, Position, Record};
use talktest::decode::tcx::FORMAT;
use talktest::decode::{Decoded, Limits, ProblemKind, Refusal, decode};
use talktest::units::{Metres, Seconds};

use crate::support::own_files;

/// Files that the corpus counts otherwise than they are read, and why.
const EXCEPTIONS: [(&str, &str); 3] = [
    ("gtrnctr-readcp.tcx", "a course, whose points nobody ran"),
    ("activity_217470507.tcx", "its clock was never set: 1989"),
    ("Invalid_TCX.tcx", "not XML from line 61 on; the corpus was counted by a guessing parser"),
];

fn exception(path: &Path) -> Option<&'static str> {
    let name = path.to_string_lossy();
    EXCEPTIONS.iter().find(|(file, _)| name.ends_with(file)).map(|(_, why)| *why)
}

const FOLDERS: [&str; 3] = ["tcx", "broken", "broken/synthetic"];

fn files(corpus: &Path) -> Vec<PathBuf> {
    let folders = FOLDERS.map(|name| corpus.join(name));
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let paths = entries.flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "tcx")).collect();
    paths.sort();
    paths
}

fn records(decoded: &Decoded) -> impl Iterator<Item = &Record> {
    decoded.activities.iter().flat_map(|activity| &activity.records)
}

/// The number at the beginning of such warnings.
fn told(decoded: &Decoded, kind: ProblemKind) -> usize {
    let of_kind = decoded.warnings.iter().filter(|warning| warning.kind == kind);
    of_kind.filter_map(|w| w.detail.split(' ').next()?.parse::<usize>().ok()).sum()
}

#[test]
fn every_file_of_the_corpus_opens_or_says_why_not() {
    let Some(corpus) = crate::support::beside("corpus") else { return };
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for path in files(&corpus) {
        let bytes = std::fs::read(&path).unwrap();
        let outcome = match decode(&bytes, &Limits::default()) {
            Ok((decoded, format)) => {
                assert_eq!(format.id, "tcx", "{}", path.display());
                let kinds: Vec<_> = decoded.warnings.iter().map(|w| w.kind).collect();
                format!("opened, warnings {kinds:?}")
            }
            Err(Refusal::NotAnActivity(what)) => format!("no activity: {what}"),
            Err(Refusal::Unusable(problem)) => format!("unusable: {:?}", problem.kind),
        };
        *outcomes.entry(outcome).or_default() += 1;
    }
    for (outcome, files) in &outcomes {
        eprintln!("{files:4} {outcome}");
    }
    let expected = [
        ("no activity: a TCX file without activities", 4),
        ("no activity: a course", 1),
        ("opened, warnings [ClockNotSet]", 1),
        ("opened, warnings [Irregular]", 1),
        ("opened, warnings [Malformed]", 1),
        ("opened, warnings [TimeBackwards]", 1),
        ("opened, warnings [Truncated]", 1),
        ("opened, warnings []", 74),
        ("unusable: UnknownFormat", 1),
    ];
    assert_eq!(outcomes, expected.map(|(outcome, files)| (outcome.to_owned(), files)).into());
}

#[test]
fn the_corpus_says_the_same_of_every_file() {
    let Some(corpus) = crate::support::beside("corpus") else { return };
    let mut manifest = csv::Reader::from_path(corpus.join("manifest.csv")).unwrap();
    let mut checked = 0;
    for row in manifest.deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        let path = corpus.join(&row["path"]);
        if row["format"] != "TCX" || row["n_records"].is_empty() || row["n_records"] == "0" {
            continue;
        }
        if let Some(why) = exception(&path) {
            eprintln!("left out: {}, {why}", row["path"]);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let decoded = (FORMAT.decode)(&bytes, &Limits::default()).unwrap();
        compare_with_row(&row, &decoded);
        checked += 1;
    }
    eprintln!("{checked:4} files of which the corpus says the same");
    assert!(checked > 70, "only {checked} files were compared");
}

fn compare_with_row(row: &BTreeMap<String, String>, decoded: &Decoded) {
    let path = &row["path"];
    let number = |column: &str| row[column].parse::<f64>().ok();
    let left_out = told(decoded, ProblemKind::TimeBackwards);
    assert_eq!(Some((records(decoded).count() + left_out) as f64), number("n_records"), "{path}");
    let with_heart_rate = records(decoded).filter(|record| record.heart_rate_bpm.is_some());
    assert_eq!(Some(with_heart_rate.count() as f64), number("n_hr"), "{path}");
    let first = decoded.activities[0].records[0].time.date_time().expect("a year of four digits");
    assert_eq!(first.format("%Y-%m-%dT%H:%M:%SZ").to_string(), row["start_utc"], "{path}");
    let [activity] = &decoded.activities[..] else { panic!("{path} has several activities") };
    let stated = activity.stated;
    if let (Some(mean), Some(said)) = (stated.mean_heart_rate_bpm, number("avg_hr")) {
        assert!((f64::from(mean) - said).abs() <= 0.51, "{path}: {mean}, not {said} bpm");
    }
    let duration = stated.timer.map_or_else(|| recorded_seconds(activity), Seconds::get);
    let said = number("duration_s").expect("a duration");
    assert!((duration - said).abs() <= 1.0, "{path}: {duration}, not {said} s");
    let way = stated.distance.map_or_else(|| recorded_metres(activity), Metres::get);
    let said = number("distance_m").expect("a distance");
    assert!((way - said).abs() <= 0.1, "{path}: {way}, not {said} m");
}

fn recorded_seconds(activity: &Activity) -> f64 {
    let first = activity.records.first().map_or(0, |record| record.time.0);
    let last = activity.records.last().map_or(0, |record| record.time.0);
    (last - first) as f64 / 1000.0
}

fn recorded_metres(activity: &Activity) -> f64 {
    let distances = activity.records.iter().filter_map(|record| record.distance_cm);
    distances.max().map_or(0.0, |centimetres| f64::from(centimetres) / 100.0)
}

#[test]
fn every_point_is_the_oracles() {
    let (mut files_compared, mut points_compared) = (0, 0);
    let files = crate::support::files("tcx", &FOLDERS);
    let least = if files.len() > own_files("tcx").len() { 100 } else { 40 };
    for (name, bytes) in files {
        let Ok(file) = tcx::read(&mut BufReader::new(bytes.as_slice())) else { continue };
        let Some(activities) = file.activities else { continue };
        if exception(Path::new(&name)).is_some() {
            continue;
        }
        let laps = activities.activities.iter().flat_map(|activity| &activity.laps);
        let points = laps.flat_map(|lap| &lap.tracks).flat_map(|track| &track.trackpoints);
        let points: Vec<&tcx::Trackpoint> = points.collect();
        let decoded = (FORMAT.decode)(&bytes, &Limits::default()).unwrap();
        let cycling = decoded.activities[0].sport.name() == "cycling";
        let mut rest = points.iter();
        for (index, record) in records(&decoded).enumerate() {
            let same = rest.find(|point| agrees(record, point, cycling));
            assert!(same.is_some(), "{name}: point {index} {record:?} is not the oracle's");
        }
        let left_out = told(&decoded, ProblemKind::TimeBackwards);
        assert_eq!(records(&decoded).count() + left_out, points.len(), "{name}");
        files_compared += 1;
        points_compared += points.len();
    }
    eprintln!("{points_compared} points of {files_compared} files compared with the tcx crate");
    assert!(files_compared >= least, "the oracle read only {files_compared} files");
}

fn agrees(record: &Record, point: &tcx::Trackpoint, cycling: bool) -> bool {
    let near = |value: Option<f64>, oracle: Option<f64>, by: f64| match (value, oracle) {
        (Some(value), Some(oracle)) => (value - oracle).abs() <= by,
        (value, oracle) => value.is_none() && oracle.is_none(),
    };
    let position = point.position.as_ref();
    let (north, east) = record.position.map(Position::degrees).unzip();
    let heart_rate = point.heart_rate.as_ref().map(|rate| rate.value.round());
    let speed = point.extensions.as_ref().and_then(|all| all.tpx.as_ref()?.speed);
    // The oracle knows no cadence of runners, only the one of cranks.
    let cadence = point.cadence.map(f64::from);
    let steps = record.cadence_centi_spm.map(|hundredths| f64::from(hundredths) / 100.0);
    let steps = steps.filter(|_| cadence.is_some());
    let feet = if cycling { 1.0 } else { 2.0 };
    record.time.0 == point.time.timestamp_millis()
        && near(north, position.map(|at| at.latitude), 1e-6)
        && near(east, position.map(|at| at.longitude), 1e-6)
        && near(record.altitude_m.map(f64::from), point.altitude_meters, 0.01)
        && near(record.distance_cm.map(|cm| f64::from(cm) / 100.0), point.distance_meters, 0.006)
        && near(record.speed_mm_s.map(|mm| f64::from(mm) / 1000.0), speed, 0.0006)
        && near(record.heart_rate_bpm.map(f64::from), heart_rate, 0.0)
        && (near(steps, cadence.map(|count| count * feet), 0.0) || near(steps, cadence, 0.0))
}
