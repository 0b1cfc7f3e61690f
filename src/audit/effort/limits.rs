//! The limits of the four heart-rate rules, which are judged together.

use crate::audit::limit::{Limit, LimitDefinition};
use crate::settings::LimitOverrides;

/// The ids of the four rules.
pub const TIME_ABOVE_CEILING: &str = "time-above-ceiling";
/// See [`TIME_ABOVE_CEILING`].
pub const LONGEST_STRETCH_ABOVE_CEILING: &str = "longest-above-ceiling";
/// See [`TIME_ABOVE_CEILING`].
pub const TIME_MODERATE: &str = "time-moderate";
/// See [`TIME_ABOVE_CEILING`].
pub const TIME_HARD: &str = "time-hard";

/// Passes up to here.
pub static ABOVE_CEILING_PASS: LimitDefinition = LimitDefinition {
    key: "pass_percent",
    default: 10.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "up to this share of the judged time above the ceiling passes",
};
/// Only slips up to here.
pub static ABOVE_CEILING_SLIP: LimitDefinition = LimitDefinition {
    key: "slip_percent",
    default: 25.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "up to this share slips, more fails",
};
/// Passes up to here.
pub static LONGEST_ABOVE_CEILING: LimitDefinition = LimitDefinition {
    key: "max_seconds",
    default: 180.0,
    range: 0.0..=3600.0,
    unit: "s",
    meaning: "a longer stretch above the ceiling slips",
};
/// Passes up to here.
pub static MODERATE_PASS: LimitDefinition = LimitDefinition {
    key: "pass_seconds",
    default: 60.0,
    range: 0.0..=3600.0,
    unit: "s",
    meaning: "up to this much time above the moderate line passes",
};
/// Only slips up to here …
pub static MODERATE_SLIP: LimitDefinition = LimitDefinition {
    key: "slip_seconds",
    default: 180.0,
    range: 0.0..=3600.0,
    unit: "s",
    meaning: "up to this much time slips, more fails",
};
/// … or up to this share …
pub static MODERATE_SHARE: LimitDefinition = LimitDefinition {
    key: "slip_percent",
    default: 10.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "or up to this share of the judged time, if that is more",
};
/// … while no stretch is longer.
pub static LONGEST_MODERATE: LimitDefinition = LimitDefinition {
    key: "longest_seconds",
    default: 120.0,
    range: 0.0..=3600.0,
    unit: "s",
    meaning: "a longer stretch above the moderate line fails",
};
/// Fails from here on.
pub static LONGEST_HARD: LimitDefinition = LimitDefinition {
    key: "fail_seconds",
    default: 30.0,
    range: 1.0..=3600.0,
    unit: "s",
    meaning: "a stretch above the hard line of this length fails",
};

/// The limits of the four rules as they hold for one run.
#[derive(Debug, Clone, Copy)]
pub struct EffortLimits {
    /// Share above the ceiling that passes, in percent.
    pub share_pass: Limit,
    /// Share above the ceiling that only slips, in percent.
    pub share_slip: Limit,
    /// Longest stretch above the ceiling that passes, in seconds.
    pub longest: Limit,
    /// Time above the moderate line that passes, in seconds.
    pub moderate_pass: Limit,
    /// Time above the moderate line that only slips, in seconds, …
    pub moderate_slip: Limit,
    /// … or as a share of the judged time, in percent, whichever is more, …
    pub moderate_share: Limit,
    /// … while no stretch is longer than this, in seconds.
    pub moderate_longest: Limit,
    /// A stretch above the hard line that fails, in seconds.
    pub hard: Limit,
}

impl EffortLimits {
    /// The limits under some settings.
    pub fn under(overrides: &LimitOverrides) -> Self {
        let of = |id, definition: &LimitDefinition| definition.under(overrides, id);
        Self {
            share_pass: of(TIME_ABOVE_CEILING, &ABOVE_CEILING_PASS),
            share_slip: of(TIME_ABOVE_CEILING, &ABOVE_CEILING_SLIP),
            longest: of(LONGEST_STRETCH_ABOVE_CEILING, &LONGEST_ABOVE_CEILING),
            moderate_pass: of(TIME_MODERATE, &MODERATE_PASS),
            moderate_slip: of(TIME_MODERATE, &MODERATE_SLIP),
            moderate_share: of(TIME_MODERATE, &MODERATE_SHARE),
            moderate_longest: of(TIME_MODERATE, &LONGEST_MODERATE),
            hard: of(TIME_HARD, &LONGEST_HARD),
        }
    }
}
