//! Stretches of seconds.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A stretch of whole seconds of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Its first second.
    pub start: u32,
    /// How many seconds it lasts.
    pub seconds: u32,
}

impl Span {
    /// The seconds from `range.start` up to, not including, `range.end`.
    pub fn of(range: &Range<usize>) -> Self {
        Self { start: range.start as u32, seconds: range.len() as u32 }
    }

    /// Its seconds as a range.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..(self.start as usize + self.seconds as usize)
    }

    /// Its seconds as a range, no further than a series of `length` seconds reaches.
    pub fn range_within(&self, length: usize) -> Range<usize> {
        let range = self.range();
        range.start.min(length)..range.end.min(length)
    }
}

/// The stretches in which a condition holds without a break.
pub fn runs_where(length: usize, holds: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut seen = 0;
    while let Some(start) = (seen..length).find(|k| holds(*k)) {
        seen = (start..length).find(|k| !holds(*k)).unwrap_or(length);
        runs.push(start..seen);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_reach_both_ends() {
        let held = [true, true, false, true, false, false, true];
        assert_eq!(runs_where(held.len(), |k| held[k]), [0..2, 3..4, 6..7]);
        assert!(runs_where(0, |_| true).is_empty());
    }
}
