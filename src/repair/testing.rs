//! Made-up activities for the tests of repairs.

use crate::activity::{Activity, Position, Record};
use crate::units::UnixTime;

/// When every made-up activity begins, in seconds since 1970.
pub const START: i64 = 1_773_126_000;
/// Its speed in m/s.
pub const SPEED: f64 = 2.5;

/// A place so many metres north of 52.1 N 5.1 E.
pub fn north(metres: f64) -> Option<Position> {
    Position::from_degrees(52.1 + metres / 111_195.08, 5.1)
}

/// A steady run of so many seconds with place, distance, speed and heart rate at every second.
pub fn steady(seconds: i64) -> Activity {
    let record = |k: i64| Record {
        time: UnixTime::from_seconds(START + k),
        position: north(SPEED * k as f64),
        distance_cm: Some((100.0 * SPEED * k as f64) as u32),
        speed_mm_s: Some((1000.0 * SPEED) as u16),
        heart_rate_bpm: Some(120 + (k % 9) as u8),
        ..Record::default()
    };
    Activity {
        start: UnixTime::from_seconds(START),
        records: (0..seconds).map(record).collect(),
        ..Activity::default()
    }
}

/// Metres from the first to the last distance.
pub fn counted_m(activity: &Activity) -> f64 {
    let mut readings = activity.records.iter().filter_map(|record| record.distance_cm);
    let first = readings.next().unwrap_or_default();
    f64::from(readings.next_back().unwrap_or(first) - first) / 100.0
}
