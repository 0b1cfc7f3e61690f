//! Lines of rows that somebody else wrote: used whole or refused, and whatever is used is judged
//! and written without a panic.
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use talktest::decode::{self, Limits, ProblemKind};
use talktest::ingest::{ContentHash, FileOutcome, FileReading, Owned, Sessions};
use talktest::metrics::measure;
use talktest::report::{OUTPUTS, Style};
use talktest::review::{NoCache, Selection, review};
use talktest::rows::{self, Collector};
use talktest::settings::Settings;

/// The line of the beginning of a recovery run: long enough to be judged, and soon done with.
fn line() -> String {
    let path = "fixtures/season/2026-04-20_recovery.fit";
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let (mut decoded, format) = decode::decode(&bytes, &Limits::default()).unwrap();
    let mut activity = decoded.activities.remove(0);
    let start = activity.start;
    activity.records.retain(|record| record.time.seconds_since(start) < 660.0);
    activity.dynamics.truncate(activity.records.len());
    activity.end = None;
    let sessions = Sessions {
        content: ContentHash::of(&bytes),
        format: format.id.into(),
        rows: vec![measure(&activity).unwrap()],
    };
    let outcome = FileOutcome::Sessions(sessions);
    let reading = FileReading { path: "recovery.fit".to_owned(), outcome, warnings: Vec::new() };
    rows::lines(&Owned::by_folder(reading, &Settings::default())).remove(0)
}

fn row() -> Value {
    serde_json::from_str(&line()).unwrap()
}

/// Whether the line was used; if so, everything is done with it that is done with rows.
fn is_used(line: &[u8]) -> bool {
    let read = rows::read(line);
    let is_used = read.is_ok();
    if is_used {
        let settings = Settings::default();
        let mut collector = Collector::default();
        collector.add(1, read);
        let gathered = collector.finish(&settings, None).gathered;
        let selection = Selection { all: true, as_recovery: true, ..Selection::default() };
        let review = review(gathered, &settings, &BTreeMap::new(), &selection, &NoCache).unwrap();
        for output in OUTPUTS {
            (output.write)(&review, &Style::default(), &mut Vec::new()).unwrap();
        }
    }
    is_used
}

/// The places of everything in a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut inner = |key: &str, value: &Value| {
        let place = format!("{at}/{key}");
        places(value, &place, found);
        found.push(place);
    };
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| inner(key, value)),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(k, value)| inner(&k.to_string(), value));
        }
        _ => {}
    }
}

#[test]
fn whatever_stands_in_a_row_nothing_panics() {
    let row = row();
    let wild = [
        json!(null),
        json!(0),
        json!(-1),
        json!(255),
        json!(u32::MAX),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(1e14),
        json!(-1e300),
        json!("\u{202e}\u{1b}[31m/../x"),
        json!({}),
    ];
    let mut all = Vec::new();
    places(&row, "", &mut all);
    let changes = all.iter().flat_map(|place| wild.iter().map(move |value| (place, value)));
    let changes: Vec<_> = changes.collect();
    let is_used = |(place, value): &&(&String, &Value)| {
        let mut changed = row.clone();
        *changed.pointer_mut(place).unwrap() = (*value).clone();
        is_used(changed.to_string().as_bytes())
    };
    let used = changes.par_iter().filter(is_used).count();
    assert!(used > 100 && changes.len() - used > 500, "{used} of {} used", changes.len());
}

/// The lanes as they are packed, here with their own words.
#[derive(Serialize, Deserialize)]
struct Lanes {
    seconds: u32,
    grade_source: u32,
    deflated: Vec<u8>,
}

fn lanes(row: &Value) -> Lanes {
    let packed = STANDARD_NO_PAD.decode(row["row"]["lanes"].as_str().unwrap()).unwrap();
    postcard::from_bytes(&packed).unwrap()
}

fn with_lanes(row: &Value, lanes: &Lanes) -> String {
    let packed = STANDARD_NO_PAD.encode(postcard::to_stdvec(lanes).unwrap());
    let mut changed = row.clone();
    changed["row"]["lanes"] = json!(packed);
    changed.to_string()
}

#[test]
fn whatever_lies_in_the_lanes_nothing_panics() {
    let row = row();
    let sound = lanes(&row);
    let mut plain = Vec::new();
    DeflateDecoder::new(sound.deflated.as_slice()).read_to_end(&mut plain).unwrap();
    let deflated = |plain: &[u8]| {
        let mut deflated = Vec::new();
        DeflateEncoder::new(plain, Compression::fast()).read_to_end(&mut deflated).unwrap();
        deflated
    };
    let unchanged = Lanes { deflated: deflated(&plain), ..lanes(&row) };
    assert!(is_used(with_lanes(&row, &unchanged).as_bytes()), "the form of the lanes is another");
    let is_used_with = |place: &usize| {
        let mut changed = plain.clone();
        changed[*place] = [0x00, 0x7f, 0xff][place % 3];
        let lanes = Lanes { deflated: deflated(&changed), ..lanes(&row) };
        is_used(with_lanes(&row, &lanes).as_bytes())
    };
    let places: Vec<usize> = (0..plain.len()).step_by(plain.len() / 250).collect();
    let used = places.par_iter().filter(|place| is_used_with(place)).count();
    assert!(used > 100, "{used} of {} used", places.len());
    for (seconds, grade_source) in [(0, 0), (1, 1), (u32::MAX, 1), (3_000_000, 1), (100, 2), (7, 9)]
    {
        let _ =
            is_used(with_lanes(&row, &Lanes { seconds, grade_source, ..lanes(&row) }).as_bytes());
    }
}

#[test]
fn a_line_that_is_cut_anywhere_is_refused() {
    let line = line();
    for end in (0..line.len()).step_by(7) {
        let problem = rows::read(&line.as_bytes()[..end]).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Malformed, "at {end}");
    }
    assert!(rows::read(line.as_bytes()).is_ok());
}

#[test]
fn foreign_lines_say_what_they_are() {
    let told = |key: &str, value: Value| {
        let mut row = row();
        row[key] = value;
        rows::read(row.to_string().as_bytes()).unwrap_err()
    };
    let foreign = [
        ("schema", json!("talktest/row/1"), "schema `talktest/row/1`"),
        ("measuring", json!("1999.1"), "measuring `1999.1`"),
        ("kind", json!("sleep"), "kind `sleep`"),
    ];
    for (key, value, word) in foreign {
        let problem = told(key, value);
        assert_eq!(problem.kind, ProblemKind::ForeignRow);
        assert!(problem.detail.contains(word), "{}", problem.detail);
    }
    for other in ["{}", "{\"id\":\"2026\",\"athlete\":\"me\"}"] {
        let problem = rows::read(other.as_bytes()).unwrap_err();
        assert!(problem.detail.contains("not a line of `talktest measure`"), "{}", problem.detail);
    }
    let long = told("schema", json!("x".repeat(1 << 20)));
    assert!(long.detail.len() < 400, "a message is no place for {} bytes", long.detail.len());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(rows::read(deep.as_bytes()).is_err());
}

#[test]
fn unusable_lines_are_counted_and_not_all_kept() {
    let mut collector = Collector::default();
    for number in 1..=1_500 {
        collector.add(number, rows::read(b"rubbish"));
    }
    let collected = collector.finish(&Settings::default(), None);
    assert!(!collected.is_used);
    assert_eq!(collected.unusable.len(), 1_001);
    assert_eq!(collected.unusable[6].path, "line 7 of standard input");
    assert_eq!(collected.unusable[1_000].problem.detail, "500 more lines cannot be used");
    assert_eq!(collected.gathered.seen, collected.gathered.problems.len());
}

#[test]
fn figures_that_no_run_has_are_refused() {
    let own = row();
    let told = |place: &str, figure: f64| {
        let mut changed = own.clone();
        *changed.pointer_mut(place).expect(place) = json!(figure);
        rows::read(changed.to_string().as_bytes()).map(|_| ()).map_err(|problem| problem.detail)
    };
    assert_eq!(told("/row/heart_rate/mean_bpm", 131.0), Ok(()));
    for (place, figure, what) in [
        ("/row/heart_rate/mean_bpm", 717.0, "heart rates"),
        ("/row/heart_rate/raw_mean_bpm", -3.0, "heart rates"),
        ("/row/heart_rate/max_bpm", 256.0, "heart rates"),
        ("/row/peaks/over_30_s_bpm", 0.0, "heart rates"),
        ("/row/clocks/moving_s", 700.0, "times"),
        ("/row/clocks/elapsed_s", 600.0, "times"),
    ] {
        let why = told(place, figure).expect_err(place);
        assert!(why.contains(what), "{place}: {why}");
    }
}
