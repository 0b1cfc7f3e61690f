//! Anchors that earlier runs show: a maximum, and an effort that may have been at the threshold.

use super::watch::WatchAnchors;
use super::{DatedReading, Past, PastRun};
use crate::activity::FileAnchors;
use crate::metrics::statistics::median;
use crate::units::{BeatsPerMinute, MetresPerSecond};

/// How far back the history is asked for heart rates, in days.
const HISTORY_DAYS: i64 = 365;
/// Share of moving time that must have a trusted heart rate, in percent.
const LEAST_COVERAGE_PCT: f64 = 80.0;
/// Runs with a heart rate that a measured maximum needs.
const LEAST_RUNS: usize = 10;
/// A peak counts only if another run comes this close, in bpm.
const SUPPORT_BPM: f64 = 5.0;
/// Share of the maximum that some run must have held for eight minutes.
const HARD_SHARE: f64 = 0.87;
/// Time without interruption that a threshold effort needs, in minutes.
const THRESHOLD_RUN_MIN: f64 = 30.0;
/// Share of the maximum that a threshold effort reaches; what stays below was none.
const THRESHOLD_SHARE: f64 = 0.90;

/// What the files up to a run say about the athlete's heart.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HistoryAnchors {
    /// The highest heart rate of earlier runs that a second run supports.
    pub max: Option<SeenMaximum>,
    /// The highest mean of 20 minutes in an earlier run of at least half an hour.
    pub twenty_minutes: Option<DatedReading>,
    /// What the watch says.
    pub watch: WatchAnchors,
}

/// The highest supported heart rate of earlier runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeenMaximum {
    /// Half a minute's mean, and the day of its run.
    pub reading: DatedReading,
    /// Whether enough runs, and hard ones among them, make it a maximum and not only a lower bound.
    pub is_measured: bool,
}

impl HistoryAnchors {
    /// Reads the history before a run, whose own file brings `own`.
    pub fn of(past: &Past, own: &FileAnchors) -> Self {
        let runs: Vec<&PastRun> =
            past.runs_within(HISTORY_DAYS).filter(|run| is_readable(run)).collect();
        let max = supported_peak(believable_peaks(past, &runs)).map(|reading| SeenMaximum {
            reading,
            is_measured: runs.len() >= LEAST_RUNS && some_run_was_hard(&runs, reading.bpm.get()),
        });
        Self {
            max,
            twenty_minutes: hardest_twenty_minutes(&runs),
            watch: WatchAnchors::of(past, own),
        }
    }

    /// The heart rate at the lactate threshold, if the hardest 20 minutes were hard enough for it by
    /// a measured or stated maximum.
    pub fn threshold(&self, max: BeatsPerMinute) -> Option<DatedReading> {
        self.twenty_minutes.filter(|mean| mean.bpm.get() >= THRESHOLD_SHARE * max.get())
    }
}

pub(super) fn is_readable(run: &PastRun) -> bool {
    run.peak_heart_rate.over_30_s.is_some() && run.coverage.get() >= LEAST_COVERAGE_PCT
}

fn some_run_was_hard(runs: &[&PastRun], max: f64) -> bool {
    let held = |run: &&PastRun| run.peak_heart_rate.held_8_min;
    runs.iter().filter_map(held).any(|held| held.get() > HARD_SHARE * max)
}

/// Peaks that came with an effort: faster, in the two minutes before, than the athlete's usual run.
fn believable_peaks(past: &Past, runs: &[&PastRun]) -> Vec<DatedReading> {
    let speeds: Vec<f64> = past
        .runs_within(HISTORY_DAYS)
        .filter_map(|run| run.speed)
        .map(MetresPerSecond::get)
        .collect();
    let Some(usual) = median(&speeds) else { return Vec::new() };
    let with_effort = |run: &&&PastRun| {
        run.peak_heart_rate.speed_before.is_some_and(|speed| speed.get() >= usual)
    };
    let peak =
        |run: &&PastRun| Some(DatedReading { bpm: run.peak_heart_rate.over_30_s?, day: run.day });
    runs.iter().filter(with_effort).filter_map(peak).collect()
}

/// The highest peak that the next lower one supports.
fn supported_peak(mut peaks: Vec<DatedReading>) -> Option<DatedReading> {
    peaks.sort_by(|left, right| right.bpm.get().total_cmp(&left.bpm.get()));
    let supported = |pair: &&[DatedReading]| pair[1].bpm.get() >= pair[0].bpm.get() - SUPPORT_BPM;
    peaks.windows(2).find(supported).map(|pair| pair[0])
}

fn hardest_twenty_minutes(runs: &[&PastRun]) -> Option<DatedReading> {
    runs.iter()
        .filter(|run| run.continuous.minutes() >= THRESHOLD_RUN_MIN)
        .filter_map(|run| {
            Some(DatedReading { bpm: run.peak_heart_rate.over_20_min?, day: run.day })
        })
        .max_by(|left, right| left.bpm.get().total_cmp(&right.bpm.get()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::testing::{day, run_on};
    use crate::metrics::peak_heart_rate::PeakHeartRate;
    use crate::units::{MetresPerSecond, Seconds};

    fn with_peak(days: u64, peak: f64, speed_before: f64) -> PastRun {
        PastRun {
            peak_heart_rate: PeakHeartRate {
                over_30_s: BeatsPerMinute::new(peak),
                speed_before: MetresPerSecond::new(speed_before),
                ..PeakHeartRate::default()
            },
            ..run_on(day(days), 40.0)
        }
    }

    fn ten_easy() -> Vec<PastRun> {
        (0..10).map(|k| with_peak(k, 150.0 + k as f64, 2.8)).collect()
    }

    fn anchors(runs: &[PastRun]) -> HistoryAnchors {
        HistoryAnchors::of(&Past { sessions: runs, day: day(60) }, &FileAnchors::default())
    }

    #[test]
    fn a_peak_needs_support_and_effort() {
        let mut runs = ten_easy();
        runs.push(with_peak(20, 199.0, 4.0));
        runs.push(with_peak(21, 188.0, 4.0));
        runs.push(with_peak(22, 185.0, 4.0));
        runs.push(with_peak(23, 187.0, 1.0));
        let found = anchors(&runs);
        let max = found.max.unwrap();
        assert_eq!(
            Some(max.reading.bpm),
            BeatsPerMinute::new(188.0),
            "199 is alone, 187 came without effort"
        );
        assert_eq!(max.reading.day, day(21));
        assert!(!max.is_measured, "nothing hard was held");
    }

    #[test]
    fn a_hard_effort_makes_it_a_maximum_and_a_threshold() {
        let mut runs = ten_easy();
        for (days, peak) in [(20, 188.0), (21, 186.0)] {
            let mut run = with_peak(days, peak, 4.0);
            run.peak_heart_rate.held_8_min = BeatsPerMinute::new(172.0);
            run.peak_heart_rate.over_20_min = BeatsPerMinute::new(169.3);
            run.continuous = Seconds::from_minutes(35.0);
            runs.push(run);
        }
        let found = anchors(&runs);
        assert!(found.max.unwrap().is_measured);
        let threshold = |max| found.threshold(BeatsPerMinute::of(max)).map(|mean| mean.bpm.get());
        assert_eq!(threshold(188.1), Some(169.3), "0.90 · 188.1 is 169.29");
        assert_eq!(threshold(188.2), None);
    }

    #[test]
    fn two_runs_give_a_lower_bound_and_ten_a_maximum() {
        let mut runs = ten_easy();
        runs[9].peak_heart_rate.held_8_min = BeatsPerMinute::new(150.0);
        // 0.87 · 159 = 138.3
        assert!(anchors(&runs).max.unwrap().is_measured);
        let nine = anchors(&runs[1..]).max.unwrap();
        assert_eq!((nine.reading.bpm.get(), nine.is_measured), (159.0, false));
        assert_eq!(anchors(&runs[..1]).max, None, "one run is supported by none");
    }

    #[test]
    fn the_usual_speed_is_that_of_all_runs() {
        let mut runs = vec![with_peak(1, 180.0, 3.0), with_peak(2, 178.0, 3.0)];
        assert!(anchors(&runs).max.is_some());
        let faster = |days| PastRun { speed: MetresPerSecond::new(3.5), ..run_on(day(days), 40.0) };
        runs.extend([faster(3), faster(4), faster(5)]);
        assert_eq!(anchors(&runs).max, None, "three runs without heart rate were faster");
    }

    #[test]
    fn nothing_looks_ahead() {
        let runs = ten_easy();
        let on = |days| {
            HistoryAnchors::of(
                &Past { sessions: &runs[..days as usize], day: day(days) },
                &FileAnchors::default(),
            )
        };
        assert_eq!(on(0), HistoryAnchors::default());
        assert_eq!(on(5).max.map(|max| max.reading.bpm), BeatsPerMinute::new(154.0));
    }
}
