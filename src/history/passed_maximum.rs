//! Whether runs went beyond the maximum heart rate that the runner states.

use chrono::NaiveDate;
use serde::Serialize;

use super::PastRun;
use super::anchors::is_readable;
use crate::metrics::statistics::median;
use crate::units::{BeatsPerMinute, MetresPerSecond};

/// How far beyond it the mean of half a minute must lie, in bpm.
const BEYOND_BPM: f64 = 3.0;

/// A stated maximum that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PassedMaximum {
    /// The maximum stated.
    #[serde(rename = "stated_bpm")]
    pub stated: BeatsPerMinute,
    /// Days on which it was passed.
    pub days: usize,
    /// The highest mean of half a minute.
    #[serde(rename = "highest_bpm")]
    pub highest: BeatsPerMinute,
}

impl PassedMaximum {
    /// Of an athlete's runs in time order, each with the maximum stated for its day: the newest
    /// statement that was passed by an effort.
    pub fn of(runs: &[(&PastRun, Option<BeatsPerMinute>)]) -> Option<Self> {
        let speeds: Vec<f64> =
            runs.iter().filter_map(|(run, _)| run.speed).map(MetresPerSecond::get).collect();
        let usual = median(&speeds)?;
        let passed: Vec<(BeatsPerMinute, NaiveDate, f64)> = runs
            .iter()
            .filter_map(|(run, stated)| Some((((*stated)?), run.day, peak(run, usual)?)))
            .filter(|(stated, _, peak)| *peak > stated.get() + BEYOND_BPM)
            .collect();
        let stated = passed.last()?.0;
        let by_it = || passed.iter().filter(move |(other, ..)| *other == stated);
        let mut days: Vec<NaiveDate> = by_it().map(|(_, day, _)| *day).collect();
        days.dedup();
        let highest = by_it().map(|(_, _, peak)| *peak).fold(0.0, f64::max);
        Some(Self { stated, days: days.len(), highest: BeatsPerMinute::new(highest)? })
    }
}

/// The highest half minute of a run, if it came with an effort.
fn peak(run: &PastRun, usual_speed: f64) -> Option<f64> {
    let with_effort = run.peak_heart_rate.speed_before?.get() >= usual_speed;
    let peak = run.peak_heart_rate.over_30_s?;
    (with_effort && is_readable(run)).then_some(peak.get())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::testing::{day, run_on};
    use crate::metrics::peak_heart_rate::PeakHeartRate;

    fn hard(days: u64, peak: f64, speed: f64) -> PastRun {
        PastRun {
            peak_heart_rate: PeakHeartRate {
                over_30_s: BeatsPerMinute::new(peak),
                speed_before: MetresPerSecond::new(speed),
                ..PeakHeartRate::default()
            },
            ..run_on(day(days), 40.0)
        }
    }

    fn found(runs: &[(PastRun, f64)]) -> Option<(f64, usize, f64)> {
        let runs: Vec<_> =
            runs.iter().map(|(run, stated)| (run, BeatsPerMinute::new(*stated))).collect();
        let passed = PassedMaximum::of(&runs)?;
        Some((passed.stated.get(), passed.days, passed.highest.get()))
    }

    #[test]
    fn three_beats_beyond_it_are_no_news() {
        assert_eq!(found(&[(hard(1, 188.0, 4.0), 185.0)]), None);
        assert_eq!(found(&[(hard(1, 188.1, 4.0), 185.0)]), Some((185.0, 1, 188.1)));
        assert_eq!(found(&[(hard(1, 193.0, 1.0), 185.0)]), None, "a peak without an effort");
    }

    #[test]
    fn days_are_counted_and_the_newest_statement_is_told() {
        let runs = [
            (hard(1, 184.0, 4.0), 180.0),
            (hard(2, 193.0, 4.0), 185.0),
            (hard(2, 190.0, 4.0), 185.0),
            (hard(3, 189.0, 4.0), 185.0),
            (hard(4, 150.0, 4.0), 185.0),
        ];
        assert_eq!(found(&runs), Some((185.0, 2, 193.0)));
        assert_eq!(found(&runs[..1]), Some((180.0, 1, 184.0)));
    }
}
