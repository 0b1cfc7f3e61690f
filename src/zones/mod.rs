//! Models of heart-rate zones, one a file: where each of them draws its boundaries.
//!
//! Zones are displayed. The verdict never depends on them.

mod custom;
mod device;
mod hrmax;
mod hrr;
mod model;
mod talk_test;
mod threshold;

use std::borrow::Cow;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

pub use self::model::{KnownHeartRates, ZoneModel};

/// Every model, in the order in which they are listed; without settings the first one holds.
pub static MODELS: &[&ZoneModel] = &[
    &talk_test::MODEL,
    &hrmax::MODEL,
    &hrr::MODEL,
    &threshold::MODEL,
    &custom::MODEL,
    &device::MODEL,
];

/// The model of this id.
pub fn by_id(id: &str) -> Option<&'static ZoneModel> {
    MODELS.iter().copied().find(|model| model.id == id)
}

/// The names of the five bands between the lines of the judgement, from below the target up: the
/// same wherever a band is named.
pub fn band_names() -> &'static [&'static str] {
    talk_test::MODEL.zone_names
}

impl Default for &'static ZoneModel {
    fn default() -> Self {
        MODELS[0]
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
    by_id(&id).ok_or_else(|| D::Error::custom("no model of heart-rate zones"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::BeatsPerMinute;

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
        let bounds = (by_id(id).unwrap().bounds)(known)?;
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
