//! The figures of all of the run: aerobic decoupling by halves, and the slope at equal speed.
//!
//! Aerobic decoupling (Pa:HR) compares the efficiency factor, grade-adjusted speed over heart
//! rate, of two halves of the time; positive means the heart rate rose for the same pace. The slope
//! takes out what changes of speed explain, 24 bpm per m/s (PMC4687158).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::slope::{HeartRateSlope, SETTLING_S};
use crate::metrics::Unmeasured;
use crate::metrics::blocks::BLOCK_S;
use crate::metrics::series::Series;
use crate::metrics::span::runs_where;
use crate::metrics::statistics::theil_sen;
use crate::units::Percent;

/// A stop of this length lets the heart calm down, in seconds.
const STOP_S: f64 = 5.0;
/// Seconds after a stop in which the heart is still catching up.
const AFTER_STOP_S: usize = 60;
/// Seconds that a minute must keep to be used.
const BLOCK_LEAST_S: u32 = 45;
/// Heart-rate answer to speed, in bpm per m/s.
const BEATS_PER_SPEED: f64 = 24.0;
/// A minute further than this from the run's own speed is not compared, in m/s.
const SPEED_REACH: f64 = 0.5;
/// Minutes needed for a slope.
const LEAST_BLOCKS: usize = 10;

/// How heart rate moved against pace in all of the run after its first minutes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RawDrift {
    /// Seconds it is read from.
    pub kept_s: u32,
    /// Efficiency factor of the first half, in metres per minute per beat per minute.
    #[serde(rename = "first_efficiency_m_per_beat")]
    pub first_efficiency: f64,
    /// Efficiency factor of the second half.
    #[serde(rename = "second_efficiency_m_per_beat")]
    pub second_efficiency: f64,
    /// Aerobic decoupling in percent.
    #[serde(rename = "decoupling_pct")]
    pub decoupling: Percent,
    /// The speed-corrected slope (Theil–Sen), where there are minutes enough.
    #[serde(rename = "slope_bpm_per_10_min")]
    pub slope: Option<HeartRateSlope>,
}

impl RawDrift {
    /// Measures a run whose own speed is `reference_speed`, in m/s.
    pub fn of(series: &Series, reference_speed: f64) -> Result<Self, Unmeasured> {
        let kept = kept_seconds(series);
        let (first, second) = kept.split_at(kept.len() / 2);
        let (first_efficiency, second_efficiency) = (efficiency(first)?, efficiency(second)?);
        let minutes = minutes(&kept);
        let decoupling = 100.0 * (first_efficiency - second_efficiency) / first_efficiency;
        Ok(Self {
            kept_s: kept.len() as u32,
            first_efficiency,
            second_efficiency,
            decoupling: Percent::new(decoupling).ok_or(Unmeasured::TooShort)?,
            slope: slope(&minutes, reference_speed),
        })
    }
}

/// A second that drift may be read from.
struct AnalysedSecond {
    moving_second: u32,
    beats: u16,
    graded_speed: f64,
}

fn kept_seconds(series: &Series) -> Vec<AnalysedSecond> {
    let calming = series_after_stops(series);
    let mut kept = Vec::with_capacity(series.len());
    let moving = series.movement.iter().zip(&calming).enumerate();
    let moving = moving.filter(|(_, (movement, _))| movement.is_moving());
    for ((second, (_, is_calming)), moving_second) in moving.zip(0..) {
        if moving_second < SETTLING_S as u32 || *is_calming {
            continue;
        }
        let both = series.heart_rate.get(second).zip(series.graded_speed_m_s(second));
        if let Some((beats, graded_speed)) = both {
            kept.push(AnalysedSecond { moving_second, beats, graded_speed });
        }
    }
    kept
}

/// Whether a second lies in the minute after a stop or a pause.
fn series_after_stops(series: &Series) -> Vec<bool> {
    let stops = runs_where(series.len(), |k| !series.is_moving(k));
    let ends = stops.iter().filter(|stop| stop.len() as f64 >= STOP_S).map(|stop| stop.end);
    let resumed = series.pauses.iter().filter(|pause| f64::from(pause.seconds) >= STOP_S);
    let mut calming = vec![false; series.len()];
    for end in ends.chain(resumed.map(|pause| pause.before as usize)) {
        let end = end.min(series.len());
        calming[end..(end + AFTER_STOP_S).min(series.len())].fill(true);
    }
    calming
}

fn efficiency(kept: &[AnalysedSecond]) -> Result<f64, Unmeasured> {
    let speed: f64 = kept.iter().map(|second| second.graded_speed).sum();
    let beats = beats(kept);
    if speed > 0.0 && beats > 0.0 { Ok(60.0 * speed / beats) } else { Err(Unmeasured::TooShort) }
}

/// The beats of so many seconds, which are whole numbers: their sum is exact in any order.
fn beats(kept: &[AnalysedSecond]) -> f64 {
    kept.iter().map(|second| u64::from(second.beats)).sum::<u64>() as f64
}

/// A minute of moving time.
struct Minute {
    at: f64,
    beats: f64,
    speed: f64,
}

fn minutes(kept: &[AnalysedSecond]) -> Vec<Minute> {
    let minute = |second: &AnalysedSecond| second.moving_second / BLOCK_S as u32;
    kept.chunk_by(|left, right| minute(left) == minute(right))
        .filter(|chunk| chunk.len() as u32 >= BLOCK_LEAST_S)
        .map(|chunk| {
            let speed: f64 = chunk.iter().map(|second| second.graded_speed).sum();
            Minute {
                at: f64::from(minute(&chunk[0])),
                beats: beats(chunk) / chunk.len() as f64,
                speed: speed / chunk.len() as f64,
            }
        })
        .collect()
}

fn slope(minutes: &[Minute], reference_speed: f64) -> Option<HeartRateSlope> {
    let points: Vec<(f64, f64)> = minutes
        .iter()
        .map(|minute| (minute, minute.speed - reference_speed))
        .filter(|(_, faster)| faster.abs() <= SPEED_REACH)
        .map(|(minute, faster)| (minute.at, minute.beats - BEATS_PER_SPEED * faster))
        .collect();
    let line = theil_sen(&points).filter(|_| points.len() >= LEAST_BLOCKS)?;
    Some(HeartRateSlope {
        bpm_per_10_min: 10.0 * line.slope,
        low: 10.0 * line.interval.0,
        high: 10.0 * line.interval.1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-6, "{left} is not {right}");
    }

    #[test]
    fn decoupling_of_a_rising_heart_rate_by_hand() {
        let series = run(300 + 2400, |k| (Some(if k < 1500 { 130 } else { 140 }), 2_600, 166));
        let drift = RawDrift::of(&series, 2.6).unwrap();
        near(drift.first_efficiency, 1.2);
        near(drift.decoupling.get(), 100.0 / 14.0);
        assert_eq!(drift.kept_s, 2400);
    }

    #[test]
    fn decoupling_of_a_falling_pace_by_hand() {
        let series = run(300 + 2400, |k| (Some(135), if k < 1500 { 2_500 } else { 2_400 }, 166));
        near(RawDrift::of(&series, 2.5).unwrap().decoupling.get(), 4.0);
    }

    #[test]
    fn speed_explains_its_share_of_the_slope() {
        let series = run(300 + 1500, |k| {
            if k < 300 + 720 { (Some(130), 2_500, 166) } else { (Some(142), 3_000, 166) }
        });
        near(RawDrift::of(&series, 2.5).unwrap().slope.unwrap().bpm_per_10_min, 0.0);
    }

    #[test]
    fn the_minute_after_a_stop_is_not_read() {
        let series =
            run(1500, |k| (Some(130), if (600..610).contains(&k) { 0 } else { 2_500 }, 166));
        assert_eq!(RawDrift::of(&series, 2.5).unwrap().kept_s, 1500 - 300 - 10 - 60);
    }

    #[test]
    fn too_little_is_no_drift() {
        assert_eq!(
            RawDrift::of(&run(290, |_| (Some(130), 2_500, 166)), 2.5),
            Err(Unmeasured::TooShort)
        );
    }
}
