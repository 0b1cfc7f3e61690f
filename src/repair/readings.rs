//! What several repairs ask of records.

use crate::activity::{Activity, Record};

/// No runner is faster over a second or more, in m/s: the world record over 100 m peaked at 12.4.
pub const FASTEST_M_S: f64 = 12.0;

/// Seconds from one record to a later one.
pub fn seconds_between(from: &Record, to: &Record) -> f64 {
    (to.time.0 - from.time.0) as f64 / 1000.0
}

/// Keeps the records for which `keep` is true, and their running dynamics with them.
pub fn retain(activity: &mut Activity, keep: &[bool]) {
    let mut of_records = keep.iter();
    activity.records.retain(|_| of_records.next().copied().unwrap_or(true));
    let mut of_dynamics = keep.iter();
    activity.dynamics.retain(|_| of_dynamics.next().copied().unwrap_or(true));
}

/// Whether the timer stood still at some moment between two moments in ms since 1970.
pub fn is_paused_between(activity: &Activity, from_ms: i64, to_ms: i64) -> bool {
    activity.pauses.iter().any(|pause| pause.from.0 < to_ms && pause.to.0 > from_ms)
}

/// The median of some numbers; `None` without any.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// The typical time between records, in seconds; 1 without any.
pub fn typical_step(records: &[Record]) -> f64 {
    let steps = records.windows(2).map(|pair| seconds_between(&pair[0], &pair[1]));
    median(steps.filter(|step| *step > 0.0).collect()).unwrap_or(1.0)
}
