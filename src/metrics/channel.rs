//! One quantity of a run at 1 Hz.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// One quantity at 1 Hz: small whole numbers, any of which may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Channel {
    /// The value plus one; 0 where there is none.
    stored: Vec<u16>,
}

impl Channel {
    /// A lane of so many seconds without any value.
    pub fn blank(seconds: usize) -> Self {
        Self { stored: vec![0; seconds] }
    }

    /// A lane of these values.
    pub fn of(values: impl IntoIterator<Item = Option<u16>>) -> Self {
        Self { stored: values.into_iter().map(store).collect() }
    }

    /// A lane without any second, with room for so many.
    pub fn with_capacity(seconds: usize) -> Self {
        Self { stored: Vec::with_capacity(seconds) }
    }

    /// Adds a second.
    pub fn push(&mut self, value: Option<u16>) {
        self.stored.push(store(value));
    }

    /// How many seconds it covers.
    pub fn len(&self) -> usize {
        self.stored.len()
    }

    /// Whether it covers no second at all.
    pub fn is_empty(&self) -> bool {
        self.stored.is_empty()
    }

    /// The value of second `k`.
    pub fn get(&self, k: usize) -> Option<u16> {
        self.stored.get(k).and_then(|stored| stored.checked_sub(1))
    }

    /// Puts a value into second `k`, or takes it away.
    pub fn set(&mut self, k: usize, value: Option<u16>) {
        self.stored[k] = store(value);
    }

    /// Every second's value, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<u16>> + DoubleEndedIterator + '_ {
        self.stored.iter().map(|stored| stored.checked_sub(1))
    }

    /// The stretches of one value that last so many seconds or more, in order.
    pub(super) fn equal_runs(&self, least: usize) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        let mut start = 0;
        while let Some(window) = self.stored.get(start..start + least) {
            // From behind, so that what lies before a change need not be looked at.
            if let Some(change) = window.windows(2).rposition(|pair| pair[0] != pair[1]) {
                start += change + 1;
                continue;
            }
            let same = self.stored[start..].iter().take_while(|stored| **stored == window[0]);
            let run = start..start + same.count();
            start = run.end;
            if window[0] != 0 {
                runs.push(run);
            }
        }
        runs
    }

    /// Every second's value, of which each holds until the next; `first` holds before them.
    pub(super) fn held_from(&self, first: u16) -> Vec<u16> {
        let mut latest = first;
        let hold = |stored: &u16| {
            latest = stored.checked_sub(1).unwrap_or(latest);
            latest
        };
        self.stored.iter().map(hold).collect()
    }

    /// The highest sum of so many seconds in a row that all have a value, and where it begins.
    pub(super) fn highest_sum(&self, seconds: usize) -> Option<(u64, usize)> {
        let mut best: Option<(u64, usize)> = None;
        let mut next = 0;
        for whole in self.stored.split(|stored| *stored == 0) {
            let start = next;
            next += whole.len() + 1;
            let Some(first) = whole.get(..seconds) else { continue };
            let mut sum: u64 = first.iter().map(|stored| u64::from(*stored)).sum();
            let mut keep = |sum: u64, start: usize| {
                if best.is_none_or(|(highest, _)| sum > highest) {
                    best = Some((sum, start));
                }
            };
            keep(sum, start);
            for ((gone, come), start) in whole.iter().zip(&whole[seconds..]).zip(start + 1..) {
                sum = sum + u64::from(*come) - u64::from(*gone);
                keep(sum, start);
            }
        }
        best.map(|(sum, start)| (sum - seconds as u64, start))
    }

    /// How many seconds have a value here and in another channel, for both of which this holds.
    pub(super) fn count_both(&self, other: &Self, holds: impl Fn(u16, u16) -> bool) -> usize {
        count_pairs(&self.stored, &other.stored, holds)
    }

    /// How many seconds have a value, and another one so many seconds later, for both of which this holds.
    pub(super) fn count_later(&self, seconds: usize, holds: impl Fn(u16, u16) -> bool) -> usize {
        count_pairs(&self.stored, self.stored.get(seconds..).unwrap_or_default(), holds)
    }

    /// How many seconds have a value.
    pub fn present(&self) -> usize {
        self.stored.iter().map(|stored| u32::from(*stored != 0)).sum::<u32>() as usize
    }

    /// Whether no second has a value: told by the first that has one.
    pub fn is_blank(&self) -> bool {
        self.stored.iter().all(|stored| *stored == 0)
    }

    /// Whether every second has a value.
    pub(super) fn is_whole(&self) -> bool {
        !self.stored.contains(&0)
    }

    /// The sum of all values.
    pub fn sum(&self) -> u64 {
        // So many of 16 bits have a sum of 32 bits, and of such ones several are summed up at once.
        let parts = self.stored.chunks(1 << 16);
        let sums = parts.map(|part| part.iter().map(|stored| u32::from(*stored)).sum::<u32>());
        sums.map(u64::from).sum::<u64>() - self.present() as u64
    }

    /// The lowest value.
    pub(super) fn lowest(&self) -> Option<u16> {
        let lowest = self.stored.iter().map(|stored| stored.wrapping_sub(1)).min();
        lowest.filter(|lowest| *lowest != u16::MAX)
    }

    /// The highest value.
    pub fn highest(&self) -> Option<u16> {
        self.stored.iter().copied().max().and_then(|stored| stored.checked_sub(1))
    }

    /// How many of the seconds that count have each value, from 0 to the highest.
    pub fn counts(&self, is_counted: impl Fn(usize) -> bool) -> Vec<u32> {
        let highest = self.stored.iter().copied().max().unwrap_or(0);
        let mut counts = vec![0; usize::from(highest)];
        for (k, stored) in self.stored.iter().enumerate() {
            if *stored != 0 && is_counted(k) {
                counts[usize::from(*stored) - 1] += 1;
            }
        }
        counts
    }

    /// The same channel up to, not including, a second.
    pub(super) fn until(&self, end: usize) -> Self {
        Self { stored: self.stored[..end.min(self.len())].to_vec() }
    }

    /// What all values are multiples of (altitudes come in fifths of a metre), for packing; 0 without values.
    pub(super) fn divisor(&self) -> u16 {
        if self.is_blank() { 0 } else { self.common_divisor().max(1) }
    }

    /// The greatest number that divides every value; 0 without values.
    fn common_divisor(&self) -> u16 {
        let mut divisor = 0;
        // A few seconds tell it, and the rest are only asked whether it divides them too.
        for seconds in self.stored.chunks(64) {
            if divisor != 1 && !divides_all(divisor, seconds) {
                let values = seconds.iter().filter_map(|stored| stored.checked_sub(1));
                divisor =
                    values.fold(divisor, |known, value| greatest_common_divisor(value, known));
            }
        }
        divisor
    }
}

/// Whether a number divides every value.
fn divides_all(divisor: u16, stored: &[u16]) -> bool {
    let divides = |value: u16| quotient(value, divisor).wrapping_mul(divisor) == value;
    stored.iter().fold(true, |all, stored| all & ((*stored == 0) | divides(stored.wrapping_sub(1))))
}

/// The whole number nearest to a value by what divides it; any where nothing is divided by. A quotient that is a small
/// whole number is exact as a floating one too, and several of them are found at once.
pub(super) fn quotient(value: u16, divisor: u16) -> u16 {
    /// Added to a smaller number, it leaves no room for fractions: whole numbers stand in the lowest bits.
    const WITHOUT_FRACTIONS: f32 = 8_388_608.0;
    (f32::from(value) / f32::from(divisor) + WITHOUT_FRACTIONS).to_bits() as u16
}

fn greatest_common_divisor(mut left: u16, mut right: u16) -> u16 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

/// Of pairs that both have a value, how many are so: asked of all without a branch, so that several are at once.
fn count_pairs(left: &[u16], right: &[u16], holds: impl Fn(u16, u16) -> bool) -> usize {
    let counts = |(left, right): (&u16, &u16)| {
        let are_values = *left.min(right) != 0;
        u32::from(are_values & holds(left.wrapping_sub(1), right.wrapping_sub(1)))
    };
    left.iter().zip(right).map(counts).sum::<u32>() as usize
}

fn store(value: Option<u16>) -> u16 {
    value.map_or(0, |value| value.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_tells_zero_from_nothing() {
        let channel = Channel::of([Some(0), None, Some(65_534)]);
        assert_eq!(channel.iter().collect::<Vec<_>>(), [Some(0), None, Some(65_534)]);
        assert_eq!(channel.present(), 2);
    }

    #[test]
    fn values_are_counted_where_asked() {
        let channel = Channel::of([Some(2), None, Some(0), Some(2), Some(3)]);
        assert_eq!(channel.counts(|_| true), [1, 0, 2, 1]);
        assert_eq!(channel.counts(|k| k < 3), [1, 0, 1, 0]);
        assert!(Channel::blank(3).counts(|_| true).is_empty());
        assert_eq!((channel.until(2).len(), channel.until(9)), (2, channel));
    }

    #[test]
    fn the_divisor_is_what_all_values_are_multiples_of() {
        let lane = [Some(15), Some(40_000), None, Some(0)];
        assert_eq!(Channel::of(lane).divisor(), 5);
        assert_eq!(Channel::of(lane.map(|value| value.map(|v| v + 1))).divisor(), 1);
        assert_eq!([Channel::blank(4).divisor(), Channel::of([Some(0)]).divisor()], [0, 1]);
    }
}
