//! Anchors that the history holds: a maximum, a threshold, and what the watch last said.

use super::{Past, PastRun};
use crate::activity::FileAnchors;
use crate::metrics::statistics::median;
use crate::units::BeatsPerMinute;

/// How long the watch's own anchors hold, in days.
pub const WATCH_ANCHOR_DAYS: i64 = 180;
/// How far back the history is asked for heart rates, in days.
const HISTORY_DAYS: i64 = 365;
/// Share of moving time that must have a trusted heart rate, in percent.
const LEAST_COVERAGE_PCT: f64 = 80.0;
/// Runs with a heart rate that a maximum needs.
const LEAST_RUNS: usize = 10;
/// A peak counts only if another run comes this close, in bpm.
const SUPPORT_BPM: f64 = 5.0;
/// Share of the maximum that some run must have held for eight minutes.
const HARD_SHARE: f64 = 0.87;
/// Time without interruption that a threshold effort needs, in minutes.
const THRESHOLD_RUN_MIN: f64 = 30.0;
/// Share of the maximum that a threshold effort reaches.
const THRESHOLD_SHARE: f64 = 0.85;

/// What earlier runs say about the athlete's heart.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HistoryAnchors {
    /// The highest supported heart rate.
    pub max: Option<BeatsPerMinute>,
    /// Whether some run was hard enough for it to be a maximum and not only a lower bound.
    pub max_is_measured: bool,
    /// The highest mean of 20 minutes in a hard run.
    pub threshold: Option<BeatsPerMinute>,
    /// The watch's anchors in the newest earlier file.
    pub watch: FileAnchors,
}

impl HistoryAnchors {
    /// Reads the history before a run.
    pub fn of(past: &Past) -> Self {
        let runs: Vec<&PastRun> =
            past.runs_within(HISTORY_DAYS).filter(|run| is_readable(run)).collect();
        let max = supported_peak(&believable_peaks(&runs)).filter(|_| runs.len() >= LEAST_RUNS);
        let hard = |bpm: f64| {
            runs.iter().any(|run| {
                run.peak_heart_rate.held_8_min.is_some_and(|held| held.get() > HARD_SHARE * bpm)
            })
        };
        Self {
            max: max.and_then(BeatsPerMinute::new),
            max_is_measured: max.is_some_and(hard),
            threshold: max.filter(|max| hard(*max)).and_then(|max| threshold(&runs, max)),
            watch: newest_watch_anchors(past),
        }
    }
}

fn is_readable(run: &PastRun) -> bool {
    run.peak_heart_rate.over_30_s.is_some() && run.coverage.get() >= LEAST_COVERAGE_PCT
}

/// Peaks that came with an effort: faster, in the two minutes before, than the athlete's usual run.
fn believable_peaks(runs: &[&PastRun]) -> Vec<f64> {
    let speeds: Vec<f64> = runs
        .iter()
        .filter_map(|run| run.speed)
        .map(super::super::units::MetresPerSecond::get)
        .collect();
    let usual = median(&speeds);
    let with_effort = |run: &&&PastRun| match (run.peak_heart_rate.speed_before, usual) {
        (Some(before), Some(usual)) => before.get() >= usual,
        _ => false,
    };
    runs.iter()
        .filter(with_effort)
        .filter_map(|run| run.peak_heart_rate.over_30_s)
        .map(BeatsPerMinute::get)
        .collect()
}

/// The highest peak that the next lower one supports.
fn supported_peak(peak_heart_rate: &[f64]) -> Option<f64> {
    let mut sorted = peak_heart_rate.to_vec();
    sorted.sort_unstable_by(|left, right| right.total_cmp(left));
    sorted.windows(2).find(|pair| pair[1] >= pair[0] - SUPPORT_BPM).map(|pair| pair[0])
}

fn threshold(runs: &[&PastRun], max: f64) -> Option<BeatsPerMinute> {
    runs.iter()
        .filter(|run| run.continuous.minutes() >= THRESHOLD_RUN_MIN)
        .filter_map(|run| run.peak_heart_rate.over_20_min)
        .filter(|mean| mean.get() >= THRESHOLD_SHARE * max)
        .max_by(|left, right| left.get().total_cmp(&right.get()))
}

/// Each anchor from the newest earlier file that states it, no older than half a year.
fn newest_watch_anchors(past: &Past) -> FileAnchors {
    let recent = || past.sessions_within(WATCH_ANCHOR_DAYS).rev();
    FileAnchors {
        max_bpm: recent().find_map(|run| run.anchors.max_bpm),
        resting_bpm: recent().find_map(|run| run.anchors.resting_bpm),
        threshold_bpm: recent().find_map(|run| run.anchors.threshold_bpm),
        age_years: recent().find_map(|run| run.anchors.age_years),
        sex: recent().find_map(|run| run.anchors.sex),
    }
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
        HistoryAnchors::of(&Past { sessions: runs, day: day(60) })
    }

    #[test]
    fn a_peak_needs_support_and_effort() {
        let mut runs = ten_easy();
        runs.push(with_peak(20, 199.0, 4.0));
        runs.push(with_peak(21, 188.0, 4.0));
        runs.push(with_peak(22, 185.0, 4.0));
        runs.push(with_peak(23, 187.0, 1.0));
        let found = anchors(&runs);
        assert_eq!(found.max, BeatsPerMinute::new(188.0), "199 is alone, 187 came without effort");
        assert!(!found.max_is_measured, "nothing hard was held");
    }

    #[test]
    fn a_hard_effort_makes_it_a_maximum_and_a_threshold() {
        let mut runs = ten_easy();
        for (days, peak) in [(20, 188.0), (21, 186.0)] {
            let mut run = with_peak(days, peak, 4.0);
            run.peak_heart_rate.held_8_min = BeatsPerMinute::new(172.0);
            run.peak_heart_rate.over_20_min = BeatsPerMinute::new(169.0);
            run.continuous = Seconds::from_minutes(35.0);
            runs.push(run);
        }
        let found = anchors(&runs);
        assert!(found.max_is_measured);
        assert_eq!(found.threshold, BeatsPerMinute::new(169.0));
    }

    #[test]
    fn nine_runs_say_nothing() {
        assert_eq!(anchors(&ten_easy()[..9]).max, None);
        assert!(anchors(&ten_easy()).max.is_some());
    }

    #[test]
    fn what_the_watch_said_holds_half_a_year() {
        let mut runs = vec![run_on(day(0), 40.0), run_on(day(10), 40.0)];
        runs[0].anchors.max_bpm = Some(188);
        runs[0].anchors.resting_bpm = Some(50);
        runs[1].anchors.max_bpm = Some(190);
        let watch = anchors(&runs).watch;
        assert_eq!((watch.max_bpm, watch.resting_bpm), (Some(190), Some(50)));
        let later = HistoryAnchors::of(&Past { sessions: &runs, day: day(191) }).watch;
        assert_eq!((later.max_bpm, later.resting_bpm), (None, None));
    }
}
