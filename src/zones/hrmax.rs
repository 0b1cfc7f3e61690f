//! Tenths of the maximum heart rate, as most watches come from the factory.

use super::model::{KnownHeartRates, ZoneModel, shares_of};
use crate::units::BeatsPerMinute;

/// Boundaries at 50, 60, 70, 80 and 90 % of the maximum heart rate.
pub static MODEL: ZoneModel = ZoneModel {
    id: "hrmax",
    caption: "Zones of the model hrmax; the verdict does not depend on them",
    zone_names: &[],
    has_own_bounds: false,
    bounds,
};

const PERCENTS: [f64; 5] = [50.0, 60.0, 70.0, 80.0, 90.0];

fn bounds(known: &KnownHeartRates) -> Option<Vec<BeatsPerMinute>> {
    known.max.map(|max| shares_of(max, &PERCENTS))
}
