//! Every GPX of the project, and of the corpus where it is there, against the `gpx` crate, which reads
//! whole files by the book.
use std::collections::BTreeMap;

use chrono::DateTime;
use talktest::activity::{Position, Record};
use talktest::decode::gpx::FORMAT;
use talktest::decode::{Decoded, Limits, Problem, ProblemKind, Refusal};

use crate::support::{beside, files, own_files};

const FOLDERS: [&str; 4] = ["gpx", "broken", "broken/synthetic", "crafted"];

#[test]
fn every_file_opens_as_the_oracle_reads_it_or_says_why_not() {
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut compared = 0;
    let files = files("gpx", &FOLDERS);
    let all = files.len() > own_files("gpx").len();
    for (name, bytes) in files {
        let result = (FORMAT.decode)(&bytes, &Limits::default());
        for outcome in outcomes_of(&result) {
            *outcomes.entry(outcome).or_default() += 1;
        }
        if let Ok(decoded) = &result {
            assert!((FORMAT.recognises)(&bytes), "{name} is recognised");
            compared += usize::from(compare(&name, &bytes, decoded));
        }
    }
    for (outcome, files) in &outcomes {
        eprintln!("{files:4} {outcome}");
    }
    eprintln!("{compared:4} compared with the gpx crate, point by point");
    assert!(compared >= if all { 100 } else { 3 }, "the oracle read only {compared} files");
}

fn outcomes_of(result: &Result<Decoded, Refusal>) -> Vec<String> {
    let digits = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "#");
    match result {
        Ok(decoded) => {
            let warning = |problem: &Problem| {
                format!("opened with {:?}: {}", problem.kind, digits(&problem.detail))
            };
            let mut outcomes = vec!["opened".to_owned()];
            outcomes.extend(decoded.warnings.iter().map(warning));
            outcomes
        }
        Err(Refusal::NotAnActivity(what)) => vec![format!("refused: {}", digits(what))],
        Err(Refusal::Unusable(problem)) => {
            vec![format!("refused as {:?}: {}", problem.kind, digits(&problem.detail))]
        }
    }
}

/// The crate reads no heart rate; the writer knows how many points have one.
#[test]
fn heart_rates_are_as_many_as_were_written() {
    for (name, bytes) in own_files("gpx") {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let written = text.matches("<gpxtpx:hr>").count();
        let decoded = (FORMAT.decode)(&bytes, &Limits::default()).unwrap();
        assert_eq!(heart_rates(&decoded), written, "{name}");
    }
}

fn heart_rates(decoded: &Decoded) -> usize {
    let records = decoded.activities.iter().flat_map(|activity| &activity.records);
    records.filter(|record| record.heart_rate_bpm.is_some()).count()
}

/// The same of real files, of which the corpus says how many points have one.
#[test]
fn heart_rates_are_as_many_as_the_corpus_says() {
    let Some(corpus) = beside("corpus") else { return };
    let mut manifest = csv::Reader::from_path(corpus.join("manifest.csv")).unwrap();
    let mut checked = 0;
    for row in manifest.deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        let stated = row["n_hr"].parse::<usize>().unwrap_or(0);
        if row["format"] != "GPX" || stated == 0 {
            continue;
        }
        let bytes = std::fs::read(corpus.join(&row["path"])).unwrap();
        let Ok(decoded) = (FORMAT.decode)(&bytes, &Limits::default()) else { continue };
        assert_eq!(heart_rates(&decoded), stated, "{}", row["path"]);
        checked += 1;
    }
    eprintln!("{checked:4} files with as many heart rates as stated");
    assert!(checked > 10);
}

/// A point as the oracle reads it: milliseconds, degrees, metres.
type Point = (i64, f64, f64, Option<f64>);

/// Whether the oracle could read the file; if so, it must agree.
fn compare(name: &str, bytes: &[u8], decoded: &Decoded) -> bool {
    let Some(points) = oracle(bytes) else { return false };
    let activities = decoded.activities.iter();
    let records: Vec<Record> = activities.flat_map(|a| a.records.iter().copied()).collect();
    let timed: Vec<Point> = points.iter().filter_map(|point| *point).collect();
    let told = |kind, what: &str| told(&decoded.warnings, kind, what);
    let untimed = points.len() - timed.len();
    let told_untimed = told(ProblemKind::DroppedRecords, "without a readable time");
    assert_eq!(told_untimed, untimed, "{name}: points without time");
    let dropped = told(ProblemKind::TimeBackwards, "") + told(ProblemKind::ImplausibleTime, "");
    assert_eq!(records.len() + dropped, timed.len(), "{name}: points");
    let mut rest = timed.iter();
    for (index, record) in records.iter().enumerate() {
        let same = rest.find(|point| agrees(record, point));
        assert!(same.is_some(), "{name}: point {index} {record:?} is not the oracle's");
    }
    true
}

/// The number at the beginning of such warnings.
fn told(warnings: &[Problem], kind: ProblemKind, what: &str) -> usize {
    let of_kind = warnings.iter().filter(|w| w.kind == kind && w.detail.contains(what));
    of_kind.filter_map(|w| w.detail.split(' ').next()?.parse::<usize>().ok()).sum()
}

fn agrees(record: &Record, &(ms, latitude, longitude, altitude): &Point) -> bool {
    let near = |position: Position| {
        let (lat, lon) = position.degrees();
        (lat - latitude).abs() < 1e-6 && (lon - longitude).abs() < 1e-6
    };
    let same_height = match (record.altitude_m, altitude.filter(|metres| metres.is_finite())) {
        (Some(a), Some(b)) => (f64::from(a) - b).abs() < 0.01,
        (a, b) => a.is_none() && b.is_none(),
    };
    record.time.0 == ms && record.position.is_some_and(near) && same_height
}

/// Every track point of a file, `None` for one without time; `None` where the crate gives up or
/// might not come back.
fn oracle(bytes: &[u8]) -> Option<Vec<Option<Point>>> {
    if bytes.len() > 4 << 20 || nesting(bytes) > 64 {
        return None;
    }
    let file = gpx::read(bytes).ok()?;
    let segments = file.tracks.into_iter().flat_map(|track| track.segments);
    Some(segments.flat_map(|segment| segment.points).map(|point| of_crate(&point)).collect())
}

/// How many more elements open than close, at most.
fn nesting(bytes: &[u8]) -> usize {
    let tags = bytes.windows(2).filter(|pair| pair[0] == b'<').map(|pair| pair[1]);
    let depths = tags.scan(0_usize, |depth, next| {
        *depth = if next == b'/' { depth.saturating_sub(1) } else { *depth + 1 };
        Some(*depth)
    });
    let empty = bytes.windows(2).filter(|pair| pair == b"/>").count();
    depths.max().unwrap_or(0).saturating_sub(empty)
}

fn of_crate(point: &gpx::Waypoint) -> Option<Point> {
    let text = point.time?.format().ok()?;
    // Years have six digits and a sign there, and four in the usual form.
    let text = text.strip_prefix("+00").unwrap_or(&text).to_owned();
    let ms = DateTime::parse_from_rfc3339(&text).ok()?.timestamp_millis();
    Some((ms, point.point().y(), point.point().x(), point.elevation))
}
