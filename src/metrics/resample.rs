//! Records → one value per second of timer time.
//!
//! A record holds until the next, heart rate for at most 20 seconds; beyond that it is missing.
//! Over a gap the mean speed of the way made across it holds, whatever the gap's length: treating
//! a gap as standing still would shorten the run.

use super::climb::climb;
use super::clock::Clock;
use super::distance;
use super::elevation::Profile;
use super::gaps::{GAP_S, bridge_gaps};
use super::held_reading::HeldReading;
use super::movement::movement;
use super::series::{Channel, GradeSource, Series, TimerPause, altitude_to_channel};
use super::speed_from_distance::{self, DistanceStretch};
use super::timer_seconds::TimerSeconds;
use crate::activity::{Activity, AltitudeSource, Record};
use crate::units::Metres;

/// How long a heart rate holds, in ms.
const HEART_RATE_HOLDS_MS: i64 = 20_000;
/// How long any other reading holds, in ms.
const OTHERS_HOLD_MS: i64 = GAP_S as i64 * 1000;
/// Climb over way below which satellite altitude is believed to be noise.
const SATELLITE_NOISE: f64 = 0.01;

/// The run at 1 Hz before cleaning, with the way made at every second in metres.
#[derive(Debug, Clone, PartialEq)]
pub struct Resampled {
    /// The lanes; the heart rate is still as recorded.
    pub series: Series,
    /// Way made, where anything tells.
    pub distance_m: Option<f64>,
    /// Climb, where altitude is known.
    pub ascent_m: Option<f64>,
    /// Whether speed was recorded rather than derived from way and time.
    pub speed_recorded: bool,
}

/// Brings an activity to 1 Hz.
pub fn resample(activity: &Activity, clock: &Clock, seconds: &TimerSeconds) -> Resampled {
    let mut series = channels(&activity.records, seconds);
    let recorded = distance::is_counted(&activity.records);
    let speed_recorded =
        2 * count(&activity.records, |r| r.speed_mm_s.is_some()) >= activity.records.len();
    let stretches = if recorded && speed_recorded {
        None
    } else {
        speed_from_distance::stretches(activity, clock, &seconds.moments, recorded)
    };
    let (counted_m, covered) = if recorded {
        (distance::recorded(&activity.records), distance::counted_share(&activity.records))
    } else {
        let made =
            stretches.as_ref().map(|stretches| stretches.iter().map(DistanceStretch::length).sum());
        let known = stretches.iter().flatten().map(DistanceStretch::known_seconds).sum::<usize>();
        (made, known as f64 / seconds.len().max(1) as f64)
    };
    let stated_m = activity.stated.distance.map(Metres::get);
    let distance_m = match (counted_m, stated_m) {
        // Where a part or all of the way was not recorded, the watch's own total is all there is.
        (Some(counted), Some(stated)) if covered < distance::COVERED_SHARE => {
            Some(stated.max(counted))
        }
        (counted, stated) => counted.or(stated),
    };
    if speed_recorded {
        bridge_gaps(&mut series, &activity.records, &seconds.holders);
    } else if let Some(stretches) = stretches {
        series.speed = Channel::of(stretches.iter().flat_map(DistanceStretch::speeds));
    }
    series.pauses = timer_pauses(clock);
    series.movement = movement(&series.speed, &series.cadence);
    let ascent_m = slope(&mut series, activity.altitude_source);
    Resampled { series, distance_m, ascent_m, speed_recorded }
}

fn count(records: &[Record], holds: impl Fn(&Record) -> bool) -> usize {
    records.iter().filter(|record| holds(record)).count()
}

/// The last reading of each quantity, as records pass by.
#[derive(Default)]
struct LatestReadings {
    heart_rate: HeldReading,
    speed: HeldReading,
    altitude: HeldReading,
    cadence: HeldReading,
}

impl LatestReadings {
    #[inline]
    fn take(&mut self, record: &Record) {
        let now = record.time.0;
        match record.heart_rate_bpm {
            // A recorder that leaves the heart rate out of a record says nothing; one that writes
            // zero has lost it.
            Some(0) => self.heart_rate.lose(now, HEART_RATE_HOLDS_MS),
            beats => self.heart_rate.take(beats.map(u16::from), now, HEART_RATE_HOLDS_MS),
        }
        self.speed.take(record.speed_mm_s.map(to_centimetres), now, OTHERS_HOLD_MS);
        let altitude = record.altitude_m.map(|metres| altitude_to_channel(f64::from(metres)));
        self.altitude.take(altitude, now, OTHERS_HOLD_MS);
        let cadence = record.cadence_centi_spm.map(|centi| centi.saturating_add(50) / 100);
        self.cadence.take(cadence, now, OTHERS_HOLD_MS);
    }
}

/// Every quantity at every second, as its last reading tells it.
fn channels(records: &[Record], seconds: &TimerSeconds) -> Series {
    let [mut heart_rate, mut speed, mut altitude, mut cadence] =
        std::array::from_fn(|_| Channel::with_capacity(seconds.len()));
    let mut latest = LatestReadings::default();
    for (moment, records) in seconds.with_records(records) {
        records.iter().for_each(|record| latest.take(record));
        heart_rate.push(latest.heart_rate.at(moment));
        speed.push(latest.speed.at(moment));
        altitude.push(latest.altitude.at(moment));
        cadence.push(latest.cadence.at(moment));
    }
    let grade = Channel::blank(seconds.len());
    Series { heart_rate, speed, grade, altitude, cadence, ..Series::default() }
}

/// A speed in mm/s to the centimetre per second.
fn to_centimetres(speed: u16) -> u16 {
    speed.saturating_add(5) / 10 * 10
}

/// The median step between moments that differ, in ms.
pub fn typical_step(moments: impl Iterator<Item = i64> + Clone) -> Option<i64> {
    let first = steps(moments.clone()).next()?;
    let (mut all, mut alike) = (0_usize, 0_usize);
    steps(moments.clone()).for_each(|step| {
        all += 1;
        alike += usize::from(step == first);
    });
    // A step that is more than half of all is the middle one.
    if 2 * alike > all {
        return Some(first);
    }
    let mut steps: Vec<i64> = steps(moments).collect();
    let middle = steps.len() / 2;
    Some(*steps.select_nth_unstable(middle).1)
}

fn steps(moments: impl Iterator<Item = i64>) -> impl Iterator<Item = i64> {
    let mut before = i64::MAX;
    moments
        .map(move |now| now.saturating_sub(std::mem::replace(&mut before, now)))
        .filter(|step| *step > 0)
}

/// The pauses of the timer; several within one second are one.
fn timer_pauses(clock: &Clock) -> Vec<TimerPause> {
    let mut pauses: Vec<TimerPause> = Vec::new();
    for ((_, seconds), pair) in clock.stretches().into_iter().zip(clock.runs.windows(2)) {
        let pause = TimerPause {
            before: seconds.end as u32,
            seconds: (pair[1].from_ms - pair[0].to_ms) as f32 / 1000.0,
        };
        match pauses.last_mut().filter(|last| last.before == pause.before) {
            Some(last) => last.seconds += pause.seconds,
            None => pauses.push(pause),
        }
    }
    pauses
}

/// Fills the grade lane and says how much was climbed, where altitude is known throughout.
fn slope(series: &mut Series, source: AltitudeSource) -> Option<f64> {
    let profile = Profile::of(series)?;
    let ascent = climb(&profile.smooth, source);
    let noise = source == AltitudeSource::Satellite && ascent < SATELLITE_NOISE * profile.length();
    if !noise {
        series.grade = profile.grade();
        series.grade_source = GradeSource::Altitude;
    }
    Some(ascent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Position;
    use crate::metrics::testing::{record, resampled};

    #[test]
    fn heart_rate_holds_twenty_seconds_and_a_gap_has_its_mean_speed() {
        let series = resampled(vec![
            record(0, Some(130), 0),
            record(1, Some(131), 3),
            record(101, Some(140), 203),
        ]);
        assert_eq!(series.heart_rate.get(20), Some(131));
        assert_eq!(series.heart_rate.get(21), None);
        assert_eq!(series.speed.get(50), Some(2_000));
        assert_eq!(series.moving_seconds(), 101);
    }

    #[test]
    fn a_heart_rate_left_out_of_some_records_holds() {
        let without = |left_out: std::ops::Range<i64>| {
            let beats = |k| (!left_out.contains(&k)).then_some(120);
            resampled((0..61).map(|k| record(k, beats(k), 0)).collect()).heart_rate
        };
        assert_eq!(without(10..11).present(), 60);
        assert_eq!(without(10..29).present(), 60, "19 records later it still holds");
        // Read at second 9, it holds to second 28: 29 and 30 of the 21 without one are missing.
        let long = without(10..31);
        assert_eq!((long.get(28), long.get(29), long.present()), (Some(120), None, 58));
    }

    #[test]
    fn a_heart_rate_of_zero_is_a_lost_one() {
        let records = (0..30).map(|k| record(k, Some(if k == 10 { 0 } else { 120 }), 0)).collect();
        let series = resampled(records);
        assert_eq!((series.heart_rate.get(9), series.heart_rate.get(10)), (Some(120), None));
        assert_eq!(series.heart_rate.present(), 28);
    }

    #[test]
    fn a_watch_that_reads_the_heart_every_fifth_record_is_no_gap() {
        let records = (0..61).map(|k| record(k, (k % 5 == 0).then_some(120), 0)).collect();
        assert_eq!(resampled(records).heart_rate.present(), 60);
    }

    #[test]
    fn where_nothing_tells_the_way_the_run_goes_on() {
        let records: Vec<Record> = (0..3900)
            .map(|k| Record {
                speed_mm_s: None,
                distance_cm: (k < 2100).then_some(k as u32 * 250),
                cadence_centi_spm: Some(16_500),
                ..record(k, None, 0)
            })
            .collect();
        assert_eq!(resampled(records).moving_seconds(), 3899);
    }

    #[test]
    fn speed_is_derived_from_way_where_none_was_recorded() {
        let records = (0..61)
            .map(|k| Record { speed_mm_s: None, ..record(k * 2, None, k as u32 * 6) })
            .collect();
        let series = resampled(records);
        assert_eq!(series.speed.get(60), Some(3_000));
    }

    #[test]
    fn way_comes_from_positions_where_only_speed_was_recorded() {
        let east = |metres: f64| Position::from_degrees(0.0, metres / 111_195.08);
        let records = (0..61).map(|k| Record {
            distance_cm: None,
            position: east(2.5 * k as f64),
            ..record(k, None, 0)
        });
        let records: Vec<Record> = records.collect();
        let activity = Activity { start: records[0].time, records, ..Activity::default() };
        let clock = Clock::of(&activity).unwrap();
        let resampled = resample(&activity, &clock, &TimerSeconds::of(&activity, &clock));
        assert!((resampled.distance_m.unwrap() - 150.0).abs() < 5.0, "{:?}", resampled.distance_m);
        assert!(resampled.speed_recorded);
        assert_eq!(resampled.series.speed.get(30), Some(2_500));
    }

    #[test]
    fn a_counter_that_is_read_rarely_still_counts() {
        let of_second = |k: i64| {
            let distance = (k % 4 == 0).then_some(300 * k as u32);
            Record { distance_cm: distance, ..record(k, Some(130), 0) }
        };
        let mut records: Vec<Record> = (0..=60).map(of_second).collect();
        assert!(distance::is_counted(&records));
        records.extend((61..200).map(|k| Record { distance_cm: None, ..of_second(k) }));
        assert!(!distance::is_counted(&records), "it stopped long before the end");
    }
}
