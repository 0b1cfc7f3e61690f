//! A run kilometre by kilometre, or mile by mile, and its time at each heart rate.

use serde_json::{Value, json};

use super::number::round;
use crate::metrics::series::Series;
use crate::metrics::{HistogramClass, Split, heart_rate_histogram};
use crate::report::splits;
use crate::review::ReviewedRun;
use crate::settings::UnitSystem;
use crate::zones::band_names;

/// The splits in these units, and the time at each heart rate.
pub(super) fn splits_json(run: &ReviewedRun, series: &Series, units: UnitSystem) -> [Value; 2] {
    let of_split = |split: &Split| split_json(run, split);
    let of_class = |class: &HistogramClass| json!({"from_bpm": class.from, "time_s": class.time});
    [
        splits::of(run, series, units).iter().map(of_split).collect(),
        heart_rate_histogram(series).iter().map(of_class).collect(),
    ]
}

fn split_json(run: &ReviewedRun, split: &Split) -> Value {
    let band =
        split.heart_rate.zip(run.lines.as_ref()).map(|(bpm, lines)| splits::band(bpm, lines));
    json!({
        "distance_m": round(split.distance.get(), 1),
        "moving_s": split.moving,
        "mean_bpm": split.heart_rate.map(|bpm| round(bpm.get(), 1)),
        "speed_m_s": split.speed.map(|speed| round(speed.get(), 3)),
        "graded_speed_m_s": split.graded_speed.map(|speed| round(speed.get(), 3)),
        "band": band.map(|band| band_names()[band]),
    })
}
