//! Means of any stretch of a lane, answered at once.

use std::ops::Range;

use crate::metrics::series::Channel;

/// Running sums of a lane.
pub(super) struct Means {
    sums: Vec<u64>,
    counts: Vec<u32>,
}

impl Means {
    pub(super) fn of(lane: &Channel) -> Self {
        let (mut sum, mut count) = (0, 0);
        let (sums, counts) = std::iter::once((0, 0))
            .chain(lane.iter().map(|value| {
                sum += value.map_or(0, u64::from);
                count += u32::from(value.is_some());
                (sum, count)
            }))
            .unzip();
        Self { sums, counts }
    }

    /// The mean of a stretch, cut to the lane; `None` where no second has a value.
    pub(super) fn over(&self, stretch: Range<usize>) -> Option<f64> {
        let last = self.sums.len() - 1;
        let (start, end) = (stretch.start.min(last), stretch.end.min(last));
        let count = self.counts[end].checked_sub(self.counts[start]).filter(|count| *count > 0)?;
        Some((self.sums[end] - self.sums[start]) as f64 / f64::from(count))
    }

    /// The mean of so many seconds before second `k`.
    pub(super) fn before(&self, k: usize, seconds: usize) -> Option<f64> {
        self.over(k.saturating_sub(seconds)..k)
    }

    /// The mean of so many seconds from second `k` on.
    pub(super) fn from(&self, k: usize, seconds: usize) -> Option<f64> {
        self.over(k..k + seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_seconds_take_no_part() {
        let means = Means::of(&Channel::of([Some(10), None, Some(20), None]));
        assert_eq!(means.over(0..3), Some(15.0));
        assert_eq!(means.over(1..2), None);
        assert_eq!(means.over(2..99), Some(20.0));
        assert_eq!(means.before(2, 5), Some(10.0));
        assert_eq!(means.from(3, 5), None);
    }
}
