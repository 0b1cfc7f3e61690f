//! The limits of the four heart-rate rules, which are judged together.

use crate::audit::heart_rate_doubts::HeartRateDoubts;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::settings::LimitOverrides;

/// The rule on the share of time above the ceiling and above the easy line.
pub const TIME_ABOVE_CEILING: &str = "time-above-ceiling";
/// The rule on the longest stretch above the ceiling.
pub const LONGEST_ABOVE_CEILING: &str = "longest-above-ceiling";
/// The rule on time above the moderate line.
pub const TIME_MODERATE: &str = "time-moderate";
/// The rule on time above the hard line.
pub const TIME_HARD: &str = "time-hard";

/// Passes up to here.
pub static CEILING_PASS: LimitDefinition = LimitDefinition {
    key: "pass_percent",
    default: 10.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "up to this share of the judged time above the ceiling passes",
};
/// Only slips up to here.
pub static EASY_LINE_SLIP: LimitDefinition = LimitDefinition {
    key: "easy_line_percent",
    default: 50.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "up to this share above the easy line slips, more fails",
};
/// Passes up to here, slips above.
pub static CEILING_STRETCH: LimitDefinition = LimitDefinition {
    key: "max_seconds",
    default: 300.0,
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
/// Only slips up to here, …
pub static MODERATE_SLIP: LimitDefinition = LimitDefinition {
    key: "slip_seconds",
    default: 300.0,
    range: 0.0..=3600.0,
    unit: "s",
    meaning: "up to this much time slips, more fails",
};
/// … in a short run only up to a part of it, …
pub static MODERATE_SHORT_RUN: LimitDefinition = LimitDefinition {
    key: "short_run_percent",
    default: 100.0 / 3.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "but no more than this share of the judged time",
};
/// … or in a long run up to this share, …
pub static MODERATE_SHARE: LimitDefinition = LimitDefinition {
    key: "slip_percent",
    default: 15.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "or up to this share of the judged time, if that is more",
};
/// … while no stretch is longer.
pub static MODERATE_STRETCH: LimitDefinition = LimitDefinition {
    key: "longest_seconds",
    default: 300.0,
    range: 0.0..=3600.0,
    unit: "s",
    meaning: "a longer stretch above the moderate line fails",
};
/// Slips from here on.
pub static HARD_SLIP: LimitDefinition = LimitDefinition {
    key: "slip_seconds",
    default: 30.0,
    range: 1.0..=3600.0,
    unit: "s",
    meaning: "a stretch above the hard line of this length slips",
};
/// Slips from this total on.
pub static HARD_SLIP_TOTAL: LimitDefinition = LimitDefinition {
    key: "slip_total_seconds",
    default: 60.0,
    range: 1.0..=3600.0,
    unit: "s",
    meaning: "this much time above the hard line in total slips",
};
/// Fails from here on.
pub static HARD_FAIL: LimitDefinition = LimitDefinition {
    key: "fail_seconds",
    default: 120.0,
    range: 1.0..=3600.0,
    unit: "s",
    meaning: "a stretch above the hard line of this length fails",
};
/// Fails from this total on.
pub static HARD_FAIL_TOTAL: LimitDefinition = LimitDefinition {
    key: "fail_total_seconds",
    default: 180.0,
    range: 1.0..=3600.0,
    unit: "s",
    meaning: "this much time above the hard line in total fails",
};

/// Where a recorder writes one value for half a minute and more, a stretch above the hard line
/// slips no sooner than after this, in seconds.
const STEPPED_HARD_SLIP_S: f64 = 60.0;

/// The limits of the four rules as they hold for one run.
#[derive(Debug, Clone, Copy)]
pub struct EffortLimits {
    /// Share above the ceiling that passes, in percent.
    pub ceiling_pass: Limit,
    /// Share above the easy line that only slips, in percent.
    pub easy_line_slip: Limit,
    /// Longest stretch above the ceiling that passes, in seconds.
    pub ceiling_stretch: Limit,
    /// Time above the moderate line that passes, in seconds.
    pub moderate_pass: Limit,
    /// Time above the moderate line that only slips, in seconds, …
    pub moderate_slip: Limit,
    /// … but no more than this share of the judged time, in percent, …
    pub moderate_short_run: Limit,
    /// … or this share of it, in percent, if that is more, …
    pub moderate_share: Limit,
    /// … while no stretch is longer than this, in seconds.
    pub moderate_stretch: Limit,
    /// A stretch above the hard line that slips, in seconds.
    pub hard_slip: Limit,
    /// A total above the hard line that slips, in seconds.
    pub hard_slip_total: Limit,
    /// A stretch above the hard line that fails, in seconds.
    pub hard_fail: Limit,
    /// A total above the hard line that fails, in seconds.
    pub hard_fail_total: Limit,
}

impl EffortLimits {
    /// The limits under some settings.
    pub fn under(overrides: &LimitOverrides) -> Self {
        let of = |id, definition: &LimitDefinition| definition.under(overrides, id);
        Self {
            ceiling_pass: of(TIME_ABOVE_CEILING, &CEILING_PASS),
            easy_line_slip: of(TIME_ABOVE_CEILING, &EASY_LINE_SLIP),
            ceiling_stretch: of(LONGEST_ABOVE_CEILING, &CEILING_STRETCH),
            moderate_pass: of(TIME_MODERATE, &MODERATE_PASS),
            moderate_slip: of(TIME_MODERATE, &MODERATE_SLIP),
            moderate_short_run: of(TIME_MODERATE, &MODERATE_SHORT_RUN),
            moderate_share: of(TIME_MODERATE, &MODERATE_SHARE),
            moderate_stretch: of(TIME_MODERATE, &MODERATE_STRETCH),
            hard_slip: of(TIME_HARD, &HARD_SLIP),
            hard_slip_total: of(TIME_HARD, &HARD_SLIP_TOTAL),
            hard_fail: of(TIME_HARD, &HARD_FAIL),
            hard_fail_total: of(TIME_HARD, &HARD_FAIL_TOTAL),
        }
    }

    /// The limits under some settings for a run with these doubts about its heart rate.
    pub fn for_run(overrides: &LimitOverrides, doubts: &HeartRateDoubts) -> Self {
        let limits = Self::under(overrides);
        let longest = limits.hard_slip.get().max(STEPPED_HARD_SLIP_S);
        let hard_slip = if doubts.written_in_steps { Limit::of(longest) } else { limits.hard_slip };
        Self { hard_slip, ..limits }
    }

    /// The limits for a run with those doubts about its heart rate that allow it most.
    pub fn most_lenient(overrides: &LimitOverrides) -> Self {
        let doubts = HeartRateDoubts { written_in_steps: true, ..HeartRateDoubts::default() };
        Self::for_run(overrides, &doubts)
    }

    /// Time above the moderate line that only slips, of so many judged seconds.
    pub fn moderate_allowance(&self, judged_s: u32) -> Limit {
        let share = |limit: Limit| limit.get() / 100.0 * f64::from(judged_s);
        let fixed = self.moderate_slip.get().min(share(self.moderate_short_run));
        Limit::of(fixed.max(share(self.moderate_share)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_run_may_be_moderate_for_a_third_and_a_long_one_for_a_seventh() {
        let limits = EffortLimits::under(&LimitOverrides::default());
        let allowance = |judged_s| limits.moderate_allowance(judged_s).get();
        assert!((allowance(720) - 240.0).abs() < 1e-9, "a third of 12 min");
        assert!((allowance(1620) - 300.0).abs() < 1e-9);
        assert!((allowance(2820) - 423.0).abs() < 1e-9, "15 % of 47 min");
    }

    #[test]
    fn steps_lengthen_the_shortest_hard_part_and_nothing_else() {
        let steps = HeartRateDoubts { written_in_steps: true, ..HeartRateDoubts::default() };
        let limits = EffortLimits::under(&LimitOverrides::default());
        let stepped = EffortLimits::for_run(&LimitOverrides::default(), &steps);
        assert_eq!((limits.hard_slip.get(), stepped.hard_slip.get()), (30.0, 60.0));
        assert_eq!(stepped.hard_fail, limits.hard_fail);
        let own = LimitOverrides::default().with(TIME_HARD, HARD_SLIP.key, 90.0);
        assert_eq!(EffortLimits::for_run(&own, &steps).hard_slip, Limit::of(90.0));
    }
}
