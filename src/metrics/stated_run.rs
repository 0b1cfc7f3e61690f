//! A session without usable records: what the watch states of it is all there is.

use super::assemble::{RecordedDurations, assemble};
use super::conditions::Conditions;
use super::resample::Resampled;
use super::row::{RecordedMetadata, RunMetrics};
use super::series::{Channel, Movement, Series};
use super::unmeasured::{LONGEST_DAYS, Unmeasurable};
use crate::activity::{Activity, Record, Repair, RepairKind};
use crate::units::{BeatsPerMinute, Metres};

/// A shorter session is the pressing of a button, in seconds.
const SHORTEST_S: f64 = 60.0;
/// Records are unusable where there are fewer than these, over less than this share of the stated time,
/// or where they lie so far apart that nothing was recorded in between.
const FEW_RECORDS: usize = 10;
const COVERED_SHARE: f64 = 0.05;
const APART_S: f64 = 300.0;

/// The run as stated; `None` where its records tell more.
pub fn of(activity: &Activity) -> Result<Option<RunMetrics>, Unmeasurable> {
    let stated = &activity.stated;
    let Some(timer) = stated.timer.or(stated.elapsed).map(crate::units::Seconds::get) else {
        return Ok(None);
    };
    if timer < SHORTEST_S || are_usable(&activity.records, timer) {
        return Ok(None);
    }
    let days = (timer / 86_400.0) as i64;
    if days >= LONGEST_DAYS {
        return Err(Unmeasurable::TooLong { days });
    }
    let elapsed = stated.elapsed.map_or(timer, |elapsed| elapsed.get().max(timer));
    let mut run = assemble(
        metadata(activity),
        RecordedDurations { elapsed, timer, interval: None, heart_rate_interval: None },
        Resampled {
            series: nothing_recorded(timer),
            distance_m: stated.distance.map(Metres::get),
            ascent_m: stated.ascent.map(Metres::get),
            speed_recorded: false,
        },
        Conditions::default(),
    );
    run.heart_rate.raw_mean = stated
        .mean_heart_rate_bpm
        .filter(|beats| *beats > 0)
        .and_then(|beats| BeatsPerMinute::new(f64::from(beats)));
    Ok(Some(run))
}

fn metadata(activity: &Activity) -> RecordedMetadata {
    let mut metadata = RecordedMetadata::by(activity);
    let count = u32::try_from(activity.records.len()).unwrap_or(u32::MAX);
    metadata.repairs.push(Repair { kind: RepairKind::StatedTotals, count });
    metadata
}

fn are_usable(records: &[Record], timer_s: f64) -> bool {
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return false };
    let covered = (last.time.0 - first.time.0) as f64 / 1000.0;
    let apart = covered / (records.len() as f64 - 1.0).max(1.0);
    records.len() >= FEW_RECORDS || (covered >= COVERED_SHARE * timer_s && apart < APART_S)
}

/// Seconds of which nothing is known; they count as running, or the run would be shortened.
fn nothing_recorded(timer_s: f64) -> Series {
    let seconds = timer_s.round() as usize;
    let blank = || Channel::blank(seconds);
    Series {
        heart_rate: blank(),
        speed: blank(),
        grade: blank(),
        altitude: blank(),
        cadence: blank(),
        movement: vec![Movement::Running; seconds],
        ..Series::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::StatedTotals;
    use crate::units::{Seconds, UnixTime};

    fn stated(records: Vec<Record>) -> Activity {
        let stated = StatedTotals {
            timer: Seconds::new(3_840.0),
            distance: Metres::new(10_240.0),
            mean_heart_rate_bpm: Some(133),
            ..StatedTotals::default()
        };
        Activity { records, stated, ..Activity::default() }
    }

    #[test]
    fn a_session_of_totals_is_a_run() {
        let at = |second| Record { time: UnixTime::from_seconds(second), ..Record::default() };
        for records in [vec![], vec![at(0)], vec![at(0), at(1)], vec![at(0), at(3_840)]] {
            let run = of(&stated(records)).unwrap().unwrap();
            assert!((run.durations.moving.minutes() - 64.0).abs() < 1e-9);
            assert_eq!(run.distances.distance, Metres::new(10_240.0));
            assert_eq!(run.heart_rate.raw_mean, BeatsPerMinute::new(133.0));
            assert_eq!(run.heart_rate.mean, None, "a mean is no heart rate by the second");
        }
    }

    #[test]
    fn records_count_where_there_are_any() {
        let every = |step: i64, count: i64| {
            let record = |k| Record { time: UnixTime::from_seconds(k * step), ..Record::default() };
            (0..count).map(record).collect()
        };
        assert_eq!(of(&stated(every(1, 600))).unwrap(), None);
        assert_eq!(of(&Activity::default()).unwrap(), None);
        let mut forever = stated(vec![]);
        forever.stated.timer = Seconds::new(4e9);
        assert!(of(&forever).is_err());
    }
}
