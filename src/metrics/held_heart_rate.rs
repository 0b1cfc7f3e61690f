//! For how many seconds an earlier heart rate stands in for one that was due and is not there.

use super::clock::Clock;
use crate::activity::Record;

/// How long a heart rate holds, in ms; beyond that it is missing.
const HOLDS_MS: i64 = 20_000;

/// Seconds of timer time behind a reading after which the next was due. A reading is due after the
/// typical time between two of them; one that comes within twice that time is not late.
pub(super) fn held_seconds(records: &[Record], clock: &Clock, typical_s: Option<f64>) -> u32 {
    let typical_ms = typical_s.map_or(0, |seconds| (seconds * 1000.0) as i64);
    if typical_ms <= 0 {
        return 0;
    }
    let held_ms = |from: i64, next: Option<i64>| {
        let run = clock.runs.get(clock.runs.partition_point(|run| run.to_ms <= from));
        let until_next = run.map_or(0, |run| {
            next.map_or(run.to_ms, |next| run.to_ms.min(next)) - from.max(run.from_ms)
        });
        let is_late = until_next >= 2 * typical_ms;
        if is_late { (until_next.min(HOLDS_MS) - typical_ms).max(0) } else { 0 }
    };
    let is_reading = |record: &&Record| record.heart_rate_bpm.is_some_and(|beats| beats > 0);
    let (mut before, mut sum_ms) = (None, 0);
    for next in records.iter().filter(is_reading).map(|record| record.time.0) {
        // Most readings come in time, whatever the timer did meanwhile.
        if let Some(from) = before.replace(next).filter(|from| next - from >= 2 * typical_ms) {
            sum_ms += held_ms(from, Some(next));
        }
    }
    let held_ms = sum_ms + before.map_or(0, |last| held_ms(last, None));
    u32::try_from(held_ms / 1000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::clock::TimerRun;
    use crate::units::UnixTime;

    fn held(seconds: &[i64], runs: &[(i64, i64)]) -> u32 {
        let record = |second: &i64| Record {
            time: UnixTime(second * 1000),
            heart_rate_bpm: Some(130),
            ..Record::default()
        };
        let records: Vec<Record> = seconds.iter().map(record).collect();
        let run = |(from, to): &(i64, i64)| TimerRun { from_ms: from * 1000, to_ms: to * 1000 };
        let runs: Vec<TimerRun> = runs.iter().map(run).collect();
        let end_ms = runs.last().unwrap().to_ms;
        held_seconds(&records, &Clock { runs, end_ms }, Some(1.0))
    }

    #[test]
    fn a_reading_every_second_holds_nothing_back() {
        assert_eq!(held(&[0, 1, 2, 3, 4, 5], &[(0, 6)]), 0);
    }

    #[test]
    fn what_was_due_is_counted_up_to_twenty_seconds() {
        assert_eq!(held(&[0, 1, 4, 5], &[(0, 6)]), 2, "seconds 2 and 3");
        assert_eq!(held(&[0, 1, 61, 62], &[(0, 63)]), 19, "the rest is missing");
    }

    #[test]
    fn a_pause_owes_no_reading() {
        assert_eq!(held(&[0, 1, 61, 62], &[(0, 2), (61, 63)]), 0);
        assert_eq!(held(&[0, 61, 62], &[(0, 4), (61, 63)]), 3, "until the timer stopped");
    }
}
