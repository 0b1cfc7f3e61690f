//! The quantities that a point may carry, whatever its format.

use crate::activity::Record;

/// A quantity that a track point may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointQuantity {
    /// In metres above sea level.
    Altitude,
    /// Since the start, in metres.
    Distance,
    /// In metres per second.
    Speed,
    /// In beats per minute.
    HeartRate,
    /// In strides or steps per minute.
    Cadence,
    /// In degrees Celsius.
    Temperature,
}

impl PointQuantity {
    /// What a reading can be at all; what a body can do is judged later.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Self::Altitude => (-12_000.0, 100_000.0),
            Self::Distance => (0.0, 40_000_000.0),
            Self::Speed => (0.0, 65.5),
            Self::HeartRate => (0.0, 255.0),
            Self::Cadence => (0.0, 300.0),
            Self::Temperature => (-100.0, 100.0),
        }
    }

    /// Takes a reading within its bounds. Of several for one quantity the first counts: some watches
    /// write the heart rate twice.
    pub fn put(self, record: &mut Record, value: f64) {
        let hundredths = || (value * 100.0).round();
        match self {
            Self::Altitude => keep(&mut record.altitude_m, value as f32),
            Self::Distance => keep(&mut record.distance_cm, hundredths() as u32),
            Self::Speed => keep(&mut record.speed_mm_s, (value * 1000.0).round() as u16),
            Self::HeartRate => keep(&mut record.heart_rate_bpm, whole_beats(value)),
            Self::Cadence => keep(&mut record.cadence_centi_spm, hundredths() as u16),
            Self::Temperature => keep(&mut record.temperature_c, value.round() as i8),
        }
    }
}

/// Decimal heart rates round half up.
pub fn whole_beats(beats_per_minute: f64) -> u8 {
    (beats_per_minute + 0.5).floor() as u8
}

fn keep<T>(slot: &mut Option<T>, value: T) {
    slot.get_or_insert(value);
}
