//! Is it a run?

use crate::activity::Sport;
use crate::metrics::RunMetrics;

/// Speeds at which an activity without a sport is taken for a run, in m/s: faster than walking,
/// slower than riding.
const RUNNING_SPEEDS: std::ops::RangeInclusive<f64> = 1.9..=5.5;
/// The share of walking, in percent, from which it is a walk.
const MOST_WALKING_PCT: f64 = 50.0;

/// Whether an activity is a run; where its file names no sport, its speed tells.
pub fn is_run(row: &RunMetrics) -> bool {
    match row.said.sport {
        Sport::Running => true,
        Sport::Unspecified => moves_like_running(row),
        _ => false,
    }
}

fn moves_like_running(row: &RunMetrics) -> bool {
    let moving = row.clocks.moving.get();
    let walked = 100.0 * row.clocks.walking.get() > MOST_WALKING_PCT * moving;
    let speed = row.way.distance.map(|way| way.get() / moving.max(1.0));
    !walked && speed.is_some_and(|speed| RUNNING_SPEEDS.contains(&speed))
}
