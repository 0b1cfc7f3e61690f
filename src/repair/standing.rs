//! A speed of zero while the way goes on.
//!
//! Standing still would hide what was run. The way between the nearest readings before and after decides,
//! so that it does not matter whether the first or last of the zeros has a distance or a place itself.

use super::body;
use super::readings::{median, seconds_between};
use super::rule::Rule;
use crate::activity::{Activity, Record, RepairKind, metres_between};

/// Zeros that are none.
pub static RULE: Rule = Rule { kind: RepairKind::NotStanding, apply };

/// Below this speed nobody moves, in mm/s, and from it on one does, in m/s.
const MOVING_MM_S: u16 = 600;
const MOVING_M_S: f64 = 0.6;
/// Places are too rough to tell motion in less time, in seconds; counters are not.
const PLACES_TELL_S: f64 = 10.0;
/// Readings further away than this from the zeros say nothing of them, in seconds.
const NEAR_S: f64 = 30.0;
/// No more than this is made up, in mm/s.
const MOST_MM_S: f64 = 12_000.0;

fn apply(activity: &mut Activity) -> usize {
    let records = &mut activity.records;
    let stands = |record: &Record| record.speed_mm_s.is_some_and(|speed| speed < MOVING_MM_S);
    let mut corrected = 0;
    let mut start = 0;
    while start < records.len() {
        let length = records[start..].iter().take_while(|record| stands(record)).count();
        let stood = length == 0 || seconds_stood(records, start, length);
        if !stood {
            let speed = speed_of_zeros(records, start, start + length);
            let speed = speed.map(|speed| (1000.0 * speed).min(MOST_MM_S).round() as u16);
            records[start..start + length].iter_mut().for_each(|record| record.speed_mm_s = speed);
            corrected += length;
        }
        start += length.max(1);
    }
    corrected
}

/// Whether so many zeros are true: nothing tells that somebody moved.
fn seconds_stood(records: &[Record], start: usize, length: usize) -> bool {
    let end = start + length;
    match speed_of_zeros(records, start, end) {
        Some(speed) => speed < MOVING_M_S,
        None => !body::moves(records, start, end - 1),
    }
}

/// The speed across zeros, in m/s; `None` where nobody knows it.
fn speed_of_zeros(records: &[Record], start: usize, end: usize) -> Option<f64> {
    speed_across(records, start, end).or_else(|| speed_around(records, start, end))
}

/// The mean speed across the records of a range, in m/s, where anything tells it.
fn speed_across(records: &[Record], start: usize, end: usize) -> Option<f64> {
    let by_counter = across(records, start, end, 0.0, |record| record.distance_cm.is_some());
    let by_place =
        || across(records, start, end, PLACES_TELL_S, |record| record.position.is_some());
    by_counter.or_else(by_place)
}

/// The speed of a few zeros by the places a few seconds before and after: whoever stood made less way
/// there than the speed beside the zeros says.
fn speed_around(records: &[Record], start: usize, end: usize) -> Option<f64> {
    let located = |k: &usize| records[*k].position.is_some();
    let away =
        |k: usize, edge: usize| seconds_between(&records[k.min(edge)], &records[k.max(edge)]);
    let tells = |k: &usize, edge: usize| located(k) && away(*k, edge) >= PLACES_TELL_S / 2.0;
    let from =
        (0..=start).rev().take_while(|k| away(*k, start) <= NEAR_S).find(|k| tells(k, start));
    let last = end - 1;
    let to =
        (last..records.len()).take_while(|k| away(*k, last) <= NEAR_S).find(|k| tells(k, last));
    let (from, to) = (from?, to?);
    let beside = records[from..=to].iter().filter_map(|record| record.speed_mm_s);
    let beside =
        beside.filter(|speed| *speed >= MOVING_MM_S).map(|speed| f64::from(speed) / 1000.0);
    let beside = median(beside.collect())?;
    let way = metres_between(records[from].position?.degrees(), records[to].position?.degrees());
    let zeros_s = away(start, end.min(records.len() - 1));
    (way >= beside * (away(from, to) - zeros_s / 2.0)).then_some(beside)
}

/// The mean speed between the readings around a range, where there are any near enough.
fn across(
    records: &[Record],
    start: usize,
    end: usize,
    least_s: f64,
    is_reading: impl Fn(&Record) -> bool,
) -> Option<f64> {
    let reading = |k: &usize| is_reading(&records[*k]);
    let near = |k: &usize, edge: usize| {
        seconds_between(&records[*k.min(&edge)], &records[*k.max(&edge)]) <= NEAR_S
    };
    let last_record = records.len() - 1;
    let before = (0..=start).rev().take_while(|k| near(k, start)).find(reading);
    let from = before.or_else(|| (start..end).find(reading))?;
    let after = (end.min(last_record)..records.len())
        .take_while(|k| near(k, end.min(last_record)))
        .find(reading);
    let to = after.or_else(|| (start..end).rev().find(reading))?;
    let seconds =
        if to > from { seconds_between(&records[from], &records[to]) } else { return None };
    let metres = match (records[from].distance_cm, records[to].distance_cm) {
        (Some(from), Some(to)) if to >= from => f64::from(to - from) / 100.0,
        _ => metres_between(records[from].position?.degrees(), records[to].position?.degrees()),
    };
    (seconds > 0.0 && seconds >= least_s).then(|| metres / seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::steady;

    fn zeros(records: impl Fn(usize) -> bool) -> Activity {
        let mut run = steady(1_800);
        for (k, record) in run.records.iter_mut().enumerate() {
            record.speed_mm_s = Some(if records(k) { 0 } else { 2_500 });
        }
        run
    }

    #[test]
    fn zeros_while_the_way_goes_on_are_no_standing() {
        let mut single = zeros(|k| k % 6 == 0);
        assert_eq!(apply(&mut single), 300);
        let mut all = zeros(|k| (300..1_500).contains(&k));
        assert_eq!(apply(&mut all), 1_200);
        assert_eq!(all.records[700].speed_mm_s, Some(2_500));
    }

    #[test]
    fn the_ends_need_no_distance_of_their_own() {
        let mut run = zeros(|k| (300..1_500).contains(&k));
        for k in [300, 301, 1_498, 1_499] {
            (run.records[k].distance_cm, run.records[k].position) = (None, None);
        }
        assert_eq!(apply(&mut run), 1_200);
        for record in &mut run.records {
            (record.speed_mm_s, record.distance_cm) = (Some(0), None);
        }
        assert_eq!(apply(&mut run), 1_800, "places tell too");
    }

    #[test]
    fn single_zeros_between_places_are_no_standing() {
        let mut run = zeros(|k| k % 6 == 0);
        run.records.iter_mut().for_each(|record| record.distance_cm = None);
        let corrected = apply(&mut run);
        assert!((296..=300).contains(&corrected), "all but those at the ends: {corrected}");
    }

    #[test]
    fn zeros_of_which_nothing_tells_but_the_steps_are_unknown() {
        let mut run = zeros(|k| k >= 900);
        for record in &mut run.records[890..] {
            (record.distance_cm, record.position) = (None, None);
            record.cadence_centi_spm = Some(16_000);
        }
        assert_eq!(apply(&mut run), 900);
        assert_eq!(run.records[1_000].speed_mm_s, None);
    }

    #[test]
    fn who_stands_stands() {
        let mut run = zeros(|k| (300..400).contains(&k));
        for record in &mut run.records[300..] {
            record.distance_cm = Some(75_000);
            record.position = crate::repair::testing::north(750.0);
        }
        assert_eq!(apply(&mut run), 0);
    }
}
