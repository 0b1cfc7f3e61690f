//! Which heart-rate zones are displayed. The verdict never depends on them.

use crate::units::BeatsPerMinute;

use super::allowed::Allowed;
use super::reader::{Table, Value};

/// The model of the displayed heart-rate zones.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ZoneModel {
    /// Target, ceiling, moderate and hard line of the judging anchor.
    #[default]
    TalkTest,
    /// 50, 60, 70, 80 and 90 % of the maximum heart rate.
    HrMax,
    /// 50, 60, 70, 80 and 90 % of the heart-rate reserve.
    Hrr,
    /// 85, 90, 95, 100, 103 and 106 % of the threshold heart rate.
    Threshold,
    /// The runner's own boundaries, strictly rising.
    Custom(Vec<BeatsPerMinute>),
    /// The zones that the file itself brings.
    Device,
}

impl ZoneModel {
    /// The word used in settings and outputs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TalkTest => "talk-test",
            Self::HrMax => "hrmax",
            Self::Hrr => "hrr",
            Self::Threshold => "threshold",
            Self::Custom(_) => "custom",
            Self::Device => "device",
        }
    }
}

const WORDS: &[(&str, ZoneModel)] = &[
    ("talk-test", ZoneModel::TalkTest),
    ("hrmax", ZoneModel::HrMax),
    ("hrr", ZoneModel::Hrr),
    ("threshold", ZoneModel::Threshold),
    ("custom", ZoneModel::Custom(Vec::new())),
    ("device", ZoneModel::Device),
];

const BOUND: Allowed =
    Allowed { what: "a heart rate between zones", from: 30.0, to: 250.0, unit: "bpm" };

const MAX_BOUNDS: usize = 10;

pub(super) fn read(mut zones: Table<'_>) -> ZoneModel {
    let model_value = zones.get("model");
    let bounds_value = zones.get("bounds_bpm");
    let bounds = bounds_value.as_ref().and_then(read_bounds);
    zones.finish();
    let model = match &model_value {
        None => Some(ZoneModel::default()),
        Some(value) => value.choice(WORDS),
    };
    match (model, &model_value, &bounds_value) {
        (Some(ZoneModel::Custom(_)), Some(value), None) => {
            value.reject("needs `bounds_bpm`, such as bounds_bpm = [120, 140, 155, 170]");
            ZoneModel::default()
        }
        (Some(ZoneModel::Custom(_)), ..) => ZoneModel::Custom(bounds.unwrap_or_default()),
        (Some(model), _, Some(value)) => {
            let name = model.name();
            value.reject(format!("has no effect with model `{name}`; set model = \"custom\""));
            model
        }
        (model, ..) => model.unwrap_or_default(),
    }
}

fn read_bounds(value: &Value<'_>) -> Option<Vec<BeatsPerMinute>> {
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
