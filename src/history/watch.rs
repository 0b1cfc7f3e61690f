//! What the watch says about the heart of its wearer, in the files up to a run.

use chrono::NaiveDate;

use super::{DatedReading, Past};
use crate::activity::FileAnchors;
use crate::metrics::statistics::median;
use crate::units::BeatsPerMinute;

/// How long the watch's own anchors hold, in days.
pub const WATCH_ANCHOR_DAYS: i64 = 180;
/// Days whose resting heart rates are taken together, and how many of them it takes.
const RESTING_DAYS: i64 = 60;
const LEAST_RESTING: usize = 5;
/// A resting heart rate this far above the lowest that was seen twice is none, in bpm: watches
/// write that of an ill week, or of the last hour awake.
const RESTING_REACH: f64 = 15.0;

/// The watch's anchors as of a run: those of its own file, else of the newest earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WatchAnchors {
    /// Maximum heart rate.
    pub max: Option<DatedReading>,
    /// Heart rate at the lactate threshold.
    pub threshold: Option<DatedReading>,
    /// Resting heart rate, the middle one of the last weeks.
    pub resting: Option<DatedReading>,
    /// Age in years at the date of the file.
    pub age_years: Option<u8>,
}

impl WatchAnchors {
    /// Reads the files up to a run, whose own file brings `own`.
    pub fn of(past: &Past, own: &FileAnchors) -> Self {
        let files = RecentFileAnchors::up_to(past, own);
        let max = files.newest(|file| file.max_bpm);
        let threshold = files.newest(|file| file.threshold_bpm).filter(|bpm| below(*bpm, max));
        let resting = files.resting();
        Self {
            max,
            threshold,
            resting: resting.filter(|bpm| below(*bpm, max) && below(*bpm, threshold)),
            age_years: files.anchors.iter().find_map(|(_, file)| file.age_years),
        }
    }
}

fn below(reading: DatedReading, limit: Option<DatedReading>) -> bool {
    limit.is_none_or(|limit| reading.bpm.get() < limit.bpm.get())
}

/// The plausible anchors of the files of half a year up to a run, newest first.
struct RecentFileAnchors {
    /// The day of the run.
    day: NaiveDate,
    /// The day of each file, and its anchors.
    anchors: Vec<(NaiveDate, FileAnchors)>,
}

impl RecentFileAnchors {
    fn up_to(past: &Past, own: &FileAnchors) -> Self {
        let earlier = past.sessions_within(WATCH_ANCHOR_DAYS).rev();
        let earlier = earlier.map(|run| (run.day, plausible(&run.anchors)));
        let anchors = std::iter::once((past.day, plausible(own))).chain(earlier).collect();
        Self { day: past.day, anchors }
    }

    fn newest(&self, of: impl Fn(&FileAnchors) -> Option<u8>) -> Option<DatedReading> {
        self.anchors
            .iter()
            .find_map(|(day, file)| Some(DatedReading { bpm: beats(of(file)?), day: *day }))
    }

    /// The median of two months, where there are enough; never far above what was seen twice.
    fn resting(&self) -> Option<DatedReading> {
        let newest = self.newest(|file| file.resting_bpm)?;
        let within = |days: i64| {
            let recent =
                self.anchors.iter().filter(move |(day, _)| (self.day - *day).num_days() <= days);
            recent.filter_map(|(_, file)| file.resting_bpm)
        };
        let recent: Vec<f64> = within(RESTING_DAYS).map(f64::from).collect();
        let usual = median(&recent).filter(|_| recent.len() >= LEAST_RESTING);
        let highest = lowest_seen_twice(within(WATCH_ANCHOR_DAYS).collect())
            .map_or(f64::INFINITY, |lowest| lowest + RESTING_REACH);
        let bpm = usual.unwrap_or(newest.bpm.get()).min(highest);
        Some(DatedReading { bpm: BeatsPerMinute::of(bpm), ..newest })
    }
}

/// The lowest value that at least two files bring.
fn lowest_seen_twice(mut values: Vec<u8>) -> Option<f64> {
    values.sort_unstable();
    values.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| f64::from(pair[0]))
}

/// The anchors of a file without those that no athlete has, as the settings would refuse them.
fn plausible(file: &FileAnchors) -> FileAnchors {
    let max_bpm = file.max_bpm.filter(|max| (100..=230).contains(max));
    let below = |limit: Option<u8>, value: u8| limit.is_none_or(|limit| value < limit);
    let threshold_bpm =
        file.threshold_bpm.filter(|bpm| (80..=220).contains(bpm) && below(max_bpm, *bpm));
    let lower =
        |bpm: &u8| (25..=120).contains(bpm) && below(max_bpm, *bpm) && below(threshold_bpm, *bpm);
    FileAnchors { max_bpm, threshold_bpm, resting_bpm: file.resting_bpm.filter(lower), ..*file }
}

fn beats(bpm: u8) -> BeatsPerMinute {
    BeatsPerMinute::of(f64::from(bpm))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::PastRun;
    use crate::history::testing::{day, run_on};

    fn rested(days: u64, resting: u8) -> PastRun {
        let anchors = FileAnchors { resting_bpm: Some(resting), ..FileAnchors::default() };
        PastRun { anchors, ..run_on(day(days), 40.0) }
    }

    fn on(day_of_run: u64, runs: &[PastRun], own: &FileAnchors) -> WatchAnchors {
        WatchAnchors::of(&Past { sessions: runs, day: day(day_of_run) }, own)
    }

    fn resting(day_of_run: u64, runs: &[PastRun], own: Option<u8>) -> Option<f64> {
        let own = FileAnchors { resting_bpm: own, ..FileAnchors::default() };
        on(day_of_run, runs, &own).resting.map(|reading| reading.bpm.get())
    }

    #[test]
    fn what_no_athlete_has_is_no_anchor() {
        let odd = FileAnchors {
            max_bpm: Some(250),
            threshold_bpm: Some(254),
            resting_bpm: Some(180),
            ..FileAnchors::default()
        };
        assert_eq!(plausible(&odd), FileAnchors::default());
    }

    #[test]
    fn what_the_watch_said_holds_half_a_year() {
        let mut runs = vec![run_on(day(0), 40.0), run_on(day(10), 40.0)];
        runs[0].anchors.max_bpm = Some(188);
        runs[0].anchors.threshold_bpm = Some(170);
        runs[1].anchors.max_bpm = Some(190);
        let watch = on(60, &runs, &FileAnchors::default());
        let reading =
            |bpm: f64, days| Some(DatedReading { bpm: BeatsPerMinute::of(bpm), day: day(days) });
        assert_eq!((watch.max, watch.threshold), (reading(190.0, 10), reading(170.0, 0)));
        let later = on(191, &runs, &FileAnchors::default());
        assert_eq!((later.max, later.threshold), (None, None));
        let own = FileAnchors { max_bpm: Some(187), ..FileAnchors::default() };
        assert_eq!(on(60, &runs, &own).max, reading(187.0, 60));
    }

    #[test]
    fn the_resting_heart_rate_is_the_middle_one_of_five() {
        let runs: Vec<PastRun> =
            [50, 52, 61, 49].iter().zip(50..).map(|(bpm, day)| rested(day, *bpm)).collect();
        assert_eq!(resting(60, &runs, Some(58)), Some(52.0), "of 49, 50, 52, 58, 61");
        assert_eq!(resting(60, &runs, None), Some(49.0), "four are too few: the newest");
        assert_eq!(resting(60, &runs[..3], Some(58)), Some(58.0), "else the run's own");
        // The first lies 61 days back and counts no longer.
        assert_eq!(resting(111, &runs, Some(58)), Some(58.0));
        assert_eq!(resting(110, &runs, Some(58)), Some(52.0));
    }

    #[test]
    fn a_resting_heart_rate_far_above_the_lowest_seen_twice_is_lowered() {
        let low = [rested(0, 46), rested(1, 45), rested(2, 46)];
        assert_eq!(resting(100, &low, Some(61)), Some(61.0), "46 + 15");
        assert_eq!(resting(100, &low, Some(62)), Some(61.0));
        assert_eq!(resting(100, &low[..2], Some(90)), Some(90.0), "no value was seen twice");
        assert_eq!(resting(181, &low[..3], Some(90)), Some(90.0), "the first 46 is too old");
    }
}
