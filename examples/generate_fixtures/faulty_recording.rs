//! Recordings as faulty recorders write them: a steady run in which any reading may be missing or wrong,
//! as FIT, GPX and TCX alike.

use std::fmt::Write as _;

use chrono::DateTime;

use super::fit_writer::{Field, FitWriter, TIMESTAMP, Value, fit_time};
use super::place::semicircles;

/// 2026-03-10T07:00:00Z, in seconds since 1970.
pub(crate) const START: i64 = 1_773_126_000;
/// Speed of every run, in m/s.
pub(crate) const SPEED: f64 = 2.6;
/// Where it begins, in degrees north and east; it leads north.
const PLACE: (f64, f64) = (52.1, 5.1);
const METRES_PER_DEGREE: f64 = 111_195.08;

/// One record.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reading {
    /// Seconds since 1970.
    pub(crate) time: f64,
    /// Degrees north and east.
    pub(crate) place: Option<(f64, f64)>,
    /// Metres since the start.
    pub(crate) distance: Option<f64>,
    /// m/s.
    pub(crate) speed: Option<f64>,
    /// Beats per minute.
    pub(crate) heart_rate: Option<u8>,
    /// Strides of one foot per minute.
    pub(crate) strides: Option<u8>,
}

/// Readings, and what the recorder states beside them.
#[derive(Debug, Clone)]
pub(crate) struct FaultyRecording {
    pub(crate) readings: Vec<Reading>,
    /// When it began by its own word, in seconds since 1970.
    pub(crate) stated_start: i64,
    /// How long the timer ran, in seconds.
    pub(crate) stated_seconds: u32,
    pub(crate) stated_metres: Option<f64>,
    /// Times of the timer's start and stop, in seconds since 1970; FIT alone has them.
    pub(crate) timer: (i64, i64),
    /// Running on a treadmill; FIT alone has a word for it.
    pub(crate) treadmill: bool,
    /// The sport in the words of GPX and TCX.
    pub(crate) sport: &'static str,
}

/// A place so many metres along the run.
pub(crate) fn place_at(metres: f64) -> (f64, f64) {
    (PLACE.0 + metres / METRES_PER_DEGREE, PLACE.1)
}

/// A steady run of so many minutes with every reading at every second, its heart rate around 125.
pub(crate) fn steady(minutes: u32) -> FaultyRecording {
    let seconds = 60 * minutes;
    let reading = |second: u32| {
        let metres = SPEED * f64::from(second);
        Reading {
            time: START as f64 + f64::from(second),
            place: Some(place_at(metres)),
            distance: Some(metres),
            speed: Some(SPEED),
            heart_rate: Some(121 + (second * 7 % 9) as u8),
            strides: Some(80),
        }
    };
    FaultyRecording {
        readings: (0..=seconds).map(reading).collect(),
        stated_start: START,
        stated_seconds: seconds,
        stated_metres: Some(SPEED * f64::from(seconds)),
        timer: (START, START + i64::from(seconds)),
        treadmill: false,
        sport: "Running",
    }
}

impl FaultyRecording {
    /// The same with a fault in each reading, which is told by its number.
    pub(crate) fn with(mut self, fault: impl Fn(usize, &mut Reading)) -> Self {
        self.readings.iter_mut().enumerate().for_each(|(k, reading)| fault(k, reading));
        self
    }

    /// As a FIT file with a timer, one session and a local clock an hour ahead.
    pub(crate) fn fit(&self) -> Vec<u8> {
        let mut writer = FitWriter::default();
        let start = fit_time(self.stated_start);
        writer.message(0, &[(0, Value::Enum(4)), (1, Value::U16(255)), (4, Value::U32(start))]);
        for (time, kind) in [(self.timer.0, 0), (self.timer.1, 4)] {
            let time = (TIMESTAMP, Value::U32(fit_time(time)));
            writer.message(21, &[time, (0, Value::Enum(0)), (1, Value::Enum(kind))]);
        }
        for reading in &self.readings {
            writer.message(20, &fit_record(reading));
        }
        let end = start + self.stated_seconds;
        let mut session = vec![
            (TIMESTAMP, Value::U32(end)),
            (2, Value::U32(start)),
            (7, Value::U32(1000 * self.stated_seconds)),
            (8, Value::U32(1000 * self.stated_seconds)),
            (5, Value::Enum(1)),
            (6, Value::Enum(u8::from(self.treadmill))),
        ];
        let metres = self.stated_metres.map(|metres| Value::U32((100.0 * metres) as u32));
        session.extend(metres.map(|metres| (9, metres)));
        writer.message(18, &session);
        writer.message(34, &[(TIMESTAMP, Value::U32(end)), (5, Value::U32(end + 3600))]);
        writer.finish()
    }

    /// As a GPX track; readings without a place are left out, as there is no point without one.
    pub(crate) fn gpx(&self) -> Vec<u8> {
        let mut text = concat!(
            "<gpx version='1.1' creator='talktest fixtures' ",
            "xmlns='http://www.topografix.com/GPX/1/1' xmlns:x='urn:x'>\n<trk>"
        )
        .to_owned();
        let _ = writeln!(text, "<type>{}</type><trkseg>", self.sport);
        for reading in &self.readings {
            gpx_point(&mut text, reading);
        }
        text.push_str("</trkseg></trk></gpx>\n");
        text.into_bytes()
    }

    /// As a TCX activity of one lap.
    pub(crate) fn tcx(&self) -> Vec<u8> {
        let (start, sport) = (time(self.stated_start as f64), self.sport);
        let mut text = concat!(
            "<TrainingCenterDatabase xmlns:x='urn:x' ",
            "xmlns='http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2'><Activities>\n"
        )
        .to_owned();
        let _ = write!(text, "<Activity Sport='{sport}'><Id>{start}</Id><Lap StartTime='{start}'>");
        put(&mut text, "TotalTimeSeconds", Some(self.stated_seconds));
        put(&mut text, "DistanceMeters", self.stated_metres);
        let intensity = "<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>";
        text.push_str(intensity);
        if !self.readings.is_empty() {
            text.push_str("<Track>\n");
            self.readings.iter().for_each(|reading| tcx_point(&mut text, reading));
            text.push_str("</Track>");
        }
        text.push_str("</Lap></Activity></Activities></TrainingCenterDatabase>\n");
        text.into_bytes()
    }
}

fn fit_record(reading: &Reading) -> Vec<Field<'static>> {
    let mut fields = vec![(TIMESTAMP, Value::U32(fit_time(reading.time as i64)))];
    if let Some((north, east)) = reading.place {
        let place = [(0, Value::I32(semicircles(north))), (1, Value::I32(semicircles(east)))];
        fields.extend(place);
    }
    fields.extend(reading.distance.map(|metres| (5, Value::U32((100.0 * metres).round() as u32))));
    fields.extend(reading.speed.map(|speed| (6, Value::U16((1000.0 * speed).round() as u16))));
    fields.extend(reading.heart_rate.map(|beats| (3, Value::U8(beats))));
    fields.extend(reading.strides.map(|strides| (4, Value::U8(strides))));
    fields
}

fn gpx_point(text: &mut String, reading: &Reading) {
    let Some((north, east)) = reading.place else { return };
    let _ =
        write!(text, "<trkpt lat='{north:.7}' lon='{east:.7}'><time>{}</time>", time(reading.time));
    text.push_str("<extensions><x:TrackPointExtension>");
    put(text, "x:hr", reading.heart_rate);
    put(text, "x:speed", reading.speed);
    put(text, "x:cad", reading.strides);
    text.push_str("</x:TrackPointExtension></extensions></trkpt>\n");
}

fn tcx_point(text: &mut String, reading: &Reading) {
    let _ = write!(text, "<Trackpoint><Time>{}</Time>", time(reading.time));
    if let Some((north, east)) = reading.place {
        let _ = write!(text, "<Position><LatitudeDegrees>{north:.7}</LatitudeDegrees>");
        let _ = write!(text, "<LongitudeDegrees>{east:.7}</LongitudeDegrees></Position>");
    }
    put(text, "DistanceMeters", reading.distance);
    if let Some(beats) = reading.heart_rate {
        let _ = write!(text, "<HeartRateBpm><Value>{beats}</Value></HeartRateBpm>");
    }
    text.push_str("<Extensions><x:TPX>");
    put(text, "x:Speed", reading.speed);
    put(text, "x:RunCadence", reading.strides);
    text.push_str("</x:TPX></Extensions></Trackpoint>\n");
}

fn put(text: &mut String, name: &str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        let _ = write!(text, "<{name}>{value}</{name}>");
    }
}

/// A moment as XML writes it; beyond the calendar there is none.
fn time(seconds: f64) -> String {
    let moment = DateTime::from_timestamp_millis((1000.0 * seconds).round() as i64);
    moment.map_or_else(String::new, |moment| moment.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string())
}
