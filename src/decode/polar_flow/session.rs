//! What a session and its exercises say, in whatever order the keys stand.

use chrono::{Datelike, NaiveDate};

use super::clock::{on_the_wall, stops};
use crate::activity::{FileAnchors, LabelSource, Position, Sex};
use crate::decode::iso_duration::seconds_of_iso_duration;
use crate::decode::partial_session::{PartialSession, TimerState};
use crate::decode::plain_value::PlainValue;
use crate::decode::point_quantity::PointQuantity;
use crate::decode::samples::SessionSamples;
use crate::decode::sport::{named_sport, sub_sport};
use crate::decode::value_taker::ValueTaker;
use crate::decode::xml::time;
use crate::units::{Metres, Seconds, UnixTime};

/// Takes what a file says. All its times are local, and taken for UTC until the offset is known.
#[derive(Debug, Default)]
pub(super) struct PolarTaker {
    whole: SessionTotals,
    exercises: Vec<Exercise>,
    reading: PointReading,
    readings: usize,
}

#[derive(Debug, Default)]
struct SessionTotals {
    start: Option<UnixTime>,
    stop: Option<UnixTime>,
    offset_min: Option<f64>,
    mean_heart_rate: Option<f64>,
    max_heart_rate: Option<f64>,
    feeling: Option<f64>,
    name: Option<String>,
    note: Option<String>,
    born: Option<NaiveDate>,
    anchors: FileAnchors,
}

#[derive(Debug, Default)]
struct Exercise {
    start: Option<UnixTime>,
    offset_min: Option<f64>,
    kind: Option<String>,
    timer_s: Option<f64>,
    distance_m: Option<f64>,
    ascent_m: Option<f64>,
    mean_heart_rate: Option<f64>,
    max_heart_rate: Option<f64>,
    /// By the clock of the timer.
    samples: Vec<(Option<UnixTime>, PointQuantity, f64)>,
    /// By the clock of the wall.
    route: Vec<(Option<UnixTime>, Option<Position>, Option<f64>)>,
}

/// One reading of a series, or one point of the route.
#[derive(Debug, Default)]
struct PointReading {
    time: Option<UnixTime>,
    value: Option<f64>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    altitude: Option<f64>,
}

/// The series that are read, and what one of their unit is in ours.
const SERIES: [(&str, PointQuantity, f64); 6] = [
    ("heartRate", PointQuantity::HeartRate, 1.0),
    ("speed", PointQuantity::Speed, 1.0 / 3.6),
    ("altitude", PointQuantity::Altitude, 1.0),
    ("distance", PointQuantity::Distance, 1.0),
    ("cadence", PointQuantity::Cadence, 1.0),
    ("temperature", PointQuantity::Temperature, 1.0),
];

const SAMPLES: &str = "exercises/samples/";
const ROUTE: &str = "recordedRoute";

impl ValueTaker for PolarTaker {
    fn begin(&mut self, place: &str) {
        if place == "exercises" {
            self.exercises.push(Exercise::default());
        } else if place.starts_with(SAMPLES) {
            self.reading = PointReading::default();
        }
    }

    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        if let Some(field) = place.strip_prefix(SAMPLES) {
            self.reading.set(field, value);
        } else if let Some(field) = place.strip_prefix("exercises/") {
            if let Some(exercise) = self.exercises.last_mut() {
                exercise.set(field, value);
            }
        } else {
            self.whole.set(place, value);
        }
    }

    fn end(&mut self, place: &str) {
        let (Some(series), Some(exercise)) =
            (place.strip_prefix(SAMPLES), self.exercises.last_mut())
        else {
            return;
        };
        let PointReading { time, value, latitude, longitude, altitude } =
            std::mem::take(&mut self.reading);
        let known = SERIES.iter().find(|(name, ..)| *name == series);
        if series == ROUTE {
            let place = latitude.zip(longitude);
            let place = place.and_then(|(north, east)| Position::from_degrees(north, east));
            exercise.route.push((time, place, altitude));
            self.readings += 1;
        } else if let (Some((_, quantity, factor)), Some(value)) = (known, value) {
            exercise.samples.push((time, *quantity, value * factor));
            self.readings += 1;
        }
    }

    fn taken(&self) -> (usize, usize) {
        (self.readings, self.exercises.len())
    }
}

impl PointReading {
    fn set(&mut self, field: &str, value: PlainValue<'_>) {
        match field.rsplit_once('/').map_or(field, |(_, name)| name) {
            "dateTime" => self.time = local(value),
            "value" => self.value = value.number(),
            "latitude" => self.latitude = value.number(),
            "longitude" => self.longitude = value.number(),
            "altitude" => self.altitude = value.number(),
            _ => {}
        }
    }
}

impl SessionTotals {
    fn set(&mut self, field: &str, value: PlainValue<'_>) {
        let beats = || value.number().filter(|beats| (1.0..=255.0).contains(beats));
        match field {
            "startTime" => self.start = local(value),
            "stopTime" => self.stop = local(value),
            "timeZoneOffset" => self.offset_min = value.number(),
            "averageHeartRate" => self.mean_heart_rate = beats(),
            "maximumHeartRate" => self.max_heart_rate = beats(),
            "feeling" => self.feeling = value.number(),
            "name" => self.name = text(value),
            "note" => self.note = text(value),
            "physicalInformationSnapshot/birthday" => {
                self.born = value.text().and_then(|born| born.get(..10)?.parse().ok());
            }
            "physicalInformationSnapshot/maximumHeartRate" => {
                self.anchors.max_bpm = beats().map(|beats| beats as u8);
            }
            "physicalInformationSnapshot/restingHeartRate" => {
                self.anchors.resting_bpm = beats().map(|beats| beats as u8);
            }
            "physicalInformationSnapshot/sex" => {
                self.anchors.sex = match value.text() {
                    Some("FEMALE") => Some(Sex::Female),
                    Some("MALE") => Some(Sex::Male),
                    _ => None,
                };
            }
            _ => {}
        }
    }
}

impl Exercise {
    fn set(&mut self, field: &str, value: PlainValue<'_>) {
        match field {
            "startTime" => self.start = local(value),
            "timezoneOffset" | "timeZoneOffset" => self.offset_min = value.number(),
            "sport" => self.kind = text(value),
            "duration" => self.timer_s = value.text().and_then(seconds_of_iso_duration),
            "distance" => self.distance_m = value.number(),
            "ascent" => self.ascent_m = value.number(),
            "heartRate/avg" => self.mean_heart_rate = value.number(),
            "heartRate/max" => self.max_heart_rate = value.number(),
            _ => {}
        }
    }

    fn session(self, whole: &SessionTotals, is_only: bool) -> PartialSession {
        let offset_min = self.offset_min.or(whole.offset_min);
        let offset_s =
            offset_min.filter(|minutes| minutes.abs() <= 14.0 * 60.0).map(|minutes| 60.0 * minutes);
        // A clock of the wall without a zone stays one: the hour of the day is right, whatever the moment.
        let offset_s = offset_s.unwrap_or(0.0) as i32;
        let utc = |local: UnixTime| UnixTime(local.0 - 1000 * i64::from(offset_s));
        let kind = self.kind.as_deref().unwrap_or_default();
        let sport = named_sport(kind);
        let times: Vec<UnixTime> = self.route.iter().filter_map(|(time, ..)| *time).collect();
        let stops = stops(&times);
        let mut samples = SessionSamples::default();
        for (time, quantity, value) in self.samples {
            let time = time.map(|time| utc(on_the_wall(time, &stops)));
            samples.add(time, [(quantity, Some(value))], None);
        }
        for (time, place, altitude) in self.route {
            samples.add(time.map(utc), [(PointQuantity::Altitude, altitude)], place);
        }
        let mut session = PartialSession {
            sub_sport: sub_sport(kind, &sport),
            sport,
            start: self.start.or(whole.start).map(utc),
            utc_offset_s: Some(offset_s),
            samples,
            ..PartialSession::default()
        };
        for (from, to) in stops {
            session.stops.push((utc(from), TimerState::Stands));
            session.stops.push((utc(to), TimerState::Runs));
        }
        let beats = |own: Option<f64>, of_whole: Option<f64>| {
            let beats = own.or(of_whole.filter(|_| is_only))?;
            (1.0..=255.0).contains(&beats).then(|| beats.round() as u8)
        };
        session.stated.timer = self.timer_s.and_then(Seconds::new);
        session.stated.distance = self.distance_m.filter(|way| *way >= 0.0).and_then(Metres::new);
        session.stated.ascent = self.ascent_m.filter(|climb| *climb >= 0.0).and_then(Metres::new);
        session.stated.mean_heart_rate_bpm = beats(self.mean_heart_rate, whole.mean_heart_rate);
        session.stated.max_heart_rate_bpm = beats(self.max_heart_rate, whole.max_heart_rate);
        if is_only {
            session.stated.elapsed = whole.elapsed();
        }
        whole.describe(&mut session);
        session.add_text(LabelSource::Type, Some(kind).filter(|kind| !kind.is_empty()));
        session
    }
}

impl SessionTotals {
    fn elapsed(&self) -> Option<Seconds> {
        let (start, stop) = self.start.zip(self.stop)?;
        Seconds::new((stop.0 - start.0) as f64 / 1000.0).filter(|time| time.get() > 0.0)
    }

    /// What is said of the whole session and holds for each of its exercises. The thresholds of the
    /// snapshot are fixed shares of the maximum and measure nothing.
    fn describe(&self, session: &mut PartialSession) {
        session.add_text(LabelSource::Title, self.name.as_deref());
        session.add_text(LabelSource::Description, self.note.as_deref());
        let feeling = self.feeling.filter(|feeling| (0.0..=1.0).contains(feeling));
        session.rating.feel = feeling.map(|feeling| (100.0 * feeling).round() as u8);
        let year = session.start.and_then(UnixTime::date_time).map(|start| start.year());
        let age =
            year.zip(self.born).and_then(|(year, born)| u8::try_from(year - born.year()).ok());
        session.anchors = FileAnchors { age_years: age, ..self.anchors };
    }
}

impl PolarTaker {
    pub(super) fn finish(self) -> Vec<PartialSession> {
        let Self { whole, exercises, .. } = self;
        let is_only = exercises.len() == 1;
        exercises.into_iter().map(|exercise| exercise.session(&whole, is_only)).collect()
    }
}

fn local(value: PlainValue<'_>) -> Option<UnixTime> {
    Some(time::parse(value.text()?)?.time)
}

fn text(value: PlainValue<'_>) -> Option<String> {
    value.text().map(|text| text.chars().take(4096).collect())
}
