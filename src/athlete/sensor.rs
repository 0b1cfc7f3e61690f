//! What measured the heart rate, from file and settings together.

use serde::{Deserialize, Serialize};

use crate::activity::HeartRateSensor;
use crate::settings::WornSensor;

/// The heart-rate sensor, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensor {
    /// A chest strap: only the settings can say so.
    Chest,
    /// An armband: only the settings can say so.
    Arm,
    /// A paired sensor, strap or armband.
    External,
    /// The optical sensor of the watch.
    Wrist,
    /// Not known.
    #[default]
    Unknown,
}

impl Sensor {
    /// The sensor of a run; the settings speak only where the file cannot tell.
    pub fn of(file: HeartRateSensor, worn: Option<WornSensor>) -> Self {
        match (file, worn) {
            (HeartRateSensor::Wrist, _) | (HeartRateSensor::Unknown, Some(WornSensor::Wrist)) => {
                Self::Wrist
            }
            (_, Some(WornSensor::Chest)) => Self::Chest,
            (_, Some(WornSensor::Arm)) => Self::Arm,
            (HeartRateSensor::External, _) => Self::External,
            (HeartRateSensor::Unknown, None) => Self::Unknown,
        }
    }

    /// Its standard error in bpm.
    pub fn error_bpm(self) -> f64 {
        match self {
            Self::Chest => 1.0,
            Self::Arm | Self::External => 2.0,
            Self::Wrist | Self::Unknown => 3.0,
        }
    }

    /// Whether it is, or may be, an optical sensor at the wrist.
    pub fn may_be_wrist(self) -> bool {
        matches!(self, Self::Wrist | Self::Unknown)
    }

    /// The name used in every output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chest => "chest",
            Self::Arm => "arm",
            Self::External => "external",
            Self::Wrist => "wrist",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_knows_its_sensor_better_than_the_settings() {
        let sensor = Sensor::of;
        assert_eq!(sensor(HeartRateSensor::Wrist, Some(WornSensor::Chest)), Sensor::Wrist);
        assert_eq!(sensor(HeartRateSensor::External, None), Sensor::External);
        assert_eq!(sensor(HeartRateSensor::External, Some(WornSensor::Chest)), Sensor::Chest);
        assert_eq!(sensor(HeartRateSensor::External, Some(WornSensor::Wrist)), Sensor::External);
        assert_eq!(sensor(HeartRateSensor::Unknown, Some(WornSensor::Arm)), Sensor::Arm);
        assert_eq!(sensor(HeartRateSensor::Unknown, None), Sensor::Unknown);
    }
}
