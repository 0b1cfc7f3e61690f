//! The stride early and late in a run, at like speed on level ground.
//!
//! Minutes 5–10 of moving time are held against the last five. Only seconds that either part could
//! have held count: those within 3 % of the other's mean speed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::dynamics::DynamicsAtSeconds;
use super::series::{Movement, Series};
use super::statistics::mean;

/// Moving time before the early part, in seconds.
const SETTLING_S: usize = 300;
/// Length of either part, in seconds of moving time.
const PART_S: usize = 300;
/// How far a second's grade-adjusted speed may be from the other part's mean.
const LIKE_SPEED: f64 = 0.03;
/// The steepest grade that still counts as level.
const LEVEL: f64 = 0.02;
/// Readings that a mean needs.
const LEAST_READINGS: usize = 60;

/// The stride of the early and of the late part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Form {
    /// Minutes 5–10.
    pub early: Stride,
    /// The last five minutes.
    pub late: Stride,
}

/// Means over comparable seconds; `None` where too few have a reading.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Stride {
    /// Cadence in steps per minute.
    pub cadence_spm: Option<f64>,
    /// Ground contact time in milliseconds.
    pub contact_ms: Option<f64>,
    /// Vertical oscillation in millimetres.
    pub oscillation_mm: Option<f64>,
    /// Step length in millimetres.
    pub step_mm: Option<f64>,
    /// Left share of ground contact in percent.
    pub balance_pct: Option<f64>,
}

impl Form {
    /// Measures a run; `None` where the two parts overlap or have too little in common.
    pub fn of(series: &Series, dynamics: &DynamicsAtSeconds<'_>) -> Option<Self> {
        let moving = || (0..series.len()).filter(|k| series.is_moving(*k));
        if series.moving_seconds() < SETTLING_S + 2 * PART_S {
            return None;
        }
        let early = level_running(series, moving().skip(SETTLING_S).take(PART_S));
        // The last seconds in the order in which they came.
        let mut late = level_running(series, moving().rev().take(PART_S));
        late.reverse();
        let stride = |part: &[usize], other: &[usize]| {
            let like = like_speed(series, part, mean_speed(series, other)?);
            (like.len() >= LEAST_READINGS).then(|| Stride::of(series, dynamics, &like))
        };
        Some(Self { early: stride(&early, &late)?, late: stride(&late, &early)? })
    }
}

fn level_running(series: &Series, part: impl Iterator<Item = usize>) -> Vec<usize> {
    let counts =
        |k: &usize| series.movement[*k] == Movement::Running && series.grade_at(*k).abs() <= LEVEL;
    part.filter(counts).collect()
}

fn mean_speed(series: &Series, part: &[usize]) -> Option<f64> {
    mean(part.iter().filter_map(|k| series.graded_speed_m_s(*k)))
}

fn like_speed(series: &Series, part: &[usize], speed: f64) -> Vec<usize> {
    let is_like = |k: &usize| {
        series.graded_speed_m_s(*k).is_some_and(|own| (own - speed).abs() <= LIKE_SPEED * speed)
    };
    part.iter().copied().filter(is_like).collect()
}

impl Stride {
    fn of(series: &Series, dynamics: &DynamicsAtSeconds<'_>, part: &[usize]) -> Self {
        let tenths = |of: Option<u16>| of.map(|tenths| f64::from(tenths) / 10.0);
        let hundredths = |of: Option<u16>| of.map(|hundredths| f64::from(hundredths) / 100.0);
        Self {
            cadence_spm: mean_of(part, |k| series.cadence_spm(k)),
            contact_ms: mean_of(part, |k| tenths(dynamics.at(k, |now| now.ground_contact_time))),
            oscillation_mm: mean_of(part, |k| {
                tenths(dynamics.at(k, |now| now.vertical_oscillation))
            }),
            step_mm: mean_of(part, |k| tenths(dynamics.at(k, |now| now.step_length))),
            balance_pct: mean_of(part, |k| {
                hundredths(dynamics.at(k, |now| now.ground_contact_balance))
            }),
        }
    }
}

/// The mean of what was read; zero is what some watches write for nothing.
fn mean_of(part: &[usize], of: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let mut count = 0;
    let readings = part.iter().filter_map(|k| of(*k)).filter(|reading| *reading > 0.0);
    mean(readings.inspect(|_| count += 1)).filter(|_| count >= LEAST_READINGS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Dynamics;
    use crate::metrics::testing::{run, with_dynamics};

    fn near(left: Option<f64>, right: f64) {
        assert!(left.is_some_and(|left| (left - right).abs() < 1e-9), "{left:?} is not {right}");
    }

    fn form(series: &Series, dynamics: Vec<Dynamics>) -> Option<Form> {
        with_dynamics(dynamics, |dynamics| Form::of(series, dynamics))
    }

    /// Twenty minutes whose stride changes in the last five.
    fn tiring(late_speed: u16) -> (Series, Vec<Dynamics>) {
        let series =
            run(1200, |k| if k < 900 { (None, 2_500, 170) } else { (None, late_speed, 164) });
        let dynamics = |k| Dynamics {
            ground_contact_time: Some(if k < 900 { 2_500 } else { 2_650 }),
            ground_contact_balance: Some(if k % 2 == 0 { 4_950 } else { 5_050 }),
            vertical_oscillation: (k < 330).then_some(800),
            ..Dynamics::default()
        };
        (series, (0..1200).map(dynamics).collect())
    }

    #[test]
    fn early_and_late_means_by_hand() {
        let (series, dynamics) = tiring(2_550);
        let form = form(&series, dynamics).unwrap();
        near(form.early.cadence_spm, 170.0);
        near(form.late.cadence_spm, 164.0);
        near(form.early.contact_ms, 250.0);
        near(form.late.contact_ms, 265.0);
        near(form.early.balance_pct, 50.0);
        assert_eq!(form.early.oscillation_mm, None, "forty readings are too few");
        assert_eq!(form.late.step_mm, None);
    }

    #[test]
    fn cadence_alone_needs_no_dynamics() {
        let (series, _) = tiring(2_500);
        let form = form(&series, Vec::new()).unwrap();
        near(form.late.cadence_spm, 164.0);
        assert_eq!(form.late.contact_ms, None);
    }

    #[test]
    fn another_speed_is_not_compared() {
        let (series, dynamics) = tiring(2_600);
        assert_eq!(form(&series, dynamics), None);
    }

    #[test]
    fn a_slope_is_not_compared() {
        let (mut series, dynamics) = tiring(2_500);
        (0..1200).for_each(|k| series.grade.set(k, Some(super::super::grade::to_channel(0.021))));
        assert_eq!(form(&series, dynamics), None);
    }

    #[test]
    fn the_parts_never_overlap() {
        let steady = |seconds| form(&run(seconds, |_| (None, 2_500, 166)), Vec::new());
        assert_eq!(steady(899), None);
        assert!(steady(900).is_some());
    }
}
