//! Limits: how they are defined, and the one place that decides what lies at one.

use std::ops::RangeInclusive;

use crate::settings::LimitOverrides;

/// One number of a criterion that the settings may change.
#[derive(Debug)]
pub struct LimitDefinition {
    /// Its key under the criterion's id in `[limits]`.
    pub key: &'static str,
    /// What holds without settings.
    pub default: f64,
    /// What makes sense.
    pub range: RangeInclusive<f64>,
    /// Its unit.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

impl LimitDefinition {
    /// The limit under some settings.
    pub fn under(&self, overrides: &LimitOverrides, criterion: &str) -> Limit {
        Limit(overrides.get(criterion, self.key).unwrap_or(self.default))
    }
}

/// A limit as it holds for one run, in the unit of the value that is held against it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Limit(f64);

/// Sums of seconds and shares of them differ from the limit by this much through rounding alone,
/// relative to the limit.
const ROUNDING: f64 = 1e-9;

impl Limit {
    /// A limit that follows from others.
    pub const fn of(value: f64) -> Self {
        Self(value)
    }

    /// The limit as a number.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Whether the value lies above the limit. A value at the limit does not.
    pub fn exceeded_by(self, value: f64) -> bool {
        value > self.0 + self.rounding()
    }

    /// Whether the value lies at the limit or above it.
    pub fn reached_by(self, value: f64) -> bool {
        value >= self.0 - self.rounding()
    }

    fn rounding(self) -> f64 {
        ROUNDING * self.0.abs().max(1.0)
    }
}

impl From<Limit> for f64 {
    fn from(limit: Limit) -> Self {
        limit.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_at_the_limit_is_within_it_and_has_reached_it() {
        let limit = Limit::of(10.0);
        assert!(!limit.exceeded_by(10.0) && limit.reached_by(10.0));
        assert!(limit.exceeded_by(10.01) && !limit.reached_by(9.99));
    }

    #[test]
    fn rounding_moves_no_value_across_a_limit() {
        // In floating point 0.1 + 0.2 lies above 0.3, and 1 − 0.9 below 0.1.
        assert!(!Limit::of(0.3).exceeded_by(0.1 + 0.2));
        assert!(Limit::of(0.1).reached_by(1.0 - 0.9));
    }

    #[test]
    fn nothing_exceeds_a_limit_that_is_none() {
        let none = Limit::of(f64::INFINITY);
        assert!(!none.exceeded_by(f64::MAX) && !none.reached_by(f64::MAX));
    }

    #[test]
    fn settings_come_before_the_default() {
        static MOST: LimitDefinition = LimitDefinition {
            key: "most",
            default: 5.0,
            range: 0.0..=10.0,
            unit: "min",
            meaning: "for this test",
        };
        let changed = LimitOverrides::default().with("some-criterion", "most", 7.0);
        assert_eq!(MOST.under(&LimitOverrides::default(), "some-criterion"), Limit::of(5.0));
        assert_eq!(MOST.under(&changed, "some-criterion"), Limit::of(7.0));
    }
}
