//! Way made: distance from the watch, or from positions where it recorded none.

use super::statistics::median_of_five;
use crate::activity::{Position, Record, metres_between};

/// How late after the first record, and how early before the last, a counter of way may be read.
const COUNTER_REACHES_MS: i64 = 60_000;
/// Less of the time than this with a known way leaves the way of the rest open.
pub const COVERED_SHARE: f64 = 0.98;

/// Metres from one record to a later one, by recorded distance, else by position.
pub fn between(before: &Record, after: &Record) -> Option<f64> {
    match (before.distance_cm, after.distance_cm, before.position, after.position) {
        // A counter that starts again says nothing about the way between.
        (Some(from), Some(to), ..) if to >= from => Some(f64::from(to - from) / 100.0),
        (_, _, Some(from), Some(to)) => Some(metres_between(from.degrees(), to.degrees())),
        _ => None,
    }
}

/// Whether way was counted throughout. A counter needs no reading in every record: watches that
/// write heart rate and position into records of their own read it every few seconds.
pub fn is_counted(records: &[Record]) -> bool {
    let mut readings = records.iter().filter(|record| record.distance_cm.is_some());
    let (Some(first), Some(last)) = (readings.next(), readings.next_back()) else { return false };
    let reaches = first.time.0 - records[0].time.0 <= COUNTER_REACHES_MS
        && records[records.len() - 1].time.0 - last.time.0 <= COUNTER_REACHES_MS;
    reaches
        || counted_share(records) >= COVERED_SHARE
        || 2 * records.iter().filter(|record| record.distance_cm.is_some()).count() >= records.len()
}

/// The share of the records' time from the first to the last reading of the counter.
pub fn counted_share(records: &[Record]) -> f64 {
    let span = |first: Option<&Record>, last: Option<&Record>| {
        first.zip(last).map_or(0, |(first, last)| last.time.0 - first.time.0) as f64
    };
    let mut readings = records.iter().filter(|record| record.distance_cm.is_some());
    let counted = span(readings.next(), readings.next_back());
    counted / span(records.first(), records.last()).max(1.0)
}

/// Metres from the place of one record to that of another.
pub fn between_places(before: &Record, after: &Record) -> Option<f64> {
    Some(metres_between(before.position?.degrees(), after.position?.degrees()))
}

/// Recorded way from first to last, in metres; a counter that starts again goes on from there.
pub fn recorded(records: &[Record]) -> Option<f64> {
    let mut readings = records.iter().filter_map(|record| record.distance_cm);
    let mut before = readings.next()?;
    let mut centimetres = 0_u64;
    for reading in readings {
        centimetres += u64::from(reading.saturating_sub(before));
        before = reading;
    }
    Some(centimetres as f64 / 100.0)
}

/// A position at a second of timer time.
#[derive(Debug, Clone, Copy)]
pub struct Fix {
    /// Seconds of timer time, parts included.
    pub second: f64,
    /// Where.
    pub position: Position,
}

/// Way since the first second of a stretch, in metres, at each of its seconds.
///
/// Positions are brought to 1 Hz along straight lines and smoothed with a 5-second median of
/// latitude and longitude, so that jitter adds no way.
pub fn along(fixes: &[Fix], seconds: std::ops::Range<usize>) -> Vec<f64> {
    let Some(origin) = fixes.first().map(|fix| fix.position) else {
        return vec![0.0; seconds.len()];
    };
    let (latitudes, longitudes) = offsets_at_seconds(fixes, origin, seconds);
    let (latitudes, longitudes) = (median_of_five(&latitudes), median_of_five(&longitudes));
    let scale = 180.0 / 2_147_483_648.0;
    let base = origin.degrees();
    let point = |k: usize| (base.0 + latitudes[k] * scale, base.1 + longitudes[k] * scale);
    let mut distance = 0.0;
    (0..latitudes.len())
        .map(|k| {
            distance += if k == 0 { 0.0 } else { metres_between(point(k - 1), point(k)) };
            distance
        })
        .collect()
}

/// Semicircles north and east of the origin at every second; the date line is no wall.
fn offsets_at_seconds(
    fixes: &[Fix],
    origin: Position,
    seconds: std::ops::Range<usize>,
) -> (Vec<f64>, Vec<f64>) {
    let offset = |fix: &Fix| {
        let north = f64::from(fix.position.latitude) - f64::from(origin.latitude);
        (north, f64::from(fix.position.longitude.wrapping_sub(origin.longitude)))
    };
    let mut next = 0;
    seconds
        .map(|k| {
            let second = k as f64;
            while next < fixes.len() && fixes[next].second <= second {
                next += 1;
            }
            let before = &fixes[next.saturating_sub(1)];
            let after = &fixes[next.min(fixes.len() - 1)];
            let ((north1, east1), (north2, east2)) = (offset(before), offset(after));
            let span = after.second - before.second;
            let part =
                if span > 0.0 { ((second - before.second) / span).clamp(0.0, 1.0) } else { 0.0 };
            (north1 + part * (north2 - north1), east1 + part * (east2 - east1))
        })
        .unzip()
}

/// Speed in m/s at each second from way at each second: the slope of nine seconds around it.
pub fn speeds(distance: &[f64]) -> Vec<f64> {
    (0..distance.len())
        .map(|k| {
            let first = k.saturating_sub(4);
            let window = &distance[first..(k + 5).min(distance.len())];
            slope(window)
        })
        .collect()
}

/// Least-squares slope of evenly spaced values.
fn slope(values: &[f64]) -> f64 {
    let middle = (values.len() as f64 - 1.0) / 2.0;
    let (mut above, mut below) = (0.0, 0.0);
    for (x, y) in values.iter().enumerate() {
        let dx = x as f64 - middle;
        above += dx * y;
        below += dx * dx;
    }
    if below > 0.0 { (above / below).max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Position {
        Position::from_degrees(latitude, longitude).unwrap()
    }

    #[test]
    fn one_degree_of_the_equator() {
        assert!((metres_between((0.0, 0.0), (0.0, 1.0)) - 111_195.08).abs() < 0.1);
    }

    #[test]
    fn the_date_line_is_crossed_without_a_jump() {
        let fixes = [
            Fix { second: 0.0, position: at(0.0, 179.999_99) },
            Fix { second: 4.0, position: at(0.0, -179.999_99) },
        ];
        let distance = along(&fixes, 0..5);
        assert!((distance[4] - 2.224).abs() < 0.01, "{distance:?}");
    }

    #[test]
    fn a_lone_wild_position_adds_no_way() {
        let fixes: Vec<Fix> = (0..60)
            .map(|k| {
                let metres = 2.5 * f64::from(k) + if k == 30 { 80.0 } else { 0.0 };
                Fix { second: f64::from(k), position: at(0.0, metres / 111_195.08) }
            })
            .collect();
        let distance = along(&fixes, 0..60);
        assert!((distance[59] - 147.5).abs() < 0.1, "{}", distance[59]);
        for speed in speeds(&distance) {
            assert!((speed - 2.5).abs() < 0.4, "{speed}");
        }
    }

    #[test]
    fn a_counter_that_starts_again_goes_on() {
        let records: Vec<Record> = [0, 500, 1_000, 0, 300]
            .into_iter()
            .map(|distance| Record { distance_cm: Some(distance), ..Record::default() })
            .collect();
        assert_eq!(recorded(&records), Some(13.0));
        assert_eq!(recorded(&[]), None);
    }
}
