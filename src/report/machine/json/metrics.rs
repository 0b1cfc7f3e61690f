//! The figures of one run as the contract has them.

use serde_json::{Map, Value, json};

use super::number::round;
use crate::metrics::drift::Unreadable;
use crate::metrics::{RunMetrics, Unmeasured};
use crate::report::pace::{believable, reason};
use crate::review::ReviewedRun;
use crate::units::{BeatsPerMinute, Metres};

/// The figures of one run.
pub(super) fn metrics_json(run: &ReviewedRun) -> Value {
    let row = &run.measured.row;
    let (durations, distances) = (&row.durations, &row.distances);
    let metres = |length: Option<Metres>| length.map(|length| round(length.get(), 1));
    let pace = |pace| believable(pace).map(|pace| round(pace.get(), 1));
    json!({
        "elapsed_s": round(durations.elapsed.get(), 1),
        "timer_s": round(durations.timer.get(), 1),
        "moving_s": round(durations.moving.get(), 1),
        "walking_s": round(durations.walking.get(), 1),
        "distance_m": metres(distances.distance),
        "ascent_m": metres(distances.ascent),
        "pace_s_per_km": pace(row.pace()),
        "timer_pace_s_per_km": pace(row.timer_pace()),
        "elapsed_pace_s_per_km": pace(row.elapsed_pace()),
        "grade_adjusted_pace_s_per_km": pace(row.grade_adjusted_pace()),
        "speed_is_estimated": row.speed_is_estimated(),
        "recording_interval_s": durations.recording_interval.map(|interval| round(interval.get(), 2)),
        "heart_rate": heart_rate_json(run),
        "time_in_zone": zones_json(run),
        "device_zones": device_zones_json(row),
        "drift": drift_json(row),
        "not_measured": not_measured(run),
    })
}

fn heart_rate_json(run: &ReviewedRun) -> Value {
    let heart = &run.measured.row.heart_rate;
    let bpm = |bpm: Option<BeatsPerMinute>| bpm.map(|bpm| round(bpm.get(), 1));
    json!({
        "raw_mean_bpm": bpm(heart.raw_mean),
        "mean_bpm": bpm(heart.mean),
        "max_bpm": heart.max.map(|max| max.get() as u32),
        "max_30s_bpm": bpm(run.measured.row.peak_heart_rate.over_30_s),
        "coverage_pct": round(run.coverage_pct, 2),
        "grade": run.trust.grade,
        "sensor": run.sensor,
        "removed": heart.removed,
        "suspected": heart.suspected,
    })
}

fn zones_json(run: &ReviewedRun) -> Value {
    run.zones.as_ref().map_or(Value::Null, |zones| {
        json!({
            "model": zones.model,
            "bounds_bpm": zones.bounds.iter().map(|bound| round(bound.get(), 1)).collect::<Vec<_>>(),
            "seconds": zones.time.seconds,
            "missing_s": zones.time.missing,
        })
    })
}

fn device_zones_json(row: &RunMetrics) -> Value {
    row.metadata.device_zones.as_ref().map_or(Value::Null, |zones| {
        json!({
            "bounds_bpm": zones.bounds_bpm,
            "stated_s": zones.stated_s.iter().map(|seconds| round(*seconds, 1)).collect::<Vec<_>>(),
            "computed_s": row.heart_rate.in_device_zones_s,
        })
    })
}

fn drift_json(row: &RunMetrics) -> Value {
    let Ok(drift) = &row.drift else { return Value::Null };
    let steady = drift.readable().ok();
    let slope = steady.map(|steady| steady.slope);
    json!({
        "decoupling_pct": steady.map(|steady| round(steady.decoupling().value, 2)),
        "slope_bpm_per_10min": slope.map(|slope| round(slope.bpm_per_10_min, 2)),
        "slope_ci": slope.map(|slope| [round(slope.low, 2), round(slope.high, 2)]),
    })
}

/// Why the figures of drift are null where the run as such has a drift.
fn unreadable_drift(row: &RunMetrics) -> Option<&'static str> {
    Some(match row.drift.as_ref().ok()?.readable().err()? {
        Unreadable::TooLittleSteady(_) => "too_little_steady_running",
        Unreadable::TooUncertain { .. } => "interval_too_wide",
    })
}

/// The reasons of null values, by key.
fn not_measured(run: &ReviewedRun) -> Value {
    let row = &run.measured.row;
    let mut reasons = Map::new();
    let mut note = |key: &str, reason: Option<&str>| {
        if let Some(reason) = reason {
            reasons.insert(key.to_owned(), json!(reason));
        }
    };
    note("drift", row.drift.as_ref().err().map(|reason| unmeasured(*reason)));
    let paces = [
        ("pace_s_per_km", row.pace(), row.durations.moving),
        ("timer_pace_s_per_km", row.timer_pace(), row.durations.timer),
        ("elapsed_pace_s_per_km", row.elapsed_pace(), row.durations.elapsed),
        ("grade_adjusted_pace_s_per_km", row.grade_adjusted_pace(), row.durations.moving),
    ];
    for (key, pace, time) in paces {
        note(key, believable(pace).is_none().then(|| reason(row, time)));
    }
    for key in ["decoupling_pct", "slope_bpm_per_10min", "slope_ci"] {
        note(&format!("drift.{key}"), unreadable_drift(row));
    }
    let heart = &row.heart_rate;
    let unheard = |unless| if heart.raw_mean.is_none() { "not_recorded" } else { unless };
    note("heart_rate.mean_bpm", heart.mean.is_none().then(|| unheard("all_taken_out")));
    note(
        "heart_rate.max_30s_bpm",
        row.peak_heart_rate.over_30_s.is_none().then(|| unheard("too_short")),
    );
    note("distance_m", row.distances.distance.is_none().then_some("not_recorded"));
    note("ascent_m", row.distances.ascent.is_none().then_some("not_recorded"));
    note("time_in_zone", run.zones.is_none().then_some("no_boundaries_for_this_model"));
    note("device_zones", row.metadata.device_zones.is_none().then_some("not_recorded"));
    Value::Object(reasons)
}

fn unmeasured(reason: Unmeasured) -> &'static str {
    match reason {
        Unmeasured::TooShort => "too_short",
        Unmeasured::NoSpeed => "no_speed",
        Unmeasured::Walked => "all_walked",
        Unmeasured::NoHeartRate => "no_heart_rate",
    }
}
