//! How the kinds of session lie to each other: speeds, heart rates, and time in the grey zone.

use super::PastRun;
use crate::metrics::statistics::median;
use crate::session::SessionKind;
use crate::units::{BeatsPerMinute, MetresPerSecond, Percent};

/// Climb beyond which a run's pace says nothing, in metres per kilometre.
const MOST_CLIMB: f64 = 30.0;
/// Share of moving time that must have a trusted heart rate, in percent.
const LEAST_COVERAGE_PCT: f64 = 70.0;

/// The usual run of one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BaselineOfKind {
    /// Runs of the kind, whatever they recorded.
    pub runs: usize,
    /// Median grade-adjusted speed, if enough runs tell.
    pub speed: Option<MetresPerSecond>,
    /// Median of the mean heart rates, if enough runs tell.
    pub heart_rate: Option<BeatsPerMinute>,
}

impl BaselineOfKind {
    /// The medians over the runs of one kind, where at least so many tell.
    pub fn of(runs: &[&PastRun], kind: SessionKind, least: usize) -> Self {
        let of_kind = || runs.iter().filter(move |run| run.kind() == Some(kind));
        let level = |run: &&&PastRun| run.climb_m_per_km.is_none_or(|climb| climb <= MOST_CLIMB);
        let seen = |run: &&&PastRun| run.coverage.get() >= LEAST_COVERAGE_PCT;
        let speeds: Vec<f64> =
            of_kind().filter(level).filter_map(|run| run.speed).map(f64::from).collect();
        let beats: Vec<f64> =
            of_kind().filter(seen).filter_map(|run| run.mean_heart_rate).map(f64::from).collect();
        let enough = |figures: &[f64]| median(figures).filter(|_| figures.len() >= least);
        Self {
            runs: of_kind().count(),
            speed: enough(&speeds).and_then(MetresPerSecond::new),
            heart_rate: enough(&beats).and_then(BeatsPerMinute::new),
        }
    }
}

/// Share of the heart-rate time of recovery and easy runs between ceiling and hard line, in
/// percent; `None` where fewer than so many of them have a heart rate.
pub fn grey_zone_share(runs: &[&PastRun], least: usize) -> Option<Percent> {
    let gentle =
        |run: &&&PastRun| matches!(run.kind(), Some(SessionKind::Recovery | SessionKind::Easy));
    let efforts: Vec<_> =
        runs.iter().filter(gentle).filter_map(|run| run.effort.as_ref()).collect();
    let seconds: u32 = efforts.iter().map(|effort| effort.seconds).sum();
    let grey: u32 = efforts.iter().map(|effort| effort.grey_seconds).sum();
    (efforts.len() >= least && seconds > 0)
        .then(|| Percent::of(100.0 * f64::from(grey) / f64::from(seconds)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::testing::{day, easy_on};

    #[test]
    fn medians_need_runs_that_tell() {
        let mut runs: Vec<PastRun> =
            [2.7, 2.8, 2.9].iter().zip(0..).map(|(speed, k)| easy_on(day(k), *speed)).collect();
        let usual = |runs: &[PastRun]| {
            BaselineOfKind::of(&runs.iter().collect::<Vec<_>>(), SessionKind::Easy, 3)
        };
        assert_eq!(usual(&runs).speed, MetresPerSecond::new(2.8));
        assert_eq!(usual(&runs).heart_rate, BeatsPerMinute::new(140.0));
        runs[0].climb_m_per_km = Some(31.0);
        runs[1].coverage = Percent::of(69.0);
        assert_eq!(
            usual(&runs),
            BaselineOfKind { runs: 3, speed: None, heart_rate: None },
            "two of three tell of either"
        );
    }

    #[test]
    fn the_grey_zone_counts_seconds_not_runs() {
        let mut runs: Vec<PastRun> = (0..3).map(|k| easy_on(day(k), 2.8)).collect();
        runs[2].effort.as_mut().unwrap().grey_seconds = 1_800;
        let share = |runs: &[PastRun]| grey_zone_share(&runs.iter().collect::<Vec<_>>(), 3);
        assert_eq!(share(&runs), Some(Percent::of(25.0)));
        runs[0].effort = None;
        assert_eq!(share(&runs), None);
    }
}
