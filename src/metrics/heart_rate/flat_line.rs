//! Step 4: the same value for minutes while the effort changed.

use std::cell::OnceCell;
use std::ops::Range;

use super::marking::remove;
use super::means::Means;
use crate::metrics::series::{Movement, Removal, Series};

/// A flat line this long is taken out, in seconds.
const LONG_S: usize = 120;
/// A flat line this long is worth a note, in seconds.
const SHORT_S: usize = 60;
/// Change of speed that a heart would answer, in mm/s.
const SPEED_CHANGE_MM_S: f64 = 300.0;
/// Seconds over which speed is averaged, so that its noise is no change.
const SPEED_MEAN_S: usize = 15;

pub(super) fn clean(series: &mut Series) {
    for stretch in flat_stretches(series).into_iter().filter(|stretch| stretch.len() >= LONG_S) {
        remove(series, Removal::FlatLine, stretch);
    }
}

/// Seconds in flat lines of one to two minutes: kept, and worth a note.
pub fn short_flat_seconds(series: &Series) -> u32 {
    flat_stretches(series).iter().map(|stretch| stretch.len() as u32).sum()
}

/// Stretches of one value for a minute or more during which the effort changed.
fn flat_stretches(series: &Series) -> Vec<Range<usize>> {
    let speed = OnceCell::new();
    let is_flat = |stretch: &Range<usize>| {
        effort_changes(series, speed.get_or_init(|| Means::of(&series.speed)), stretch)
    };
    series.heart_rate.equal_runs(SHORT_S).into_iter().filter(is_flat).collect()
}

fn effort_changes(series: &Series, speed: &Means, stretch: &Range<usize>) -> bool {
    let stands = series.movement[stretch.clone()].contains(&Movement::Stopped)
        || series
            .pauses
            .iter()
            .any(|pause| (stretch.start + 1..stretch.end).contains(&(pause.before as usize)));
    let means =
        (stretch.start..=stretch.end - SPEED_MEAN_S).filter_map(|k| speed.from(k, SPEED_MEAN_S));
    let (slowest, fastest) = means.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), mean| {
        (low.min(mean), high.max(mean))
    });
    stands || fastest - slowest >= SPEED_CHANGE_MM_S
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::{removed, run};

    fn flat_for(seconds: usize, fast: u16) -> Series {
        run(600, |k| {
            let flat = (200..200 + seconds).contains(&k);
            let beats = if flat { 140 } else { 130 + (k % 2) as u16 };
            (Some(beats), if k >= 230 { fast } else { 2_500 }, 166)
        })
    }

    #[test]
    fn two_minutes_of_one_value_while_speed_changes_go() {
        let mut series = flat_for(120, 2_900);
        clean(&mut series);
        assert_eq!(removed(&series, Removal::FlatLine), 120);
    }

    #[test]
    fn a_steady_effort_may_have_a_steady_heart() {
        let mut series = flat_for(300, 2_600);
        clean(&mut series);
        assert!(series.removed.is_empty());
        assert_eq!(short_flat_seconds(&series), 0);
    }

    #[test]
    fn one_to_two_minutes_are_only_noted() {
        let mut series = flat_for(100, 2_900);
        clean(&mut series);
        assert!(series.removed.is_empty());
        assert_eq!(short_flat_seconds(&series), 100);
    }
}
