//! PWX, the format of `TrainingPeaks`' older device software: samples at offsets from a start that is the
//! clock of the wall, without a zone.
//!
//! Pauses are told by nothing that is certain.

use super::open_sample::{OpenSample, time_after};
use super::partial_session::{PartialSession, decoded};
use super::plain_value::PlainValue;
use super::point_quantity::PointQuantity;
use super::sport::{named_sport, sub_sport};
use super::value_taker::ValueTaker;
use super::xml::{time, walk::walk};
use super::{Decoded, Format, Limits, Refusal, text};
use crate::activity::{Gaps, LabelSource};
use crate::units::{Metres, Seconds};

/// A workout in PWX.
pub static FORMAT: Format = Format { id: "pwx", recognises, decode };

const ROOT: &str = "pwx";

fn recognises(bytes: &[u8]) -> bool {
    text::root_element(bytes).is_some_and(|name| name == ROOT)
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut taker = PwxTaker::default();
    let broken = walk(&text, limits, ROOT, &mut taker);
    let mut decoded = decoded(taker.finish(), broken, "a PWX file without a workout")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}

#[derive(Debug, Default)]
struct PwxTaker {
    workouts: Vec<PwxWorkout>,
    samples: usize,
}

#[derive(Debug, Default)]
struct PwxWorkout {
    session: PartialSession,
    make: Option<String>,
    elapsed_s: Option<f64>,
    stopped_s: Option<f64>,
    open: PwxSample,
    /// Until the start is known, which may stand behind them.
    samples: Vec<PwxSample>,
}

#[derive(Debug, Default)]
struct PwxSample {
    offset_s: Option<f64>,
    sample: OpenSample,
}

impl ValueTaker for PwxTaker {
    fn begin(&mut self, place: &str) {
        if place == "pwx/workout" {
            self.workouts.push(PwxWorkout::default());
        }
    }

    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        let field = place.strip_prefix("pwx/workout/");
        if let Some((workout, field)) = self.workouts.last_mut().zip(field) {
            workout.set(field, value);
        }
    }

    fn end(&mut self, place: &str) {
        if let Some(workout) = self.workouts.last_mut().filter(|_| place == "pwx/workout/sample") {
            workout.samples.push(std::mem::take(&mut workout.open));
            self.samples += 1;
        }
    }

    fn taken(&self) -> (usize, usize) {
        (self.samples, self.workouts.len())
    }
}

impl PwxWorkout {
    fn set(&mut self, field: &str, value: PlainValue<'_>) {
        if let Some(field) = field.strip_prefix("sample/") {
            return self.open.set(field, value.number());
        }
        let session = &mut self.session;
        let number = value.number().filter(|number| *number >= 0.0);
        match field {
            "sportType" => {
                let kind = value.text().unwrap_or_default();
                session.sport = named_sport(kind);
                session.sub_sport = sub_sport(kind, &session.sport);
            }
            "title" => session.add_text(LabelSource::Title, value.text()),
            "cmt" => session.add_text(LabelSource::Description, value.text()),
            "device/make" => self.make = value.text().map(|make| make.chars().take(64).collect()),
            "device/model" => {
                let make = self.make.as_deref().unwrap_or_default();
                let model: String = value.text().unwrap_or_default().chars().take(64).collect();
                session.device = Some(format!("{make} {model}"));
            }
            "time" => session.start = value.text().and_then(time::parse).map(|stamp| stamp.time),
            "summarydata/duration" => self.elapsed_s = number,
            "summarydata/durationstopped" => self.stopped_s = number,
            "summarydata/dist" => session.stated.distance = number.and_then(Metres::new),
            _ => {}
        }
    }

    fn finish(self) -> PartialSession {
        let Self { mut session, elapsed_s, stopped_s, samples, .. } = self;
        // The hour of the day is right, whatever the date and time elsewhere.
        session.utc_offset_s = Some(0);
        session.gaps = Gaps::MayBePauses;
        session.stated.elapsed = elapsed_s.and_then(Seconds::new);
        session.stated.timer = session.stated.elapsed.filter(|_| stopped_s == Some(0.0));
        let Some(start) = session.start else { return session };
        for PwxSample { offset_s, sample } in samples {
            sample.add_to(&mut session.samples, time_after(start, offset_s));
        }
        session
    }
}

impl PwxSample {
    fn set(&mut self, field: &str, number: Option<f64>) {
        let quantity = match field {
            "timeoffset" => return self.offset_s = number,
            "lat" => return self.sample.latitude = number,
            "lon" => return self.sample.longitude = number,
            "hr" => PointQuantity::HeartRate,
            "spd" => PointQuantity::Speed,
            "dist" => PointQuantity::Distance,
            "alt" => PointQuantity::Altitude,
            "cad" => PointQuantity::Cadence,
            "temp" => PointQuantity::Temperature,
            _ => return,
        };
        let is_beat =
            quantity != PointQuantity::HeartRate || number.is_some_and(|beats| beats > 0.0);
        if is_beat {
            self.sample.read(quantity, number);
        }
    }
}

impl PwxTaker {
    fn finish(self) -> Vec<PartialSession> {
        self.workouts.into_iter().map(PwxWorkout::finish).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Record, Sport};
    use crate::decode::ProblemKind;
    use crate::units::UnixTime;

    const RUN: &str = "<?xml version='1.0'?><pwx xmlns='http://www.peaksware.com/PWX/1/0'><workout>\
        <sportType>Run</sportType><title>Recovery</title><cmt>calm</cmt>\
        <device id=''><make>Timex</make><model>Run Trainer</model></device>\
        <time>2026-05-20T18:00:00</time><summarydata><beginning>0</beginning><duration>61</duration>\
        <durationstopped>0.000</durationstopped><dist>150</dist></summarydata>\
        <segment><summarydata><duration>9</duration></summarydata></segment>\
        <sample><timeoffset>0</timeoffset><hr>0</hr><dist>0</dist><lat>52</lat><lon>13</lon></sample>\
        <sample><timeoffset>1.5</timeoffset><hr>120</hr><spd>2.5</spd><dist>3.75</dist><alt>40</alt>\
        <cad>84</cad></sample></workout></pwx>";

    #[test]
    fn samples_count_from_the_start() {
        assert!(recognises(RUN.as_bytes()));
        let decoded = decode(RUN.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(decoded.warnings, []);
        let run = &decoded.activities[0];
        // 2026-05-20T18:00:00Z, as if it were UTC
        let start = UnixTime::from_seconds(1_779_300_000);
        assert_eq!((run.start, run.utc_offset_s, &run.sport), (start, Some(0), &Sport::Running));
        let [first, second] = run.records[..] else { panic!("{:?}", run.records) };
        assert_eq!((first.heart_rate_bpm, first.distance_cm), (None, Some(0)));
        let expected = Record {
            time: UnixTime(start.0 + 1500),
            distance_cm: Some(375),
            speed_mm_s: Some(2500),
            altitude_m: Some(40.0),
            heart_rate_bpm: Some(120),
            cadence_centi_spm: Some(16_800),
            ..Record::default()
        };
        assert_eq!(second, expected);
        assert_eq!(run.stated.timer, Seconds::new(61.0));
        assert_eq!(run.stated.distance, Metres::new(150.0));
        assert_eq!(run.device.as_deref(), Some("Timex Run Trainer"));
        let texts: Vec<&str> = run.texts.iter().map(|text| text.text.as_str()).collect();
        assert_eq!(texts, ["Recovery", "calm"]);
    }

    #[test]
    fn where_the_timer_stood_its_time_is_not_known() {
        let text = RUN.replace("<durationstopped>0.000", "<durationstopped>20");
        let run = &decode(text.as_bytes(), &Limits::default()).unwrap().activities[0];
        assert_eq!((run.stated.timer, run.stated.elapsed), (None, Seconds::new(61.0)));
        let cut = decode(&RUN.as_bytes()[..RUN.len() - 30], &Limits::default()).unwrap();
        assert_eq!(cut.warnings[0].kind, ProblemKind::Truncated);
        let nothing = decode(b"<pwx><workout></workout></pwx>", &Limits::default());
        assert!(matches!(nothing, Err(Refusal::NotAnActivity(_))));
    }
}
