//! The thresholds that the run is judged by.

use super::model::{KnownHeartRates, ZoneModel};
use crate::units::BeatsPerMinute;

/// Boundaries at target, ceiling, moderate and hard threshold.
pub static MODEL: ZoneModel = ZoneModel {
    id: "talk-test",
    caption: "Between the lines that the run was judged by",
    zone_names: &["effortless", "recovery", "easy", "moderate", "hard"],
    has_own_bounds: false,
    bounds,
};

fn bounds(known: &KnownHeartRates) -> Option<Vec<BeatsPerMinute>> {
    known.judged_by.map(Vec::from)
}
