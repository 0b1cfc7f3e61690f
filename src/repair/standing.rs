//! A speed of zero while the way goes on.
//!
//! Standing still would hide what was run. The way between the nearest readings before and after decides,
//! so that it does not matter whether the first or last of the zeros has a distance or a place itself.

use super::readings::seconds_between;
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
        if let Some(speed) = speed_across(records, start, start + length).filter(|_| length > 0) {
            let speed = (1000.0 * speed).min(MOST_MM_S).round() as u16;
            records[start..start + length].iter_mut().for_each(|r| r.speed_mm_s = Some(speed));
            corrected += length;
        }
        start += length.max(1);
    }
    corrected
}

/// The mean speed across the records of a range, in m/s, where it shows motion.
fn speed_across(records: &[Record], start: usize, end: usize) -> Option<f64> {
    let by_counter = across(records, start, end, 0.0, |record| record.distance_cm.is_some());
    let by_place =
        || across(records, start, end, PLACES_TELL_S, |record| record.position.is_some());
    by_counter.or_else(by_place).filter(|speed| *speed >= MOVING_M_S)
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
    fn who_stands_stands() {
        let mut run = zeros(|k| (300..400).contains(&k));
        for record in &mut run.records[300..] {
            record.distance_cm = Some(75_000);
            record.position = crate::repair::testing::north(750.0);
        }
        assert_eq!(apply(&mut run), 0);
    }
}
