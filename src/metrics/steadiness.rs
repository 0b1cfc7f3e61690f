//! How even the pace was, over running seconds: walking and the 15 seconds after it are left out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Unmeasured;
use super::blocks::blocks;
use super::series::{Movement, Series};
use super::span::runs_where;
use super::statistics::{coefficient_of_variation, mean, median, theil_sen_slope};
use crate::units::{MetresPerSecond, Percent};

/// Seconds after a walk in which the runner still gets going.
const AFTER_WALK_S: usize = 15;
/// A walk this long is a break, in seconds.
const WALK_BREAK_S: usize = 15;
/// Seconds of moving time before a progression is looked for.
const SETTLING_S: usize = 300;

/// Evenness of pace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Steadiness {
    /// The run's own grade-adjusted speed: median of the middle half of its minutes.
    #[serde(rename = "reference_speed_m_s")]
    pub reference_speed: MetresPerSecond,
    /// The same of recorded speed, not grade-adjusted.
    #[serde(rename = "reference_recorded_speed_m_s")]
    pub reference_recorded_speed: MetresPerSecond,
    /// Grade-adjusted speed of the last tenth (3–5 minutes) over the reference.
    pub finish_ratio: f64,
    /// Grade-adjusted speed of minutes 2–5 over the reference; `None` in a shorter run.
    pub start_ratio: Option<f64>,
    /// Change of grade-adjusted speed from beginning to end, as a share of the reference.
    #[serde(rename = "progression_pct")]
    pub progression: Option<Percent>,
    /// Coefficient of variation of the minutes' grade-adjusted speed.
    #[serde(rename = "variation_pct")]
    pub variation: Percent,
    /// Walks of 15 seconds or more.
    pub walk_breaks: u32,
}

impl Steadiness {
    /// Measures a run; the reason where it has no running second with a speed.
    pub fn of(series: &Series) -> Result<Self, Unmeasured> {
        let running = running_seconds(series);
        if running.is_empty() && !series.speed.is_blank() {
            return Err(Unmeasured::Walked);
        }
        let speeds = |k: &usize| Some([series.graded_speed_m_s(*k)?, series.speed_m_s(*k)?]);
        let (graded, recorded): (Vec<f64>, Vec<f64>) =
            blocks(running.iter().filter_map(speeds)).into_iter().map(<(f64, f64)>::from).unzip();
        let reference =
            middle_median(&graded).filter(|speed| *speed > 0.0).ok_or(Unmeasured::NoSpeed)?;
        let recorded = middle_median(&recorded).ok_or(Unmeasured::NoSpeed)?;
        let ratio = |speed: Option<f64>| speed.map(|speed| speed / reference);
        Ok(Self {
            reference_speed: MetresPerSecond::new(reference).ok_or(Unmeasured::NoSpeed)?,
            reference_recorded_speed: MetresPerSecond::new(recorded).ok_or(Unmeasured::NoSpeed)?,
            finish_ratio: ratio(finish_speed(series, &running)).ok_or(Unmeasured::NoSpeed)?,
            start_ratio: ratio(mean_graded(series, running.get(60..300).unwrap_or_default())),
            progression: progression(&graded, reference),
            variation: coefficient_of_variation(&graded)
                .and_then(Percent::new)
                .ok_or(Unmeasured::NoSpeed)?,
            walk_breaks: walk_breaks(series),
        })
    }
}

/// The seconds of running, without walking and what follows it.
pub fn running_seconds(series: &Series) -> Vec<usize> {
    let mut since_walk = AFTER_WALK_S;
    let mut running = Vec::with_capacity(series.len());
    for (k, movement) in series.movement.iter().enumerate() {
        since_walk = if *movement == Movement::Walking { 0 } else { since_walk + 1 };
        if *movement == Movement::Running && since_walk > AFTER_WALK_S {
            running.push(k);
        }
    }
    running
}

fn middle_median(blocks: &[f64]) -> Option<f64> {
    let n = blocks.len();
    let middle = if n < 4 { blocks } else { &blocks[n / 4..3 * n / 4] };
    median(middle)
}

fn finish_speed(series: &Series, running: &[usize]) -> Option<f64> {
    let finish = (series.moving_seconds() / 10).clamp(180, 300);
    mean_graded(series, &running[running.len().saturating_sub(finish)..])
}

fn mean_graded(series: &Series, seconds: &[usize]) -> Option<f64> {
    mean(seconds.iter().filter_map(|k| series.graded_speed_m_s(*k)))
}

fn progression(blocks: &[f64], reference: f64) -> Option<Percent> {
    let settled = blocks.get(SETTLING_S / 60..)?;
    let points: Vec<(f64, f64)> =
        settled.iter().enumerate().map(|(minute, speed)| (minute as f64, *speed)).collect();
    let slope = theil_sen_slope(&points)?;
    Percent::new(100.0 * slope * settled.len() as f64 / reference)
}

fn walk_breaks(series: &Series) -> u32 {
    let walks = runs_where(series.len(), |k| series.movement[k] == Movement::Walking);
    walks.iter().filter(|walk| walk.len() >= WALK_BREAK_S).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    #[test]
    fn a_fast_finish_by_hand() {
        let series = run(1800, |k| (Some(130), if k >= 1620 { 3_200 } else { 2_500 }, 166));
        let steadiness = Steadiness::of(&series).unwrap();
        assert!((steadiness.reference_speed.get() - 2.5).abs() < 1e-9);
        assert!((steadiness.finish_ratio - 1.28).abs() < 1e-9);
        assert_eq!(steadiness.start_ratio, Some(1.0));
    }

    #[test]
    fn walking_and_what_follows_is_left_out() {
        let series = run(600, |k| (None, if (100..130).contains(&k) { 1_200 } else { 2_500 }, 100));
        let running = running_seconds(&series);
        assert_eq!(running.len(), 600 - 30 - 15);
        assert_eq!(walk_breaks(&series), 1);
    }

    #[test]
    fn no_speed_no_steadiness() {
        let mut series = run(600, |_| (Some(130), 2_500, 166));
        series.speed = crate::metrics::series::Channel::blank(600);
        assert_eq!(Steadiness::of(&series), Err(Unmeasured::NoSpeed));
    }
}
