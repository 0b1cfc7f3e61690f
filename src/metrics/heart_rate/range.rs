//! Step 1: no heart beats below 40 or above 230 a minute on a run.

use super::marking::remove;
use crate::metrics::series::{Removal, Series};
use crate::metrics::span::runs_where;

const POSSIBLE_BPM: std::ops::RangeInclusive<u16> = 40..=230;

pub(super) fn clean(series: &mut Series) {
    let extremes = [series.heart_rate.lowest(), series.heart_rate.highest()];
    if extremes.iter().flatten().all(|beats| POSSIBLE_BPM.contains(beats)) {
        return;
    }
    let outside =
        |k: usize| series.heart_rate.get(k).is_some_and(|beats| !POSSIBLE_BPM.contains(&beats));
    for run in runs_where(series.len(), outside) {
        remove(series, Removal::OutOfRange, run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::{removed, run};

    #[test]
    fn the_limits_themselves_are_possible() {
        let beats = [39, 40, 230, 231];
        let mut series = run(4, |k| (Some(beats[k]), 2_500, 160));
        clean(&mut series);
        assert_eq!(series.heart_rate.iter().collect::<Vec<_>>(), [None, Some(40), Some(230), None]);
        assert_eq!(removed(&series, Removal::OutOfRange), 2);
    }
}
