//! Times above the lines, and what the four rules make of them.

use serde::{Deserialize, Serialize};

use super::limits::EffortLimits;
use crate::athlete::HeartRateThresholds;
use crate::audit::outcome::Outcome;
use crate::metrics::UnpackedRun;
use crate::metrics::time_above::{Bridge, TimeAbove};
use crate::settings::LimitOverrides;
use crate::units::BeatsPerMinute;

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
    pub fn of(channels: &UnpackedRun, lines: &HeartRateThresholds) -> Self {
        let [ceiling, easy, moderate, hard] =
            LINES.map(|(line, bridge)| channels.above(line(lines).get(), bridge).clone());
        Self { judged_s: channels.judged.seconds, ceiling, easy, moderate, hard }
    }

    /// Share of the judged time above the ceiling, in percent.
    pub fn share_pct(&self) -> f64 {
        pct(self.ceiling.seconds, self.judged_s)
    }

    /// Share of the judged time above the easy line, in percent.
    pub fn easy_share_pct(&self) -> f64 {
        pct(self.easy.seconds, self.judged_s)
    }
}

fn pct(seconds: u32, judged_s: u32) -> f64 {
    100.0 * f64::from(seconds) / f64::from(judged_s.max(1))
}

/// One of the lines, and which dips are bridged above it.
type BridgedLine = (fn(&HeartRateThresholds) -> BeatsPerMinute, Bridge);

const LINES: [BridgedLine; 4] = [
    (|lines| lines.ceiling, Bridge::Long),
    (|lines| lines.easy, Bridge::Long),
    (|lines| lines.moderate, Bridge::Long),
    (|lines| lines.hard, Bridge::Short),
];

/// What the rules need of the times above the lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeTotals {
    judged_s: u32,
    /// Above ceiling, easy, moderate and hard line.
    above: [AboveLine; 4],
}

/// Seconds above a line in total, and in the longest stretch.
#[derive(Debug, Clone, Copy)]
struct AboveLine {
    seconds: u32,
    longest: u32,
}

impl AboveLine {
    fn of(above: &TimeAbove) -> Self {
        Self { seconds: above.seconds, longest: above.longest }
    }
}

impl TimeTotals {
    /// The totals of a run at its lines.
    pub(super) fn of(channels: &UnpackedRun, lines: &HeartRateThresholds) -> Self {
        let above = |(line, bridge): (fn(&HeartRateThresholds) -> BeatsPerMinute, Bridge)| {
            AboveLine::of(channels.above(line(lines).get(), bridge))
        };
        Self { judged_s: channels.judged.seconds, above: LINES.map(above) }
    }

    /// The totals at these lines had the run ended before second `end`.
    fn until(channels: &UnpackedRun, end: usize, lines: &HeartRateThresholds) -> Self {
        let above = |(line, bridge): (fn(&HeartRateThresholds) -> BeatsPerMinute, Bridge)| {
            AboveLine::of(&channels.above_until(end, line(lines).get(), bridge))
        };
        let judged = channels.judged.mask.iter().take(end).filter(|is_judged| **is_judged);
        Self { judged_s: judged.count() as u32, above: LINES.map(above) }
    }

    /// The totals if the heart had been above all lines wherever it was not seen. Where readings
    /// were held, so many more seconds count above every line that the heart rate came near: lines
    /// lowered by their uncertainty tell. A reading stands for twenty seconds at most, at either
    /// end of a stretch.
    pub(super) fn if_unseen_is_hard(
        channels: &UnpackedRun,
        lines: &HeartRateThresholds,
        held_s: u32,
    ) -> Self {
        const LONGEST_HELD_S: u32 = 40;
        let strict = lines.strict();
        let above = |(line, bridge): (fn(&HeartRateThresholds) -> BeatsPerMinute, Bridge)| {
            let filled = channels.above_if_unseen_is_hard(held_s > 0, line(lines).get(), bridge);
            let came_near = channels.above(line(&strict).get(), bridge).seconds > 0;
            let held_s = if came_near { held_s } else { 0 };
            AboveLine {
                seconds: filled.seconds + held_s,
                longest: filled.longest + held_s.min(LONGEST_HELD_S),
            }
        };
        Self { judged_s: channels.judged.seconds, above: LINES.map(above) }
    }

    /// What the rules answer.
    pub(super) fn rate(&self, limits: &EffortLimits) -> Ratings {
        let [ceiling, easy, moderate, hard] = self.above;
        let share_pct = |above: AboveLine| pct(above.seconds, self.judged_s);
        Ratings {
            above_ceiling: match () {
                () if limits.easy_line_slip.exceeded_by(share_pct(easy)) => Outcome::Fail,
                () if limits.ceiling_pass.exceeded_by(share_pct(ceiling)) => Outcome::Slip,
                () => Outcome::Pass,
            },
            longest: if limits.ceiling_stretch.exceeded_by(f64::from(ceiling.longest)) {
                Outcome::Slip
            } else {
                Outcome::Pass
            },
            moderate: moderate.rate_moderate(limits, self.judged_s),
            hard: hard.rate_hard(limits),
        }
    }
}

impl AboveLine {
    fn rate_moderate(self, limits: &EffortLimits, judged_s: u32) -> Outcome {
        let (total, longest) = (f64::from(self.seconds), f64::from(self.longest));
        match () {
            () if !limits.moderate_pass.exceeded_by(total) => Outcome::Pass,
            () if limits.moderate_allowance(judged_s).exceeded_by(total) => Outcome::Fail,
            () if limits.moderate_stretch.exceeded_by(longest) => Outcome::Fail,
            () => Outcome::Slip,
        }
    }

    fn rate_hard(self, limits: &EffortLimits) -> Outcome {
        let (total, longest) = (f64::from(self.seconds), f64::from(self.longest));
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

/// Whether the heart rate alone would cost a run a grade at these lines that ended before second
/// `end`, whatever speaks for or against it otherwise. So much is seen without a shorter run.
pub(in crate::audit) fn is_fault_until(
    channels: &UnpackedRun,
    end: usize,
    lines: &HeartRateThresholds,
    limits: &LimitOverrides,
) -> bool {
    let limits = EffortLimits::most_lenient(limits);
    TimeTotals::until(channels, end, lines).rate(&limits).worst().is_fault()
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

    fn above(seconds: u32, longest: u32) -> AboveLine {
        AboveLine { seconds, longest }
    }

    /// Half an hour, of which 1,620 s are judged, with these times above ceiling, easy, moderate and
    /// hard line.
    fn rated(above: [AboveLine; 4]) -> Ratings {
        let limits = EffortLimits::under(&LimitOverrides::default());
        TimeTotals { judged_s: 1620, above }.rate(&limits)
    }

    fn none() -> AboveLine {
        above(0, 0)
    }

    #[test]
    fn a_tenth_above_the_ceiling_passes_and_half_above_the_easy_line_slips() {
        let of = |ceiling, easy| {
            rated([above(ceiling, 1), above(easy, 1), none(), none()]).above_ceiling
        };
        assert_eq!(of(162, 0), Outcome::Pass);
        assert_eq!(of(163, 0), Outcome::Slip);
        assert_eq!(of(1620, 810), Outcome::Slip);
        assert_eq!(of(1620, 811), Outcome::Fail);
    }

    #[test]
    fn five_minutes_above_the_ceiling_are_a_hill() {
        let of = |longest| rated([above(longest, longest), none(), none(), none()]).longest;
        assert_eq!((of(300), of(301)), (Outcome::Pass, Outcome::Slip));
    }

    #[test]
    fn a_minute_above_the_moderate_line_passes_and_five_slip() {
        let of =
            |seconds, longest| rated([none(), none(), above(seconds, longest), none()]).moderate;
        assert_eq!((of(60, 60), of(61, 61)), (Outcome::Pass, Outcome::Slip));
        assert_eq!((of(300, 300), of(301, 100)), (Outcome::Slip, Outcome::Fail));
        assert_eq!(of(290, 301), Outcome::Fail, "bridged dips make the stretch too long");
    }

    #[test]
    fn half_a_minute_above_the_hard_line_slips_and_two_minutes_fail() {
        let of = |seconds, longest| rated([none(), none(), none(), above(seconds, longest)]).hard;
        assert_eq!((of(29, 29), of(30, 30)), (Outcome::Pass, Outcome::Slip));
        assert_eq!((of(59, 20), of(60, 20)), (Outcome::Pass, Outcome::Slip));
        assert_eq!((of(119, 119), of(120, 120)), (Outcome::Slip, Outcome::Fail));
        assert_eq!((of(179, 20), of(180, 20)), (Outcome::Slip, Outcome::Fail));
    }
}
