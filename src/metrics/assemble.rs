//! The cleaned run at 1 Hz → everything in a row that knows no athlete.

use std::collections::BTreeMap;

use super::conditions::Conditions;
use super::drift::Drift;
use super::heart_rate;
use super::peak_heart_rate::PeakHeartRate;
use super::resample::Resampled;
use super::row::{Distances, Durations, HeartRate, ReasonSeconds, RecordedMetadata, RunMetrics};
use super::series::{Channel, Movement, Series};
use super::span::{Span, runs_where};
use super::statistics::mean;
use super::steadiness::Steadiness;
use super::{PackedSeries, Unmeasured};
use crate::activity::DeviceZones;
use crate::units::{BeatsPerMinute, Metres, Seconds};

/// The durations that only the records can tell, in seconds.
#[derive(Clone, Copy)]
pub struct RecordedDurations {
    pub elapsed: f64,
    pub timer: f64,
    pub interval: Option<f64>,
    pub heart_rate_interval: Option<f64>,
}

/// Cleans the series and measures everything that knows no athlete; form and breathing are read
/// from the records.
pub fn assemble(
    metadata: RecordedMetadata,
    recorded: RecordedDurations,
    resampled: Resampled,
    conditions: Conditions,
) -> RunMetrics {
    let Resampled { mut series, distance_m, ascent_m, speed_recorded } = resampled;
    let raw = series.heart_rate.clone();
    heart_rate::clean(&mut series, metadata.sensor);
    let steadiness = Steadiness::of(&series);
    let reference = steadiness.as_ref().map(|steadiness| steadiness.reference_speed.get());
    let drift = match reference {
        Ok(_) if series.heart_rate.is_blank() => Err(Unmeasured::NoHeartRate),
        Ok(speed) => Drift::of(&series, speed),
        Err(reason) => Err(*reason),
    };
    let graded_distance = distance_m.map(|distance| distance * graded_share(&series));
    RunMetrics {
        durations: durations(&recorded, &series),
        distances: Distances {
            distance: distance_m.and_then(Metres::new),
            graded_distance: graded_distance.and_then(Metres::new),
            ascent: ascent_m.and_then(Metres::new),
            speed_recorded,
        },
        heart_rate: heart_rate_figures(&raw, &series, metadata.device_zones.as_ref()),
        steadiness,
        drift,
        peak_heart_rate: PeakHeartRate::of(&series),
        efficiency: efficiency(&series),
        form: None,
        breathing: None,
        conditions,
        route_shape: None,
        channels: PackedSeries::pack(&series),
        metadata,
    }
}

/// Grade-adjusted over plain distance; 1 where nothing moved.
fn graded_share(series: &Series) -> f64 {
    let (mut graded, mut plain) = (0.0, 0.0);
    let moving = series.movement.iter().enumerate().filter(|(_, movement)| movement.is_moving());
    for (k, _) in moving {
        graded += series.graded_speed_m_s(k).unwrap_or(0.0);
        plain += series.speed_m_s(k).unwrap_or(0.0);
    }
    if plain > 0.0 { graded / plain } else { 1.0 }
}

pub(super) fn durations(recorded: &RecordedDurations, series: &Series) -> Durations {
    let seconds = |count: usize| Seconds::of(count as f64);
    let walking = series.movement.iter().filter(|movement| **movement == Movement::Walking).count();
    Durations {
        elapsed: Seconds::of(recorded.elapsed),
        timer: Seconds::of(recorded.timer),
        moving: seconds(series.moving_seconds()),
        walking: seconds(walking),
        continuous: seconds(longest_continuous(series)),
        recording_interval: recorded.interval.and_then(Seconds::new),
        heart_rate_interval: recorded.heart_rate_interval.and_then(Seconds::new),
    }
}

/// A walk, stop or pause up to this long does not interrupt a run, in seconds.
const INTERRUPTION_S: usize = 15;

/// The longest stretch without an interruption, in seconds.
fn longest_continuous(series: &Series) -> usize {
    let not_running = runs_where(series.len(), |k| series.movement[k] != Movement::Running);
    let long = not_running.into_iter().filter(|run| run.len() > INTERRUPTION_S);
    let paused = series.pauses.iter().filter(|pause| pause.seconds > INTERRUPTION_S as f32);
    let mut interruptions: Vec<(usize, usize)> = long
        .map(|run| (run.start, run.end))
        .chain(paused.map(|pause| (pause.before as usize, pause.before as usize)))
        .chain([(series.len(), series.len())])
        .collect();
    interruptions.sort_unstable();
    let (mut longest, mut resumed) = (0, 0);
    for (from, to) in interruptions {
        longest = longest.max(from.saturating_sub(resumed));
        resumed = resumed.max(to);
    }
    longest
}

fn heart_rate_figures(raw: &Channel, series: &Series, zones: Option<&DeviceZones>) -> HeartRate {
    let mean_of = |channel: &Channel| {
        let count = channel.present();
        let mean = (count > 0).then(|| channel.sum() as f64 / count as f64);
        mean.and_then(BeatsPerMinute::new)
    };
    let moving_with = |channel: &Channel| -> u32 {
        let seconds = channel.iter().zip(&series.movement);
        seconds.map(|(beats, movement)| u32::from(beats.is_some() & movement.is_moving())).sum()
    };
    // Cleaning takes seconds out and puts none in.
    let (trusted, recorded) = (moving_with(&series.heart_rate), moving_with(raw));
    HeartRate {
        raw_mean: mean_of(raw),
        mean: mean_of(&series.heart_rate),
        max: series.heart_rate.highest().and_then(|beats| BeatsPerMinute::new(f64::from(beats))),
        trusted_moving_s: trusted,
        recorded_moving_s: recorded,
        removed_moving_s: recorded - trusted,
        removed: seconds_by_reason(&series.removed),
        suspected: seconds_by_reason(&series.suspected),
        short_flat_s: heart_rate::short_flat_seconds(series),
        held_s: 0,
        in_device_zones_s: zones.map_or_else(Vec::new, |zones| seconds_in(raw, &zones.bounds_bpm)),
    }
}

/// Seconds per zone as a watch counts them: a heart rate on a boundary is in the zone above.
fn seconds_in(raw: &Channel, bounds: &[u8]) -> Vec<u32> {
    let mut seconds = vec![0; bounds.len() + 1];
    for (beats, count) in raw.counts(|_| true).into_iter().enumerate() {
        seconds[bounds.partition_point(|bound| usize::from(*bound) <= beats)] += count;
    }
    seconds
}

fn seconds_by_reason<R: Copy + Ord>(spans: &[(R, Span)]) -> Vec<ReasonSeconds<R>> {
    let mut totals = BTreeMap::new();
    for (reason, span) in spans {
        *totals.entry(*reason).or_insert(0) += span.seconds;
    }
    totals.into_iter().map(|(reason, seconds)| ReasonSeconds { reason, seconds }).collect()
}

/// Minutes 5–20 of moving time.
fn efficiency(series: &Series) -> Option<f64> {
    if series.moving_seconds() < 300 + 900 {
        return None;
    }
    let minutes = || (0..series.len()).filter(|k| series.is_moving(*k)).skip(300).take(900);
    let speed = mean(minutes().filter_map(|k| series.graded_speed_m_s(k)))?;
    let beats = mean(minutes().filter_map(|k| series.heart_rate_bpm(k)))?;
    Some(60.0 * speed / beats)
}
