//! Altitude along the distance of a run, and the grade that follows from it.

use super::grade::to_channel;
use super::series::{Channel, Series, altitude_from_channel};
use super::statistics::median_of_five;

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
    /// The first second that is near enough to be averaged with each.
    behind: Vec<u32>,
}

impl Profile {
    /// The profile of a run; `None` where fewer than half of its seconds have an altitude.
    pub fn of(series: &Series) -> Option<Self> {
        let first = series.altitude.iter().flatten().next()?;
        if 2 * series.altitude.present() < series.len() {
            return None;
        }
        let steady = median_of_five(&series.altitude.held_from(first));
        let steady: Vec<f64> = steady.into_iter().map(altitude_from_channel).collect();
        let mut metres = 0.0;
        let distance: Vec<f64> = (0..series.len())
            .map(|k| {
                metres += series.speed_m_s(k).unwrap_or(0.0);
                metres
            })
            .collect();
        let behind = seconds_behind(&distance);
        Some(Self { smooth: smooth_altitude(&steady, &distance, &behind), distance, behind })
    }

    /// Way made from beginning to end, in metres.
    pub fn length(&self) -> f64 {
        self.distance.last().copied().unwrap_or(0.0)
    }

    /// The grade lane.
    pub fn grade(&self) -> Channel {
        Channel::of(
            grades(&self.smooth, &self.distance, &self.behind)
                .into_iter()
                .map(|grade| Some(to_channel(grade))),
        )
    }
}

/// Altitude without its noise: of 5-second medians, a mean over 30 m of way on each side.
fn smooth_altitude(steady: &[f64], distance: &[f64], behind: &[u32]) -> Vec<f64> {
    let sums = running_sums(steady);
    let mut end = 0;
    let smooth = distance.iter().zip(behind).map(|(here, first)| {
        end = advance(distance, end, |w| w <= here + HALF_WINDOW_M);
        let first = *first as usize;
        (sums[end] - sums[first]) / (end - first) as f64
    });
    smooth.collect()
}

/// The first second that lies no further behind each than altitude is averaged.
fn seconds_behind(distance: &[f64]) -> Vec<u32> {
    let mut behind = 0;
    let seconds = distance.iter().map(|here| {
        behind = advance(distance, behind, |w| w < here - HALF_WINDOW_M);
        behind as u32
    });
    seconds.collect()
}

/// Rise over run at every second, from smoothed altitude and way, both in metres.
fn grades(smooth: &[f64], distance: &[f64], behind: &[u32]) -> Vec<f64> {
    let mut ahead = 0;
    let grades = distance.iter().zip(behind).map(|(here, first)| {
        ahead = advance(distance, ahead, |w| w < here + HALF_WINDOW_M);
        let (first, last) = (*first as usize, ahead.min(smooth.len() - 1));
        let run = distance[last] - distance[first];
        let sides = (here - distance[first]).max(distance[last] - here);
        if sides < LEAST_SIDE_M || run <= 0.0 { 0.0 } else { (smooth[last] - smooth[first]) / run }
    });
    grades.collect()
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

    #[test]
    fn a_steady_slope_is_read_as_it_is() {
        let distance: Vec<f64> = (0..200).map(|k| 2.5 * f64::from(k)).collect();
        let altitude: Vec<f64> = distance.iter().map(|w| 100.0 + 0.06 * w).collect();
        let behind = seconds_behind(&distance);
        let grades = grades(&smooth_altitude(&altitude, &distance, &behind), &distance, &behind);
        for grade in &grades[30..170] {
            assert!((grade - 0.06).abs() < 1e-6, "{grade}");
        }
    }
}
