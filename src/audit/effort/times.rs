//! Times above the lines, and what the four rules make of them.

use serde::{Deserialize, Serialize};

use super::limits::EffortLimits;
use crate::athlete::HeartRateThresholds;
use crate::audit::outcome::Outcome;
use crate::metrics::judged_time::{JudgedTime, TimeAbove, time_above};
use crate::metrics::series::Series;
use crate::units::BeatsPerMinute;

/// Dips that do not end a stretch above the ceiling or the moderate line, in seconds.
const BRIDGE_S: u32 = 15;
/// Dips that do not end a stretch above the hard line, in seconds.
const HARD_BRIDGE_S: u32 = 5;

/// Times above the four lines that count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// Judged seconds.
    pub judged_s: u32,
    /// Above the ceiling.
    pub ceiling: TimeAbove,
    /// Above the easy line.
    pub easy: TimeAbove,
    /// Above the moderate line.
    pub moderate: TimeAbove,
    /// Above the hard line.
    pub hard: TimeAbove,
}

impl Times {
    /// The times of a run above its lines. Seconds without a heart rate count as not above:
    /// evidence is needed to accuse.
    pub fn of(series: &Series, judged: &JudgedTime, lines: &HeartRateThresholds) -> Self {
        let above = |line: BeatsPerMinute, bridge| time_above(series, judged, line.get(), bridge);
        Self {
            judged_s: judged.seconds,
            ceiling: above(lines.ceiling, BRIDGE_S),
            easy: above(lines.easy, BRIDGE_S),
            moderate: above(lines.moderate, BRIDGE_S),
            hard: above(lines.hard, HARD_BRIDGE_S),
        }
    }

    /// Share of the judged time above the ceiling, in percent.
    pub fn share_pct(&self) -> f64 {
        self.pct_of_judged(self.ceiling.seconds)
    }

    /// Share of the judged time above the easy line, in percent.
    pub fn easy_share_pct(&self) -> f64 {
        self.pct_of_judged(self.easy.seconds)
    }

    fn pct_of_judged(&self, seconds: u32) -> f64 {
        100.0 * f64::from(seconds) / f64::from(self.judged_s.max(1))
    }

    /// The times if so many more seconds had been above every line that the heart rate came near:
    /// lines lowered by their uncertainty tell. A reading stands for twenty seconds at most, at
    /// either end of a stretch.
    #[must_use]
    pub fn with_held(self, held_s: u32, near: &Self) -> Self {
        const LONGEST_HELD_S: u32 = 40;
        let more = |above: TimeAbove, near: &TimeAbove| {
            let held_s = if near.seconds > 0 { held_s } else { 0 };
            TimeAbove {
                seconds: above.seconds + held_s,
                longest: above.longest + held_s.min(LONGEST_HELD_S),
                ..above
            }
        };
        Self {
            judged_s: self.judged_s,
            ceiling: more(self.ceiling, &near.ceiling),
            easy: more(self.easy, &near.easy),
            moderate: more(self.moderate, &near.moderate),
            hard: more(self.hard, &near.hard),
        }
    }

    /// What the rules answer.
    pub fn rate(&self, limits: &EffortLimits) -> Ratings {
        Ratings {
            above_ceiling: match () {
                () if limits.easy_line_slip.exceeded_by(self.easy_share_pct()) => Outcome::Fail,
                () if limits.ceiling_pass.exceeded_by(self.share_pct()) => Outcome::Slip,
                () => Outcome::Pass,
            },
            longest: if limits.ceiling_stretch.exceeded_by(f64::from(self.ceiling.longest)) {
                Outcome::Slip
            } else {
                Outcome::Pass
            },
            moderate: self.rate_moderate(limits),
            hard: self.rate_hard(limits),
        }
    }

    fn rate_moderate(&self, limits: &EffortLimits) -> Outcome {
        let (total, longest) = (f64::from(self.moderate.seconds), f64::from(self.moderate.longest));
        match () {
            () if !limits.moderate_pass.exceeded_by(total) => Outcome::Pass,
            () if limits.moderate_allowance(self.judged_s).exceeded_by(total) => Outcome::Fail,
            () if limits.moderate_stretch.exceeded_by(longest) => Outcome::Fail,
            () => Outcome::Slip,
        }
    }

    fn rate_hard(&self, limits: &EffortLimits) -> Outcome {
        let (total, longest) = (f64::from(self.hard.seconds), f64::from(self.hard.longest));
        let fails =
            limits.hard_fail.reached_by(longest) || limits.hard_fail_total.reached_by(total);
        let slips =
            limits.hard_slip.reached_by(longest) || limits.hard_slip_total.reached_by(total);
        match () {
            () if fails => Outcome::Fail,
            () if slips => Outcome::Slip,
            () => Outcome::Pass,
        }
    }
}

/// The answers of the four rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratings {
    /// Time above the ceiling and the easy line.
    pub above_ceiling: Outcome,
    /// Longest stretch above the ceiling.
    pub longest: Outcome,
    /// Time above the moderate line.
    pub moderate: Outcome,
    /// Time above the hard line.
    pub hard: Outcome,
}

impl Ratings {
    /// The worst of the four.
    pub fn worst(&self) -> Outcome {
        Outcome::worst([self.above_ceiling, self.longest, self.moderate, self.hard])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::LimitOverrides;

    fn above(seconds: u32, longest: u32) -> TimeAbove {
        TimeAbove { seconds, longest, stretches: Vec::new() }
    }

    /// Half an hour, of which 1,620 s are judged.
    fn times(ceiling: TimeAbove, easy: TimeAbove, moderate: TimeAbove, hard: TimeAbove) -> Times {
        Times { judged_s: 1620, ceiling, easy, moderate, hard }
    }

    fn rated(times: &Times) -> Ratings {
        times.rate(&EffortLimits::under(&LimitOverrides::default()))
    }

    fn none() -> TimeAbove {
        TimeAbove::default()
    }

    #[test]
    fn a_tenth_above_the_ceiling_passes_and_half_above_the_easy_line_slips() {
        let of = |ceiling, easy| {
            rated(&times(above(ceiling, 1), above(easy, 1), none(), none())).above_ceiling
        };
        assert_eq!(of(162, 0), Outcome::Pass);
        assert_eq!(of(163, 0), Outcome::Slip);
        assert_eq!(of(1620, 810), Outcome::Slip);
        assert_eq!(of(1620, 811), Outcome::Fail);
    }

    #[test]
    fn five_minutes_above_the_ceiling_are_a_hill() {
        let of = |longest| rated(&times(above(longest, longest), none(), none(), none())).longest;
        assert_eq!((of(300), of(301)), (Outcome::Pass, Outcome::Slip));
    }

    #[test]
    fn a_minute_above_the_moderate_line_passes_and_five_slip() {
        let of = |seconds, longest| {
            rated(&times(none(), none(), above(seconds, longest), none())).moderate
        };
        assert_eq!((of(60, 60), of(61, 61)), (Outcome::Pass, Outcome::Slip));
        assert_eq!((of(300, 300), of(301, 100)), (Outcome::Slip, Outcome::Fail));
        assert_eq!(of(290, 301), Outcome::Fail, "bridged dips make the stretch too long");
    }

    #[test]
    fn half_a_minute_above_the_hard_line_slips_and_two_minutes_fail() {
        let of =
            |seconds, longest| rated(&times(none(), none(), none(), above(seconds, longest))).hard;
        assert_eq!((of(29, 29), of(30, 30)), (Outcome::Pass, Outcome::Slip));
        assert_eq!((of(59, 20), of(60, 20)), (Outcome::Pass, Outcome::Slip));
        assert_eq!((of(119, 119), of(120, 120)), (Outcome::Slip, Outcome::Fail));
        assert_eq!((of(179, 20), of(180, 20)), (Outcome::Slip, Outcome::Fail));
    }
}
