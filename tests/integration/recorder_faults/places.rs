//! Places that cannot be, and places that stand still.

use super::{ALL, KEPT, Right, TOO_LONG, assert_right};
use crate::fixtures::faulty_recording::{FaultyRecording, place_at, steady};

/// Places only, as a watch without a counter writes them.
fn places(minutes: u32) -> FaultyRecording {
    steady(minutes).with(|_, reading| (reading.distance, reading.speed) = (None, None))
}

fn moved(records: std::ops::Range<usize>, to: Option<(f64, f64)>) -> FaultyRecording {
    places(30).with(|k, reading| {
        if records.contains(&k) {
            reading.place = to;
        }
    })
}

#[test]
fn the_zero_of_the_map_is_no_place() {
    let micro = Some((0.000_001, -0.000_001));
    let metre = Some((0.000_008, 0.000_005));
    for zero in [Some((0.0, 0.0)), micro, metre] {
        for records in [0..1, 1_800..1_801, 700..730] {
            assert_right(&moved(records, zero), ALL, KEPT);
        }
    }
    let first_and_last = moved(0..1, Some((0.0, 0.0)))
        .with(|k, reading| reading.place = reading.place.filter(|_| k < 1_800).or(micro));
    assert_right(&first_and_last, ALL, KEPT);
}

#[test]
fn nobody_leaps_half_a_kilometre_and_back() {
    for records in [0..5, 800..801, 800..815, 1_796..1_801] {
        let leapt = places(30).with(|k, reading| {
            if records.contains(&k) {
                reading.place = Some(place_at(2.6 * k as f64 + 500.0));
            }
        });
        assert_right(&leapt, ALL, KEPT);
    }
    let often = places(30).with(|k, reading| {
        if k % 100 == 50 {
            reading.place = Some(place_at(2.6 * k as f64 + 500.0));
        }
    });
    assert_right(&often, ALL, KEPT);
}

#[test]
fn a_place_that_is_new_every_few_seconds_is_spread() {
    for step in [5, 12, 30, 60] {
        let held = places(62)
            .with(|k, reading| reading.place = Some(place_at(2.6 * (k / step * step) as f64)));
        assert_right(&held, ALL, Right { distance: None, ..TOO_LONG });
    }
}

#[test]
fn a_frozen_place_is_no_standing_while_the_body_runs() {
    for frozen in [0..1_200, 1_200..2_400, 2_400..3_721] {
        let place = Some(place_at(2.6 * frozen.start as f64));
        let run = places(62).with(|k, reading| {
            if frozen.contains(&k) {
                reading.place = place;
            }
        });
        assert_right(&run, ALL, Right { distance: None, ..TOO_LONG });
        // Without steps the heart tells.
        let by_heart = run.with(|_, reading| reading.strides = None);
        assert_right(&by_heart, ALL, Right { distance: None, ..TOO_LONG });
    }
}

#[test]
fn a_frozen_place_that_comes_back_to_where_it_froze_is_no_standing_either() {
    let froze = places(62).with(|k, reading| {
        if (1_200..1_800).contains(&k) {
            reading.place = Some(place_at(3_120.0));
        } else if k >= 1_800 {
            reading.place = Some(place_at(3_120.0 + 2.6 * (k - 1_800) as f64 + 40.0));
        }
    });
    assert_right(&froze, ALL, Right { distance: None, ..TOO_LONG });
}
