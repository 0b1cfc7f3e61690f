//! Runs made by hand, for tests.

use super::clock::Clock;
use super::dynamics::DynamicsAtSeconds;
use super::movement::movement;
use super::resample::resample;
use super::series::{Channel, Removal, Series};
use super::timer_seconds::TimerSeconds;
use crate::activity::{Activity, Dynamics, Record};
use crate::units::UnixTime;

/// A run at these heart rates, speeds (mm/s) and cadences, one value per second.
pub(crate) fn run(length: usize, of_second: impl Fn(usize) -> (Option<u16>, u16, u16)) -> Series {
    let channel = |pick: fn((Option<u16>, u16, u16)) -> Option<u16>| {
        Channel::of((0..length).map(|k| pick(of_second(k))))
    };
    let (speed, cadence) = (channel(|s| Some(s.1)), channel(|s| Some(s.2)));
    Series {
        heart_rate: channel(|s| s.0),
        grade: Channel::blank(length),
        altitude: Channel::blank(length),
        movement: movement(&speed, &cadence),
        speed,
        cadence,
        ..Series::default()
    }
}

/// Seconds removed for a reason.
pub(crate) fn removed(series: &Series, reason: Removal) -> u32 {
    series.removed.iter().filter(|(why, _)| *why == reason).map(|(_, span)| span.seconds).sum()
}

/// A record at 2.5 m/s that is so many metres from the start.
pub(crate) fn record(second: i64, heart_rate_bpm: Option<u8>, distance_m: u32) -> Record {
    Record {
        time: UnixTime::from_seconds(second),
        heart_rate_bpm,
        distance_cm: Some(distance_m * 100),
        speed_mm_s: Some(2_500),
        ..Record::default()
    }
}

/// The seconds of a recording.
pub(crate) fn resampled(records: Vec<Record>) -> Series {
    let activity = Activity { start: records[0].time, records, ..Activity::default() };
    let clock = Clock::of(&activity).unwrap();
    resample(&activity, &clock, &TimerSeconds::of(&activity, &clock)).series
}

/// What is made of dynamics that are read every second of twenty minutes, or of its first ones.
pub(crate) fn with_dynamics<T>(
    dynamics: Vec<Dynamics>,
    make: impl Fn(&DynamicsAtSeconds<'_>) -> T,
) -> T {
    let records = (0..=1200).map(|second| record(second, None, 0)).collect();
    let activity = Activity { records, dynamics, ..Activity::default() };
    let clock = Clock::of(&activity).expect("there are records");
    make(&DynamicsAtSeconds::of(&activity, &TimerSeconds::of(&activity, &clock)))
}
