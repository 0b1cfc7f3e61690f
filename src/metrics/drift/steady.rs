//! Drift of the steady stretches: how fast heart rate rose at equal speed, and how sure that is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::slope::HeartRateSlope;
use super::stretches::SteadySecond;
use crate::metrics::statistics::{Interval, Observation, mean, regression};

/// Seconds whose mean is one observation: shorter ones would tell the noise of single seconds.
const HALF_MINUTE_S: u32 = 30;
/// Seconds that a half-minute must keep to be used.
const LEAST_KEPT_S: usize = 20;
/// Half-minutes from which drift is read: ten minutes.
const LEAST_HALF_MINUTES: usize = 20;
/// Seconds in the ten minutes that the slope is told for.
const TEN_MINUTES_S: f64 = 600.0;
/// Variance of a half-minute's mean of whole beats, in bpm²: 1/12 for each second.
const ROUNDING_VARIANCE: f64 = 1.0 / (12.0 * HALF_MINUTE_S as f64);

/// What heart rate does with speed where the run itself hardly tells: 24 bpm per m/s (treadmill
/// identification study, PMC4687158), as one imagined half-minute at 0.25 m/s faster. With the usual
/// wander of 2 bpm its weight is that of 24 ± 8, which any run of varied pace overrules.
const PRIOR: Observation<3> =
    Observation { at_s: 0.0, predictors: [0.0, 0.0, 0.25], value: 24.0 * 0.25 };

/// Drift of the steady stretches.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SteadyDrift {
    /// Slope of heart rate over moving time, at equal speed.
    #[serde(rename = "slope_bpm_per_10_min")]
    pub slope: HeartRateSlope,
    /// Heart rate at the run's own speed in the middle of the half-minutes, in bpm.
    pub middle_bpm: f64,
    /// Rise of heart rate with grade-adjusted speed, in bpm per m/s.
    pub bpm_per_m_s: f64,
    /// Moving time from the middle of the first to the middle of the second half, in seconds.
    pub between_halves_s: f64,
    /// The middle of the half-minutes, as second of moving time.
    pub middle_s: f64,
}

impl SteadyDrift {
    /// The drift of these seconds; `None` where they are too few.
    pub(super) fn of(seconds: &[SteadySecond]) -> Option<Self> {
        let half_minutes = half_minutes(seconds);
        if half_minutes.len() < LEAST_HALF_MINUTES {
            return None;
        }
        let middle_s = mean_time(&half_minutes)?;
        let (first, second) = half_minutes.split_at(half_minutes.len() / 2);
        let observations: Vec<_> =
            half_minutes.iter().map(|half_minute| half_minute.observation(middle_s)).collect();
        let [middle, slope, gain] = regression(&observations, &PRIOR, ROUNDING_VARIANCE)?;
        let Interval { value, low, high } = slope.interval();
        Some(Self {
            slope: HeartRateSlope { bpm_per_10_min: value, low, high },
            middle_bpm: middle.value,
            bpm_per_m_s: gain.value,
            between_halves_s: mean_time(second)? - mean_time(first)?,
            middle_s,
        })
    }

    /// Aerobic decoupling at equal speed, in percent with its 95 % interval: how many more beats
    /// the second half took for the same way.
    pub fn decoupling(&self) -> Interval {
        let percent = |bpm_per_10_min: f64| {
            let rise = bpm_per_10_min * self.between_halves_s / TEN_MINUTES_S;
            100.0 * rise / (self.middle_bpm + rise / 2.0)
        };
        let HeartRateSlope { bpm_per_10_min, low, high } = self.slope;
        Interval { value: percent(bpm_per_10_min), low: percent(low), high: percent(high) }
    }

    /// Heart rate at the run's own speed at a second of moving time, in bpm.
    pub fn bpm_at(&self, moving_second: f64) -> f64 {
        self.middle_bpm
            + self.slope.bpm_per_10_min * (moving_second - self.middle_s) / TEN_MINUTES_S
    }
}

/// The mean of the steady seconds of a half-minute of moving time.
struct HalfMinute {
    at_s: f64,
    beats: f64,
    faster: f64,
}

impl HalfMinute {
    fn observation(&self, middle_s: f64) -> Observation<3> {
        let ten_minutes = (self.at_s - middle_s) / TEN_MINUTES_S;
        Observation {
            at_s: self.at_s,
            predictors: [1.0, ten_minutes, self.faster],
            value: self.beats,
        }
    }
}

fn half_minutes(seconds: &[SteadySecond]) -> Vec<HalfMinute> {
    let of = |second: &SteadySecond| second.moving_second / HALF_MINUTE_S;
    seconds
        .chunk_by(|left, right| of(left) == of(right))
        .filter(|chunk| chunk.len() >= LEAST_KEPT_S)
        .filter_map(|chunk| {
            Some(HalfMinute {
                at_s: mean_of_whole(chunk, |second| second.moving_second),
                beats: mean_of_whole(chunk, |second| second.beats.into()),
                faster: mean(chunk.iter().map(|second| second.faster))?,
            })
        })
        .collect()
}

/// The mean of whole numbers, whose sum is exact in any order.
fn mean_of_whole(seconds: &[SteadySecond], of: fn(&SteadySecond) -> u32) -> f64 {
    seconds.iter().map(|second| u64::from(of(second))).sum::<u64>() as f64 / seconds.len() as f64
}

fn mean_time(half_minutes: &[HalfMinute]) -> Option<f64> {
    mean(half_minutes.iter().map(|half_minute| half_minute.at_s))
}

#[cfg(test)]
mod tests {
    use super::super::stretches::steady_seconds;
    use super::*;
    use crate::metrics::testing::run;

    fn near(left: f64, right: f64, within: f64) {
        assert!((left - right).abs() < within, "{left} is not {right}");
    }

    fn of(seconds: usize, of_second: impl Fn(usize) -> (Option<u16>, u16, u16)) -> SteadyDrift {
        SteadyDrift::of(&steady_seconds(&run(seconds, of_second)).0).unwrap()
    }

    #[test]
    fn a_steady_rise_by_hand() {
        // A beat every five minutes from 130, in whole beats whose half-minute means are exact.
        let drift =
            of(300 + 2400, |k| (Some(130 + ((k + 10 * (k % 30)) / 300) as u16), 2_600, 166));
        near(drift.slope.bpm_per_10_min, 2.0, 0.1);
        near(drift.bpm_per_m_s, 24.0, 0.1);
        near(drift.between_halves_s, 1200.0, 1e-9);
        // The halves are at 133 and 137, of which 4 are risen.
        near(drift.decoupling().value, 100.0 * 4.0 / 137.0, 0.1);
        near(drift.bpm_at(1500.0), 135.0, 0.1);
    }

    #[test]
    fn what_speed_explains_is_no_drift() {
        // Faster by 0.25 m/s in the second half, which costs this heart 4 beats, and once before.
        let drift = of(300 + 3000, |k| {
            let fast = (900..1500).contains(&k) || k > 2100;
            if fast { (Some(134), 2_750, 166) } else { (Some(130), 2_500, 166) }
        });
        near(drift.slope.bpm_per_10_min, 0.0, 0.3);
        // The heart of this test answers at once, so the minutes around a change are off the line.
        near(drift.bpm_per_m_s, 16.0, 3.0);
    }

    #[test]
    fn ten_minutes_are_needed() {
        let drift = |seconds| {
            SteadyDrift::of(&steady_seconds(&run(seconds, |_| (Some(130), 2_500, 166))).0)
        };
        assert_eq!(drift(300 + 580), None);
        // A heart that is at 130 from the first second has a last trace of the start to make up for.
        near(drift(300 + 600).unwrap().slope.bpm_per_10_min, 0.0, 0.3);
    }
}
