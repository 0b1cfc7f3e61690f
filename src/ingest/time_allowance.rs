//! How much time the sessions of one file may take together when they are laid out second by second.
//!
//! Two records a week apart cost as much as a week of records, and a file has room for thousands of
//! such pairs.

use crate::activity::Activity;
use crate::decode::{Problem, ProblemKind};
use crate::units::Seconds;

/// Seconds that every file may have: twice the longest session that is measured.
const BASE_S: u64 = 20 * 86_400;
/// Further seconds for each record: no watch that records a run writes more rarely.
const PER_RECORD_S: u64 = 60;
/// A session of a stream counts for this many records where it has fewer, and one of totals alone anywhere:
/// an hour.
const RECORDS_OF_TOTALS: usize = 60;

/// What is left of a file's time.
#[derive(Debug)]
pub(super) struct TimeAllowance(u64);

impl TimeAllowance {
    /// The allowance of a file with these sessions.
    pub(super) fn of(activities: &[Activity]) -> Self {
        let counts = activities.iter().map(|activity| match activity.records.len() {
            0 => RECORDS_OF_TOTALS,
            records => records,
        });
        let records: usize = counts.sum();
        Self(BASE_S + PER_RECORD_S * records as u64)
    }

    /// The allowance of a file whose sessions are not known yet.
    pub(super) fn of_stream() -> Self {
        Self(BASE_S)
    }

    /// Grows by what one more session of a stream brings along. Years of a phone's workouts are no more
    /// than their totals.
    pub(super) fn grow(&mut self, activity: &Activity) {
        let records = activity.records.len().max(RECORDS_OF_TOTALS);
        self.0 = self.0.saturating_add(PER_RECORD_S * records as u64);
    }

    /// Takes the time of one session.
    ///
    /// # Errors
    /// Where that is more than is left.
    pub(super) fn take(&mut self, activity: &Activity) -> Result<(), Problem> {
        self.0 = self.0.checked_sub(seconds(activity)).ok_or_else(|| {
            let detail = "its sessions span more time than their few records can stand for";
            Problem::new(ProblemKind::LimitExceeded, detail)
        })?;
        Ok(())
    }
}

/// From the first record to the last, or as long as is stated, whichever is longer.
fn seconds(activity: &Activity) -> u64 {
    let ends = activity.records.first().zip(activity.records.last());
    let recorded_ms = ends.map_or(0, |(first, last)| last.time.0.saturating_sub(first.time.0));
    let stated = activity.stated.timer.or(activity.stated.elapsed);
    let stated_s = stated.map_or(0.0, Seconds::get);
    (recorded_ms.max(0) as u64 / 1000).max(stated_s as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Record, StatedTotals};
    use crate::units::UnixTime;

    fn recorded(seconds: i64) -> Activity {
        let at = |second| Record { time: UnixTime::from_seconds(second), ..Record::default() };
        Activity { records: vec![at(0), at(seconds)], ..Activity::default() }
    }

    #[test]
    fn few_records_do_not_stand_for_years() {
        let week = recorded(7 * 86_400);
        let sessions = vec![week; 4];
        let mut allowance = TimeAllowance::of(&sessions);
        let taken: Vec<bool> =
            sessions.iter().map(|session| allowance.take(session).is_ok()).collect();
        assert_eq!(taken, [true, true, false, false]);
        let short = recorded(3600);
        assert_eq!(allowance.take(&short), Ok(()), "a short one still fits");
    }

    #[test]
    fn a_life_of_running_in_one_file_is_allowed() {
        let hour: Vec<Record> = (0..60)
            .map(|minute| Record { time: UnixTime::from_seconds(60 * minute), ..Record::default() })
            .collect();
        let sessions = vec![Activity { records: hour, ..Activity::default() }; 2_000];
        let mut allowance = TimeAllowance::of(&sessions);
        assert!(sessions.iter().all(|session| allowance.take(session).is_ok()));
    }

    #[test]
    fn a_table_of_years_of_totals_is_allowed() {
        let stated = StatedTotals { timer: Seconds::new(2_700.0), ..StatedTotals::default() };
        let sessions = vec![Activity { stated, ..Activity::default() }; 5_000];
        let mut allowance = TimeAllowance::of(&sessions);
        assert!(sessions.iter().all(|session| allowance.take(session).is_ok()));
    }

    #[test]
    fn stated_time_counts_too() {
        let stated =
            StatedTotals { timer: Some(Seconds::of(9.0 * 86_400.0)), ..StatedTotals::default() };
        let sessions = vec![Activity { stated, ..Activity::default() }; 3];
        let mut allowance = TimeAllowance::of(&sessions);
        let taken = sessions.iter().filter(|session| allowance.take(session).is_ok()).count();
        assert_eq!(taken, 2);
    }
}
