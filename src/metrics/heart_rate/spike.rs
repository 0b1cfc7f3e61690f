//! Step 2: a few seconds far from what surrounds them are the sensor's, not the heart's.

use super::remove;
use crate::metrics::series::{Lane, Removal, Series};
use crate::metrics::span::runs_where;

/// Distance from the median of the surroundings, in beats per minute.
const FAR_BPM: u16 = 12;
/// Seconds on each side that make the surroundings.
const AROUND_S: usize = 7;
/// A longer stretch is no spike, in seconds.
const LONGEST_S: usize = 10;

pub(super) fn clean(series: &mut Series) {
    let medians = rolling_medians(&series.heart_rate);
    let far = |k: usize| {
        series.heart_rate.get(k).is_some_and(|beats| beats.abs_diff(medians[k]) > FAR_BPM)
    };
    for run in runs_where(series.len(), far).into_iter().filter(|run| run.len() <= LONGEST_S) {
        remove(series, Removal::Spike, run);
    }
}

/// The median of the present values around every second, kept up to date in a sorted window.
fn rolling_medians(lane: &Lane) -> Vec<u16> {
    let mut window: Vec<u16> = Vec::with_capacity(2 * AROUND_S + 1);
    let mut medians = Vec::with_capacity(lane.len());
    for k in 0..lane.len() + AROUND_S {
        if let Some(value) = lane.get(k) {
            window.insert(window.partition_point(|other| *other < value), value);
        }
        if let Some(gone) = k.checked_sub(2 * AROUND_S + 1).and_then(|first| lane.get(first)) {
            window.remove(window.partition_point(|other| *other < gone));
        }
        if k >= AROUND_S {
            medians.push(window.get(window.len() / 2).copied().unwrap_or(0));
        }
    }
    medians
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::{removed, run};

    #[test]
    fn rolling_medians_are_the_medians() {
        let beats: Vec<u16> = (0..60).map(|k| 120 + (k * 37 % 23)).collect();
        let medians = rolling_medians(&Lane::of(beats.iter().map(|b| Some(*b))));
        let mut around = beats[13..28].to_vec();
        around.sort_unstable();
        assert_eq!((medians.len(), medians[20]), (60, around[7]));
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
}
