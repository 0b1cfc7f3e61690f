//! Shares of the lactate threshold heart rate, after Friel's zones for running.

use super::model::{KnownHeartRates, ZoneModel, shares_of};
use crate::units::BeatsPerMinute;

/// Boundaries at 85, 90, 95, 100, 103 and 106 % of the threshold heart rate.
pub static MODEL: ZoneModel = ZoneModel {
    id: "threshold",
    caption: "Zones of the model threshold; the verdict does not depend on them",
    zone_names: &[],
    has_own_bounds: false,
    bounds,
};

const PERCENTS: [f64; 6] = [85.0, 90.0, 95.0, 100.0, 103.0, 106.0];

fn bounds(known: &KnownHeartRates) -> Option<Vec<BeatsPerMinute>> {
    known.threshold.map(|threshold| shares_of(threshold, &PERCENTS))
}
