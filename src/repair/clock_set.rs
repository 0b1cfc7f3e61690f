//! A clock that was set forward during the run: an hour passes in which nothing happened.
//!
//! The totals of the watch tell this from a real pause; without them nothing is moved unless the run goes
//! on hours later in the same stride.
//! A clock that was set back shows in the order of the records and is put right by decoding.

use super::readings::{is_paused_between, typical_step};
use super::rule::Rule;
use crate::activity::{Activity, RepairKind, is_before_clocks, runs_on};
use crate::units::UnixTime;

/// Records from before the clock was set.
pub static RULE: Rule = Rule { kind: RepairKind::ClockSet, apply };

/// A shorter leap is a gap like any other, in ms.
const SHORTEST_LEAP_MS: i64 = 5 * 60_000;
/// Nobody pauses for so long in the middle of a stride, in ms.
const NO_PAUSE_MS: i64 = 6 * 3_600_000;
/// How closely the watch's elapsed time must agree without the leap, in ms, or as a share.
const AGREES_MS: i64 = 30_000;
const AGREES_SHARE: f64 = 0.02;
/// How far the stated start may lie from the first record, in ms.
const START_FITS_MS: i64 = 120_000;

fn apply(activity: &mut Activity) -> usize {
    let Some((next, leap_ms)) = unreal_leap(activity) else { return 0 };
    let records = &activity.records;
    let (first, later) = (records[0].time.0, records[next].time.0);
    let starts =
        |at: i64| activity.stated_start.is_some_and(|start| (at - start.0).abs() <= START_FITS_MS);
    // The later clock is the better one, unless the file says that the run began by the earlier.
    let earlier_is_right = starts(first)
        && !starts(first + leap_ms)
        && later - leap_ms > first
        && !is_before_clocks(records[0].time);
    if earlier_is_right {
        let count = records.len() - next;
        shift(activity, later, i64::MAX, -leap_ms);
        count
    } else {
        shift(activity, i64::MIN, later - 1, leap_ms);
        next
    }
}

/// The record after the leap and by how much the clock leapt, in ms.
fn unreal_leap(activity: &Activity) -> Option<(usize, i64)> {
    let records = &activity.records;
    let step = (typical_step(records) * 1000.0) as i64;
    let next =
        (1..records.len()).max_by_key(|next| records[*next].time.0 - records[next - 1].time.0)?;
    let (from, to) = (records[next - 1].time.0, records[next].time.0);
    let leap = to - from - step;
    let is_unreal = leap >= SHORTEST_LEAP_MS
        && !is_paused_between(activity, from, to)
        && (agrees_without(activity, leap) || (leap >= NO_PAUSE_MS && runs_on(records, next)));
    is_unreal.then_some((next, leap))
}

/// Whether the watch counted as much time as there is without the leap.
fn agrees_without(activity: &Activity, leap_ms: i64) -> bool {
    let (records, stated) = (&activity.records, &activity.stated);
    let spans = records.first().zip(records.last()).zip(stated.elapsed);
    spans.is_some_and(|((first, last), stated)| {
        let stated = (stated.get() * 1000.0) as i64;
        let agrees = AGREES_MS.max((AGREES_SHARE * stated as f64) as i64);
        (last.time.0 - first.time.0 - leap_ms - stated).abs() <= agrees
    })
}

/// Moves every moment between two moments, in ms since 1970.
fn shift(activity: &mut Activity, from: i64, to: i64, by_ms: i64) {
    let moved = |time: &mut UnixTime| {
        if (from..=to).contains(&time.0) {
            time.0 += by_ms;
        }
    };
    activity.records.iter_mut().for_each(|record| moved(&mut record.time));
    activity.pauses.iter_mut().for_each(|pause| {
        moved(&mut pause.from);
        moved(&mut pause.to);
    });
    activity.end.iter_mut().for_each(moved);
    moved(&mut activity.start);
    if let Some(first) = activity.records.first().map(|record| record.time) {
        let waits = first.0 - activity.start.0;
        let fits = (0..=START_FITS_MS).contains(&waits);
        activity.start = if fits { activity.start } else { first };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::{START, steady};
    use crate::units::Seconds;

    fn leaping(earlier: i64, later: i64, stated_start: i64) -> Activity {
        let mut run = steady(1_800);
        for (k, record) in run.records.iter_mut().enumerate() {
            record.time.0 += 1000 * if k < 60 { earlier } else { later };
        }
        run.start = run.records[0].time;
        run.end = run.records.last().map(|record| record.time);
        run.stated.elapsed = Seconds::new(1_800.0);
        run.stated_start = Some(UnixTime::from_seconds(START + stated_start));
        run
    }

    #[test]
    fn an_hour_in_which_nothing_happened_is_taken_out() {
        let mut run = leaping(-3_600, 0, 0);
        assert_eq!(apply(&mut run), 60);
        assert_eq!((run.records, run.start), (steady(1_800).records, steady(1).start));
        let mut run = leaping(0, 3_600, 0);
        assert_eq!(apply(&mut run), 1_740);
        assert_eq!(run.records, steady(1_800).records);
    }

    #[test]
    fn nobody_stands_still_for_a_night_in_the_middle_of_a_stride() {
        let mut run = leaping(-30_000, 0, 0);
        run.stated.elapsed = None;
        assert_eq!(apply(&mut run), 60);
        assert_eq!(run.records, steady(1_800).records);
    }

    #[test]
    fn a_pause_that_the_watch_counts_stays() {
        let mut paused = leaping(0, 3_600, 0);
        paused.stated.elapsed = Seconds::new(5_400.0);
        assert_eq!(apply(&mut paused), 0);
        paused.stated.elapsed = None;
        assert_eq!(apply(&mut paused), 0);
    }
}
