//! What the seconds without a heart rate may hide, at worst.

use super::channel::Channel;
use super::span::runs_where;

/// A heart does not rise and come back within so many seconds.
const SHORT_S: usize = 20;
/// Above every line.
const HARD_BPM: u16 = 255;

/// The heart rate as if it had been above all lines wherever nothing was seen of it; `None` where
/// all was seen. A short gap is no higher than what stands on either side of it, unless readings
/// were `held` before it: then it is the end of a longer one.
pub(super) fn with_unseen_hard(heart_rate: &Channel, held: bool) -> Option<Channel> {
    let unseen = runs_where(heart_rate.len(), |k| heart_rate.get(k).is_none());
    if unseen.is_empty() {
        return None;
    }
    let mut filled = heart_rate.clone();
    for gap in unseen {
        let (start, end) = (gap.start, gap.end);
        let before = start.checked_sub(1).and_then(|k| heart_rate.get(k));
        let sides = before.zip(heart_rate.get(end)).map(|(before, after)| before.max(after));
        let is_short = !held && end - start <= SHORT_S;
        let worst = sides.filter(|_| is_short).unwrap_or(HARD_BPM);
        (start..end).for_each(|k| filled.set(k, Some(worst)));
    }
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worst(gap: std::ops::Range<usize>, held: bool) -> Option<u16> {
        let beats = |k: usize| (!gap.contains(&k)).then_some(if k < gap.start { 130 } else { 140 });
        let heart_rate = Channel::of((0..600).map(beats));
        with_unseen_hard(&heart_rate, held).unwrap().get(gap.start)
    }

    #[test]
    fn a_short_gap_is_no_higher_than_its_sides() {
        assert_eq!(worst(300..320, false), Some(140));
        assert_eq!(worst(300..321, false), Some(255));
        assert_eq!(worst(300..301, true), Some(255), "the end of a longer gap");
        assert_eq!(worst(590..600, false), Some(255), "nothing stands behind it");
    }

    #[test]
    fn where_all_was_seen_nothing_is_filled() {
        assert_eq!(with_unseen_hard(&Channel::of([Some(130); 9]), true), None);
    }
}
