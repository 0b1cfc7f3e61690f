//! One quantity of a run at 1 Hz.

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

    /// How many seconds have a value.
    pub fn present(&self) -> usize {
        self.stored.iter().filter(|stored| **stored != 0).count()
    }

    /// What all values are multiples of (altitudes come in fifths of a metre), for packing; 0 without values.
    pub(super) fn divisor(&self) -> u16 {
        if self.present() == 0 { 0 } else { self.common_divisor().max(1) }
    }

    /// Differences from second to second of the values divided by this divisor, for packing.
    pub(super) fn differences(&self, divisor: u16) -> impl Iterator<Item = i16> + '_ {
        let mut before = 0_u16;
        let scaled = self.stored.iter().map(move |stored| match (stored, divisor) {
            (stored, 1) => *stored,
            (0, _) => 0,
            (stored, divisor) => (stored - 1) / divisor + 1,
        });
        scaled.map(move |now| now.wrapping_sub(std::mem::replace(&mut before, now)) as i16)
    }

    /// The greatest number that divides every value; 0 without values.
    fn common_divisor(&self) -> u16 {
        let mut divisor = 0;
        for value in self.iter().flatten() {
            divisor = greatest_common_divisor(divisor, value);
            // Nothing smaller can come.
            if divisor == 1 {
                break;
            }
        }
        divisor
    }

    /// The lane that has these differences by this divisor.
    pub(super) fn from_differences(differences: &[i16], divisor: u16) -> Self {
        let mut value = 0_u16;
        let stored = differences.iter().map(|difference| {
            value = value.wrapping_add(*difference as u16);
            store(value.checked_sub(1).map(|scaled| scaled.wrapping_mul(divisor)))
        });
        Self { stored: stored.collect() }
    }
}

fn greatest_common_divisor(mut left: u16, mut right: u16) -> u16 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
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
    fn differences_restore_the_lane() {
        let lane = [Some(3), Some(40_000), None, Some(7), Some(0)];
        for (values, divisor) in [(lane, 1), (lane.map(|value| value.map(|v| v / 5 * 5)), 5)] {
            let channel = Channel::of(values);
            assert_eq!(channel.divisor(), divisor);
            let differences: Vec<i16> = channel.differences(divisor).collect();
            assert_eq!(Channel::from_differences(&differences, divisor), channel);
        }
        assert_eq!([Channel::blank(4).divisor(), Channel::of([Some(0)]).divisor()], [0, 1]);
    }
}
