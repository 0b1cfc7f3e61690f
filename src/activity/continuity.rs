//! Whether a run goes on from one record to the next, and whether its clock was ever set.

use super::{Record, metres_between};
use crate::units::UnixTime;

/// So many records on either side show how a run went on.
const RECORDS: usize = 10;
/// How far the way may go on where nothing else tells that the run did, in metres.
const RUNS_ON_M: f64 = 50.0;
/// From this speed on somebody runs or walks, in m/s.
const MOVING_M_S: f64 = 1.0;
/// How much the heart rate changes from one record to the next at most, in bpm.
const SAME_HEART_BPM: f64 = 15.0;

/// 2007-01-01T00:00:00Z. What a watch dates before is nearly always the time since it was switched on,
/// or that of a clock never set: 1970, 1989-12-31, 2000-01-01 or 1,024 weeks ago.
const CLOCKS_SET_SINCE: UnixTime = UnixTime::from_seconds(1_167_609_600);

/// Whether a clock that shows this time looks as if it was never set.
pub fn is_before_clocks(time: UnixTime) -> bool {
    time < CLOCKS_SET_SINCE
}

/// Whether the way goes on from one record to another, with so many metres between them at most.
pub fn goes_on(last: &Record, first: &Record, most_m: f64) -> bool {
    metres(last, first).is_some_and(|metres| metres <= most_m)
}

/// Whether the run simply goes on from one record to this one, however much time lies between them.
///
/// Nobody stops at full speed, and goes on at full speed, in the same place and with the same heart
/// rate hours later: the clock was set in between.
pub fn runs_on(records: &[Record], next: usize) -> bool {
    let Some(before) = next.checked_sub(RECORDS).map(|first| &records[first..next]) else {
        return false;
    };
    let Some(after) = records.get(next..next + RECORDS) else { return false };
    let moves = |piece: &[Record]| {
        let (first, last) = (&piece[0], &piece[RECORDS - 1]);
        let seconds = (last.time.0 - first.time.0) as f64 / 1000.0;
        metres(first, last).is_some_and(|metres| metres >= MOVING_M_S * seconds)
    };
    let hearts = mean_heart_rate(before).zip(mean_heart_rate(after));
    goes_on(&before[RECORDS - 1], &after[0], RUNS_ON_M)
        && moves(before)
        && moves(after)
        && hearts.is_some_and(|(before, after)| (before - after).abs() <= SAME_HEART_BPM)
}

fn mean_heart_rate(records: &[Record]) -> Option<f64> {
    let beats = || records.iter().filter_map(|record| record.heart_rate_bpm).map(f64::from);
    let count = beats().count();
    (count > 0).then(|| beats().sum::<f64>() / count as f64)
}

/// Metres from one record to a later one, by counter or place.
fn metres(from: &Record, to: &Record) -> Option<f64> {
    match (from.distance_cm, to.distance_cm, from.position, to.position) {
        (Some(from), Some(to), ..) => to.checked_sub(from).map(|cm| f64::from(cm) / 100.0),
        (_, _, Some(from), Some(to)) => Some(metres_between(from.degrees(), to.degrees())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn running(second: i64, metres: i64, beats: u8) -> Record {
        Record {
            time: UnixTime::from_seconds(second),
            distance_cm: Some(100 * metres as u32),
            heart_rate_bpm: Some(beats),
            ..Record::default()
        }
    }

    fn with_leap(leap_s: i64, later_bpm: u8, metres_on: i64) -> Vec<Record> {
        let before = (0..20).map(|k| running(k, 3 * k, 130));
        let after = (20..40).map(|k| running(k + leap_s, 3 * k + metres_on, later_bpm));
        before.chain(after).collect()
    }

    #[test]
    fn a_run_goes_on_whatever_the_clock_says() {
        assert!(runs_on(&with_leap(86_400, 132, 0), 20));
        assert!(!runs_on(&with_leap(86_400, 95, 0), 20), "the heart had rested");
        assert!(!runs_on(&with_leap(86_400, 132, 300), 20), "elsewhere");
        assert!(!runs_on(&with_leap(86_400, 132, 0)[..25], 20), "too few records to tell");
    }

    #[test]
    fn a_clock_of_the_last_century_was_never_set() {
        assert!(is_before_clocks(UnixTime(0)));
        assert!(is_before_clocks(UnixTime::from_seconds(946_684_800)));
        assert!(!is_before_clocks(UnixTime::from_seconds(1_773_126_000)));
    }
}
