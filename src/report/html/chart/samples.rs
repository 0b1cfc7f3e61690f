//! A run thinned out to what a picture can show: one value per few seconds.

use crate::metrics::series::Series;
use crate::metrics::statistics::mean;
use crate::settings::UnitSystem;
use crate::units::METRES_PER_MILE;

/// Values of one run at equal steps of timer time, in the units shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Samples {
    /// Seconds that one value stands for.
    pub(super) step: usize,
    /// Seconds of timer time in all.
    pub(super) seconds: usize,
    /// Mean heart rate in beats per minute.
    pub(super) heart_rate: Vec<Option<f64>>,
    /// Smoothed pace in seconds per kilometre or mile.
    pub(super) pace: Vec<Option<f64>>,
    /// Altitude in metres or feet.
    pub(super) altitude: Vec<Option<f64>>,
}

/// Most values of a picture.
const MOST: usize = 300;
/// Seconds that one value may stand for, up to a minute; beyond that whole minutes.
const STEPS: [usize; 13] = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 40, 60];
/// Seconds on each side that pace is averaged over.
const SMOOTHING_S: usize = 15;
/// The slowest pace that is drawn, in seconds per kilometre.
const SLOWEST_S_PER_KM: f64 = 1_200.0;
/// Feet in a metre.
const FEET: f64 = 1.0 / 0.3048;

impl Samples {
    pub(super) fn of(series: &Series, units: UnitSystem) -> Self {
        let seconds = series.len();
        let step = STEPS.into_iter().find(|step| seconds <= step * MOST);
        let step = step.unwrap_or_else(|| seconds.div_ceil(60 * MOST) * 60);
        let parts: Vec<std::ops::Range<usize>> =
            (0..seconds).step_by(step).map(|from| from..(from + step).min(seconds)).collect();
        let (per_pace, per_metre) = match units {
            UnitSystem::Metric => (1.0, 1.0),
            UnitSystem::Imperial => (METRES_PER_MILE / 1000.0, FEET),
        };
        let speed = SpeedSums::of(series);
        Self {
            step,
            seconds,
            heart_rate: parts.iter().map(|p| most_of(p, |k| series.heart_rate_bpm(k))).collect(),
            pace: parts.iter().map(|p| Some(speed.pace(series, p)? * per_pace)).collect(),
            altitude: parts
                .iter()
                .map(|p| Some(most_of(p, |k| series.altitude_m(k))? * per_metre))
                .collect(),
        }
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.heart_rate.len()
    }
}

/// The mean of a part, unless it is missing in most of it.
fn most_of(part: &std::ops::Range<usize>, value: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let present: Vec<f64> = part.clone().filter_map(value).collect();
    if 2 * present.len() >= part.len() { mean(present) } else { None }
}

/// Moving seconds and the metres made in them, summed up to each second.
struct SpeedSums(Vec<(u32, f64)>);

impl SpeedSums {
    fn of(series: &Series) -> Self {
        let mut sum = (0, 0.0);
        let sums = (0..series.len()).map(|k| {
            if let Some(speed) = series.speed_m_s(k).filter(|_| series.is_moving(k)) {
                sum = (sum.0 + 1, sum.1 + speed);
            }
            sum
        });
        Self(std::iter::once((0, 0.0)).chain(sums).collect())
    }

    /// Pace around a part of the run, in seconds per kilometre; `None` where it stands.
    fn pace(&self, series: &Series, part: &std::ops::Range<usize>) -> Option<f64> {
        let moving = part.clone().filter(|k| series.is_moving(*k)).count();
        let middle = part.start + part.len() / 2;
        let from = self.0[middle.saturating_sub(SMOOTHING_S)];
        let to = self.0[(middle + SMOOTHING_S).min(self.0.len() - 1)];
        let (seconds, metres) = (f64::from(to.0 - from.0), to.1 - from.1);
        let pace = 1000.0 * seconds / metres;
        let shown = 2 * moving >= part.len() && metres > 0.0 && pace <= SLOWEST_S_PER_KM;
        shown.then_some(pace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    #[test]
    fn a_step_divides_the_minute() {
        let step = |seconds| {
            let samples =
                Samples::of(&run(seconds, |_| (Some(130), 2_500, 166)), UnitSystem::Metric);
            (samples.step, samples.len())
        };
        assert_eq!(step(300), (1, 300));
        assert_eq!(step(1_800), (6, 300));
        assert_eq!(step(2_400), (10, 240));
        assert_eq!(step(5 * 3600), (60, 300));
        assert_eq!(step(10 * 3600), (120, 300));
        assert_eq!(step(0).1, 0);
    }

    #[test]
    fn paces_are_those_of_the_speed() {
        let series = run(1_800, |_| (Some(130), 2_500, 166));
        let metric = Samples::of(&series, UnitSystem::Metric);
        assert!(metric.pace.iter().all(|pace| pace.is_some_and(|p| (p - 400.0).abs() < 1e-6)));
        let imperial = Samples::of(&series, UnitSystem::Imperial);
        assert!((imperial.pace[9].unwrap() - 643.7376).abs() < 1e-6);
    }

    #[test]
    fn what_is_missing_stays_missing() {
        let series = run(1_800, |k| {
            let beats = if (600..900).contains(&k) { None } else { Some(130) };
            (beats, if (900..960).contains(&k) { 0 } else { 2_500 }, 166)
        });
        let samples = Samples::of(&series, UnitSystem::Metric);
        assert_eq!(samples.heart_rate.iter().filter(|beats| beats.is_none()).count(), 50);
        assert!(samples.pace[900 / 6].is_none(), "standing has no pace");
        assert!(samples.altitude.iter().all(Option::is_none));
    }
}
