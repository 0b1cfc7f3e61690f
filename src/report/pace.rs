//! Paces that may be shown: a run without distance or movement has none.

use crate::metrics::RunMetrics;
use crate::units::{Metres, Seconds, SecondsPerKilometre};

/// The fastest pace that is a pace: 60 km/h.
const FASTEST_S_PER_KM: f64 = 60.0;

/// A pace, unless no runner has it.
pub(super) fn believable(pace: Option<SecondsPerKilometre>) -> Option<SecondsPerKilometre> {
    pace.filter(|pace| pace.get() >= FASTEST_S_PER_KM)
}

/// The pace that criteria compare: grade-adjusted, the median of the middle half of the minutes, which
/// a slow start, a walk or a fast finish do not move.
pub(super) fn steady_pace(row: &RunMetrics) -> Option<SecondsPerKilometre> {
    row.steadiness.as_ref().ok()?.reference_speed.pace()
}

/// Why a pace over this time is missing.
pub(super) fn reason(row: &RunMetrics, time: Seconds) -> &'static str {
    let no_distance = row.distances.distance.is_none_or(|distance: Metres| distance.get() <= 0.0);
    match () {
        () if no_distance => "no_distance",
        () if time.get() <= 0.0 => "no_moving_time",
        () => "implausible",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_runs_faster_than_cars_drive() {
        let pace = |seconds: f64| believable(SecondsPerKilometre::new(seconds));
        assert_eq!((pace(0.0), pace(59.0)), (None, None));
        assert!(pace(170.0).is_some());
    }
}
