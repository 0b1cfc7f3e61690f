//! Motion paths of a Huawei account export: sessions in a list, each with its track as lines in one text.
//!
//! Pauses are told by nothing that is certain.

use super::huawei_track::read_lines;
use super::json::head;
use super::json::walk::walk;
use super::partial_session::{PartialSession, decoded};
use super::plain_value::PlainValue;
use super::value_taker::ValueTaker;
use super::xml::time;
use super::{Decoded, Format, Limits, Refusal, text};
use crate::activity::{Gaps, Sport, SubSport};
use crate::units::{Metres, Seconds, UnixTime};

/// `motion path detail data….json`.
pub static FORMAT: Format = Format { id: "huawei-motion-path", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    head::has_keys(bytes, &["sportType", "totalTime", "totalDistance"])
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut taker = HuaweiTaker { room: limits.max_records, ..HuaweiTaker::default() };
    let broken = walk(&text, limits, &mut taker);
    let mut decoded = decoded(taker.sessions, broken, "Huawei motion paths without a session")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}

#[derive(Debug, Default)]
struct HuaweiTaker {
    sessions: Vec<PartialSession>,
    open: HuaweiSession,
    /// Lines that may still be read.
    room: usize,
    lines: usize,
}

#[derive(Debug, Default)]
struct HuaweiSession {
    session: PartialSession,
    kind: Option<f64>,
}

impl ValueTaker for HuaweiTaker {
    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        let HuaweiSession { session, kind } = &mut self.open;
        let number = value.number().filter(|number| *number >= 0.0);
        match place {
            "sportType" => *kind = number,
            "startTime" => session.start = number.map(|ms| UnixTime(ms as i64)),
            "endTime" => session.end = number.map(|ms| UnixTime(ms as i64)),
            "totalTime" => session.stated.timer = number.and_then(|ms| Seconds::new(ms / 1000.0)),
            "totalDistance" => session.stated.distance = number.and_then(Metres::new),
            "timeZone" => session.utc_offset_s = value.text().and_then(time::offset),
            "attribute" => {
                let text = value.text().unwrap_or_default();
                let track = text.split("&&").find_map(|part| part.strip_prefix(TRACK));
                let span =
                    read_lines(track.unwrap_or_default(), self.room + 1, &mut session.samples);
                self.lines += span.lines;
                self.room = self.room.saturating_sub(span.lines);
            }
            _ => {}
        }
    }

    fn end(&mut self, place: &str) {
        if place.is_empty() {
            self.sessions.push(std::mem::take(&mut self.open).finish());
        }
    }

    fn taken(&self) -> (usize, usize) {
        (self.lines, self.sessions.len())
    }
}

/// What stands before the lines.
const TRACK: &str = "HW_EXT_TRACK_DETAIL@is";

impl HuaweiSession {
    fn finish(self) -> PartialSession {
        let Self { mut session, kind } = self;
        session.gaps = Gaps::MayBePauses;
        (session.sport, session.sub_sport) = match kind {
            Some(4.0 | 258.0) => (Sport::Running, SubSport::default()),
            Some(101.0 | 264.0) => (Sport::Running, SubSport("treadmill".to_owned())),
            Some(5.0 | 257.0) => (Sport::Walking, SubSport::default()),
            Some(3.0 | 259.0) => (Sport::Cycling, SubSport::default()),
            Some(262.0) => (Sport::Swimming, SubSport::default()),
            kind => {
                let name = format!("sport type {}", kind.unwrap_or_default());
                (Sport::Other(name), SubSport::default())
            }
        };
        session.stated.elapsed = session.start_to_end();
        session
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::ProblemKind;

    const RUN: &str = r#"[{"sportType":258,"startTime":1779292800000,"endTime":1779292860000,"totalTime":60000,
        "totalDistance":150,"timeZone":"+0200","attribute":"HW_EXT_TRACK_DETAIL@istp=lbs;k=0;lat=52.0;lon=13.0;alt=40.0;t=1.7792928E12;\ntp=h-r;k=1779292805000;v=120;\n&&HW_EXT_TRACK_SIMPLIFY@is{\"a\":1}"},
        {"sportType":999,"startTime":1779379200000,"totalTime":600000,"totalDistance":0}]"#;

    #[test]
    fn a_session_has_its_totals_and_its_track() {
        assert!(recognises(RUN.as_bytes()));
        let decoded = decode(RUN.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(decoded.warnings, []);
        let [run, other] = &decoded.activities[..] else { panic!("{decoded:?}") };
        assert_eq!((&run.sport, run.utc_offset_s), (&Sport::Running, Some(7200)));
        assert_eq!(run.records.len(), 2);
        assert_eq!(
            (run.records[1].heart_rate_bpm, run.records[0].altitude_m),
            (Some(120), Some(40.0))
        );
        assert_eq!(run.stated.distance, Metres::new(150.0));
        assert_eq!(other.sport.name(), "sport type 999");
        let few = Limits { max_records: 1, ..Limits::default() };
        let cut = decode(RUN.as_bytes(), &few).unwrap();
        assert_eq!(cut.warnings[0].kind, ProblemKind::LimitExceeded);
    }
}
