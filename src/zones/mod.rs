//! Models of heart-rate zones, one a file: where each of them draws its boundaries.
//!
//! Zones are displayed. The verdict never depends on them.

mod custom;
mod device;
mod hrmax;
mod hrr;
mod talk_test;
mod threshold;

use std::borrow::Cow;
use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::units::BeatsPerMinute;

/// Every model, in the order in which they are listed; without settings the first one holds.
pub static MODELS: &[&ZoneModel] = &[
    &talk_test::MODEL,
    &hrmax::MODEL,
    &hrr::MODEL,
    &threshold::MODEL,
    &custom::MODEL,
    &device::MODEL,
];

/// A way to draw boundaries between zones.
#[derive(Debug)]
pub struct ZoneModel {
    /// The word used in settings and outputs, kebab-case.
    pub id: &'static str,
    /// What is written over a table of its zones.
    pub caption: &'static str,
    /// The names of its zones from the lowest up; empty where they have none.
    pub zone_names: &'static [&'static str],
    /// Whether the settings list its boundaries.
    pub has_own_bounds: bool,
    /// Its rising boundaries for one run; `None` where a heart rate that they need is not known.
    pub bounds: fn(&KnownHeartRates) -> Option<Vec<BeatsPerMinute>>,
}

/// Every heart rate that a boundary may be drawn from, as known on the day of a run.
#[derive(Debug, Clone, Copy, Default)]
pub struct KnownHeartRates<'a> {
    /// Maximum heart rate.
    pub max: Option<BeatsPerMinute>,
    /// Resting heart rate.
    pub resting: Option<BeatsPerMinute>,
    /// Lactate threshold heart rate.
    pub threshold: Option<BeatsPerMinute>,
    /// Target, ceiling, moderate and hard threshold of the judgement.
    pub judged_by: Option<[BeatsPerMinute; 4]>,
    /// The boundaries in the settings.
    pub own_bounds: &'a [BeatsPerMinute],
    /// The boundaries of the watch, in bpm, where it recorded zones.
    pub device_bounds_bpm: Option<&'a [u8]>,
}

impl ZoneModel {
    /// The model of this id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        MODELS.iter().copied().find(|model| model.id == id)
    }
}

impl Default for &'static ZoneModel {
    fn default() -> Self {
        MODELS[0]
    }
}

impl PartialEq for ZoneModel {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl fmt::Display for ZoneModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id)
    }
}

impl Serialize for ZoneModel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

/// Reads a model back by its id.
///
/// # Errors
/// Where no model has this id.
pub fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<&'static ZoneModel, D::Error> {
    let id = Cow::<str>::deserialize(deserializer)?;
    ZoneModel::by_id(&id).ok_or_else(|| D::Error::custom("no model of heart-rate zones"))
}

/// Shares of a heart rate, in percent of it.
fn shares_of(heart_rate: BeatsPerMinute, percents: &[f64]) -> Vec<BeatsPerMinute> {
    let share = |percent: &f64| BeatsPerMinute::of(heart_rate.get() * (percent / 100.0));
    percents.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> KnownHeartRates<'static> {
        KnownHeartRates {
            max: BeatsPerMinute::new(190.0),
            resting: BeatsPerMinute::new(50.0),
            threshold: BeatsPerMinute::new(170.0),
            judged_by: Some([128.0, 138.0, 151.0, 163.0].map(BeatsPerMinute::of)),
            own_bounds: &[],
            device_bounds_bpm: Some(&[95, 114, 133, 152, 171]),
        }
    }

    fn bounds(id: &str, known: &KnownHeartRates) -> Option<Vec<f64>> {
        let bounds = (ZoneModel::by_id(id).unwrap().bounds)(known)?;
        Some(bounds.into_iter().map(|bound| (10.0 * bound.get()).round() / 10.0).collect())
    }

    #[test]
    fn boundaries_are_those_of_the_books() {
        let of = |id| bounds(id, &known()).unwrap();
        assert_eq!(of("talk-test"), [128.0, 138.0, 151.0, 163.0]);
        assert_eq!(of("hrmax"), [95.0, 114.0, 133.0, 152.0, 171.0]);
        // Karvonen: 50 + share · (190 − 50).
        assert_eq!(of("hrr"), [120.0, 134.0, 148.0, 162.0, 176.0]);
        assert_eq!(of("threshold"), [144.5, 153.0, 161.5, 170.0, 175.1, 180.2]);
        assert_eq!(of("device"), [95.0, 114.0, 133.0, 152.0, 171.0]);
        let own = [120.0, 140.5].map(BeatsPerMinute::of);
        let known = KnownHeartRates { own_bounds: &own, ..known() };
        assert_eq!(bounds("custom", &known), Some(vec![120.0, 140.5]));
    }

    #[test]
    fn without_its_heart_rate_a_model_has_no_boundaries() {
        for model in MODELS.iter().filter(|model| !model.has_own_bounds) {
            assert_eq!((model.bounds)(&KnownHeartRates::default()), None, "{model}");
        }
        let without_rest = KnownHeartRates { resting: None, ..known() };
        assert_eq!(bounds("hrr", &without_rest), None);
    }

    #[test]
    fn every_listed_model_is_read_back_from_its_bytes() {
        for model in MODELS {
            let bytes = postcard::to_stdvec(model).unwrap();
            let mut reader = postcard::Deserializer::from_bytes(&bytes);
            assert_eq!(deserialize(&mut reader).unwrap(), *model);
        }
        let other = postcard::to_stdvec("seven-zones").unwrap();
        assert!(deserialize(&mut postcard::Deserializer::from_bytes(&other)).is_err());
    }
}
