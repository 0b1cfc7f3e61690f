//! Weeks: how much an athlete runs, and how.

use chrono::{Datelike, Days, NaiveDate};

use super::{Past, PastRun};
use crate::metrics::statistics::median;
use crate::units::Seconds;

/// Full weeks that the weekly running time is read from.
const WEEKS: u64 = 6;

/// The Monday of a day's ISO week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

/// Median running time of the last six full ISO weeks before a run, empty weeks counted as zero;
/// `None` with fewer than six full weeks since the first activity.
pub fn weekly_running(past: &Past) -> Option<Seconds> {
    let this_week = monday(past.day);
    let first = past.sessions.first()?.day;
    let begun_before = |weeks: u64| this_week.checked_sub_days(Days::new(7 * weeks));
    // The week of the first activity is full only if it began on a Monday.
    let oldest = begun_before(WEEKS)?;
    if first > oldest {
        return None;
    }
    let weeks: Vec<f64> = (1..=WEEKS)
        .filter_map(|weeks| {
            let from = begun_before(weeks)?;
            let in_week = |run: &&PastRun| monday(run.day) == from;
            Some(
                past.runs_within(7 * (WEEKS as i64 + 1))
                    .filter(in_week)
                    .map(|run| run.moving.get())
                    .sum(),
            )
        })
        .collect();
    median(&weeks).and_then(Seconds::new)
}

/// Median moving time of the runs of the 28 days before a run.
pub fn median_run_time(past: &Past) -> Option<Seconds> {
    let moving: Vec<f64> = past.runs_within(28).map(|run| run.moving.get()).collect();
    median(&moving).and_then(Seconds::new)
}

/// Sessions and days per week over the last four weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeekMean {
    /// Quality sessions per week.
    pub quality: f64,
    /// Days with a run per week.
    pub running_days: f64,
    /// Weeks that the means are over.
    pub weeks: u32,
    /// Runs of unknown kind among them.
    pub unknown: u32,
}

impl WeekMean {
    /// The means of the 28 days before a run; `None` with less than three weeks of data.
    pub fn of(past: &Past) -> Option<Self> {
        let first = past.runs().next()?.day;
        let days = (past.day - first).num_days().min(28);
        if days < 21 {
            return None;
        }
        let weeks = days as f64 / 7.0;
        let runs: Vec<&PastRun> = past.runs_within(28).filter(|run| run.day < past.day).collect();
        let mut running_days: Vec<NaiveDate> = runs.iter().map(|run| run.day).collect();
        running_days.dedup();
        let quality = runs.iter().filter(|run| run.is_quality()).count();
        let unknown = runs.iter().filter(|run| run.kind().is_none()).count();
        Some(Self {
            quality: quality as f64 / weeks,
            running_days: running_days.len() as f64 / weeks,
            weeks: weeks.round() as u32,
            unknown: unknown as u32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::testing::{day, run_on};

    #[test]
    fn six_full_weeks_give_a_week() {
        // 2026-03-30 is a Monday; one run of 100 min a week, a week left out.
        let mut runs: Vec<PastRun> = [0, 7, 14, 28, 35].map(|days| run_on(day(days), 100.0)).into();
        let past = |runs: &'static [PastRun], on| Past { sessions: runs, day: day(on) };
        runs.push(run_on(day(36), 20.0));
        let runs: &'static [PastRun] = runs.leak();
        assert_eq!(weekly_running(&past(runs, 42)).map(Seconds::minutes), Some(100.0));
        assert_eq!(weekly_running(&past(runs, 41)), None, "the sixth week is not full");
    }

    #[test]
    fn a_week_begun_in_its_middle_is_not_full() {
        let runs: Vec<PastRun> = [2, 7, 14, 21, 28, 35].map(|days| run_on(day(days), 100.0)).into();
        assert_eq!(weekly_running(&Past { sessions: &runs, day: day(42) }), None);
        assert!(weekly_running(&Past { sessions: &runs, day: day(49) }).is_some());
    }

    #[test]
    fn means_of_a_week_need_three_weeks() {
        let runs: Vec<PastRun> = (0..28).step_by(2).map(|days| run_on(day(days), 40.0)).collect();
        let mean = WeekMean::of(&Past { sessions: &runs, day: day(28) }).unwrap();
        assert!((mean.running_days - 3.5).abs() < 1e-9, "{mean:?}");
        assert_eq!(mean.unknown, 14);
        assert_eq!(WeekMean::of(&Past { sessions: &runs, day: day(20) }), None);
    }
}
