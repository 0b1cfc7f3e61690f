//! Activities of `GoldenCheetah` in JSON, as its library keeps them: one series of samples from a start
//! that is UTC, texts with blanks behind them.

use super::json::head;
use super::json::walk::walk;
use super::open_sample::{OpenSample, time_after};
use super::partial_session::{PartialSession, decoded};
use super::plain_value::PlainValue;
use super::point_quantity::PointQuantity;
use super::sport::{named_sport, sub_sport};
use super::value_taker::ValueTaker;
use super::xml::time;
use super::{Decoded, Format, Limits, Refusal, text};
use crate::activity::{Exertion, LabelSource};

/// An activity of `GoldenCheetah`.
pub static FORMAT: Format = Format { id: "golden-cheetah", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    head::has_keys(bytes, &["RIDE", "STARTTIME"])
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut taker = GoldenCheetahTaker::default();
    let broken = walk(&text, limits, &mut taker);
    let mut decoded = decoded(taker.finish(), broken, "a GoldenCheetah file without a start")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}

#[derive(Debug, Default)]
struct GoldenCheetahTaker {
    session: PartialSession,
    kind: Option<String>,
    sample: GoldenCheetahSample,
    /// Seconds from the start, whatever that is: it may stand behind the samples.
    samples: Vec<GoldenCheetahSample>,
}

#[derive(Debug, Default)]
struct GoldenCheetahSample {
    seconds: Option<f64>,
    sample: OpenSample,
}

const SAMPLE: &str = "RIDE/SAMPLES";

impl ValueTaker for GoldenCheetahTaker {
    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        match place {
            "RIDE/STARTTIME" => {
                let start = value.text().and_then(time::parse);
                self.session.start = start.map(|stamp| stamp.time);
            }
            "RIDE/DEVICETYPE" => {
                self.session.device = value.text().map(|name| name.chars().take(128).collect());
            }
            "RIDE/TAGS/Sport" => {
                self.kind = value.text().map(|kind| kind.chars().take(64).collect());
            }
            "RIDE/TAGS/Title" => self.session.add_text(LabelSource::Title, value.text()),
            "RIDE/TAGS/Workout Code" => self.session.add_text(LabelSource::Workout, value.text()),
            "RIDE/TAGS/Objective" | "RIDE/TAGS/Notes" | "RIDE/TAGS/Calendar Text" => {
                self.session.add_text(LabelSource::Description, value.text());
            }
            "RIDE/TAGS/RPE" => {
                let effort = value.number().filter(|effort| (1.0..=10.0).contains(effort));
                self.session.rating.exertion = effort.map(Exertion::cr10);
            }
            _ => {
                if let Some(field) = place.strip_prefix("RIDE/SAMPLES/") {
                    self.sample.set(field, value.number());
                }
            }
        }
    }

    fn end(&mut self, place: &str) {
        if place == SAMPLE {
            self.samples.push(std::mem::take(&mut self.sample));
        }
    }

    fn taken(&self) -> (usize, usize) {
        (self.samples.len(), 1)
    }
}

impl GoldenCheetahSample {
    fn set(&mut self, field: &str, number: Option<f64>) {
        let (quantity, factor) = match field {
            "SECS" => return self.seconds = number,
            "LAT" => return self.sample.latitude = number,
            "LON" => return self.sample.longitude = number,
            "HR" => (PointQuantity::HeartRate, 1.0),
            "KM" => (PointQuantity::Distance, 1000.0),
            "KPH" => (PointQuantity::Speed, 1.0 / 3.6),
            "ALT" => (PointQuantity::Altitude, 1.0),
            // "CAD" is that of a bicycle's crank.
            "RCAD" => (PointQuantity::Cadence, 1.0),
            "TEMP" => (PointQuantity::Temperature, 1.0),
            _ => return,
        };
        self.sample.read(quantity, number.map(|number| factor * number));
    }
}

impl GoldenCheetahTaker {
    fn finish(self) -> Option<PartialSession> {
        let Self { mut session, kind, samples, .. } = self;
        let start = session.start?;
        let kind = kind.unwrap_or_default();
        session.sport = named_sport(&kind);
        session.sub_sport = sub_sport(&kind, &session.sport);
        for GoldenCheetahSample { seconds, sample } in samples {
            sample.add_to(&mut session.samples, time_after(start, seconds));
        }
        Some(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Record, Sport};
    use crate::units::UnixTime;

    const RUN: &str = "\u{feff}{\"RIDE\":{\"STARTTIME\":\"2026\\/05\\/20 16:00:00 UTC \",\"RECINTSECS\":1,\
        \"TAGS\":{\"Sport\":\"Run \",\"Notes\":\"recovery \",\"RPE\":\"2 \"},\"SAMPLES\":[\
        {\"SECS\":0,\"KM\":0,\"KPH\":9,\"HR\":120,\"ALT\":40,\"LAT\":52,\"LON\":13,\"RCAD\":84},\
        {\"SECS\":1.5,\"KM\":0.0025,\"HR\":121}]}}";

    #[test]
    fn samples_count_from_the_start() {
        assert!(recognises(RUN.as_bytes()));
        let decoded = decode(RUN.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(decoded.warnings, []);
        let run = &decoded.activities[0];
        let [first, second] = run.records[..] else { panic!("{:?}", run.records) };
        assert_eq!(first.time, UnixTime::from_seconds(1_779_292_800));
        assert_eq!((first.heart_rate_bpm, first.speed_mm_s), (Some(120), Some(2500)));
        assert_eq!((first.cadence_centi_spm, first.altitude_m), (Some(16_800), Some(40.0)));
        let expected = Record {
            time: UnixTime(first.time.0 + 1500),
            distance_cm: Some(250),
            heart_rate_bpm: Some(121),
            ..Record::default()
        };
        assert_eq!(second, expected);
        assert_eq!(run.sport, Sport::Running);
        assert_eq!(
            (run.texts[0].text.as_str(), run.rating.exertion),
            ("recovery", Some(Exertion::cr10(2.0)))
        );
    }

    #[test]
    fn without_a_start_there_is_no_activity() {
        let text = RUN.replace("2026\\/05", "x");
        let answer = decode(text.as_bytes(), &Limits::default());
        assert!(matches!(answer, Err(Refusal::NotAnActivity(_))), "{answer:?}");
    }
}
