//! What the watch states where its records say little.

use super::{Right, WITH_DISTANCE, assert_right, in_formats, reviewed};
use crate::fixtures::faulty_recording::{FaultyRecording, steady};
use talktest::session::Verdict;

const TOTALS: Right = Right {
    moving_min: 64.0,
    timer_min: 64.0,
    distance: Some(10_240.0),
    start: "2026-03-10T08:00:00+01:00",
    verdicts: &[Verdict::CannotJudge, Verdict::NotRecovery],
};

fn stating(mut run: FaultyRecording, records: usize) -> FaultyRecording {
    run.readings.truncate(records);
    FaultyRecording { stated_seconds: 3_840, stated_metres: Some(10_240.0), ..run }
}

#[test]
fn a_session_of_totals_is_a_run() {
    assert_right(&stating(steady(1), 2), WITH_DISTANCE, TOTALS);
    let one_place = steady(1).with(|_, reading| reading.place = Some((52.1, 5.1)));
    assert_right(&stating(one_place, 2), WITH_DISTANCE, TOTALS);
    // Without a place nothing tells the time zone but the settings and the file.
    assert_right(&stating(steady(1), 0), WITH_DISTANCE, TOTALS);
}

#[test]
fn records_that_end_early_do_not_make_a_short_run() {
    for records in [600, 1_800] {
        for file in in_formats(&stating(steady(62), records), WITH_DISTANCE) {
            let name = file.0.clone();
            let review = reviewed(vec![file]);
            let ruling = &review.runs[0].audit.as_ref().unwrap().ruling;
            assert_ne!(ruling.verdict, Verdict::Kept, "{name}");
            assert!(ruling.because.contains("64 min"), "{name}: {}", ruling.because);
        }
    }
}

#[test]
fn two_points_with_nothing_between_hold_no_way() {
    let mut run = steady(45);
    run.readings = vec![run.readings[0], run.readings[2_700]];
    run.readings[1].place = run.readings[0].place;
    let review = reviewed(in_formats(&run, &["gpx"]));
    assert_eq!((review.runs.len(), review.not_runs.len()), (0, 1));
    assert!(review.not_runs[0].what.contains("holds no way"), "{:?}", review.not_runs);
    assert!(review.problems.is_empty(), "{:?}", review.problems);
}
