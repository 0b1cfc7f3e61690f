//! Is it a run?

use super::carried::is_carried;
use crate::activity::Sport;
use crate::metrics::RunMetrics;

/// Speeds at which an activity without a sport is taken for a run, in m/s: faster than walking,
/// slower than riding.
const RUNNING_SPEEDS: std::ops::RangeInclusive<f64> = 1.9..=5.5;
/// The share of walking, in percent, from which it is a walk.
const MOST_WALKING_PCT: f64 = 50.0;

/// Slower steps, in steps per minute, are walked, paddled or pedalled, and nobody's are longer, in metres.
const SLOWEST_RUNNING_SPM: f64 = 130.0;
const LONGEST_STEP_M: f64 = 1.9;

/// Whether an activity is a run. Where its file names no sport, a label that names a kind of run
/// tells, else its speed.
pub fn is_run(row: &RunMetrics, labelled: bool) -> bool {
    match row.metadata.sport {
        Sport::Running => true,
        Sport::Unspecified if labelled => {
            speed(row).is_none_or(|speed| speed <= *RUNNING_SPEEDS.end())
        }
        Sport::Unspecified => moves_like_running(row),
        _ => false,
    }
}

fn speed(row: &RunMetrics) -> Option<f64> {
    row.distances.distance.map(|way| way.get() / row.durations.moving.get().max(1.0))
}

fn moves_like_running(row: &RunMetrics) -> bool {
    let moving = row.durations.moving.get();
    let walked = 100.0 * row.durations.walking.get() > MOST_WALKING_PCT * moving;
    !walked
        && speed(row).is_some_and(|speed| RUNNING_SPEEDS.contains(&speed) && steps_run(row, speed))
}

/// Whether the steps are those of a runner at this speed, in m/s; where none were counted, how speed and heart
/// rate go together.
fn steps_run(row: &RunMetrics, speed: f64) -> bool {
    let cadence = row.form.as_ref().and_then(|form| form.early.cadence_spm);
    match cadence {
        Some(steps) => steps >= SLOWEST_RUNNING_SPM && speed / (steps / 60.0) <= LONGEST_STEP_M,
        None => !is_carried(row),
    }
}
