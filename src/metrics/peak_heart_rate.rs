//! The highest heart rates that lasted: what anchors can be read from later.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::series::{Channel, Series};
use super::statistics::mean;
use crate::units::{BeatsPerMinute, MetresPerSecond};

/// Highest means of heart rate over a time.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PeakHeartRate {
    /// Over 30 seconds, all of which have a heart rate.
    #[serde(rename = "over_30_s_bpm")]
    pub over_30_s: Option<BeatsPerMinute>,
    /// Mean grade-adjusted speed of the two minutes before the middle of that peak.
    #[serde(rename = "speed_before_m_s")]
    pub speed_before: Option<MetresPerSecond>,
    /// Exceeded or met for 8 minutes in total.
    #[serde(rename = "held_8_min_bpm")]
    pub held_8_min: Option<BeatsPerMinute>,
    /// Over 20 minutes.
    #[serde(rename = "over_20_min_bpm")]
    pub over_20_min: Option<BeatsPerMinute>,
}

/// Seconds in eight minutes.
const EIGHT_MINUTES: usize = 480;

impl PeakHeartRate {
    /// The peaks of a run, without the seconds that are in doubt.
    pub fn of(series: &Series) -> Self {
        let trusted = if series.suspected.is_empty() {
            Cow::Borrowed(&series.heart_rate)
        } else {
            Cow::Owned(series.without_suspected(|_| true).heart_rate)
        };
        let mean_over = |seconds| highest_mean(&trusted, seconds);
        let bpm = |peak: Option<(f64, usize)>| peak.and_then(|(mean, _)| BeatsPerMinute::new(mean));
        let short = mean_over(30);
        let before = short.and_then(|(_, start)| {
            let middle = start + 15;
            mean((middle.saturating_sub(120)..middle).filter_map(|k| series.graded_speed_m_s(k)))
        });
        Self {
            over_30_s: bpm(short),
            speed_before: before.and_then(MetresPerSecond::new),
            over_20_min: bpm(mean_over(20 * 60)),
            held_8_min: held(&trusted, EIGHT_MINUTES),
        }
    }
}

/// The highest value that was met for so many seconds in total.
fn held(channel: &Channel, seconds: usize) -> Option<BeatsPerMinute> {
    let counts = channel.counts(|_| true);
    let mut met = 0;
    let value = (0..counts.len()).rev().find(|value| {
        met += counts[*value] as usize;
        met >= seconds
    });
    value.and_then(|value| BeatsPerMinute::new(value as f64))
}

/// The highest mean of so many seconds in a row that all have a value, and where it begins.
fn highest_mean(channel: &Channel, seconds: usize) -> Option<(f64, usize)> {
    channel.highest_sum(seconds).map(|(sum, start)| (sum as f64 / seconds as f64, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_minutes_in_total_need_not_be_together() {
        let channel = Channel::of((0..2000).map(|k| Some(if k % 4 == 0 { 170 } else { 130 })));
        assert_eq!(held(&channel, 480), BeatsPerMinute::new(170.0));
        assert_eq!(held(&channel, 501), BeatsPerMinute::new(130.0));
        assert_eq!(held(&channel, 2001), None);
    }

    #[test]
    fn the_highest_half_minute_has_no_hole() {
        let channel = Channel::of((0..200).map(|k| match k {
            20 => None,
            21..51 => Some(150),
            100..120 => Some(190),
            _ => Some(120),
        }));
        let (mean, start) = highest_mean(&channel, 30).unwrap();
        assert!((mean - (20.0 * 190.0 + 10.0 * 120.0) / 30.0).abs() < 1e-9);
        assert_eq!(start, 90);
        assert_eq!(highest_mean(&channel, 201), None);
    }
}
