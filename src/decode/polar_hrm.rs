//! `.hrm` of older Polar watches: a heart rate every so many seconds, or the time between beats, from a
//! start that is the clock of the wall, without a zone.
//!
//! It names no sport, knows no pauses, and its cadence may be that of legs or of a crank: it is not read.

use super::partial_session::{PartialSession, decoded};
use super::point_quantity::PointQuantity;
use super::xml::time;
use super::{Decoded, Format, Limits, Problem, ProblemKind, Refusal, beats, text};
use crate::activity::LabelSource;
use crate::units::{METRES_PER_MILE, Metres, Seconds, UnixTime};

/// A session of an older Polar watch.
pub static FORMAT: Format = Format { id: "polar-hrm", recognises, decode };

const FIRST_SECTION: &str = "[Params]";

fn recognises(bytes: &[u8]) -> bool {
    const HEAD_BYTES: usize = 1 << 10;
    let head = text::decode(&bytes[..bytes.len().min(HEAD_BYTES)]).text;
    head.trim_start().starts_with(FIRST_SECTION) && head.contains("Interval=")
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut file = HrmFile::default();
    let mut section = "";
    let mut cut = None;
    for line in text.lines().map(str::trim_end) {
        if line.starts_with('[') {
            section = line;
        } else if !line.is_empty() {
            file.add(section, line);
        }
        if file.rows.len() > limits.max_records {
            let detail = format!("more readings than max_records {}", limits.max_records);
            cut = Some(Problem::new(ProblemKind::LimitExceeded, detail));
            break;
        }
    }
    if !text.ends_with('\n') {
        // A line without its end may have lost a digit.
        file.rows.pop();
    }
    let cut = cut.or_else(|| file.breaks_off());
    let mut decoded = decoded(file.finish(), cut, "a Polar file without readings")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}

/// How the readings stand.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rhythm {
    EverySeconds(f64),
    BeatByBeat,
}

#[derive(Debug, Default)]
struct HrmFile {
    date: Option<String>,
    time: Option<String>,
    rhythm: Option<Rhythm>,
    mode: String,
    session: PartialSession,
    length_s: Option<f64>,
    /// The distance of the trip in the tenths of its unit.
    trip: Option<f64>,
    rows: Vec<[Option<f64>; COLUMNS]>,
}

/// The heart rate and what may stand behind it up to the altitude.
const COLUMNS: usize = 4;
/// Intervals that are no intervals: beat by beat, and laps only.
const BEAT_BY_BEAT: f64 = 238.0;
const LAPS_ONLY: f64 = 204.0;

impl HrmFile {
    fn add(&mut self, section: &str, line: &str) {
        match section {
            FIRST_SECTION => self.set(line),
            "[Note]" => self.session.add_text(LabelSource::Description, Some(line)),
            "[Trip]" => self.trip = self.trip.or_else(|| line.trim().parse().ok()),
            "[HRData]" => {
                let mut cells = line.split('\t').map(|cell| cell.trim().parse().ok());
                self.rows.push(std::array::from_fn(|_| cells.next().flatten()));
            }
            _ => {}
        }
    }

    fn set(&mut self, line: &str) {
        let Some((key, value)) = line.split_once('=') else { return };
        let value = value.trim();
        let short = || Some(value.chars().take(32).collect::<String>());
        let beats = |low: u8| value.parse().ok().filter(|beats| (low..=240).contains(beats));
        match key.trim() {
            "Date" => self.date = short(),
            "StartTime" => self.time = short(),
            "SMode" => self.mode = short().unwrap_or_default(),
            "Length" => self.length_s = seconds(value),
            "MaxHR" => self.session.anchors.max_bpm = beats(100),
            "RestHR" => self.session.anchors.resting_bpm = beats(25),
            "Interval" => {
                self.rhythm = match value.parse::<f64>().ok() {
                    Some(BEAT_BY_BEAT) => Some(Rhythm::BeatByBeat),
                    Some(LAPS_ONLY) | None => None,
                    Some(seconds) => {
                        (1.0..=60.0).contains(&seconds).then_some(Rhythm::EverySeconds(seconds))
                    }
                };
            }
            _ => {}
        }
    }

    /// Whether the file ends before its readings do: it has one for each whole interval of its length.
    fn breaks_off(&self) -> Option<Problem> {
        const SAME_LENGTH_S: f64 = 3.0;
        let length_s = self.length_s.unwrap_or(f64::MAX);
        let is_short = match self.rhythm? {
            Rhythm::EverySeconds(seconds) => {
                (self.rows.len() as f64) < (length_s / seconds).floor()
            }
            Rhythm::BeatByBeat => {
                let sum_ms: f64 = self.rows.iter().filter_map(|row| row[0]).sum();
                sum_ms / 1000.0 + SAME_LENGTH_S < length_s
            }
        };
        is_short.then(|| Problem::new(ProblemKind::Truncated, "the file breaks off"))
    }

    fn start(&self) -> Option<UnixTime> {
        let (date, clock) = (self.date.as_deref()?, self.time.as_deref()?);
        let [year, month, day] = [date.get(..4)?, date.get(4..6)?, date.get(6..8)?];
        Some(time::parse(&format!("{year}-{month}-{day}T{clock:0>10}"))?.time)
    }

    /// Whether a quantity was recorded: each has its place in the mode.
    fn has(&self, place: usize) -> bool {
        self.mode.as_bytes().get(place) == Some(&b'1')
    }

    fn finish(mut self) -> Option<PartialSession> {
        let (start, rhythm) = (self.start()?, self.rhythm?);
        if self.rows.is_empty() {
            return None;
        }
        let rows = std::mem::take(&mut self.rows);
        let is_in_miles = self.has(7);
        let (metres, feet) = if is_in_miles { (METRES_PER_MILE, 0.3048) } else { (1000.0, 1.0) };
        let [has_speed, has_cadence, has_altitude] = [0, 1, 2].map(|place| self.has(place));
        let Self { mut session, length_s, trip, .. } = self;
        match rhythm {
            Rhythm::BeatByBeat => {
                let intervals: Vec<f64> = rows.iter().filter_map(|row| row[0]).collect();
                for (time, rate) in beats::heart_rates(start, &intervals) {
                    session.samples.add(Some(time), [(PointQuantity::HeartRate, Some(rate))], None);
                }
            }
            Rhythm::EverySeconds(seconds) => {
                let altitude = 1 + usize::from(has_speed) + usize::from(has_cadence);
                let mut distance = 0.0;
                for (number, row) in rows.into_iter().enumerate() {
                    let speed = row[1].filter(|tenths| has_speed && *tenths >= 0.0);
                    let speed = speed.map(|tenths| tenths / 10.0 * metres / 3600.0);
                    distance += seconds * speed.unwrap_or_default();
                    let height = row[altitude].filter(|_| has_altitude);
                    let readings = [
                        (PointQuantity::HeartRate, row[0].filter(|beats| *beats > 0.0)),
                        (PointQuantity::Speed, speed),
                        // As the watch itself counts its trip.
                        (PointQuantity::Distance, speed.map(|_| distance)),
                        (PointQuantity::Altitude, height.map(|height| feet * height)),
                    ];
                    let time = UnixTime(start.0 + (1000.0 * seconds) as i64 * number as i64);
                    session.samples.add(Some(time), readings, None);
                }
            }
        }
        session.start = Some(start);
        // The hour of the day is right, whatever the date and time elsewhere.
        session.utc_offset_s = Some(0);
        session.stated.timer = length_s.and_then(Seconds::new);
        let trip = trip.filter(|tenths| *tenths > 0.0);
        session.stated.distance = trip.and_then(|tenths| Metres::new(tenths / 10.0 * metres));
        Some(session)
    }
}

/// Seconds of `01:10:12.0`.
fn seconds(clock: &str) -> Option<f64> {
    let mut parts = clock.split(':').map(str::parse::<f64>);
    let mut next = || parts.next()?.ok().filter(|part| (0.0..=1000.0).contains(part));
    let [hours, minutes, seconds] = [next()?, next()?, next()?];
    Some(3600.0 * hours + 60.0 * minutes + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Record;

    fn file(mode: &str, interval: u32, length: &str, rows: &str) -> String {
        format!(
            "[Params]\r\nVersion=106\r\nSMode={mode}\r\nDate=20260520\r\nStartTime=8:00:00.0\r\n\
             Length={length}\r\nInterval={interval}\r\nMaxHR=190\r\nRestHR=0\r\n\r\n[Note]\r\nRecovery\r\n\r\n\
             [Trip]\r\n187\r\n680\r\n\r\n[HRData]\r\n{rows}"
        )
    }

    fn run(text: &str) -> crate::activity::Activity {
        assert!(recognises(text.as_bytes()));
        let decoded = decode(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(decoded.warnings, []);
        decoded.activities[0].clone()
    }

    /// 2026-05-20T08:00:00Z, as if it were UTC.
    fn at(second: i64) -> UnixTime {
        UnixTime::from_seconds(1_779_264_000 + second)
    }

    #[test]
    fn the_mode_tells_the_columns_and_the_units() {
        let found = run(&file(
            "111000100",
            5,
            "00:00:15.0",
            "0\t0\t0\t85\r\n120\t90\t80\t86\r\n121\t90\t80\t87\r\n",
        ));
        assert_eq!((found.start, found.utc_offset_s), (at(0), Some(0)));
        let expected = Record {
            time: at(5),
            heart_rate_bpm: Some(120),
            speed_mm_s: Some(2500),
            distance_cm: Some(1250),
            altitude_m: Some(86.0),
            ..Record::default()
        };
        assert_eq!(found.records[1], expected);
        assert_eq!(found.records[0].heart_rate_bpm, None);
        assert_eq!((found.anchors.max_bpm, found.anchors.resting_bpm), (Some(190), None));
        assert_eq!(found.stated.distance, Metres::new(18_700.0));
        assert_eq!(found.texts[0].text, "Recovery");
        let miles =
            run(&file("101000110", 5, "00:00:15.0", "120\t100\t100\n121\t0\t0\n121\t0\t0\n"));
        assert_eq!(miles.records[0].speed_mm_s, Some(4470), "ten miles an hour");
        assert_eq!(miles.records[0].altitude_m, Some(30.48), "a hundred feet");
        assert_eq!(run(&file("00000000", 15, "00:00:30.0", "120\n121\n")).records[1].time, at(15));
    }

    #[test]
    fn beats_become_heart_rates() {
        let found = run(&file("000000000", 238, "00:00:50.0", &"500\n".repeat(100)));
        assert!(found.records.len() > 40);
        assert!(found.records.iter().all(|record| record.heart_rate_bpm == Some(120)));
    }

    #[test]
    fn a_file_that_ends_early_is_told_and_one_of_laps_refused() {
        let text = file("00000000", 5, "00:10:00.0", "120\n121\n");
        let decoded = decode(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(decoded.warnings[0].kind, ProblemKind::Truncated);
        let laps = file("00000000", 204, "00:10:00.0", "120\n");
        assert!(matches!(
            decode(laps.as_bytes(), &Limits::default()),
            Err(Refusal::NotAnActivity(_))
        ));
    }
}
