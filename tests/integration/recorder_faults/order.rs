//! Readings in parts, in another order, under other names, and with other numbers.

use super::{ALL, KEPT, WITH_DISTANCE, assert_file_right, assert_right};
use crate::fixtures::faulty_recording::{FaultyRecording, Reading, steady};

/// Every record in so many parts, each with a part of what was measured.
fn in_parts(count: usize, step: f64) -> FaultyRecording {
    let mut run = steady(30);
    run.readings = run
        .readings
        .iter()
        .flat_map(|whole| {
            (0..count).map(move |part| Reading {
                time: whole.time + step * part as f64,
                place: whole.place,
                distance: whole.distance.filter(|_| part + 1 == count),
                speed: whole.speed.filter(|_| part == 1),
                heart_rate: whole.heart_rate.filter(|_| part == 0),
                strides: None,
            })
        })
        .collect();
    run
}

#[test]
fn parts_of_one_second_are_joined() {
    for count in [2, 3, 4] {
        assert_right(&in_parts(count, 0.0), ALL, KEPT);
        assert_right(&in_parts(count, 0.9 / count as f64), &["gpx", "tcx"], KEPT);
    }
}

fn hearts_apart(order: impl Fn(Vec<Reading>, Vec<Reading>) -> Vec<Reading>) -> FaultyRecording {
    let mut run = steady(30);
    let without = |reading: &Reading| Reading { heart_rate: None, ..*reading };
    let only = |reading: &Reading| Reading {
        time: reading.time,
        heart_rate: reading.heart_rate,
        ..Reading::default()
    };
    let way: Vec<Reading> = run.readings.iter().map(without).collect();
    let hearts: Vec<Reading> = run.readings.iter().map(only).collect();
    run.readings = order(way, hearts);
    run
}

#[test]
fn heart_rates_in_a_block_of_their_own_find_their_moments() {
    assert_right(&hearts_apart(|way, hearts| [way, hearts].concat()), WITH_DISTANCE, KEPT);
    assert_right(&hearts_apart(|way, hearts| [hearts, way].concat()), WITH_DISTANCE, KEPT);
    let reversed = |way: Vec<Reading>, mut hearts: Vec<Reading>| {
        hearts.reverse();
        [way, hearts].concat()
    };
    assert_right(&hearts_apart(reversed), WITH_DISTANCE, KEPT);
}

#[test]
fn the_newest_record_may_stand_first() {
    let mut run = steady(30);
    run.readings.reverse();
    assert_right(&run, ALL, KEPT);
}

fn rewritten(bytes: &[u8], changes: &[(&str, &str)]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    changes.iter().fold(text, |text, (from, to)| text.replace(from, to)).into_bytes()
}

#[test]
fn names_are_read_in_any_capitals_and_under_any_prefix() {
    let gpx = steady(30).gpx();
    for name in ["x:HR>", "ns3:Hr>", "X:HeartRate>", "heart_rate>", "gpxtpx:HEARTRATEBPM>"] {
        assert_file_right(("run.gpx".to_owned(), rewritten(&gpx, &[("x:hr>", name)])), KEPT);
    }
    let tcx = steady(30).tcx();
    for name in ["HEARTRATEBPM>", "heartratebpm>", "x:HeartRateBpm>", "HeartRatebpm>"] {
        let other = rewritten(&tcx, &[("HeartRateBpm>", name), ("Value>", "VALUE>")]);
        assert_file_right(("run.tcx".to_owned(), other), KEPT);
    }
}

/// Digits on both sides of a point, outside of times, with another sign in its place.
fn with_decimal_sign(bytes: &[u8], sign: char) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let characters: Vec<char> = text.chars().collect();
    let at = |k: usize| characters.get(k).copied();
    let replaced = characters.iter().enumerate().map(|(k, c)| {
        let decimal = *c == '.' && is_digit(at(k.wrapping_sub(1))) && is_digit(at(k + 1));
        // The version of the format is no reading.
        if decimal && k > 100 { sign } else { *c }
    });
    replaced.collect::<String>().into_bytes()
}

#[test]
fn decimal_commas_are_read_wherever_a_number_stands() {
    assert_file_right(("run.gpx".to_owned(), with_decimal_sign(&steady(30).gpx(), ',')), KEPT);
    assert_file_right(("run.tcx".to_owned(), with_decimal_sign(&steady(30).tcx(), ',')), KEPT);
}
