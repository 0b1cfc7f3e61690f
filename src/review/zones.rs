//! Time in the heart-rate zones that the settings want to see.

use serde::{Deserialize, Serialize};

use super::context::AnchorsOnDay;
use crate::metrics::zones::{TimeInZone, time_in_zone};
use crate::metrics::{RunMetrics, UnpackedRun};
use crate::settings::ZoneSettings;
use crate::units::BeatsPerMinute;
use crate::zones::{self, KnownHeartRates, ZoneModel};

/// Time in the zones of one model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisplayedZones {
    /// The model.
    #[serde(deserialize_with = "zones::deserialize")]
    pub model: &'static ZoneModel,
    /// Its boundaries.
    pub bounds: Vec<BeatsPerMinute>,
    /// The time.
    pub time: TimeInZone,
}

impl DisplayedZones {
    /// `None` where the model has no boundaries on that day.
    pub(super) fn of(
        settings: &ZoneSettings,
        on_day: &AnchorsOnDay,
        row: &RunMetrics,
        channels: &UnpackedRun,
    ) -> Option<Self> {
        let bounds = (settings.model.bounds)(&known(settings, on_day, row))?;
        let bounds_bpm: Vec<f64> = bounds.iter().map(|bound| bound.get()).collect();
        let time = time_in_zone(channels, &bounds_bpm);
        Some(Self { model: settings.model, bounds, time })
    }
}

fn known<'a>(
    settings: &'a ZoneSettings,
    on_day: &AnchorsOnDay,
    row: &'a RunMetrics,
) -> KnownHeartRates<'a> {
    let AnchorsOnDay { evidence, lines, .. } = on_day;
    let device = row.metadata.device_zones.as_ref();
    KnownHeartRates {
        max: evidence.max.map(|max| max.bpm),
        resting: evidence.resting.map(|resting| resting.bpm),
        threshold: evidence.threshold().map(|threshold| threshold.bpm),
        judged_by: lines.map(|lines| [lines.target, lines.ceiling, lines.moderate, lines.hard]),
        own_bounds: &settings.bounds,
        device_bounds_bpm: device.map(|zones| zones.bounds_bpm.as_slice()),
    }
}
