//! A treadmill run whose stated distance is not that of its records: the runner typed in what the
//! belt said, and the watch corrected its total but not its records.

use super::readings::seconds_between;
use super::rule::Rule;
use crate::activity::{Activity, RepairKind};

/// Distances of a run in place.
pub static RULE: Rule = Rule { kind: RepairKind::CalibratedDistance, apply };

/// A smaller difference is rounding.
const SAME_SHARE: f64 = 0.001;
/// Nobody corrects a treadmill further than this.
const FACTORS: std::ops::RangeInclusive<f64> = 0.4..=2.5;
/// The records must cover this much of the stated time, or the rest of the way is not in them.
const COVERED_SHARE: f64 = 0.95;

fn apply(activity: &mut Activity) -> usize {
    let Some(factor) = factor(activity) else { return 0 };
    for record in &mut activity.records {
        record.distance_cm = record
            .distance_cm
            .map(|cm| (f64::from(cm) * factor).round().min(f64::from(u32::MAX)) as u32);
        record.speed_mm_s = record
            .speed_mm_s
            .map(|speed| (f64::from(speed) * factor).round().min(f64::from(u16::MAX)) as u16);
    }
    activity.records.len()
}

/// By how much the stated distance is more than the recorded one.
fn factor(activity: &Activity) -> Option<f64> {
    let located = activity.records.iter().any(|record| record.position.is_some());
    let in_place = activity.sub_sport.is_in_place() || !located;
    let stated = activity.stated.distance?.get();
    let recorded = recorded_m(activity)?;
    let factor = stated / recorded;
    let is_correction = in_place
        && recorded > 0.0
        && covers_stated_time(activity)
        && FACTORS.contains(&factor)
        && (factor - 1.0).abs() > SAME_SHARE;
    is_correction.then_some(factor)
}

/// Metres by the counter, else by speed and time.
fn recorded_m(activity: &Activity) -> Option<f64> {
    let records = &activity.records;
    let readings: Vec<u32> = records.iter().filter_map(|record| record.distance_cm).collect();
    let counted = readings.windows(2).map(|pair| f64::from(pair[1].saturating_sub(pair[0])));
    if readings.len() > 1 {
        return Some(counted.sum::<f64>() / 100.0);
    }
    let driven = records.windows(2).map(|pair| {
        let speed = f64::from(pair[0].speed_mm_s.unwrap_or_default()) / 1000.0;
        speed * seconds_between(&pair[0], &pair[1]).min(10.0)
    });
    records.iter().any(|record| record.speed_mm_s.is_some()).then(|| driven.sum())
}

fn covers_stated_time(activity: &Activity) -> bool {
    let (Some(first), Some(last)) = (activity.records.first(), activity.records.last()) else {
        return false;
    };
    let stated = activity.stated.timer.or(activity.stated.elapsed);
    stated.is_none_or(|stated| seconds_between(first, last) >= COVERED_SHARE * stated.get())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::SubSport;
    use crate::repair::testing::{counted_m, steady};
    use crate::units::{Metres, Seconds};

    fn treadmill(stated_m: f64) -> Activity {
        let mut run = steady(1_800);
        run.records.iter_mut().for_each(|record| record.position = None);
        run.sub_sport = SubSport("treadmill".to_owned());
        run.stated.distance = Metres::new(stated_m);
        run.stated.timer = Seconds::new(1_800.0);
        run
    }

    #[test]
    fn the_distance_of_the_belt_counts() {
        let mut run = treadmill(5_000.0);
        assert_eq!(apply(&mut run), 1_800);
        assert!((counted_m(&run) - 5_000.0).abs() < 0.1, "{}", counted_m(&run));
        assert_eq!(run.records[9].speed_mm_s, Some(2_779)); // 2.5 m/s · 5000 / 4497.5
    }

    #[test]
    fn rounding_nonsense_and_cut_off_records_are_no_correction() {
        assert_eq!(apply(&mut treadmill(4_498.0)), 0);
        assert_eq!(apply(&mut treadmill(40_000.0)), 0);
        let mut cut = treadmill(5_000.0);
        cut.records.truncate(900);
        assert_eq!(apply(&mut cut), 0);
        let mut outdoors = steady(1_800);
        outdoors.stated.distance = Metres::new(5_000.0);
        assert_eq!(apply(&mut outdoors), 0, "satellites are corrected by nobody");
    }
}
