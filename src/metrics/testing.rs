//! Runs made by hand, for tests.

use super::movement::movement;
use super::series::{Channel, Removal, Series};

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
