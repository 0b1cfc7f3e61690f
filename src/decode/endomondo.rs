//! Workouts of an Endomondo account export, as it was sent until 2020: a list of objects of one key each, times in
//! UTC. Pauses are told by nothing that is certain.

use chrono::NaiveDateTime;

use super::json::head;
use super::json::walk::walk;
use super::open_sample::OpenSample;
use super::partial_session::{PartialSession, decoded};
use super::plain_value::PlainValue;
use super::point_quantity::PointQuantity;
use super::sport::{named_sport, sub_sport};
use super::value_taker::ValueTaker;
use super::{Decoded, Format, Limits, Refusal, text, xml::time};
use crate::activity::{Gaps, LabelSource};
use crate::units::{Metres, Seconds, UnixTime};

/// A workout of Endomondo.
pub static FORMAT: Format = Format { id: "endomondo", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    head::has_keys(bytes, &["sport", "source", "start_time", "duration_s"])
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut taker = EndomondoTaker::default();
    let broken = walk(&text, limits, &mut taker);
    let session = taker.finish();
    let mut decoded = decoded(session, broken, "an Endomondo file without a workout")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}

#[derive(Debug, Default)]
struct EndomondoTaker {
    session: PartialSession,
    kind: Option<String>,
    point: OpenSample,
    points: usize,
}

impl ValueTaker for EndomondoTaker {
    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        let session = &mut self.session;
        let number = value.number().filter(|number| *number >= 0.0);
        let date_time = || Some(time::parse(value.text()?)?.time);
        let beats = || {
            number.filter(|beats| (1.0..=255.0).contains(beats)).map(|beats| beats.round() as u8)
        };
        match place {
            "sport" => self.kind = value.text().map(|kind| kind.chars().take(64).collect()),
            "name" => session.add_text(LabelSource::Title, value.text()),
            "message" | "notes" => session.add_text(LabelSource::Description, value.text()),
            "start_time" => session.start = date_time(),
            "end_time" => session.end = date_time(),
            "duration_s" => session.stated.timer = number.and_then(Seconds::new),
            "distance_km" => {
                session.stated.distance = number.and_then(|km| Metres::new(1000.0 * km));
            }
            "ascend_m" => session.stated.ascent = number.and_then(Metres::new),
            "heart_rate_avg_bpm" => session.stated.mean_heart_rate_bpm = beats(),
            "heart_rate_max_bpm" => session.stated.max_heart_rate_bpm = beats(),
            // The last of each point.
            "points/timestamp" => self.end_point(value.text().and_then(point_time)),
            _ => {
                if let Some(field) = place.strip_prefix("points/") {
                    set(&mut self.point, field, value.number());
                }
            }
        }
    }

    fn taken(&self) -> (usize, usize) {
        (self.points, 1)
    }
}

fn set(point: &mut OpenSample, field: &str, number: Option<f64>) {
    let (quantity, factor) = match field {
        "location/latitude" => return point.latitude = number,
        "location/longitude" => return point.longitude = number,
        "altitude" => (PointQuantity::Altitude, 1.0),
        "distance_km" => (PointQuantity::Distance, 1000.0),
        "speed_kmh" => (PointQuantity::Speed, 1.0 / 3.6),
        "heart_rate_bpm" => (PointQuantity::HeartRate, 1.0),
        "cadence_rpm" => (PointQuantity::Cadence, 1.0),
        _ => return,
    };
    point.read(quantity, number.map(|number| factor * number));
}

/// `Sat Sep 10 12:58:53 UTC 2011`.
fn point_time(text: &str) -> Option<UnixTime> {
    let date_time = NaiveDateTime::parse_from_str(text, "%a %b %d %H:%M:%S UTC %Y").ok()?;
    Some(UnixTime::from_seconds(date_time.and_utc().timestamp()))
}

impl EndomondoTaker {
    fn end_point(&mut self, time: Option<UnixTime>) {
        std::mem::take(&mut self.point).add_to(&mut self.session.samples, time);
        self.points += 1;
    }

    fn finish(self) -> Option<PartialSession> {
        let Self { mut session, kind, .. } = self;
        let kind = kind?.replace('_', " ").to_lowercase();
        session.sport = named_sport(&kind);
        session.sub_sport = sub_sport(&kind, &session.sport);
        session.gaps = Gaps::MayBePauses;
        session.stated.elapsed = session.start_to_end();
        Some(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sport;

    const RUN: &str = r#"[{"name":"Recovery"},{"sport":"RUNNING"},{"source":"TRACK_MOBILE"},
        {"start_time":"2019-05-04 06:00:00.0"},{"end_time":"2019-05-04 06:30:00.0"},{"duration_s":1790},
        {"distance_km":4.5},{"points":[
        [{"location":[[{"latitude":52.1},{"longitude":5.1}]]},{"distance_km":0},{"timestamp":"Sat May 04 06:00:00 UTC 2019"}],
        [{"heart_rate_bpm":131},{"timestamp":"Sat May 04 06:00:05 UTC 2019"}]]}]"#;

    #[test]
    fn a_point_ends_with_its_time() {
        assert!(recognises(RUN.as_bytes()));
        let decoded = decode(RUN.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(decoded.warnings, []);
        let run = &decoded.activities[0];
        assert_eq!((&run.sport, run.texts[0].text.as_str()), (&Sport::Running, "Recovery"));
        assert_eq!(run.start, UnixTime::from_seconds(1_556_949_600));
        assert_eq!(run.stated.timer.map(Seconds::get), Some(1790.0));
        assert_eq!(run.stated.elapsed.map(Seconds::get), Some(1800.0));
        assert_eq!(run.records[0].distance_cm, Some(0));
        assert!(run.records[0].position.is_some());
        assert_eq!(run.records[1].heart_rate_bpm, Some(131));
        assert_eq!(run.records[1].position, None);
    }

    #[test]
    fn sports_are_named() {
        for (kind, sport) in
            [("RUNNING_TREADMILL", Sport::Running), ("CYCLING_SPORT", Sport::Cycling)]
        {
            let text = RUN.replace("\"RUNNING\"", &format!("\"{kind}\""));
            assert_eq!(
                decode(text.as_bytes(), &Limits::default()).unwrap().activities[0].sport,
                sport
            );
        }
        assert!(!recognises(b"[{\"sport\":\"RUNNING\"}]"));
    }
}
