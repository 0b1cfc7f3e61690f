//! One hour as a modern watch records it, for measuring how fast files are read; never on disk.

use super::fit_activity::{Notes, fit_altitude, write_activity};
use super::fit_messages::{message, time_at};
use super::fit_writer::{Field, TIMESTAMP, Value};
use super::gpx_writer::{Layout, gpx_file};
use super::place::semicircles;
use super::run::{CalendarEntry, Dice, Sample, Track, level, record};
use super::tcx_writer::tcx_file;

/// 2026-03-31T16:00:00Z.
const START: i64 = 1_774_972_800;
const TEMPERATURE: i8 = 14;

/// The hour as FIT: 3600 records with every field that running watches write today.
pub(crate) fn fit_hour() -> Vec<u8> {
    write_activity(&hour(), &Notes::default(), |writer, track, index| {
        let sample = track.samples[index];
        let mut fields = basic_fields(track.start, &sample);
        fields.extend(dynamics(&sample, index));
        writer.message(message::RECORD, &fields);
    })
}

/// The hour as GPX: 3600 points with heart rate, cadence and temperature.
pub(crate) fn gpx_hour() -> Vec<u8> {
    let layout = Layout {
        name: "Harbour Town - Base",
        indent: "  ",
        extension: true,
        temperature: Some(TEMPERATURE),
    };
    gpx_file(&hour(), &layout, |_| true).into_bytes()
}

/// The hour as TCX: 3600 points with heart rate, cadence and speed.
pub(crate) fn tcx_hour() -> Vec<u8> {
    tcx_file(&hour(), "Base").into_bytes()
}

/// Easy, a little faster, easy again.
fn hour() -> Track {
    let pieces = vec![level(1200, 2.9), level(1200, 3.1), level(1199, 2.9)];
    record(&CalendarEntry { start: START, pieces, ..CalendarEntry::default() })
}

fn basic_fields(start: i64, sample: &Sample) -> Vec<Field<'static>> {
    let (north, east) = sample.position;
    vec![
        (TIMESTAMP, time_at(start, sample.second)),
        (0, Value::I32(semicircles(north))),
        (1, Value::I32(semicircles(east))),
        (5, Value::U32(sample.distance_cm)),
        (29, Value::U32(u32::from(power(sample)) * sample.second)),
        (73, Value::U32(u32::from(sample.speed_mm_s))),
        (78, Value::U32(u32::from(fit_altitude(sample.altitude)))),
        (7, Value::U16(power(sample))),
        (3, Value::U8(sample.heart_rate.unwrap_or(0xFF))),
        (4, Value::U8((sample.steps / 2) as u8)),
        (53, Value::U8((sample.steps % 2 * 64) as u8)),
        (13, Value::I8(TEMPERATURE)),
        (42, Value::Enum(1)),
    ]
}

/// Running power in watts, roughly a quarter of a watt per mm/s for 70 kg.
fn power(sample: &Sample) -> u16 {
    sample.speed_mm_s / 4 / 3
}

/// How the runner's feet move, in FIT's scaled units.
fn dynamics(sample: &Sample, index: usize) -> [Field<'static>; 7] {
    let mut dice = Dice::new(START + index as i64);
    let mut about =
        |value: u32, spread: u32| Value::U16(dice.between(value - spread, value + spread) as u16);
    let contact = 2950 - u32::from(sample.speed_mm_s) / 8;
    let step = u32::from(sample.speed_mm_s) * 600 / u32::from(sample.steps.max(1));
    [
        (39, about(860, 25)),
        (40, about(3300, 60)),
        (41, about(contact, 40)),
        (83, about(820, 30)),
        (84, about(5010, 40)),
        (85, about(step.max(20), 20)),
        (108, about(2900, 150)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_is_as_large_as_a_real_one() {
        let (fit, gpx) = (fit_hour(), gpx_hour());
        assert!((150_000..250_000).contains(&fit.len()), "{} bytes of FIT", fit.len());
        assert!((1_000_000..1_500_000).contains(&gpx.len()), "{} bytes of GPX", gpx.len());
    }

    #[test]
    fn the_hour_has_3600_readings_that_other_decoders_read() {
        let messages = fitparser::from_bytes(&fit_hour()).unwrap();
        let records =
            messages.iter().filter(|message| message.kind() == fitparser::profile::MesgNum::Record);
        assert_eq!(records.count(), 3600);
        let gpx = gpx::read(gpx_hour().as_slice()).unwrap();
        assert_eq!(gpx.tracks[0].segments[0].points.len(), 3600);
    }
}
