//! Activities of Nike Run Club as its interface gives them and programs save them: one a file, or a list.
//!
//! Each quantity is a series of its own, distance in pieces, latitude and longitude apart. There is no
//! time zone.

use super::json::head;
#[cfg(test)]
mod tests;

use super::json::walk::walk;
use super::partial_session::{PartialSession, TimerState, decoded};
use super::plain_value::PlainValue;
use super::point_quantity::PointQuantity;
use super::sport::named_sport;
use super::value_taker::ValueTaker;
use super::{Decoded, Format, Limits, Refusal, text};
use crate::activity::{Exertion, LabelSource, Position, Sport, SubSport};
use crate::units::{Metres, Seconds, UnixTime};

/// An activity of Nike Run Club.
pub static FORMAT: Format = Format { id: "nike-run-club", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    head::has_keys(bytes, &["start_epoch_ms", "active_duration_ms"])
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut taker = NikeTaker::default();
    let broken = walk(&text, limits, &mut taker);
    let sessions = taker.finish();
    let mut decoded = decoded(sessions, broken, "a Nike Run Club file without an activity")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}

#[derive(Debug, Default)]
struct NikeTaker {
    sessions: Vec<PartialSession>,
    open: NikeActivity,
    readings: usize,
}

#[derive(Debug, Default)]
struct NikeActivity {
    session: PartialSession,
    kind: Option<String>,
    summary: Summary,
    series: NikeSeries,
    point: SeriesPoint,
    event: NikeEvent,
    latitudes: Vec<SeriesPoint>,
    longitudes: Vec<SeriesPoint>,
    is_indoors: bool,
}

#[derive(Debug, Default)]
struct Summary {
    metric: Option<String>,
    kind: Option<String>,
    value: Option<f64>,
}

#[derive(Debug, Default)]
struct NikeSeries {
    kind: Option<String>,
    points: Vec<SeriesPoint>,
}

#[derive(Debug, Default, Clone, Copy)]
struct SeriesPoint {
    end: Option<UnixTime>,
    value: Option<f64>,
}

#[derive(Debug, Default)]
struct NikeEvent {
    is_halt: bool,
    state: Option<TimerState>,
    time: Option<UnixTime>,
}

/// The place of an activity in the file does not matter.
fn within(place: &str) -> &str {
    place.strip_prefix("activities").map_or(place, |rest| rest.strip_prefix('/').unwrap_or(rest))
}

fn milliseconds(value: PlainValue<'_>) -> Option<UnixTime> {
    Some(UnixTime(value.number()? as i64))
}

fn word(value: PlainValue<'_>) -> Option<String> {
    value.text().map(|text| text.chars().take(64).collect())
}

impl ValueTaker for NikeTaker {
    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        self.open.set(within(place), value);
    }

    fn end(&mut self, place: &str) {
        match within(place) {
            "" => self.sessions.push(std::mem::take(&mut self.open).finish()),
            "summaries" => self.open.end_summary(),
            "metrics/values" => {
                self.open.series.points.push(std::mem::take(&mut self.open.point));
                self.readings += 1;
            }
            "metrics" => self.open.end_series(),
            "moments" => {
                let NikeEvent { is_halt, state, time } = std::mem::take(&mut self.open.event);
                self.open.session.stops.extend(time.zip(state).filter(|_| is_halt));
                self.readings += 1;
            }
            _ => {}
        }
    }

    fn taken(&self) -> (usize, usize) {
        (self.readings, self.sessions.len())
    }
}

impl NikeTaker {
    fn finish(mut self) -> Vec<PartialSession> {
        self.open.end_series();
        self.sessions.push(self.open.finish());
        self.sessions
    }
}

impl NikeActivity {
    fn set(&mut self, place: &str, value: PlainValue<'_>) {
        let session = &mut self.session;
        match place {
            "type" => self.kind = word(value),
            "start_epoch_ms" => session.start = milliseconds(value),
            "end_epoch_ms" => session.end = milliseconds(value),
            "active_duration_ms" => {
                let timer = value.number().filter(|timer| *timer > 0.0);
                session.stated.timer = timer.and_then(|timer| Seconds::new(timer / 1000.0));
            }
            "summaries/metric" => self.summary.metric = word(value),
            "summaries/summary" => self.summary.kind = word(value),
            "summaries/value" => self.summary.value = value.number(),
            "metrics/type" => self.series.kind = word(value),
            "metrics/values/end_epoch_ms" => self.point.end = milliseconds(value),
            "metrics/values/value" => self.point.value = value.number(),
            "moments/key" => self.event.is_halt = value.text() == Some("halt"),
            "moments/timestamp" => self.event.time = milliseconds(value),
            "moments/value" => {
                self.event.state = match value.text() {
                    Some("pause") => Some(TimerState::Stands),
                    Some("resume") => Some(TimerState::Runs),
                    _ => None,
                };
            }
            "tags/com.nike.name" => session.add_text(LabelSource::Title, value.text()),
            "tags/note" => session.add_text(LabelSource::Description, value.text()),
            "tags/rpe" => {
                let effort = value.number().filter(|effort| (1.0..=10.0).contains(effort));
                session.rating.exertion = effort.map(Exertion::cr10);
            }
            "tags/location" => self.is_indoors = value.text() == Some("indoors"),
            _ => {}
        }
    }

    fn end_summary(&mut self) {
        let Summary { metric, kind, value } = std::mem::take(&mut self.summary);
        let stated = &mut self.session.stated;
        let Some(value) = value.filter(|value| *value >= 0.0) else { return };
        match (metric.as_deref(), kind.as_deref()) {
            (Some("distance"), Some("total")) => stated.distance = Metres::new(1000.0 * value),
            (Some("ascent"), Some("total")) => stated.ascent = Metres::new(value),
            (Some("heart_rate"), Some("mean")) if (1.0..=255.0).contains(&value) => {
                stated.mean_heart_rate_bpm = Some(value.round() as u8);
            }
            _ => {}
        }
    }

    fn end_series(&mut self) {
        let NikeSeries { kind, points } = std::mem::take(&mut self.series);
        let mut add = |quantity, of: &mut dyn FnMut(f64) -> f64| {
            for point in &points {
                self.session.samples.add(point.end, [(quantity, point.value.map(&mut *of))], None);
            }
        };
        match kind.as_deref() {
            Some("heart_rate") => add(PointQuantity::HeartRate, &mut |beats| beats),
            Some("elevation") => add(PointQuantity::Altitude, &mut |metres| metres),
            Some("speed") => add(PointQuantity::Speed, &mut |kilometres| kilometres / 3.6),
            Some("distance") => {
                let mut sum = 0.0;
                add(PointQuantity::Distance, &mut |kilometres| {
                    sum += 1000.0 * kilometres;
                    sum
                });
            }
            Some("latitude") => self.latitudes = points,
            Some("longitude") => self.longitudes = points,
            _ => {}
        }
    }

    fn finish(mut self) -> PartialSession {
        self.add_places();
        let Self { mut session, .. } = self;
        session.sport = named_sport(self.kind.as_deref().unwrap_or_default());
        if self.is_indoors && session.sport == Sport::Running {
            session.sub_sport = SubSport("indoor_running".to_owned());
        }
        let ends = session.start.zip(session.end);
        let elapsed = ends.and_then(|(start, end)| Seconds::new((end.0 - start.0) as f64 / 1000.0));
        session.stated.elapsed = elapsed.filter(|elapsed| elapsed.get() > 0.0);
        session
    }

    /// A place is a latitude and a longitude of the same moment.
    fn add_places(&mut self) {
        let [mut north, mut east] = [&mut self.latitudes, &mut self.longitudes].map(|series| {
            series.sort_by_key(|point| point.end);
            series.iter().copied().peekable()
        });
        while let (Some(latitude), Some(longitude)) = (north.peek(), east.peek()) {
            match latitude.end.cmp(&longitude.end) {
                std::cmp::Ordering::Less => drop(north.next()),
                std::cmp::Ordering::Greater => drop(east.next()),
                std::cmp::Ordering::Equal => {
                    let place = latitude.value.zip(longitude.value);
                    let place = place.and_then(|(north, east)| Position::from_degrees(north, east));
                    self.session.samples.add(latitude.end, [], place);
                    north.next();
                    east.next();
                }
            }
        }
    }
}
