//! Records whose time steps back for a reason: readings written after all others, and a clock that
//! was set back.
//!
//! Whatever else steps back is damage, and is left out by each format.

use std::ops::RangeInclusive;

use super::{Problem, ProblemKind};
use crate::activity::{Record, goes_on, is_before_clocks};

/// Fewer records than these before or after a step prove no set clock.
const FEW: usize = 10;
/// Fewer records than these at the end, from another day, do not move all others.
const FEW_AT_END: usize = 30;
const ANOTHER_DAY_MS: i64 = 6 * 3_600_000;
/// A smaller step back is no set clock, in ms.
const SHORTEST_STEP_MS: i64 = 5_000;
/// How far the way may go on across a step, in metres.
const GOES_ON_M: f64 = 200.0;
/// How far apart in time two readings of one moment may be, in ms.
const SAME_MOMENT_MS: i64 = 1_000;

/// Whether records are written from the last to the first.
pub fn is_reversed(records: &[Record]) -> bool {
    let steps = || records.windows(2).map(|pair| pair[1].time.0 - pair[0].time.0);
    let back = steps().filter(|step| *step < 0).count();
    records.len() > FEW && 10 * back >= 9 * (records.len() - 1)
}

/// The warning where they are.
pub fn reversed() -> Problem {
    let detail = "written from the last record to the first: put in order";
    Problem::new(ProblemKind::Irregular, detail)
}

/// Gives readings that are written in a block of their own before or after all others, without any
/// place, to the records of their moments; says which records are left to stand for themselves.
pub fn join_late_readings(records: &mut [Record]) -> Option<Vec<bool>> {
    let late = (1..records.len()).find(|k| records[*k].time < records[k - 1].time)?;
    let (first, rest) = records.split_at_mut(late);
    let still = |records: &[Record]| records.iter().filter(|record| !has_motion(record)).count();
    let hearts = |records: &[Record]| {
        records.iter().filter(|record| record.heart_rate_bpm.is_some()).count()
    };
    let (still_first, still_rest) = (still(first), still(rest));
    let are_last = first.len().min(still_rest) >= FEW
        && 2 * still_rest >= rest.len()
        && 2 * hearts(first) <= first.len();
    let are_first = still_first == first.len()
        && rest.len().min(still_first) >= FEW
        && 2 * hearts(rest) <= rest.len()
        && rest.is_sorted_by_key(|record| record.time);
    let mut keep = vec![true; first.len() + rest.len()];
    if are_last {
        for k in join(first, rest) {
            keep[late + k] = false;
        }
    } else if are_first {
        for k in join(rest, first) {
            keep[k] = false;
        }
    }
    keep.contains(&false).then_some(keep)
}

/// Hands readings to the records of their moments, whose times only rise; says which.
fn join(placed: &mut [Record], readings: &[Record]) -> Vec<usize> {
    let mut joined = Vec::new();
    for (k, record) in readings.iter().enumerate().filter(|(_, record)| !has_motion(record)) {
        if let Some(own) = nearest(placed, record) {
            let own = &mut placed[own];
            own.heart_rate_bpm = own.heart_rate_bpm.or(record.heart_rate_bpm);
            own.cadence_centi_spm = own.cadence_centi_spm.or(record.cadence_centi_spm);
            own.altitude_m = own.altitude_m.or(record.altitude_m);
            own.temperature_c = own.temperature_c.or(record.temperature_c);
            joined.push(k);
        }
    }
    joined
}

fn has_motion(record: &Record) -> bool {
    record.position.is_some() || record.distance_cm.is_some() || record.speed_mm_s.is_some()
}

/// The record of the same moment, in records whose times only rise.
fn nearest(records: &[Record], of: &Record) -> Option<usize> {
    let next = records.partition_point(|record| record.time < of.time);
    let away = |k: &usize| (records[*k].time.0 - of.time.0).abs();
    let near =
        [next.checked_sub(1), Some(next)].into_iter().flatten().filter(|k| *k < records.len());
    near.min_by_key(away).filter(|k| away(k) <= SAME_MOMENT_MS)
}

/// The warning where so many records were moved to another clock.
pub fn warning(moved: usize) -> Problem {
    let records = if moved == 1 { "record" } else { "records" };
    let detail =
        format!("the clock was set back during the run: {moved} {records} moved to the right time");
    Problem::new(ProblemKind::ImplausibleTime, detail)
}

/// Records that were moved to another clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedRecords {
    /// How many.
    pub count: usize,
    /// The first and last moment that they had, in ms since 1970.
    pub times_ms: RangeInclusive<i64>,
    /// By how much they were moved, in ms.
    pub by_ms: i64,
}

/// Brings the records before and after a clock was set back to one clock, step by step, and says which
/// were moved.
///
/// The clock was set where the way goes on although the time steps back. A copy of the run written
/// behind the run is none: it begins again. The later clock is the right one, unless it was lost in the
/// run or only a few records at the end have it.
pub fn follow_clock_set_back(records: &mut [Record]) -> Vec<MovedRecords> {
    let mut moved = Vec::new();
    let steps_back = |pair: &[Record]| pair[1].time.0 - pair[0].time.0 < -SHORTEST_STEP_MS;
    if !records.windows(2).any(steps_back) {
        return moved;
    }
    for next in (1..records.len()).rev() {
        let step = records[next].time.0 - records[next - 1].time.0;
        if step >= -SHORTEST_STEP_MS || !was_set(records, next) {
            continue;
        }
        let (of_wrong_clock, by_ms) = if later_is_wrong(records, next) {
            (&mut records[next..], 1_000 - step)
        } else {
            (&mut records[..next], step - 1_000)
        };
        let times = || of_wrong_clock.iter().map(|record| record.time.0);
        let times_ms = times().min().unwrap_or(0)..=times().max().unwrap_or(0);
        moved.push(MovedRecords { count: of_wrong_clock.len(), times_ms, by_ms });
        of_wrong_clock.iter_mut().for_each(|record| record.time.0 += by_ms);
    }
    moved
}

fn later_is_wrong(records: &[Record], next: usize) -> bool {
    let (before, after) = (records[next - 1].time, records[next].time);
    let was_lost = is_before_clocks(after) && !is_before_clocks(before);
    let few = records.len() - next < FEW_AT_END.min(next);
    was_lost || (few && before.0 - after.0 > ANOTHER_DAY_MS)
}

fn was_set(records: &[Record], next: usize) -> bool {
    // A leap of this size beside the step belongs to a lone record with another clock.
    let leap = (records[next - 1].time.0 - records[next].time.0) / 2;
    let rises = |pair: &&[Record]| (0..leap.max(1)).contains(&(pair[1].time.0 - pair[0].time.0));
    let before = records[..next].windows(2).rev().take_while(rises).count() + 1;
    let after = records[next..].windows(2).take_while(rises).count() + 1;
    let first = &records[next];
    let begins_again = records[next - before..next]
        .iter()
        .any(|other| other.time == first.time && other.position == first.position);
    before.min(after) >= FEW && goes_on(&records[next - 1], first, GOES_ON_M) && !begins_again
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UnixTime;

    fn record(second: i64, distance_m: u32) -> Record {
        let time = UnixTime::from_seconds(second);
        Record { time, distance_cm: Some(100 * distance_m), ..Record::default() }
    }

    fn seconds(records: &[Record]) -> Vec<i64> {
        records.iter().map(|record| record.time.0 / 1000).collect()
    }

    #[test]
    fn a_clock_that_is_set_back_moves_what_was_before() {
        let before = (0..20).map(|k| record(4_000 + k, 3 * k as u32));
        let after = (20..60).map(|k| record(400 + k, 3 * k as u32));
        let mut records: Vec<Record> = before.chain(after).collect();
        let moved = follow_clock_set_back(&mut records);
        assert_eq!(
            moved,
            [MovedRecords { count: 20, times_ms: 4_000_000..=4_019_000, by_ms: -3_600_000 }]
        );
        assert_eq!(seconds(&records), (400..460).collect::<Vec<_>>());
    }

    #[test]
    fn a_clock_that_is_lost_moves_what_comes_after() {
        let (set, lost) = (1_773_126_000, 946_684_800); // 10 March 2026 and 1 January 2000
        let before = (0..40).map(|k| record(set + k, 3 * k as u32));
        let after = (40..200).map(|k| record(lost + k, 3 * k as u32));
        let mut records: Vec<Record> = before.chain(after).collect();
        assert_eq!(follow_clock_set_back(&mut records)[0].count, 160);
        assert_eq!(seconds(&records), (set..set + 200).collect::<Vec<_>>());
    }

    #[test]
    fn a_few_records_of_another_day_at_the_end_move_nothing_else() {
        let of_day = |k: i64| if k < 189 { 1_773_126_000 } else { 1_772_607_600 };
        let mut records: Vec<Record> =
            (0..200).map(|k| record(of_day(k) + k, 3 * k as u32)).collect();
        assert_eq!(follow_clock_set_back(&mut records)[0].count, 11);
        assert_eq!(records[199].time, UnixTime::from_seconds(1_773_126_199));
    }

    #[test]
    fn what_is_written_backwards_is_known() {
        let mut records: Vec<Record> = (0..60).map(|k| record(k, 3 * k as u32)).collect();
        assert!(!is_reversed(&records));
        records.reverse();
        assert!(is_reversed(&records));
    }

    #[test]
    fn a_copy_and_a_lone_point_are_no_set_clock() {
        let run = || (0..60).map(|k| record(k, 3 * k as u32));
        let mut twice: Vec<Record> = run().chain(run()).collect();
        assert_eq!(follow_clock_set_back(&mut twice), []);
        let mut lone: Vec<Record> = run().collect();
        lone[30].time.0 += 3_600_000;
        assert_eq!(follow_clock_set_back(&mut lone), []);
    }

    fn beats() -> impl Iterator<Item = Record> {
        (0..60).step_by(5).map(|k| Record {
            time: UnixTime(k * 1000 + 300),
            heart_rate_bpm: Some(120),
            ..Record::default()
        })
    }

    #[test]
    fn readings_written_first_find_their_moments() {
        let run = (0..60).map(|k| record(k, 3 * k as u32));
        let mut records: Vec<Record> = beats().chain(run).collect();
        let keep = join_late_readings(&mut records).unwrap();
        assert_eq!(keep.iter().position(|keep| *keep), Some(12));
        assert_eq!(records[12..].iter().filter(|r| r.heart_rate_bpm == Some(120)).count(), 12);
    }

    #[test]
    fn readings_written_last_find_their_moments() {
        let run = (0..60).map(|k| record(k, 3 * k as u32));
        let mut records: Vec<Record> = run.chain(beats()).collect();
        let keep = join_late_readings(&mut records).unwrap();
        assert_eq!(keep.iter().filter(|keep| **keep).count(), 60);
        assert_eq!(records[..60].iter().filter(|r| r.heart_rate_bpm == Some(120)).count(), 12);
        let mut sound: Vec<Record> = (0..60).map(|k| record(k, 0)).collect();
        assert_eq!(join_late_readings(&mut sound), None);
    }
}
