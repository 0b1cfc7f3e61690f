//! Tenths of the heart-rate reserve (Karvonen 1957).

use super::model::{KnownHeartRates, ZoneModel};
use crate::units::BeatsPerMinute;

/// Boundaries at 50, 60, 70, 80 and 90 % of the way from resting to maximum heart rate.
pub static MODEL: ZoneModel = ZoneModel {
    id: "hrr",
    caption: "Zones of the model hrr; the verdict does not depend on them",
    zone_names: &[],
    has_own_bounds: false,
    bounds,
};

const PERCENTS: [f64; 5] = [50.0, 60.0, 70.0, 80.0, 90.0];

fn bounds(known: &KnownHeartRates) -> Option<Vec<BeatsPerMinute>> {
    let (max, resting) = (known.max?.get(), known.resting?.get());
    let bound = |percent| BeatsPerMinute::of(resting + (max - resting) * (percent / 100.0));
    Some(PERCENTS.map(bound).to_vec())
}
