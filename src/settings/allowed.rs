//! Ranges of numbers, with the sentence that refuses what lies outside.

/// What a number must be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowed {
    /// The quantity with its article: `a maximum heart rate`.
    pub(super) what: &'static str,
    /// The lowest value allowed.
    pub(super) from: f64,
    /// The highest value allowed.
    pub(super) to: f64,
    /// The unit, or nothing.
    pub(super) unit: &'static str,
}

impl Allowed {
    /// Whether the number lies in the range; NaN lies in none.
    pub(super) fn contains(&self, number: f64) -> bool {
        (self.from..=self.to).contains(&number)
    }

    /// What is said about a number outside, given as it was written.
    pub(super) fn refusal(&self, written: &str) -> String {
        let Self { what, from, to, unit } = self;
        let space = if unit.is_empty() { "" } else { " " };
        format!("{written} is not {what} ({from}–{to}{space}{unit})")
    }
}
