//! `record` messages: nearly everything that a file holds, so each definition is compiled once
//! into a plan, and a reading allocates nothing.

use super::base;
use super::body::{Body, FieldDefinition};
use super::clock::unix_time;
use super::developer::Descriptions;
use super::profile;
use super::wire::{Definition, Message};
use crate::activity::{Dynamics, Position, Record};

/// Where each quantity lies in the messages of one definition, in bytes; where two tell the same, the one
/// with the longer name is the better one and wins. A field that is declared twice, which no watch does,
/// counts where it stands last.
#[derive(Debug)]
pub(super) struct RecordPlan {
    compressed_speed_distance: u32,
    latitude: u32,
    longitude: u32,
    altitude: u32,
    enhanced_altitude: u32,
    heart_rate: u32,
    /// In the order in which they are asked where the watch has none of its own.
    developer_heart_rates: Vec<u32>,
    cadence: u32,
    fractional_cadence: u32,
    distance: u32,
    speed: u32,
    enhanced_speed: u32,
    temperature: u32,
    vertical_oscillation: u32,
    stance_time: u32,
    stance_time_balance: u32,
    step_length: u32,
    respiration_rate: u32,
    enhanced_respiration_rate: u32,
}

/// The place of what is not there: behind the end of every message, where nothing is read.
const NOWHERE: u32 = i32::MAX as u32;

impl RecordPlan {
    /// The plan for a definition; a field that is not declared as the profile has it is left out.
    pub(super) fn compile(definition: &Definition, descriptions: &Descriptions) -> Self {
        let place = |number: u8, base: u8, size: u8| {
            let fits = |field: &&FieldDefinition| {
                (field.number, field.base, field.size) == (number, base, size)
            };
            definition.fields.iter().rfind(fits).map_or(NOWHERE, |field| field.offset)
        };
        let developer = definition.developer_fields.iter();
        let developer = developer.filter(|field| descriptions.is_heart_rate(field));
        Self {
            compressed_speed_distance: place(8, base::BYTE, 3),
            latitude: place(0, base::SINT32, 4),
            longitude: place(1, base::SINT32, 4),
            altitude: place(2, base::UINT16, 2),
            enhanced_altitude: place(78, base::UINT32, 4),
            heart_rate: place(profile::HEART_RATE, base::UINT8, 1),
            developer_heart_rates: developer.map(|field| field.offset).collect(),
            cadence: place(4, base::UINT8, 1),
            fractional_cadence: place(53, base::UINT8, 1),
            distance: place(5, base::UINT32, 4),
            speed: place(6, base::UINT16, 2),
            enhanced_speed: place(73, base::UINT32, 4),
            temperature: place(13, base::SINT8, 1),
            vertical_oscillation: place(39, base::UINT16, 2),
            stance_time: place(41, base::UINT16, 2),
            stance_time_balance: place(84, base::UINT16, 2),
            step_length: place(85, base::UINT16, 2),
            respiration_rate: place(99, base::UINT8, 1),
            enhanced_respiration_rate: place(108, base::UINT16, 2),
        }
    }

    /// Reads one message; `None` where it has no time.
    #[inline]
    pub(super) fn read(
        &self,
        message: &Message<'_>,
        distance: &mut RollingDistance,
    ) -> Option<(Record, Dynamics)> {
        let body = message.body;
        // Each order of bytes is read by code of its own, which need not ask for it at every field.
        if body.big_endian {
            self.values(message.time, Body { big_endian: true, ..body }, distance)
        } else {
            self.values(message.time, Body { big_endian: false, ..body }, distance)
        }
    }

    #[expect(clippy::inline_always, reason = "the order of bytes must be known where it is used")]
    #[inline(always)]
    fn values(
        &self,
        time: Option<u32>,
        body: Body<'_>,
        distance: &mut RollingDistance,
    ) -> Option<(Record, Dynamics)> {
        let compressed = body.array(self.compressed_speed_distance);
        let (speed, distance_cm) = compressed.map_or((None, None), |bytes| distance.unpack(bytes));
        let record = Record {
            time: unix_time(time?),
            position: self.position(body),
            distance_cm: body.uint32(self.distance).or(distance_cm),
            altitude_m: self.altitude_m(body),
            speed_mm_s: self.speed_mm_s(body).or(speed),
            cadence_centi_spm: self.cadence_centi_spm(body),
            heart_rate_bpm: self.heart_rate_bpm(body),
            temperature_c: body.sint8(self.temperature),
        };
        Some((record, self.dynamics(body)))
    }

    fn position(&self, body: Body<'_>) -> Option<Position> {
        let latitude = body.sint32(self.latitude)?;
        Some(Position { latitude, longitude: body.sint32(self.longitude)? })
    }

    fn altitude_m(&self, body: Body<'_>) -> Option<f32> {
        let altitude = body.uint32(self.enhanced_altitude);
        altitude.or_else(|| body.uint16(self.altitude).map(u32::from)).map(metres)
    }

    fn speed_mm_s(&self, body: Body<'_>) -> Option<u16> {
        let enhanced = body.uint32(self.enhanced_speed).and_then(|speed| speed.try_into().ok());
        enhanced.or_else(|| body.uint16(self.speed))
    }

    fn cadence_centi_spm(&self, body: Body<'_>) -> Option<u16> {
        let fraction = body.uint8(self.fractional_cadence).unwrap_or(0);
        body.uint8(self.cadence).map(|whole| both_feet(whole, fraction))
    }

    fn heart_rate_bpm(&self, body: Body<'_>) -> Option<u8> {
        let developer = || self.developer_heart_rates.iter().find_map(|place| body.uint8(*place));
        body.uint8(self.heart_rate).or_else(developer)
    }

    fn dynamics(&self, body: Body<'_>) -> Dynamics {
        let whole_breaths = || body.uint8(self.respiration_rate).map(|rate| u16::from(rate) * 100);
        Dynamics {
            ground_contact_time: body.uint16(self.stance_time),
            ground_contact_balance: body.uint16(self.stance_time_balance),
            vertical_oscillation: body.uint16(self.vertical_oscillation),
            step_length: body.uint16(self.step_length),
            respiration_rate: body.uint16(self.enhanced_respiration_rate).or_else(whole_breaths),
        }
    }
}

/// Fifths of a metre above 500 m below the sea. Of all of them, 0.2 times gives the same in single precision as
/// divided by 5, which takes three times as long.
fn metres(fifths: u32) -> f32 {
    (f64::from(fifths) * 0.2 - 500.0) as f32
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
        let divided = |fifths: u32| (f64::from(fifths) / 5.0 - 500.0) as f32;
        let mut some_of_all = (0..100_000).chain((0..=u32::MAX).step_by(40_009));
        assert!(
            some_of_all.all(|k| metres(k).to_bits() == divided(k).to_bits()),
            "not the same in single precision"
        );
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
