//! [`Activity`] → [`RunMetrics`]: what a run was, as far as its file can tell.
//!
//! Measuring knows no athlete, no history and no setting. The row keeps the cleaned run itself, so
//! that whatever line, zone or limit is asked later is answered to the second.
//!
//! ```text
//! Activity ─clock─▶ seconds ─resample─▶ Series ─clean─▶ Series ─┬─ figures ─┐
//!                                                               └─ packed ──┴▶ RunMetrics
//! ```

mod assemble;
pub mod best_speed;
pub mod blocks;
mod breathing;
pub mod cadence;
mod channel;
mod climb;
mod clock;
mod conditions;
mod distance;
pub mod drift;
mod dynamics;
mod elevation;
pub mod form;
mod gaps;
pub mod grade;
pub mod heart_rate;
mod held_heart_rate;
mod held_reading;
mod histogram;
pub mod judged_time;
pub mod load;
mod minute_means;
mod movement;
mod packed;
pub mod peak_heart_rate;
mod resample;
mod route_shape;
mod row;
mod row_json;
pub mod series;
mod shortened;
pub mod span;
mod speed_from_distance;
mod splits;
mod stated_run;
pub mod statistics;
pub mod steadiness;
mod stored_channels;
pub mod surges;
#[cfg(test)]
pub(crate) mod testing;
pub mod time_above;
mod time_zone;
mod timer_seconds;
mod unmeasured;
mod unpacked_run;
mod unseen_heart_rate;
mod validate;
pub mod zones;

use crate::activity::{Activity, Record};
use clock::Clock;
use dynamics::DynamicsAtSeconds;
use form::Form;
use timer_seconds::TimerSeconds;
use unmeasured::LONGEST_DAYS;

pub use conditions::Conditions;
pub use histogram::{HISTOGRAM_CLASS_BPM, HistogramClass, heart_rate_histogram};
pub use movement::movement;
pub use packed::PackedSeries;
pub use resample::Resampled;
pub use route_shape::RouteShape;
pub use row::{Distances, Durations, HeartRate, ReasonSeconds, RecordedMetadata, RunMetrics};
pub use splits::{Split, splits};
pub use stored_channels::{DamagedChannels, StoredChannels};
pub use unmeasured::{Unmeasurable, Unmeasured};
pub use unpacked_run::{FirstPart, UnpackedRun, Untrusted};
pub use validate::InvalidRow;

/// The version of everything that decides what is in a row: decoding, cleaning, measuring, and the
/// form of the row itself. Rows of different versions are never judged side by side.
pub const MEASURING: &str = "5";

/// The shortest activity that is measured, in ms of timer time.
const SHORTEST_MS: i64 = 500;

/// Measures one activity.
pub fn measure(activity: &Activity) -> Result<RunMetrics, Unmeasurable> {
    if let Some(run) = stated_run::of(activity)? {
        return Ok(run);
    }
    let clock = Clock::of(activity).ok_or(Unmeasurable::NoTime)?;
    if clock.timer_ms() < SHORTEST_MS {
        let time_passes = clock.elapsed_ms().max(span_ms(&activity.records)) >= SHORTEST_MS;
        return Err(if time_passes { Unmeasurable::NoWay } else { Unmeasurable::NoTime });
    }
    let days = clock.timer_ms() / 86_400_000;
    if days >= LONGEST_DAYS {
        return Err(Unmeasurable::TooLong { days });
    }
    let seconds = TimerSeconds::of(activity, &clock);
    let resampled = resample::resample(activity, &clock, &seconds);
    let interval = typical_step(activity.records.iter());
    let durations = assemble::RecordedDurations {
        elapsed: clock.elapsed_ms() as f64 / 1000.0,
        timer: clock.timer_ms() as f64 / 1000.0,
        interval,
        heart_rate_interval: heart_rate_step(&activity.records, interval),
    };
    let held_s =
        held_heart_rate::held_seconds(&activity.records, &clock, durations.heart_rate_interval);
    let dynamics = DynamicsAtSeconds::of(activity, &seconds);
    let mut run = RunMetrics {
        form: Form::of(&resampled.series, &dynamics),
        breathing: breathing::breathing(&resampled.series, &dynamics),
        route_shape: RouteShape::of(activity),
        ..assemble::assemble(
            RecordedMetadata::by(activity),
            durations,
            resampled,
            Conditions::of(activity),
        )
    };
    run.heart_rate.held_s = held_s;
    Ok(run)
}

fn span_ms(records: &[Record]) -> i64 {
    records.first().zip(records.last()).map_or(0, |(first, last)| last.time.0 - first.time.0)
}

/// The typical time between records, in seconds.
fn typical_step<'a>(records: impl Iterator<Item = &'a Record> + Clone) -> Option<f64> {
    let moments = records.map(|record| record.time.0);
    resample::typical_step(moments).map(|ms| ms as f64 / 1000.0)
}

/// The typical time between readings of the heart rate, in seconds; that of the records where each has one.
fn heart_rate_step(records: &[Record], every: Option<f64>) -> Option<f64> {
    let read = |record: &&Record| record.heart_rate_bpm.is_some_and(|beats| beats > 0);
    if records.iter().all(|record| read(&record)) {
        every
    } else {
        typical_step(records.iter().filter(read))
    }
}

/// Measures a run that is already at 1 Hz, heart rate not yet cleaned.
pub fn measure_series(metadata: RecordedMetadata, resampled: Resampled) -> RunMetrics {
    let timer = resampled.series.len() as f64;
    let paused: f64 = resampled.series.pauses.iter().map(|pause| f64::from(pause.seconds)).sum();
    let durations = assemble::RecordedDurations {
        elapsed: timer + paused,
        timer,
        interval: Some(1.0),
        heart_rate_interval: Some(1.0),
    };
    assemble::assemble(metadata, durations, resampled, Conditions::default())
}
