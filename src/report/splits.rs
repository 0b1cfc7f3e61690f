//! The splits of a run that are shown.

use crate::athlete::HeartRateThresholds;
use crate::metrics::series::Series;
use crate::metrics::{Split, splits};
use crate::review::ReviewedRun;
use crate::settings::UnitSystem;
use crate::units::{BeatsPerMinute, METRES_PER_MILE, Metres};

/// Most splits that are shown.
const MOST: usize = 60;

/// The length of a split: a kilometre or a mile.
pub(super) fn length(units: UnitSystem) -> Metres {
    match units {
        UnitSystem::Metric => Metres::of(1000.0),
        UnitSystem::Imperial => Metres::of(METRES_PER_MILE),
    }
}

/// The splits of a run; none where its distance is unknown or the watch's estimate, or where they are too many.
pub(super) fn of(run: &ReviewedRun, series: &Series, units: UnitSystem) -> Vec<Split> {
    let row = &run.measured.row;
    let distance = row.distances.distance.filter(|_| !row.speed_is_estimated());
    let all = distance.map_or_else(Vec::new, |all| splits(series, all, length(units)));
    if all.len() > MOST { Vec::new() } else { all }
}

/// Which band of the ceiling's lines a mean heart rate lies in, counted from the lowest.
pub(super) fn band(bpm: BeatsPerMinute, lines: &HeartRateThresholds) -> usize {
    let bounds = [lines.target, lines.ceiling, lines.moderate, lines.hard];
    bounds.iter().filter(|bound| bpm > **bound).count()
}
