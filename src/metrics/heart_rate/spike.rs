//! Step 2: a few seconds far from what surrounds them are the sensor's, not the heart's.

use super::marking::remove;
use crate::metrics::series::{Removal, Series};
use crate::metrics::span::runs_where;

/// Distance from the median of the surroundings, in beats per minute.
const FAR_BPM: u16 = 12;
/// Seconds on each side that make the surroundings.
const AROUND_S: usize = 7;
/// A longer stretch is no spike, in seconds.
const LONGEST_S: usize = 10;

pub(super) fn clean(series: &mut Series) {
    let beats: Vec<Option<u16>> = series.heart_rate.iter().collect();
    // The median is one of the values around: where none of them is far, it is not either.
    let lowest = around(&beats, i16::MAX, i16::min);
    let highest = around(&beats, 0, i16::max);
    let is_wide = |k: usize| highest[k] - lowest[k] > FAR_BPM as i16;
    if !(0..beats.len()).fold(false, |any, k| any | is_wide(k)) {
        return;
    }
    let may_be_far = |own: u16, k: usize| {
        let own = i32::from(own);
        let reach = (i32::from(highest[k]) - own).max(own - i32::from(lowest[k]));
        reach > i32::from(FAR_BPM)
    };
    let far = |k: usize| {
        is_wide(k) && beats[k].is_some_and(|own| may_be_far(own, k)) && is_far(&beats, k)
    };
    for run in runs_where(beats.len(), far).into_iter().filter(|run| run.len() <= LONGEST_S) {
        remove(series, Removal::Spike, run);
    }
}

/// Whether second `k` is far from the median of the present values around it.
fn is_far(beats: &[Option<u16>], k: usize) -> bool {
    let Some(own) = beats[k] else { return false };
    let around = &beats[k.saturating_sub(AROUND_S)..(k + AROUND_S + 1).min(beats.len())];
    median(around).abs_diff(own) > FAR_BPM
}

/// The lowest or highest of the values around each second, by windows of 2, 4, 8 and at last 15 seconds.
fn around(beats: &[Option<u16>], missing: i16, pick: impl Fn(i16, i16) -> i16) -> Vec<i16> {
    let beyond = std::iter::repeat_n(missing, AROUND_S);
    let value =
        |beats: &Option<u16>| beats.map_or(missing, |beats| beats.min(i16::MAX as u16) as i16);
    let mut windows: Vec<i16> = Vec::with_capacity(beats.len() + 2 * AROUND_S);
    windows.extend(beyond.clone());
    windows.extend(beats.iter().map(value));
    windows.extend(beyond);
    for reach in [1, 2, 4, AROUND_S] {
        for k in 0..windows.len() - reach {
            windows[k] = pick(windows[k], windows[k + reach]);
        }
    }
    windows.truncate(beats.len());
    windows
}

/// The median of the present values, the upper one of two in the middle.
fn median(around: &[Option<u16>]) -> u16 {
    let mut present: Vec<u16> = around.iter().copied().flatten().collect();
    present.sort_unstable();
    present.get(present.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::{removed, run};

    #[test]
    fn far_is_far_from_the_median_around() {
        let beats: Vec<Option<u16>> = (0..200).map(|k| Some(120 + (k * 37 % 31))).collect();
        for k in AROUND_S..200 - AROUND_S {
            let mut around: Vec<u16> =
                beats[k - AROUND_S..=k + AROUND_S].iter().copied().flatten().collect();
            around.sort_unstable();
            let far = beats[k].unwrap().abs_diff(around[AROUND_S]) > FAR_BPM;
            assert_eq!(is_far(&beats, k), far, "second {k}");
        }
    }

    #[test]
    fn a_short_spike_goes_and_a_climb_stays() {
        let mut series = run(600, |k| match k {
            100..=104 => (Some(160), 2_500, 170),
            300.. => (Some(130 + ((k - 300) / 4).min(20) as u16), 2_500, 170),
            _ => (Some(130), 2_500, 170),
        });
        clean(&mut series);
        assert_eq!(removed(&series, Removal::Spike), 5);
        assert_eq!(series.removed.len(), 1);
    }

    #[test]
    fn a_step_that_stays_is_no_spike() {
        let mut series = run(600, |k| (Some(if k < 300 { 120 } else { 150 }), 2_500, 170));
        clean(&mut series);
        assert!(series.removed.is_empty());
    }

    #[test]
    fn windows_reach_seven_seconds_either_way() {
        let beats: Vec<Option<u16>> =
            (0..40).map(|k| (k % 3 != 0).then_some(k * 37 % 101)).collect();
        let (lowest, highest) = (around(&beats, i16::MAX, i16::min), around(&beats, 0, i16::max));
        for k in 0..beats.len() {
            let window = beats[k.saturating_sub(7)..(k + 8).min(beats.len())].iter().flatten();
            assert_eq!(i16::try_from(*window.clone().min().unwrap()), Ok(lowest[k]), "{k}");
            assert_eq!(i16::try_from(*window.max().unwrap()), Ok(highest[k]), "{k}");
        }
        assert!(around(&[], 0, i16::max).is_empty());
    }
}
