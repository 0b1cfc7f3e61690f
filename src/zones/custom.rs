//! The runner's own boundaries.

use super::model::{KnownHeartRates, ZoneModel};
use crate::units::BeatsPerMinute;

/// Boundaries as the settings list them.
pub static MODEL: ZoneModel = ZoneModel {
    id: "custom",
    caption: "Zones of the model custom; the verdict does not depend on them",
    zone_names: &[],
    has_own_bounds: true,
    bounds,
};

#[allow(clippy::unnecessary_wraps, reason = "other models may lack an anchor")]
fn bounds(known: &KnownHeartRates) -> Option<Vec<BeatsPerMinute>> {
    Some(known.own_bounds.to_vec())
}
