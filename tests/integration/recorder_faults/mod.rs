//! What recorders are known to get wrong, in every format in which it can occur: a run of known length is
//! spoiled as they spoil it, and the right figures must come out of the library.
//!
//! Every run is steady at 2.6 m/s with a heart rate around 125: as a recovery run 30 min are kept by a
//! runner whose ceiling is 145, and 62 min are too long. A fault that shortens a run would let it pass.

mod clock;
mod order;
mod places;
mod speed_and_distance;
mod totals;

use std::collections::BTreeMap;

use crate::fixtures::faulty_recording::FaultyRecording;
use talktest::audit::limit_catalogue;
use talktest::decode::Limits;
use talktest::ingest::{Owned, ingest, read};
use talktest::review::{NoCache, Review, Selection, review};
use talktest::session::Verdict;
use talktest::settings::parse;

const SETTINGS: &str = "
    time_zone = 'Europe/Amsterdam'
    [[athlete.heart_rate]]
    max = 190
    max_source = 'tested'
    resting = 50
";

/// A recording in every format that can hold it, with a name.
fn in_formats(recording: &FaultyRecording, formats: &[&str]) -> Vec<(String, Vec<u8>)> {
    let write = |format: &&str| {
        let bytes = match *format {
            "fit" => recording.fit(),
            "gpx" => recording.gpx(),
            _ => recording.tcx(),
        };
        (format!("run.{format}"), bytes)
    };
    formats.iter().map(write).collect()
}

const ALL: &[&str] = &["fit", "gpx", "tcx"];
/// Formats with a distance of their own.
const WITH_DISTANCE: &[&str] = &["fit", "tcx"];

/// The review of these files, every run judged as a recovery run.
fn reviewed(files: Vec<(String, Vec<u8>)>) -> Review {
    let settings = parse(SETTINGS, &limit_catalogue()).unwrap();
    let owned = |(path, bytes): (String, Vec<u8>)| Owned {
        reading: read(path, &bytes, None, &Limits::default()),
        owner: Ok("me".to_owned()),
    };
    let ingested = ingest(files.into_iter().map(owned).collect(), Vec::new(), None);
    let selection = Selection { as_recovery: true, ..Selection::default() };
    review(ingested, &settings, &BTreeMap::new(), &selection, &NoCache).unwrap()
}

/// What must come out of a spoiled recording.
#[derive(Debug, Clone, Copy)]
struct Right {
    moving_min: f64,
    timer_min: f64,
    /// In metres; `None` where the format cannot tell.
    distance: Option<f64>,
    start: &'static str,
    verdicts: &'static [Verdict],
}

const MORNING: &str = "2026-03-10T08:00:00+01:00";

/// 62 min: too long.
const TOO_LONG: Right = Right {
    moving_min: 62.0,
    timer_min: 62.0,
    distance: Some(9_672.0),
    start: MORNING,
    verdicts: &[Verdict::Slipped, Verdict::NotRecovery],
};

/// 30 min: a recovery run.
const KEPT: Right = Right {
    moving_min: 30.0,
    timer_min: 30.0,
    distance: Some(4_680.0),
    start: MORNING,
    verdicts: &[Verdict::Kept],
};

/// Asserts that one run with the right figures comes out of each format; times to 6 s, distance to 0.5 %.
#[track_caller]
fn assert_right(recording: &FaultyRecording, formats: &[&str], right: Right) {
    for file in in_formats(recording, formats) {
        assert_file_right(file, right);
    }
}

#[track_caller]
fn assert_file_right(file: (String, Vec<u8>), right: Right) {
    let name = file.0.clone();
    let review = reviewed(vec![file]);
    assert_eq!(review.runs.len(), 1, "{name}: {:?}", review.problems);
    let run = &review.runs[0];
    let durations = &run.measured.row.durations;
    let (moving, timer) = (durations.moving.minutes(), durations.timer.minutes());
    assert!((moving - right.moving_min).abs() <= 0.101, "{name}: moving {moving} min");
    assert!((timer - right.timer_min).abs() <= 0.101, "{name}: timer {timer} min");
    let distance = run.measured.row.distances.distance.map(talktest::units::Metres::get);
    if let Some(metres) = right.distance {
        let found = distance.unwrap_or_default();
        assert!((found - metres).abs() < 0.005 * metres, "{name}: {found} m");
    }
    assert_eq!(run.start.time.to_rfc3339(), right.start, "{name}");
    let verdict = run.audit.as_ref().unwrap().ruling.verdict;
    assert!(right.verdicts.contains(&verdict), "{name}: {verdict:?}");
}
