//! What was usual for a runner lately, and how it moves.

use super::{Past, PastRun};
use crate::metrics::statistics::median;
use crate::units::MetresPerSecond;

/// Days that the usual is read from.
const DAYS: i64 = 28;

/// Medians over the runs of the 28 days before a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    /// Efficiency of minutes 5–20, in m/min per bpm.
    pub efficiency: Option<f64>,
    /// Grade-adjusted speed in m/s of the runs that the efficiency is from.
    pub speed: Option<f64>,
    /// Resting heart rate in bpm, as the watch knew it.
    pub resting_bpm: Option<f64>,
}

impl Baseline {
    /// The medians of figures that at least `least` runs have.
    pub fn of(past: &Past, least: usize) -> Self {
        let median_of = |figure: fn(&PastRun) -> Option<f64>| {
            let figures: Vec<f64> = past.runs_within(DAYS).filter_map(figure).collect();
            median(&figures).filter(|_| figures.len() >= least)
        };
        Self {
            efficiency: median_of(|run| run.speed.and(run.efficiency)),
            speed: median_of(|run| run.efficiency.and(run.speed).map(MetresPerSecond::get)),
            resting_bpm: median_of(|run| run.anchors.resting_bpm.map(f64::from)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::testing::{day, run_on};

    fn efficient(on: u64, efficiency: f64, speed: f64) -> PastRun {
        PastRun {
            efficiency: Some(efficiency),
            speed: MetresPerSecond::new(speed),
            ..run_on(day(on), 40.0)
        }
    }

    #[test]
    fn the_usual_is_a_median_of_28_days() {
        let mut runs = vec![efficient(0, 9.0, 9.0), efficient(2, 1.2, 2.5), efficient(9, 1.3, 2.7)];
        runs.push(efficient(20, 1.1, 2.6));
        runs[3].anchors.resting_bpm = Some(50);
        let usual = |runs: &[PastRun]| Baseline::of(&Past { sessions: runs, day: day(29) }, 3);
        assert_eq!(
            usual(&runs),
            Baseline { efficiency: Some(1.2), speed: Some(2.6), resting_bpm: None }
        );
        runs[2].speed = None;
        assert_eq!(usual(&runs).efficiency, None, "an estimated speed tells no efficiency");
    }
}
