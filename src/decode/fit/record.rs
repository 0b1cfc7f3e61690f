//! `record` messages: nearly everything that a file holds, so each definition is compiled once
//! into a plan, and a reading allocates nothing.

use super::base;
use super::body::{Body, FieldDefinition};
use super::clock::unix_time;
use super::developer::Descriptions;
use super::profile;
use super::wire::{Definition, Message};
use crate::activity::{Dynamics, Position, Record};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RecordQuantity {
    CompressedSpeedDistance,
    Latitude,
    Longitude,
    Altitude,
    EnhancedAltitude,
    HeartRate,
    Cadence,
    FractionalCadence,
    Distance,
    Speed,
    EnhancedSpeed,
    Temperature,
    VerticalOscillation,
    StanceTime,
    StanceTimeBalance,
    StepLength,
    RespirationRate,
    EnhancedRespirationRate,
    DeveloperHeartRate,
}

/// Number, base type, size and meaning of each field wanted; where two give the same quantity,
/// the later is the better one and wins.
const FIELDS: [(u8, u8, u8, RecordQuantity); 18] = [
    (8, base::BYTE, 3, RecordQuantity::CompressedSpeedDistance),
    (0, base::SINT32, 4, RecordQuantity::Latitude),
    (1, base::SINT32, 4, RecordQuantity::Longitude),
    (2, base::UINT16, 2, RecordQuantity::Altitude),
    (78, base::UINT32, 4, RecordQuantity::EnhancedAltitude),
    (profile::HEART_RATE, base::UINT8, 1, RecordQuantity::HeartRate),
    (4, base::UINT8, 1, RecordQuantity::Cadence),
    (53, base::UINT8, 1, RecordQuantity::FractionalCadence),
    (5, base::UINT32, 4, RecordQuantity::Distance),
    (6, base::UINT16, 2, RecordQuantity::Speed),
    (73, base::UINT32, 4, RecordQuantity::EnhancedSpeed),
    (13, base::SINT8, 1, RecordQuantity::Temperature),
    (39, base::UINT16, 2, RecordQuantity::VerticalOscillation),
    (41, base::UINT16, 2, RecordQuantity::StanceTime),
    (84, base::UINT16, 2, RecordQuantity::StanceTimeBalance),
    (85, base::UINT16, 2, RecordQuantity::StepLength),
    (99, base::UINT8, 1, RecordQuantity::RespirationRate),
    (108, base::UINT16, 2, RecordQuantity::EnhancedRespirationRate),
];

/// Where each quantity lies in the messages of one definition.
#[derive(Debug, Default)]
pub(super) struct RecordPlan(Vec<(RecordQuantity, usize)>);

impl RecordPlan {
    /// The plan for a definition; a field that is not declared as the profile has it is left out.
    pub(super) fn compile(definition: &Definition, descriptions: &Descriptions) -> Self {
        let native = FIELDS.iter().flat_map(|&(number, base, size, quantity)| {
            let fits = move |field: &&FieldDefinition| {
                (field.number, field.base, field.size) == (number, base, size)
            };
            definition.fields.iter().filter(fits).map(move |field| (quantity, field.offset))
        });
        let developer = definition
            .developer_fields
            .iter()
            .filter(|field| descriptions.is_heart_rate(field))
            .map(|field| (RecordQuantity::DeveloperHeartRate, field.offset));
        Self(native.chain(developer).collect())
    }

    /// Reads one message; `None` where it has no time.
    pub(super) fn read(
        &self,
        message: &Message<'_>,
        distance: &mut RollingDistance,
    ) -> Option<(Record, Dynamics)> {
        let mut draft = RecordBuilder::default();
        for &(quantity, offset) in &self.0 {
            draft.take(quantity, message.body, offset, distance);
        }
        Some(draft.finish(message.time?))
    }
}

/// A record while its fields come in.
#[derive(Default)]
struct RecordBuilder {
    record: Record,
    dynamics: Dynamics,
    latitude: Option<i32>,
    longitude: Option<i32>,
    cadence: Option<u8>,
    fractional_cadence: Option<u8>,
}

impl RecordBuilder {
    #[inline]
    fn take(
        &mut self,
        quantity: RecordQuantity,
        body: Body<'_>,
        offset: usize,
        distance: &mut RollingDistance,
    ) {
        let (record, dynamics) = (&mut self.record, &mut self.dynamics);
        match quantity {
            RecordQuantity::HeartRate => set(&mut record.heart_rate_bpm, body.uint8(offset)),
            RecordQuantity::Latitude => set(&mut self.latitude, body.sint32(offset)),
            RecordQuantity::Longitude => set(&mut self.longitude, body.sint32(offset)),
            RecordQuantity::Distance => set(&mut record.distance_cm, body.uint32(offset)),
            RecordQuantity::Speed => set(&mut record.speed_mm_s, body.uint16(offset)),
            RecordQuantity::EnhancedSpeed => {
                set(&mut record.speed_mm_s, body.uint32(offset).and_then(|v| v.try_into().ok()));
            }
            RecordQuantity::Altitude => {
                set(&mut record.altitude_m, body.uint16(offset).map(|v| metres(v.into())));
            }
            RecordQuantity::EnhancedAltitude => {
                set(&mut record.altitude_m, body.uint32(offset).map(metres));
            }
            RecordQuantity::Cadence => set(&mut self.cadence, body.uint8(offset)),
            RecordQuantity::FractionalCadence => {
                set(&mut self.fractional_cadence, body.uint8(offset));
            }
            RecordQuantity::Temperature => set(&mut record.temperature_c, body.sint8(offset)),
            RecordQuantity::VerticalOscillation => {
                set(&mut dynamics.vertical_oscillation, body.uint16(offset));
            }
            RecordQuantity::StanceTime => {
                set(&mut dynamics.ground_contact_time, body.uint16(offset));
            }
            RecordQuantity::StanceTimeBalance => {
                set(&mut dynamics.ground_contact_balance, body.uint16(offset));
            }
            RecordQuantity::StepLength => set(&mut dynamics.step_length, body.uint16(offset)),
            RecordQuantity::RespirationRate => {
                set(&mut dynamics.respiration_rate, body.uint8(offset).map(|v| u16::from(v) * 100));
            }
            RecordQuantity::EnhancedRespirationRate => {
                set(&mut dynamics.respiration_rate, body.uint16(offset));
            }
            RecordQuantity::CompressedSpeedDistance => {
                let Some(bytes) = body.array(offset) else { return };
                let (speed, way) = distance.unpack(bytes);
                set(&mut record.speed_mm_s, speed);
                set(&mut record.distance_cm, way);
            }
            RecordQuantity::DeveloperHeartRate => {
                record.heart_rate_bpm = record.heart_rate_bpm.or_else(|| body.uint8(offset));
            }
        }
    }

    fn finish(mut self, time: u32) -> (Record, Dynamics) {
        self.record.time = unix_time(time);
        self.record.position = self
            .latitude
            .zip(self.longitude)
            .map(|(latitude, longitude)| Position { latitude, longitude });
        self.record.cadence_centi_spm =
            self.cadence.map(|whole| both_feet(whole, self.fractional_cadence.unwrap_or(0)));
        (self.record, self.dynamics)
    }
}

fn set<T>(slot: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *slot = value;
    }
}

/// Fifths of a metre above 500 m below the sea.
fn metres(fifths: u32) -> f32 {
    (f64::from(fifths) / 5.0 - 500.0) as f32
}

/// FIT counts the turns of one foot in every sport, and 128ths of them apart; the model counts
/// both feet.
fn both_feet(turns: u8, fraction_128: u8) -> u16 {
    let turns_128 = u32::from(turns) * 128 + u32::from(fraction_128);
    ((turns_128 * 200 + 64) / 128) as u16
}

/// Distance from a counter of 12 bits that starts over every 256 m.
#[derive(Debug, Default)]
pub(super) struct RollingDistance {
    last: Option<u16>,
    sixteenths: u64,
}

impl RollingDistance {
    /// Speed in mm/s and distance in cm from 12 bits of each.
    fn unpack(&mut self, bytes: [u8; 3]) -> (Option<u16>, Option<u32>) {
        if bytes == [u8::MAX; 3] {
            return (None, None);
        }
        let [low, middle, high] = bytes.map(u16::from);
        let speed = low | (middle & 0xF) << 8;
        let counter = middle >> 4 | high << 4;
        // The first reading counts from 0, as the counter does.
        let step = counter.wrapping_sub(self.last.unwrap_or(0)) & 0xFFF;
        self.last = Some(counter);
        self.sixteenths += u64::from(step);
        (Some(speed * 10), u32::try_from(self.sixteenths * 100 / 16).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cadence_counts_both_feet_and_their_fractions() {
        assert_eq!(both_feet(85, 0), 17_000);
        assert_eq!(both_feet(85, 64), 17_100);
        assert_eq!(both_feet(0, 1), 2);
        assert_eq!(both_feet(254, 255), 51_198);
    }

    #[test]
    fn altitude_counts_fifths_above_minus_500() {
        assert!((metres(2500) - 0.0).abs() < 1e-6);
        assert!((metres(2676) - 35.2).abs() < 1e-5);
    }

    #[test]
    fn distance_goes_on_when_its_counter_starts_over() {
        let mut distance = RollingDistance::default();
        // 3.00 m/s = 300, counter 4000 = 250 m; then counter 64 = 260 m.
        assert_eq!(distance.unpack(packed(300, 4000)), (Some(3000), Some(25_000)));
        assert_eq!(distance.unpack(packed(250, 64)), (Some(2500), Some(26_000)));
        assert_eq!(distance.unpack([0xFF; 3]), (None, None));
        assert_eq!(distance.unpack(packed(250, 64)), (Some(2500), Some(26_000)));
    }

    fn packed(speed: u16, counter: u16) -> [u8; 3] {
        [speed as u8, (speed >> 8) as u8 | (counter << 4) as u8, (counter >> 4) as u8]
    }
}
