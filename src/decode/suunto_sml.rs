//! Sessions of Suunto in XML, as Moveslink2 (`.sml`) and Moveslink (`.xml`, with two outermost elements)
//! left them on the disk: what their JSON says, in other words.
//!
//! The header's time is the clock of the wall, the samples' are UTC: together they give the time zone.

use super::partial_session::{PartialSession, decoded};
use super::plain_value::PlainValue;
use super::suunto::SuuntoTaker;
use super::value_taker::ValueTaker;
use super::xml::{time, walk::walk};
use super::{Decoded, Format, Limits, Refusal, text};
use crate::units::UnixTime;

/// A session of Suunto in XML.
pub static FORMAT: Format = Format { id: "suunto-sml", recognises, decode };

const ROOT: &str = "sml";
/// Only Suunto's header counts its log.
const MOVESLINK_ROOT: &str = "header";
const MOVESLINK_MARK: &[u8] = b"<LogItemCount>";

fn recognises(bytes: &[u8]) -> bool {
    let root = text::root_element(bytes);
    root.is_some_and(|name| name == ROOT || name == MOVESLINK_ROOT && has_mark(bytes))
}

fn has_mark(bytes: &[u8]) -> bool {
    const HEAD_BYTES: usize = 16 << 10;
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    head.windows(MOVESLINK_MARK.len()).any(|window| window == MOVESLINK_MARK)
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut taker = SmlTaker::default();
    let broken = walk(&text, limits, ROOT, &mut taker);
    let mut decoded = decoded(taker.finish(), broken, "a Suunto log without a session")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}

#[derive(Debug, Default)]
struct SmlTaker {
    log: SuuntoTaker,
    local_start: Option<UnixTime>,
    first: Option<UnixTime>,
}

impl ValueTaker for SmlTaker {
    fn begin(&mut self, place: &str) {
        if let Some(place) = place_in_json(place) {
            self.log.begin(&place);
        }
    }

    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        let Some(place) = place_in_json(place) else { return };
        let stamp = || value.text().and_then(time::parse).map(|stamp| stamp.time);
        match place.as_str() {
            "DeviceLog/Header/DateTime" => self.local_start = stamp(),
            "DeviceLog/R-R/Data" => {
                for interval in value.text().unwrap_or_default().split_whitespace() {
                    self.log.value(&place, PlainValue::Text(interval));
                }
            }
            "DeviceLog/Samples/TimeISO8601" => {
                self.first = self.first.into_iter().chain(stamp()).min();
                self.log.value(&place, value);
            }
            _ => self.log.value(&place, value),
        }
    }

    fn end(&mut self, place: &str) {
        if let Some(place) = place_in_json(place) {
            self.log.end(&place);
        }
    }

    fn taken(&self) -> (usize, usize) {
        self.log.taken()
    }
}

/// Where the same stands in Suunto's JSON.
fn place_in_json(place: &str) -> Option<String> {
    const PLACES: [(&str, &str); 9] = [
        ("sml/DeviceLog/Samples/Sample", "DeviceLog/Samples"),
        ("samples/sample", "DeviceLog/Samples"),
        ("Samples/Sample", "DeviceLog/Samples"),
        ("sml/DeviceLog/Header", "DeviceLog/Header"),
        ("header", "DeviceLog/Header"),
        ("sml/DeviceLog/Device", "DeviceLog/Device"),
        ("sml/DeviceLog/R-R/Data", "DeviceLog/R-R/Data"),
        ("IBI", "DeviceLog/R-R/Data"),
        ("device", "DeviceLog/Device"),
    ];
    PLACES.iter().find_map(|(xml, json)| {
        let rest = place.strip_prefix(xml)?;
        let rest = if rest == "/UTC" { "/TimeISO8601" } else { rest };
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{json}{rest}"))
    })
}

/// How far the header's start may be from that of the first sample, beside the time zone, in ms.
const SAME_START_MS: i64 = 120_000;
/// Time zones differ by quarters of an hour.
const QUARTER_MS: i64 = 900_000;

impl SmlTaker {
    fn finish(self) -> Option<PartialSession> {
        let Self { log, local_start, first } = self;
        let start = first.or(local_start)?;
        let mut session = log.finish_from(Some(start));
        let apart = local_start.map(|local| local.0 - start.0);
        let offset = apart.and_then(|apart| {
            let quarters = apart.saturating_add(QUARTER_MS / 2).div_euclid(QUARTER_MS);
            let is_zone = (apart - QUARTER_MS * quarters).abs() <= SAME_START_MS;
            (is_zone && quarters.abs() <= 14 * 4).then_some((QUARTER_MS / 1000 * quarters) as i32)
        });
        session.utc_offset_s = match first {
            // Some versions write UTC in both places: that says nothing.
            Some(_) => offset.filter(|offset| *offset != 0),
            None => Some(0),
        };
        // Whether the duration counts pauses is told by nothing.
        session.stated.timer = None;
        Some(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Pause, Sport};
    use crate::decode::ProblemKind;
    use crate::units::Seconds;

    const SAMPLES: &str = "<UTC>2026-05-20T16:00:00.5Z</UTC><Events><Pause><State>False</State></Pause>\
        </Events></S><S><HR>2.0</HR><Speed>2.5</Speed><Distance>10</Distance><Cadence>1.4</Cadence>\
        <UTC>2026-05-20T16:00:05</UTC></S><S><Latitude>0.9075712</Latitude>\
        <Longitude>0.2268928</Longitude><UTC>2026-05-20T16:00:05.000Z</UTC></S>\
        <S><Events><Pause><State>True</State></Pause></Events><UTC>2026-05-20T16:00:30Z</UTC></S>\
        <S><Events><Pause><State>False</State></Pause></Events><UTC>2026-05-20T16:00:50Z</UTC></S>\
        <S><HR>2.1</HR><UTC>2026-05-20T16:01:00Z</UTC>";
    const HEADER: &str = "<LogItemCount>9</LogItemCount><Duration>60</Duration><Distance>150</Distance>\
        <ActivityType>3</ActivityType><Activity>Laufen</Activity><HR><Avg>2.05</Avg></HR>\
        <DateTime>2026-05-20T18:00:02</DateTime>";

    fn sml() -> String {
        let samples = SAMPLES.replace("<S>", "<Sample>").replace("</S>", "</Sample>");
        format!(
            "<sml xmlns='http://www.suunto.com/schemas/sml'><DeviceLog><Header>{HEADER}</Header><Device>\
             <Name>Ambit</Name></Device><Samples><Sample>{samples}</Sample></Samples></DeviceLog></sml>"
        )
    }

    fn moveslink() -> String {
        let samples = SAMPLES.replace("<S>", "<sample>").replace("</S>", "</sample>");
        format!("<header>{HEADER}</header><samples><sample>{samples}</sample></samples>")
    }

    #[test]
    fn both_forms_say_the_same() {
        for text in [sml(), moveslink()] {
            assert!(recognises(text.as_bytes()));
            let decoded = decode(text.as_bytes(), &Limits::default()).unwrap();
            assert_eq!(decoded.warnings, []);
            let run = &decoded.activities[0];
            // 2026-05-20T16:00:00Z
            let at = |second: i64| UnixTime::from_seconds(1_779_292_800 + second);
            assert_eq!((run.start, run.utc_offset_s), (UnixTime(at(0).0 + 500), Some(7200)));
            assert_eq!(run.sport, Sport::Running);
            let [first, last] = run.records[..] else { panic!("{:?}", run.records) };
            assert_eq!((first.heart_rate_bpm, first.speed_mm_s), (Some(120), Some(2500)));
            assert_eq!(first.cadence_centi_spm, Some(16_800));
            let (north, _) = first.position.unwrap().degrees();
            assert!((north - 52.0).abs() < 1e-4, "{north}");
            assert_eq!((last.time, last.heart_rate_bpm), (at(60), Some(126)));
            assert_eq!(run.pauses, [Pause { from: at(30), to: at(50) }]);
            assert_eq!((run.stated.elapsed, run.stated.timer), (Seconds::new(60.0), None));
            assert_eq!(run.stated.mean_heart_rate_bpm, Some(123));
        }
    }

    #[test]
    fn heart_rates_follow_from_the_time_between_beats() {
        let text = sml().replace("<HR>2.0</HR>", "").replace("<HR>2.1</HR>", "");
        let beats = vec!["500"; 100].join(" ");
        let text =
            text.replace("</Samples>", &format!("</Samples><R-R><Data>{beats}</Data></R-R>"));
        let run = &decode(text.as_bytes(), &Limits::default()).unwrap().activities[0];
        let beats = run.records.iter().filter_map(|record| record.heart_rate_bpm);
        assert!(beats.clone().count() > 40 && beats.clone().all(|beats| beats == 120));
    }

    #[test]
    fn what_is_no_log_is_refused() {
        assert!(!recognises(b"<header><title>x</title></header>"));
        let nothing = decode(b"<sml><DeviceLog></DeviceLog></sml>", &Limits::default());
        assert!(matches!(nothing, Err(Refusal::NotAnActivity(_))));
        let cut = sml();
        let cut = decode(&cut.as_bytes()[..cut.len() - 40], &Limits::default()).unwrap();
        assert_eq!(cut.warnings[0].kind, ProblemKind::Truncated);
    }
}
