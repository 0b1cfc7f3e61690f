//! Means of any stretch of a lane, answered at once.

use std::ops::{AddAssign, Range};

use crate::metrics::series::Channel;

/// Running sums of a lane.
pub(super) struct Means {
    sums: Vec<u64>,
    counts: Vec<u32>,
}

impl Means {
    pub(super) fn of(lane: &Channel) -> Self {
        Self {
            sums: running(lane, |value| value.map_or(0, u64::from)),
            counts: running(lane, |value| u32::from(value.is_some())),
        }
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

/// The sums up to each second, from nothing on.
fn running<T: Copy + Default + AddAssign>(lane: &Channel, of: fn(Option<u16>) -> T) -> Vec<T> {
    let mut sums = Vec::with_capacity(lane.len() + 1);
    let mut sum = T::default();
    sums.push(sum);
    sums.extend(lane.iter().map(|value| {
        sum += of(value);
        sum
    }));
    sums
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
