//! Speeds of zero that are none, distances held over, and motion that is zero throughout.

use super::{ALL, KEPT, Right, TOO_LONG, WITH_DISTANCE, assert_right};
use crate::fixtures::faulty_recording::{FaultyRecording, Reading, SPEED, place_at, steady};
use talktest::session::Verdict;
use talktest::units::Metres;

fn with_zeros(minutes: u32, is_zero: impl Fn(usize) -> bool) -> FaultyRecording {
    steady(minutes).with(|k, reading| {
        if is_zero(k) {
            reading.speed = Some(0.0);
        }
    })
}

#[test]
fn a_speed_of_zero_while_the_way_goes_on_is_no_standing() {
    let stretch = with_zeros(62, |k| (600..2_400).contains(&k));
    assert_right(&stretch, ALL, TOO_LONG);
    let bare_ends = stretch.with(|k, reading| {
        if [600, 601, 2_398, 2_399].contains(&k) {
            (reading.place, reading.distance) = (None, None);
        }
    });
    assert_right(&bare_ends, WITH_DISTANCE, TOO_LONG);
    assert_right(&with_zeros(62, |_| true), ALL, TOO_LONG);
    assert_right(&with_zeros(30, |k| k % 6 == 0), ALL, KEPT);
}

#[test]
fn zeros_in_the_dark_are_no_standing_while_the_steps_go_on() {
    let dark = with_zeros(62, |k| k >= 1_800).with(|k, reading| {
        if k >= 1_800 {
            (reading.place, reading.distance) = (None, None);
        }
    });
    // Half of the way is known; the rest is in the watch's own total.
    assert_right(&dark, WITH_DISTANCE, TOO_LONG);
}

#[test]
fn who_stands_for_ten_minutes_does() {
    let stood = steady(62).with(|k, reading| {
        let metres = SPEED * (k.min(1_200) + k.saturating_sub(1_800)) as f64;
        (reading.place, reading.distance) = (Some(place_at(metres)), Some(metres));
        if (1_201..1_800).contains(&k) {
            (reading.speed, reading.strides, reading.heart_rate) = (Some(0.0), Some(0), Some(95));
        }
    });
    let right = Right { moving_min: 52.0, distance: Some(8_112.0), ..TOO_LONG };
    for formats in [&["fit"][..], &["tcx"], &["gpx"]] {
        assert_right(&stood, formats, Right { verdicts: &[Verdict::Slipped], ..right });
    }
}

fn treadmill(minutes: u32) -> FaultyRecording {
    let indoors = steady(minutes).with(|_, reading| (reading.place, reading.speed) = (None, None));
    FaultyRecording { treadmill: true, ..indoors }
}

#[test]
fn a_counter_that_moves_in_steps_is_spread_over_the_time_between() {
    for step in [10.0, 50.0, 100.0, 160.0, 400.0] {
        let held = |metres: f64| (metres / step).floor() * step;
        let steps = treadmill(62).with(|_, reading| reading.distance = reading.distance.map(held));
        assert_right(&steps, WITH_DISTANCE, Right { distance: None, ..TOO_LONG });
        let zero_beside = steps.with(|_, reading| reading.speed = Some(0.0));
        assert_right(&zero_beside, WITH_DISTANCE, Right { distance: None, ..TOO_LONG });
    }
}

/// Zero from start to end beside a living heart.
fn motionless(fault: impl Fn(&mut Reading)) -> FaultyRecording {
    steady(62).with(|_, reading| {
        (reading.place, reading.distance, reading.speed) =
            (Some(place_at(0.0)), Some(0.0), Some(0.0));
        fault(reading);
    })
}

#[test]
fn motion_that_is_zero_throughout_was_not_recorded() {
    let right = Right { distance: None, ..TOO_LONG };
    assert_right(&motionless(|_| {}), ALL, right);
    assert_right(&motionless(|reading| reading.place = None), WITH_DISTANCE, TOO_LONG);
    assert_right(&motionless(|reading| reading.speed = None), ALL, right);
    assert_right(&motionless(|reading| reading.distance = None), ALL, right);
    let no_steps = motionless(|reading| (reading.speed, reading.strides) = (None, None));
    assert_right(&no_steps, ALL, right);
}

#[test]
fn the_distance_of_the_belt_counts_on_a_treadmill() {
    for (recorded, belt) in [(4_680.0, 5_000.0), (4_680.0, 4_100.0), (4_680.0, 7_200.0)] {
        let run = FaultyRecording { stated_metres: Some(belt), ..treadmill(30) };
        assert!((run.readings[1_800].distance.unwrap() - recorded).abs() < 1e-6);
        assert_right(&run, WITH_DISTANCE, Right { distance: Some(belt), ..KEPT });
    }
}

#[test]
fn nearly_every_run_is_as_long_as_its_watch_says() {
    let runs = crate::fixtures::season::season().into_iter();
    let mut totals = Vec::new();
    for file in runs.filter(|file| file.path.contains(".fit")) {
        for run in super::reviewed(vec![(file.path, file.bytes)]).runs {
            let row = run.measured.row;
            let stated = row.metadata.stated.distance;
            totals.extend(stated.zip(row.distances.distance).filter(|_| !row.metadata.breaks_off));
        }
    }
    let is_near = |(stated, measured): &&(Metres, Metres)| {
        (measured.get() - stated.get()).abs() <= 0.005 * stated.get()
    };
    let near = totals.iter().filter(is_near).count();
    assert!(totals.len() > 30, "{}", totals.len());
    assert!(near as f64 >= 0.97 * totals.len() as f64, "{near} of {}", totals.len());
}
