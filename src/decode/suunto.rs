//! Sessions of Suunto in JSON, as its app and Movescount gave them out: everything in SI units, beats and
//! steps per second, places in radians.
//!
//! Each sample holds a part of what was measured at its moment, in no order. Where the watch wrote the
//! time between beats only, the heart rate follows from those.

use super::json::head;
use super::json::walk::walk;
use super::partial_session::{PartialSession, TimerState, decoded};
use super::plain_value::PlainValue;
use super::point_quantity::PointQuantity;
use super::sport::{named_sport, sub_sport};
use super::value_taker::ValueTaker;
use super::xml::time::{self, Stamp};
use super::{Decoded, Format, Limits, Refusal, beats, text};
use crate::activity::{LabelSource, Position, Sport, SubSport};
use crate::units::{Metres, Seconds, UnixTime};

/// A session of Suunto.
pub static FORMAT: Format = Format { id: "suunto", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    head::has_keys(bytes, &["DeviceLog", "Header"])
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut taker = SuuntoTaker::default();
    let broken = walk(&text, limits, &mut taker);
    let mut decoded = decoded(vec![taker.finish()], broken, "a Suunto log without a session")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}

/// Fewer heart rates than these are those of the first seconds: then the times between beats count.
const FEW_HEART_RATES: usize = 10;

#[derive(Debug, Default)]
pub(super) struct SuuntoTaker {
    session: PartialSession,
    activity_type: Option<f64>,
    mode: Option<String>,
    elapsed_s: Option<f64>,
    paused_s: Option<f64>,
    heart_rates: usize,
    intervals_ms: Vec<f64>,
    sample: SuuntoSample,
}

/// One sample, in the units of the file.
#[derive(Debug, Default)]
struct SuuntoSample {
    time: Option<Stamp>,
    readings: Vec<(PointQuantity, Option<f64>)>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    timer: Option<TimerState>,
}

const SAMPLE: &str = "DeviceLog/Samples";
const PER_MINUTE: f64 = 60.0;
const ICE_POINT_K: f64 = 273.15;

impl ValueTaker for SuuntoTaker {
    fn begin(&mut self, place: &str) {
        if place == SAMPLE {
            self.sample = SuuntoSample::default();
        }
    }

    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        let Some(place) = place.strip_prefix("DeviceLog/") else { return };
        match place.split_once('/') {
            Some(("Samples", field)) => self.sample.set(field, value),
            Some(("Header", field)) => self.header(field, value),
            Some(("R-R", "Data")) => self.intervals_ms.extend(value.number()),
            Some(("Device", "Name")) => self.name(value),
            _ => {}
        }
    }

    fn end(&mut self, place: &str) {
        if place != SAMPLE {
            return;
        }
        let SuuntoSample { time, readings, latitude, longitude, timer } =
            std::mem::take(&mut self.sample);
        let is_heart_rate = |(quantity, value): &(PointQuantity, Option<f64>)| {
            *quantity == PointQuantity::HeartRate && value.is_some()
        };
        self.heart_rates += readings.iter().filter(|reading| is_heart_rate(reading)).count();
        let place = latitude.zip(longitude).and_then(|(north, east): (f64, f64)| {
            Position::from_degrees(north.to_degrees(), east.to_degrees())
        });
        let time = time.map(|stamp| stamp.time);
        self.session.samples.add(time, readings, place);
        self.session.stops.extend(time.zip(timer));
    }

    fn taken(&self) -> (usize, usize) {
        let Self { session, intervals_ms, .. } = self;
        (session.samples.count() + session.stops.len() + intervals_ms.len(), 1)
    }
}

impl SuuntoSample {
    fn set(&mut self, field: &str, value: PlainValue<'_>) {
        let number = value.number();
        let mut read = |quantity, number| self.readings.push((quantity, number));
        match field {
            "TimeISO8601" => self.time = value.text().and_then(time::parse),
            "HR" => read(PointQuantity::HeartRate, number.map(|hertz| PER_MINUTE * hertz)),
            "Cadence" => read(PointQuantity::Cadence, number.map(|hertz| PER_MINUTE * hertz)),
            "Speed" => read(PointQuantity::Speed, number),
            "Distance" => read(PointQuantity::Distance, number),
            "Altitude" => read(PointQuantity::Altitude, number),
            "Temperature" => {
                read(PointQuantity::Temperature, number.map(|kelvin| kelvin - ICE_POINT_K));
            }
            "Latitude" => self.latitude = number,
            "Longitude" => self.longitude = number,
            "Events/Pause/State" => {
                let stands = value.is_true();
                self.timer = Some(if stands { TimerState::Stands } else { TimerState::Runs });
            }
            _ => {}
        }
    }
}

impl SuuntoTaker {
    fn header(&mut self, field: &str, value: PlainValue<'_>) {
        let session = &mut self.session;
        let number = value.number().filter(|number| *number >= 0.0);
        let beats = || {
            let beats = PER_MINUTE * number?;
            (1.0..=255.0).contains(&beats).then(|| beats.round() as u8)
        };
        match field {
            "DateTime" => {
                let stamp = value.text().and_then(time::parse);
                session.start = stamp.map(|stamp| stamp.time);
                session.utc_offset_s = stamp.and_then(|stamp| stamp.offset_s);
            }
            "ActivityType" => self.activity_type = number,
            "Activity" => self.mode = value.text().map(|mode| mode.chars().take(100).collect()),
            "Duration" => self.elapsed_s = number,
            "PauseDuration" => self.paused_s = number,
            "Distance" => session.stated.distance = number.and_then(Metres::new),
            "Ascent" => session.stated.ascent = number.and_then(Metres::new),
            "HR/Avg" => session.stated.mean_heart_rate_bpm = beats(),
            "HR/Max" => session.stated.max_heart_rate_bpm = beats(),
            "Personal/MaxHR" => session.anchors.max_bpm = beats(),
            "Personal/RestHR" => session.anchors.resting_bpm = beats(),
            // From 1, poor, to 5, excellent.
            "Feeling" => {
                let feeling = number.filter(|feeling| (1.0..=5.0).contains(feeling));
                session.rating.feel = feeling.map(|feeling| (25.0 * (feeling - 1.0)).round() as u8);
            }
            "Notes" => session.add_text(LabelSource::Description, value.text()),
            "Device/Name" => self.name(value),
            _ => {}
        }
    }

    fn name(&mut self, value: PlainValue<'_>) {
        self.session.device = value.text().map(|name| name.chars().take(128).collect());
    }

    /// The session of a log whose start is told elsewhere.
    pub(super) fn finish_from(mut self, start: Option<UnixTime>) -> PartialSession {
        self.session.start = start;
        self.finish()
    }

    fn finish(self) -> PartialSession {
        let Self { mut session, .. } = self;
        let mode = self.mode.as_deref().unwrap_or_default();
        (session.sport, session.sub_sport) = match self.activity_type {
            Some(3.0) => (Sport::Running, sub_sport(mode, &Sport::Running)),
            Some(82.0) => (Sport::Running, SubSport("trail".to_owned())),
            Some(2.0) => (Sport::Other("multisport".to_owned()), SubSport::default()),
            _ => (named_sport(mode), sub_sport(mode, &named_sport(mode))),
        };
        session.add_text(LabelSource::Type, self.mode.as_deref());
        session.stated.elapsed = self.elapsed_s.and_then(Seconds::new);
        let timer = self.elapsed_s.map(|elapsed| elapsed - self.paused_s.unwrap_or_default());
        session.stated.timer = timer.filter(|timer| *timer > 0.0).and_then(Seconds::new);
        if let Some(start) = session.start.filter(|_| self.heart_rates < FEW_HEART_RATES) {
            for (time, rate) in beats::heart_rates(start, &self.intervals_ms) {
                session.samples.add(Some(time), [(PointQuantity::HeartRate, Some(rate))], None);
            }
        }
        session
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Pause, Record};
    use crate::decode::ProblemKind;

    const HEADER: &str = r#"{"DeviceLog":{"Header":{"Activity":"Laufen","ActivityType":3,
        "DateTime":"2026-05-20T18:00:00.000+02:00","Duration":120.5,"PauseDuration":20,"Distance":300,
        "Feeling":4,"Notes":"Recovery","HR":{"Avg":2.0,"Max":2.5},"Personal":{"MaxHR":3.1667,"RestHR":0.8333},
        "Device":{"Name":"Chengdu"}},"Samples":["#;

    fn at(second: i64) -> UnixTime {
        // 2026-05-20T16:00:00Z
        UnixTime::from_seconds(1_779_292_800 + second)
    }

    fn read(rest: &str) -> Decoded {
        let text = format!("{HEADER}{rest}");
        assert!(recognises(text.as_bytes()));
        decode(text.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn parts_of_one_moment_become_one_record_in_our_units() {
        let decoded = read(
            r#"{"Latitude":0.9075712,"Longitude":0.2268928,"TimeISO8601":"2026-05-20T16:00:05.000+00:00"},
            {"HR":2.1,"TimeISO8601":"2026-05-20T18:00:05.000+02:00"},
            {"Cadence":1.4,"Speed":2.5,"Distance":12,"Altitude":40.5,"Temperature":293.15,
             "TimeISO8601":"2026-05-20T18:00:05.000+02:00"},
            {"Events":[{"Pause":{"State":true}}],"TimeISO8601":"2026-05-20T18:00:30.000+02:00"},
            {"Events":[{"Pause":{"State":false}}],"TimeISO8601":"2026-05-20T18:00:50.000+02:00"},
            {"HR":2.2,"Speed":null,"TimeISO8601":"2026-05-20T18:01:00.000+02:00"}]}}"#,
        );
        assert_eq!(decoded.warnings, []);
        let run = &decoded.activities[0];
        let Record { position, .. } = run.records[0];
        let (north, east) = position.unwrap().degrees();
        assert!((north - 52.0).abs() < 1e-4 && (east - 13.0).abs() < 1e-4, "{north} {east}");
        let expected = Record {
            time: at(5),
            position,
            distance_cm: Some(1200),
            altitude_m: Some(40.5),
            speed_mm_s: Some(2500),
            cadence_centi_spm: Some(16_800),
            heart_rate_bpm: Some(126),
            temperature_c: Some(20),
        };
        assert_eq!(run.records[0], expected);
        assert_eq!(run.pauses, [Pause { from: at(30), to: at(50) }]);
        assert_eq!((run.start, run.utc_offset_s), (at(0), Some(7200)));
        assert_eq!(run.sport, Sport::Running);
        assert_eq!(
            (run.stated.timer, run.stated.elapsed),
            (Seconds::new(100.5), Seconds::new(120.5))
        );
        assert_eq!((run.anchors.max_bpm, run.anchors.resting_bpm), (Some(190), Some(50)));
        assert_eq!((run.stated.mean_heart_rate_bpm, run.rating.feel), (Some(120), Some(75)));
        assert_eq!(run.texts[0].text, "Recovery");
    }

    #[test]
    fn heart_rates_follow_from_the_time_between_beats() {
        let beats = vec!["500"; 100].join(",");
        let decoded = read(&format!("],\"R-R\":{{\"Data\":[{beats}]}}}}}}"));
        let records = &decoded.activities[0].records;
        assert!(records.len() > 40, "{}", records.len());
        assert!(records.iter().all(|record| record.heart_rate_bpm == Some(120)));
        assert_eq!(records.last().unwrap().time, at(50));
    }

    #[test]
    fn a_log_that_breaks_off_is_told() {
        let decoded = read(r#"{"HR":2.1,"TimeISO8601":"2026-05-20T18:00:05.000+02:00"},{"HR":2."#);
        assert_eq!(decoded.warnings[0].kind, ProblemKind::Truncated);
        assert_eq!(decoded.activities[0].records.len(), 1);
    }
}
