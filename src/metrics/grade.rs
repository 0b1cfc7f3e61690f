//! Grade and the effort it costs: grade-adjusted speed.
//!
//! The cost of running on a slope is Minetti's polynomial (Minetti et al. 2002, Journal of
//! Applied Physiology 93:1039), in joules per kilogram and metre. Downhill, heart rate falls less
//! than that cost, so half of the saving is counted.

use std::sync::LazyLock;

use super::series::{Channel, Series};
use super::statistics::median_of_five;

/// The lane value of level ground: lanes hold no negative numbers.
pub const LANE_OFFSET: u16 = 10_000;

const STEEPEST_DOWN: f64 = -0.20;
const STEEPEST_UP: f64 = 0.30;

/// A grade as a lane value, in ten-thousandths, held to what the cost is known for.
pub fn to_channel(grade: f64) -> u16 {
    let held = grade.clamp(STEEPEST_DOWN, STEEPEST_UP);
    (held * 10_000.0 + f64::from(LANE_OFFSET)).round() as u16
}

/// The grade of a lane value, as rise over run.
pub fn from_lane(value: u16) -> f64 {
    (f64::from(value) - f64::from(LANE_OFFSET)) / 10_000.0
}

/// Cost of running at a grade between −0.45 and +0.45, in J/(kg·m).
pub fn running_cost(i: f64) -> f64 {
    ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
}

/// What speed at this grade must be multiplied by to give the level speed of equal effort.
pub fn effort_factor(grade: f64) -> f64 {
    let held = grade.clamp(STEEPEST_DOWN, STEEPEST_UP);
    let ratio = running_cost(held) / 3.6;
    if held >= 0.0 { ratio } else { 1.0 + (ratio - 1.0) / 2.0 }
}

/// The effort factor of every lane value between the steepest slopes: asked for each second, often.
static FACTORS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    (to_channel(STEEPEST_DOWN)..=to_channel(STEEPEST_UP))
        .map(|value| effort_factor(from_lane(value)))
        .collect()
});

/// [`effort_factor`] of a lane value.
pub fn effort_factor_of_lane(value: u16) -> f64 {
    let held = value.clamp(to_channel(STEEPEST_DOWN), to_channel(STEEPEST_UP));
    FACTORS[usize::from(held - to_channel(STEEPEST_DOWN))]
}

/// Way on each side over which altitude is averaged, in metres.
const HALF_WINDOW_M: f64 = 30.0;
/// Way that a side must have for a grade to be read, in metres.
const LEAST_SIDE_M: f64 = 20.0;

/// Altitude along the way, as the altitude and speed lanes tell it.
pub struct Profile {
    /// Altitude without its noise, in metres at every second.
    pub smooth: Vec<f64>,
    /// Way made, in metres at every second.
    distance: Vec<f64>,
}

impl Profile {
    /// The profile of a run; `None` where fewer than half of its seconds have an altitude.
    pub fn of(series: &Series) -> Option<Self> {
        let mut latest = (0..series.len()).find_map(|k| series.altitude_m(k))?;
        if 2 * series.altitude.present() < series.len() {
            return None;
        }
        let altitude: Vec<f64> = (0..series.len())
            .map(|k| {
                latest = series.altitude_m(k).unwrap_or(latest);
                latest
            })
            .collect();
        let mut metres = 0.0;
        let distance: Vec<f64> = (0..series.len())
            .map(|k| {
                metres += series.speed_m_s(k).unwrap_or(0.0);
                metres
            })
            .collect();
        Some(Self { smooth: smooth_altitude(&altitude, &distance), distance })
    }

    /// Way made from beginning to end, in metres.
    pub fn length(&self) -> f64 {
        self.distance.last().copied().unwrap_or(0.0)
    }

    /// The grade lane.
    pub fn grade(&self) -> Channel {
        Channel::of(
            grades(&self.smooth, &self.distance).into_iter().map(|grade| Some(to_channel(grade))),
        )
    }
}

/// Altitude without its noise: a 5-second median, then a mean over 30 m of way on each side.
pub fn smooth_altitude(altitude: &[f64], distance: &[f64]) -> Vec<f64> {
    let steady = median_of_five(altitude);
    let sums = running_sums(&steady);
    let (mut first, mut end) = (0, 0);
    (0..steady.len())
        .map(|k| {
            first = advance(distance, first, |w| w < distance[k] - HALF_WINDOW_M);
            end = advance(distance, end, |w| w <= distance[k] + HALF_WINDOW_M);
            (sums[end] - sums[first]) / (end - first) as f64
        })
        .collect()
}

/// Rise over run at every second, from smoothed altitude and way, both in metres.
pub fn grades(smooth: &[f64], distance: &[f64]) -> Vec<f64> {
    let (mut behind, mut ahead) = (0, 0);
    (0..smooth.len())
        .map(|k| {
            behind = advance(distance, behind, |w| w < distance[k] - HALF_WINDOW_M);
            ahead = advance(distance, ahead, |w| w < distance[k] + HALF_WINDOW_M);
            let last = ahead.min(smooth.len() - 1);
            let run = distance[last] - distance[behind];
            let sides = (distance[k] - distance[behind]).max(distance[last] - distance[k]);
            if sides < LEAST_SIDE_M || run <= 0.0 {
                0.0
            } else {
                (smooth[last] - smooth[behind]) / run
            }
        })
        .collect()
}

fn advance(distance: &[f64], mut at: usize, goes_on: impl Fn(f64) -> bool) -> usize {
    while at < distance.len() && goes_on(distance[at]) {
        at += 1;
    }
    at
}

fn running_sums(values: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0);
    let mut sum = 0.0;
    sums.extend(values.iter().map(|value| {
        sum += value;
        sum
    }));
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-6, "{left} is not {right}");
    }

    #[test]
    fn cost_of_running_by_hand() {
        for (grade, cost) in [
            (0.0, 3.6),
            (0.02, 4.008_169),
            (0.05, 4.685_196),
            (0.10, 5.968_214),
            (0.20, 9.006_688),
            (0.30, 12.579_282),
            (0.45, 19.426_015),
            (-0.05, 2.745_924),
            (-0.10, 2.151_706),
            (-0.20, 1.800_032),
            (-0.30, 2.462_238),
            (-0.45, 4.032_305),
        ] {
            near(running_cost(grade), cost);
        }
    }

    #[test]
    fn effort_downhill_counts_half_the_saving() {
        near(effort_factor(0.05), 1.301_443);
        near(effort_factor(-0.05), 0.881_378);
        near(effort_factor(-0.10), 0.798_848);
        near(effort_factor(-0.35), 0.750_004);
        near(2.5 * effort_factor(0.05), 3.253_608);
        near(2.5 * effort_factor(-0.05), 2.203_446);
    }

    #[test]
    fn the_table_holds_the_formula() {
        for grade in [-0.25, -0.2, -0.0731, 0.0, 0.0004, 0.06, 0.3, 0.4] {
            let channel = to_channel(grade);
            near(effort_factor_of_lane(channel), effort_factor(from_lane(channel)));
        }
    }

    #[test]
    fn a_steady_slope_is_read_as_it_is() {
        let distance: Vec<f64> = (0..200).map(|k| 2.5 * f64::from(k)).collect();
        let altitude: Vec<f64> = distance.iter().map(|w| 100.0 + 0.06 * w).collect();
        let grades = grades(&smooth_altitude(&altitude, &distance), &distance);
        for grade in &grades[30..170] {
            near(*grade, 0.06);
        }
    }

    #[test]
    fn a_lane_value_keeps_the_grade() {
        near(from_lane(to_channel(0.06)), 0.06);
        near(from_lane(to_channel(-0.5)), -0.20);
    }
}
