//! Whether a row that was read back can be one that was measured: a judgement computes with its
//! figures and never asks again.

use super::row::{Durations, RunMetrics};
use super::series::Series;
use super::span::Span;
use super::unmeasured::LONGEST_DAYS;
use crate::units::{BeatsPerMinute, Metres, Seconds};

/// Why a row cannot have been measured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this row was never measured: {0}")]
pub struct InvalidRow(String);

/// The longest time of anything in a row, in seconds: pauses count, and may last for years.
const LONGEST_S: f64 = 100.0 * 366.0 * 86_400.0;
/// Above every number of a row, the start in milliseconds included.
const LARGEST: f64 = 1e15;

impl RunMetrics {
    /// Whether judging can rely on this row; `Err` says why not.
    pub fn check(&self) -> Result<(), InvalidRow> {
        let series = self.channels.unpack().map_err(|why| InvalidRow(why.to_string()))?;
        require(self.starts_in_the_calendar(), "it begins outside of the calendar")?;
        require(self.times_are_possible(&series), "its times are impossible")?;
        require(self.distances_are_possible(), "its ways are impossible")?;
        require(self.heart_rates_are_possible(&series), "one of its heart rates is impossible")?;
        require(marks_lie_within(&series), "its marks lie outside of its lanes")?;
        require(self.numbers_are_moderate(), "one of its figures is impossibly large")
    }

    fn starts_in_the_calendar(&self) -> bool {
        use chrono::Datelike;
        let offset = self.metadata.utc_offset_s.unwrap_or(0);
        offset.unsigned_abs() < 86_400
            && self
                .metadata
                .start
                .date_time()
                .is_some_and(|start| (1..=9998).contains(&start.year()))
    }

    fn times_are_possible(&self, series: &Series) -> bool {
        let durations = &self.durations;
        let heart = &self.heart_rate;
        let clocks_s = [durations.elapsed, durations.timer, durations.moving, durations.walking];
        let intervals =
            durations.recording_interval.into_iter().chain(durations.heart_rate_interval);
        let seconds = [heart.trusted_moving_s, heart.recorded_moving_s, heart.removed_moving_s];
        let of_reasons = heart
            .removed
            .iter()
            .map(|total| total.seconds)
            .chain(heart.suspected.iter().map(|total| total.seconds))
            .chain([heart.short_flat_s, heart.held_s])
            .chain(heart.in_device_zones_s.iter().copied());
        let is_time = |time: Seconds| (0.0..=LONGEST_S).contains(&time.get());
        // The lanes have an entry for every second of the timer.
        let timer = durations.timer.get();
        let is_whole = (timer - series.len() as f64).abs() <= 1.0;
        let is_short = timer <= (LONGEST_DAYS * 86_400) as f64;
        is_whole
            && is_short
            && clocks_are_in_order(durations)
            && clocks_s.into_iter().chain([durations.continuous]).chain(intervals).all(is_time)
            && seconds.into_iter().chain(of_reasons).all(|count| count as usize <= series.len())
    }

    fn distances_are_possible(&self) -> bool {
        let distance = &self.distances;
        let is_way = |distance: Metres| (0.0..=LARGEST).contains(&distance.get());
        [distance.distance, distance.graded_distance, distance.ascent]
            .into_iter()
            .flatten()
            .all(is_way)
    }

    /// No recording has room for more than a byte, and none of them writes zero for a beat; no mean
    /// and no peak lies outside of what it is of.
    fn heart_rates_are_possible(&self, series: &Series) -> bool {
        let (heart, peaks) = (&self.heart_rate, &self.peak_heart_rate);
        let means = [heart.raw_mean, heart.mean, peaks.over_20_min];
        let highest = [heart.max, peaks.over_30_s, peaks.held_8_min];
        let is_possible = |beats: BeatsPerMinute| beats.get() > 0.0 && beats.get() <= 255.0;
        means.into_iter().chain(highest).flatten().all(is_possible)
            && series.heart_rate.iter().flatten().all(|beats| (1..=255).contains(&beats))
    }

    /// Sums and products of such numbers stay finite.
    fn numbers_are_moderate(&self) -> bool {
        // Whatever a row holds, a new figure too, is a number of its JSON.
        serde_json::to_value(self).is_ok_and(|row| are_moderate(&row))
    }
}

fn are_moderate(value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| number.abs() <= LARGEST),
        Value::Array(values) => values.iter().all(are_moderate),
        Value::Object(values) => values.values().all(are_moderate),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// Nobody moves longer than the timer runs, nor does it run longer than the time that passes, but
/// for the second to which the lanes are rounded.
fn clocks_are_in_order(durations: &Durations) -> bool {
    let [moving, timer, elapsed] =
        [durations.moving, durations.timer, durations.elapsed].map(Seconds::get);
    moving <= timer + 1.0 && timer <= elapsed + 1.0
}

fn marks_lie_within(series: &Series) -> bool {
    let seconds = series.len() as u64;
    let is_within = |span: &Span| u64::from(span.start) + u64::from(span.seconds) <= seconds;
    let is_pause = |seconds: f32| (0.0..=LONGEST_S as f32).contains(&seconds);
    series.removed.iter().all(|(_, span)| is_within(span))
        && series.suspected.iter().all(|(_, span)| is_within(span))
        && series
            .pauses
            .iter()
            .all(|pause| u64::from(pause.before) <= seconds && is_pause(pause.seconds))
}

fn require(holds: bool, else_why: &str) -> Result<(), InvalidRow> {
    if holds { Ok(()) } else { Err(InvalidRow(else_why.to_owned())) }
}
