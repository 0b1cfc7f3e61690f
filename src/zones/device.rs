//! The zones that the watch recorded with the run.

use super::model::{KnownHeartRates, ZoneModel};
use crate::units::BeatsPerMinute;

/// Boundaries as the file brings them.
pub static MODEL: ZoneModel = ZoneModel {
    id: "device",
    caption: "Zones of the model device; the verdict does not depend on them",
    zone_names: &[],
    has_own_bounds: false,
    bounds,
};

fn bounds(known: &KnownHeartRates) -> Option<Vec<BeatsPerMinute>> {
    let bound = |bound: &u8| BeatsPerMinute::of(f64::from(*bound));
    known.device_bounds_bpm.map(|bounds| bounds.iter().map(bound).collect())
}
