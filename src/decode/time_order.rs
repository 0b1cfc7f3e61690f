//! Records whose time steps back for a reason: readings written after all others, and a clock that
//! was set back.
//!
//! Whatever else steps back is damage, and is left out by each format.

use super::{Problem, ProblemKind};
use crate::activity::{Position, Record};

/// Fewer records than these before or after a step prove no set clock.
const FEW: usize = 10;
/// A smaller step back is no set clock, in ms.
const SHORTEST_STEP_MS: i64 = 5_000;
/// How far the way may go on across the step, in metres.
const GOES_ON_M: f64 = 200.0;
/// How far apart in time two readings of one moment may be, in ms.
const SAME_MOMENT_MS: i64 = 1_000;

/// Gives readings that are written after all others, without any place, to the records of their
/// moments; says which records are left to stand for themselves.
pub fn join_late_readings(records: &mut [Record]) -> Option<Vec<bool>> {
    let late = (1..records.len()).find(|k| records[*k].time < records[k - 1].time)?;
    let (placed, rest) = records.split_at_mut(late);
    let hearts = placed.iter().filter(|record| record.heart_rate_bpm.is_some()).count();
    let without_way = rest.iter().filter(|record| !has_motion(record)).count();
    let is_written_last = placed.len().min(without_way) >= FEW && 2 * without_way >= rest.len();
    if !is_written_last || 2 * hearts > placed.len() {
        return None;
    }
    let mut keep = vec![true; placed.len() + rest.len()];
    for (k, record) in rest.iter().enumerate().filter(|(_, record)| !has_motion(record)) {
        if let Some(own) = nearest(placed, record) {
            let own = &mut placed[own];
            own.heart_rate_bpm = own.heart_rate_bpm.or(record.heart_rate_bpm);
            own.cadence_centi_spm = own.cadence_centi_spm.or(record.cadence_centi_spm);
            own.altitude_m = own.altitude_m.or(record.altitude_m);
            own.temperature_c = own.temperature_c.or(record.temperature_c);
            keep[late + k] = false;
        }
    }
    keep.contains(&false).then_some(keep)
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

/// Moves the records from before a clock was set back to the clock that holds after it, and says how
/// many those are.
///
/// The clock was set where the way goes on although the time steps back. A copy of the run written
/// behind the run is none: it begins again.
pub fn follow_clock_set_back(records: &mut [Record]) -> usize {
    let mut moved = 0;
    for next in (1..records.len()).rev() {
        let step = records[next].time.0 - records[next - 1].time.0;
        if step < -SHORTEST_STEP_MS && was_set(records, next) {
            let shift = step - 1_000;
            records[..next].iter_mut().for_each(|record| record.time.0 += shift);
            moved = next;
        }
    }
    moved
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
    before.min(after) >= FEW && goes_on(&records[next - 1], first) && !begins_again
}

fn goes_on(last: &Record, first: &Record) -> bool {
    match (last.distance_cm, first.distance_cm, last.position, first.position) {
        (Some(from), Some(to), ..) => to >= from && f64::from(to - from) <= 100.0 * GOES_ON_M,
        (_, _, Some(from), Some(to)) => is_near(from, to),
        _ => false,
    }
}

/// Whether two places lie so near that the run went on from one to the other; roughly, without the
/// narrowing of the meridians.
fn is_near(from: Position, to: Position) -> bool {
    let ((lat1, lon1), (lat2, lon2)) = (from.degrees(), to.degrees());
    let most = GOES_ON_M / 111_195.0;
    (lat1 - lat2).abs() <= most && (lon1 - lon2).abs() <= 2.0 * most
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
        assert_eq!(follow_clock_set_back(&mut records), 20);
        assert_eq!(seconds(&records), (400..460).collect::<Vec<_>>());
    }

    #[test]
    fn a_copy_and_a_lone_point_are_no_set_clock() {
        let run = || (0..60).map(|k| record(k, 3 * k as u32));
        let mut twice: Vec<Record> = run().chain(run()).collect();
        assert_eq!(follow_clock_set_back(&mut twice), 0);
        let mut lone: Vec<Record> = run().collect();
        lone[30].time.0 += 3_600_000;
        assert_eq!(follow_clock_set_back(&mut lone), 0);
    }

    #[test]
    fn readings_written_last_find_their_moments() {
        let run = (0..60).map(|k| record(k, 3 * k as u32));
        let beats = (0..60).step_by(5).map(|k| Record {
            time: UnixTime(k * 1000 + 300),
            heart_rate_bpm: Some(120),
            ..Record::default()
        });
        let mut records: Vec<Record> = run.chain(beats).collect();
        let keep = join_late_readings(&mut records).unwrap();
        assert_eq!(keep.iter().filter(|keep| **keep).count(), 60);
        assert_eq!(records[..60].iter().filter(|r| r.heart_rate_bpm == Some(120)).count(), 12);
        let mut sound: Vec<Record> = (0..60).map(|k| record(k, 0)).collect();
        assert_eq!(join_late_readings(&mut sound), None);
    }
}
