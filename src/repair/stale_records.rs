//! A few records of another day at the beginning or at the end of a run.
//!
//! Some watches write what was left in their memory before the new run, or their first seconds before
//! the satellites told them the time.

use super::readings::retain;
use super::rule::Rule;
use crate::activity::{Activity, RepairKind, runs_on};

/// Records of another day.
pub static RULE: Rule = Rule { kind: RepairKind::StaleRecords, apply };

/// Nobody pauses a run for so long, in ms.
const ANOTHER_DAY_MS: i64 = 6 * 3_600_000;
/// More records than these are a part of the run, however far away.
const FEW: usize = 60;

fn apply(activity: &mut Activity) -> usize {
    let records = &activity.records;
    // A run that goes on across the leap began by a clock that was set then.
    let was_set = |next: usize| next < FEW && runs_on(records, next);
    let rests = |next: &usize| {
        records[*next].time.0 - records[next - 1].time.0 > ANOTHER_DAY_MS && !was_set(*next)
    };
    let starts: Vec<usize> = (1..records.len()).filter(rests).collect();
    let ends = starts.iter().copied().chain([records.len()]);
    let pieces: Vec<usize> =
        [0].into_iter().chain(starts.iter().copied()).zip(ends).map(|(a, b)| b - a).collect();
    let Some(longest) = pieces.iter().copied().max().filter(|_| pieces.len() > 1) else { return 0 };
    let is_stale = |length: usize| length < FEW && length < longest;
    let keep: Vec<bool> =
        pieces.iter().flat_map(|length| std::iter::repeat_n(!is_stale(*length), *length)).collect();
    let left_out = keep.iter().filter(|keep| !**keep).count();
    if left_out > 0 {
        retain(activity, &keep);
        start_with_the_records(activity);
    }
    left_out
}

/// The start goes with the records that are left; the file's own word counts where it fits.
fn start_with_the_records(activity: &mut Activity) {
    let Some(first) = activity.records.first().map(|record| record.time) else { return };
    let fits = |start: &crate::units::UnixTime| (0..=3_600_000).contains(&(first.0 - start.0));
    activity.start =
        activity.stated_start.filter(fits).or(Some(activity.start).filter(fits)).unwrap_or(first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::steady;

    #[test]
    fn eleven_records_of_another_day_are_left_out() {
        for (first, last) in [(true, false), (false, true)] {
            let mut run = steady(1_800);
            let expected_start = if first { run.records[11].time } else { run.start };
            for (k, record) in run.records.iter_mut().enumerate() {
                let stale = (first && k < 11) || (last && k >= 1_789);
                record.heart_rate_bpm = Some(if stale { 80 } else { 125 });
                record.time.0 +=
                    if stale { 6 * 86_400_000 * if first { -1 } else { 1 } } else { 0 };
            }
            run.start = run.records[0].time;
            assert_eq!(apply(&mut run), 11);
            assert_eq!((run.records.len(), run.start), (1_789, expected_start));
        }
    }

    #[test]
    fn a_run_through_two_days_with_a_sleep_keeps_both() {
        let mut run = steady(1_800);
        run.records.iter_mut().skip(900).for_each(|record| record.time.0 += 8 * 3_600_000);
        assert_eq!(apply(&mut run), 0);
    }
}
