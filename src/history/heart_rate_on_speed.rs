//! The heart rate that an athlete's earlier runs lead to expect at a speed.

use super::{Past, PastRun};
use crate::metrics::statistics::{median, theil_sen_slope};

/// How far back runs are asked, in days, and how many it takes.
const DAYS: i64 = 90;
const LEAST_RUNS: usize = 8;
/// Minutes at known speeds that a run must have to be compared.
const LEAST_MINUTES: usize = 10;
/// A minute this far below the line reads too low, in bpm.
const TOO_LOW_BPM: f64 = 20.0;

/// A line through the minutes of earlier runs, between the slowest and the fastest of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeartRateOnSpeed {
    /// Beats per minute for each m/s.
    slope: f64,
    /// Beats per minute at 0 m/s.
    at_rest: f64,
    slowest: f64,
    fastest: f64,
}

impl HeartRateOnSpeed {
    /// The line of the runs of 90 days that were measured by the same kind of sensor; `None` where
    /// there are fewer than eight of them, or all were run at one speed.
    pub fn of(past: &Past, at_wrist: bool) -> Option<Self> {
        Self::through(&Self::minutes(past, at_wrist)?)
    }

    /// The minutes that [`HeartRateOnSpeed::of`] draws its line through; `None` of too few runs.
    pub fn minutes(past: &Past, at_wrist: bool) -> Option<Vec<(f64, f64)>> {
        let tells = |run: &&PastRun| run.at_wrist == at_wrist && !run.minutes.is_empty();
        let runs: Vec<&PastRun> = past.runs_within(DAYS).filter(tells).collect();
        let are_enough = runs.len() >= LEAST_RUNS;
        are_enough.then(|| runs.into_iter().flat_map(PastRun::minutes).collect())
    }

    /// The line through minutes, each a speed in m/s and a heart rate in bpm.
    pub fn through(minutes: &[(f64, f64)]) -> Option<Self> {
        let slope = theil_sen_slope(minutes)?;
        let rests: Vec<f64> = minutes.iter().map(|(speed, beats)| beats - slope * speed).collect();
        let speeds = || minutes.iter().map(|(speed, _)| *speed);
        Some(Self {
            slope,
            at_rest: median(&rests)?,
            slowest: speeds().fold(f64::INFINITY, f64::min),
            fastest: speeds().fold(f64::NEG_INFINITY, f64::max),
        })
    }

    /// The heart rate to expect at a speed in m/s; `None` outside of the speeds seen.
    fn at(&self, speed: f64) -> Option<f64> {
        (self.slowest..=self.fastest).contains(&speed).then_some(self.at_rest + self.slope * speed)
    }

    /// The speed in m/s at which the heart rate is so many bpm lower than at `speed`; `None` where
    /// heart rate does not rise with speed, or the line does not reach so far down.
    pub fn slowed(&self, speed: f64, bpm: f64) -> Option<f64> {
        let slower = (self.slope > 0.0).then(|| speed - bpm / self.slope)?;
        (slower >= self.slowest).then_some(slower)
    }

    /// Whether more than half of a run's minutes read far too low for their speed.
    pub fn reads_too_low(&self, run: &PastRun) -> bool {
        let below: Vec<f64> =
            run.minutes().filter_map(|(speed, beats)| Some(self.at(speed)? - beats)).collect();
        let low = below.iter().filter(|below| **below > TOO_LOW_BPM).count();
        below.len() >= LEAST_MINUTES && 2 * low > below.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::testing::{day, run_on};

    /// A run of so many minutes at speeds from 2.5 m/s on, 20 bpm for each m/s above 80.
    fn usual(days: u64, minutes: usize) -> PastRun {
        with_minutes(days, minutes, 0.0)
    }

    fn with_minutes(days: u64, minutes: usize, lower: f32) -> PastRun {
        let speed = |k: usize| 2.5 + 0.02 * k as f32;
        let minutes = (0..minutes).map(|k| (speed(k), 80.0 + 20.0 * speed(k) - lower)).collect();
        PastRun { minutes, ..run_on(day(days), 40.0) }
    }

    fn line(runs: &[PastRun], on: u64) -> Option<HeartRateOnSpeed> {
        HeartRateOnSpeed::of(&Past { sessions: runs, day: day(on) }, false)
    }

    fn eight() -> Vec<PastRun> {
        (0..8).map(|k| usual(k, 30)).collect()
    }

    #[test]
    fn the_line_is_that_of_the_minutes() {
        let line = line(&eight(), 60).unwrap();
        assert!((line.at(2.5).unwrap() - 130.0).abs() < 1e-3);
        assert!((line.at(3.0).unwrap() - 140.0).abs() < 1e-3);
        assert_eq!((line.at(2.4), line.at(3.1)), (None, None), "speeds that were never run");
    }

    #[test]
    fn it_takes_eight_runs_of_the_same_kind_of_sensor() {
        assert_eq!(line(&eight()[1..], 60), None);
        assert_eq!(line(&eight(), 91), None, "the first is too old");
        let mut runs = eight();
        runs[3].at_wrist = true;
        assert_eq!(line(&runs, 60), None);
    }

    #[test]
    fn twenty_beats_below_it_in_more_than_half_of_the_minutes_are_too_low() {
        let line = line(&eight(), 60).unwrap();
        assert!(line.reads_too_low(&with_minutes(60, 20, 20.5)));
        assert!(!line.reads_too_low(&with_minutes(60, 20, 19.5)));
        assert!(!line.reads_too_low(&with_minutes(60, 9, 40.0)), "nine minutes are too few");
        let mut half = with_minutes(60, 20, 40.0);
        half.minutes[10..].copy_from_slice(&usual(60, 20).minutes[10..]);
        assert!(!line.reads_too_low(&half));
        half.minutes[10].1 -= 40.0;
        assert!(line.reads_too_low(&half));
    }

    #[test]
    fn one_speed_makes_no_line() {
        let treadmill = |k| PastRun { minutes: vec![(2.5, 130.0); 30], ..usual(k, 30) };
        assert_eq!(line(&(0..8).map(treadmill).collect::<Vec<_>>(), 60), None);
    }
}
