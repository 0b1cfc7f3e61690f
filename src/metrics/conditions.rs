//! Temperature and altitude of a run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::statistics::mean;
use crate::activity::Activity;
use crate::units::{DegreesCelsius, Metres};

/// Temperature and altitude of a run.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Conditions {
    /// Mean temperature at the device, which a wrist warms.
    #[serde(rename = "device_temperature_c")]
    pub device_temperature: Option<DegreesCelsius>,
    /// Temperature of the air by the weather at the place: never recorded, but told beside.
    #[serde(rename = "air_temperature_c")]
    pub air_temperature: Option<DegreesCelsius>,
    /// Mean altitude.
    #[serde(rename = "altitude_m")]
    pub altitude: Option<Metres>,
}

impl Conditions {
    /// The conditions that an activity recorded.
    pub fn of(activity: &Activity) -> Self {
        let records = || activity.records.iter();
        let altitude = mean(records().filter_map(|record| record.altitude_m.map(f64::from)));
        // The sum of whole numbers is exact as a whole one too, and sooner there.
        let temperatures = records().filter_map(|record| record.temperature_c.map(i64::from));
        let (sum, count) = temperatures.fold((0, 0_u32), |(sum, count), t| (sum + t, count + 1));
        let temperature = (count > 0).then(|| sum as f64 / f64::from(count));
        Self {
            device_temperature: temperature.and_then(DegreesCelsius::new),
            air_temperature: None,
            altitude: altitude.and_then(Metres::new),
        }
    }
}
