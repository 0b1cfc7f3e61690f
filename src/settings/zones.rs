//! Which heart-rate zones are displayed. The verdict never depends on them.

use serde::Serialize;

use crate::units::BeatsPerMinute;
use crate::zones::{MODELS, ZoneModel};

use super::allowed::Allowed;
use super::reader::{SettingsTable, SettingsValue};

/// The model of the displayed zones, with the boundaries that the settings list for it.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ZoneSettings {
    /// The model.
    pub model: &'static ZoneModel,
    /// Strictly rising; empty unless the model [takes them](ZoneModel::has_own_bounds).
    pub bounds: Vec<BeatsPerMinute>,
}

const BOUND: Allowed =
    Allowed { what: "a heart rate between zones", from: 30.0, to: 250.0, unit: "bpm" };

const MAX_BOUNDS: usize = 10;

pub(super) fn read(mut zones: SettingsTable<'_>) -> ZoneSettings {
    let model_value = zones.get("model");
    let bounds_value = zones.get("bounds_bpm");
    let bounds = bounds_value.as_ref().and_then(read_bounds);
    zones.finish();
    let Some(model) = model_value.as_ref().map_or_else(|| Some(Default::default()), read_model)
    else {
        return ZoneSettings::default();
    };
    match (model.has_own_bounds, &model_value, &bounds_value) {
        (true, Some(value), None) => {
            value.reject("needs `bounds_bpm`, such as bounds_bpm = [120, 140, 155, 170]");
        }
        (false, _, Some(value)) => {
            value.reject(format!("has no effect with model `{model}`; set model = \"custom\""));
        }
        _ => {}
    }
    ZoneSettings { model, bounds: bounds.filter(|_| model.has_own_bounds).unwrap_or_default() }
}

fn read_model(value: &SettingsValue<'_>) -> Option<&'static ZoneModel> {
    let choices: Vec<_> = MODELS.iter().map(|model| (model.id, *model)).collect();
    value.choice(&choices)
}

fn read_bounds(value: &SettingsValue<'_>) -> Option<Vec<BeatsPerMinute>> {
    let entries = value.list()?;
    if entries.is_empty() || entries.len() > MAX_BOUNDS {
        let found = entries.len();
        value.reject(format!("{found} boundaries; give at least 1 and at most {MAX_BOUNDS}"));
        return None;
    }
    let mut bounds: Vec<BeatsPerMinute> = Vec::with_capacity(entries.len());
    for entry in entries {
        let Some(bound) = entry.number(&BOUND).and_then(BeatsPerMinute::new) else { continue };
        if let Some(last) = bounds.last().filter(|last| **last >= bound) {
            let (bound, last) = (bound.get(), last.get());
            entry.reject(format!("{bound} does not lie above {last} before it; boundaries rise"));
        }
        bounds.push(bound);
    }
    Some(bounds)
}
