//! What the seconds without a heart rate may hide, at worst.

use std::borrow::Cow;

use crate::metrics::series::Series;
use crate::metrics::span::runs_where;

/// A heart does not rise and come back within so many seconds.
const SHORT_S: usize = 20;
/// Above every line.
const HARD_BPM: u16 = 255;

/// The series as if the heart had been above all lines wherever nothing was seen of it. A short gap
/// is no higher than what stands on either side of it, unless readings were held before it: then it
/// is the end of a longer one.
pub(super) fn with_unseen_hard(series: &Series, held_s: u32) -> Cow<'_, Series> {
    let unseen = runs_where(series.len(), |k| series.heart_rate.get(k).is_none());
    if unseen.is_empty() {
        return Cow::Borrowed(series);
    }
    let mut filled = series.clone();
    for gap in unseen {
        let (start, end) = (gap.start, gap.end);
        let before = start.checked_sub(1).and_then(|k| series.heart_rate.get(k));
        let sides = before.zip(series.heart_rate.get(end)).map(|(before, after)| before.max(after));
        let is_short = held_s == 0 && end - start <= SHORT_S;
        let worst = sides.filter(|_| is_short).unwrap_or(HARD_BPM);
        (start..end).for_each(|k| filled.heart_rate.set(k, Some(worst)));
    }
    Cow::Owned(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    fn worst(gap: std::ops::Range<usize>, held_s: u32) -> Option<u16> {
        let beats = |k: usize| (!gap.contains(&k)).then_some(if k < gap.start { 130 } else { 140 });
        let series = run(600, |k| (beats(k), 2_500, 166));
        with_unseen_hard(&series, held_s).heart_rate.get(gap.start)
    }

    #[test]
    fn a_short_gap_is_no_higher_than_its_sides() {
        assert_eq!(worst(300..320, 0), Some(140));
        assert_eq!(worst(300..321, 0), Some(255));
        assert_eq!(worst(300..301, 5), Some(255), "the end of a longer gap");
        assert_eq!(worst(590..600, 0), Some(255), "nothing stands behind it");
    }
}
