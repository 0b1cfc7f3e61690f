//! The table that the Wahoo Fitness app mailed of a workout: a few lines each on the start, the sensors and
//! the totals, then a reading of all sensors every second.
//!
//! Its start is the clock of the wall, without a zone; of the kind of sport only the sensors speak.

use super::partial_session::{PartialSession, TimerState, decoded};
use super::point_quantity::PointQuantity;
use super::session_table::unclosed;
use super::{Decoded, Format, Limits, Location, Problem, ProblemKind, Refusal, text};
use crate::activity::{LabelSource, Position, Sport};
use crate::csv_table::{NamedCells, Rows, StringRecord};
use crate::units::{Metres, Seconds, UnixTime};
use chrono::NaiveDate;

/// A workout of the Wahoo Fitness app.
pub static FORMAT: Format = Format { id: "wahoo", recognises, decode };

const FIRST_CELLS: &str = "Device,fisica,";

fn recognises(bytes: &[u8]) -> bool {
    const HEAD_BYTES: usize = 1 << 10;
    let head = text::decode(&bytes[..bytes.len().min(HEAD_BYTES)]).text;
    head.trim_start().starts_with(FIRST_CELLS)
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    // A line without its end may have lost a digit.
    let whole_lines = &text[..text.rfind('\n').map_or(0, |end| end + 1)];
    let mut rows = Rows::of(whole_lines).map_err(|error| {
        let place = Location::Line(error.line as u32);
        Refusal::Unusable(Problem::at(place, ProblemKind::LimitExceeded, error.to_string()))
    })?;
    let mut file = WahooFile::default();
    let mut cells = StringRecord::new();
    let mut cut = None;
    while let Some(line) = rows.read(&mut cells) {
        if file.readings == limits.max_records {
            let detail = format!("more readings than max_records {}", limits.max_records);
            let place = Location::Line(line as u32);
            cut = Some(Problem::at(place, ProblemKind::LimitExceeded, detail));
            break;
        }
        file.add(&cells);
    }
    let cut = cut.or_else(|| file.breaks_off(&text));
    let mut decoded = decoded(file.finish(), cut, "a Wahoo file without readings")?;
    decoded.warnings.extend(damage.into_iter().chain(unclosed(&rows)));
    Ok(decoded)
}

/// What the lines now read are about; each part begins with a line that names its columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum FileSection {
    #[default]
    Head,
    Comments,
    Sensors,
    Totals,
    Intervals,
    Readings,
}

#[derive(Debug, Default)]
struct WahooFile {
    part: FileSection,
    columns: StringRecord,
    session: PartialSession,
    sensors: Sensors,
    /// From first to last second, as the totals state it.
    elapsed_s: Option<f64>,
    readings: usize,
    /// The time of the last reading, in seconds since the start.
    last_s: f64,
    stands: bool,
}

/// What was worn or mounted, and is told of nothing else.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Sensors {
    satellites: bool,
    foot_pod: bool,
    wheel_or_crank: bool,
}

impl WahooFile {
    fn add(&mut self, cells: &StringRecord) {
        let first = cells.get(0).unwrap_or_default();
        let begins = match first {
            "Year" => return self.set_start(cells),
            "comments" => Some(FileSection::Comments),
            "sensor" => Some(FileSection::Sensors),
            "workout" => Some(FileSection::Totals),
            "interval" => Some(FileSection::Intervals),
            "time" => Some(FileSection::Readings),
            _ => None,
        };
        if let Some(part) = begins {
            self.part = part;
            self.columns = cells.clone();
            return;
        }
        match self.part {
            FileSection::Head | FileSection::Intervals => {}
            FileSection::Comments => self.add_comment(cells),
            FileSection::Sensors => self.sensors.add(first, cells.get(1) == Some("yes")),
            FileSection::Totals => self.set_totals(cells),
            FileSection::Readings => self.add_reading(cells),
        }
    }

    /// `Year,2026,Month,5,…`: names and values by turns.
    fn set_start(&mut self, cells: &StringRecord) {
        let cells: Vec<&str> = cells.iter().collect();
        let value = |name: &str| {
            let pair = cells.chunks_exact(2).find(|pair| pair[0] == name)?;
            pair[1].trim().parse::<u32>().ok()
        };
        let date = || {
            let year = i32::try_from(value("Year")?).ok()?;
            let day = NaiveDate::from_ymd_opt(year, value("Month")?, value("Day")?)?;
            day.and_hms_opt(value("Hour")?, value("Minute")?, value("Second")?)
        };
        self.session.start = date().map(|date| UnixTime(date.and_utc().timestamp_millis()));
        // The hour of the day is right, whatever the date and time elsewhere.
        self.session.utc_offset_s = Some(0);
    }

    fn add_comment(&mut self, cells: &StringRecord) {
        let comment = cells.iter().collect::<Vec<_>>().join(",");
        if !comment.starts_with("File created by") {
            self.session.add_text(LabelSource::Description, Some(&comment));
        }
    }

    fn set_totals(&mut self, cells: &StringRecord) {
        let cells = NamedCells::new(&self.columns, cells);
        let timer = cells.amount("runningtime");
        let elapsed = timer.map(|timer| timer + cells.amount("pausedtime").unwrap_or_default());
        let metres = |name| cells.amount(name).filter(|metres| *metres > 0.0);
        let stated = &mut self.session.stated;
        stated.timer = timer.and_then(Seconds::new);
        stated.elapsed = elapsed.and_then(Seconds::new);
        // What the runner typed in counts before what was measured.
        stated.distance = ["manualdist", "gpsdist", "stridedist", "wheeldist"]
            .into_iter()
            .find_map(metres)
            .and_then(Metres::new);
        stated.mean_heart_rate_bpm = cells.beats("hravg");
        self.elapsed_s = elapsed;
        self.sensors.foot_pod |= metres("stridedist").is_some();
    }

    fn add_reading(&mut self, cells: &StringRecord) {
        let cells = NamedCells::new(&self.columns, cells);
        let Some(start) = self.session.start else { return };
        let Some(second) = cells.amount("time").filter(|second| *second <= 1e7) else { return };
        let time = UnixTime(start.0 + (1000.0 * second).round() as i64);
        self.readings += 1;
        self.last_s = self.last_s.max(second);
        let stands = cells.text("paused") == Some("1");
        if stands != self.stands {
            let state = if stands { TimerState::Stands } else { TimerState::Runs };
            self.session.stops.push((time, state));
            self.stands = stands;
        }
        let above_nought = |name| cells.amount(name).filter(|reading| *reading > 0.0);
        let (distance, speed, altitude) = self.sensors.distance_columns();
        let readings = [
            (PointQuantity::HeartRate, above_nought("hr_heartrate")),
            (PointQuantity::Distance, cells.amount(distance)),
            (PointQuantity::Speed, cells.amount(speed)),
            (PointQuantity::Altitude, cells.number(altitude)),
            // Of the belt that feels each step; the other one counts turns of a crank.
            (PointQuantity::Cadence, above_nought("ma_cadence")),
        ];
        let place = cells.number("gps_lat").zip(cells.number("gps_lon"));
        let place = place.filter(|_| self.sensors.satellites);
        let place = place.and_then(|(north, east)| Position::from_degrees(north, east));
        self.session.samples.add(Some(time), readings, place);
    }

    /// Whether the readings end before the time that the totals state, or within a line.
    fn breaks_off(&self, text: &str) -> Option<Problem> {
        const SAME_LENGTH_S: f64 = 3.0;
        let is_short = self.elapsed_s.is_none_or(|elapsed| self.last_s + SAME_LENGTH_S < elapsed);
        (is_short || self.readings == 0 || !text.ends_with('\n'))
            .then(|| Problem::new(ProblemKind::Truncated, "the file breaks off"))
    }

    fn finish(mut self) -> Option<PartialSession> {
        self.session.start?;
        self.session.sport = self.sensors.sport();
        (self.readings > 0 || self.session.stated.timer.is_some()).then_some(self.session)
    }
}

impl Sensors {
    fn add(&mut self, sensor: &str, is_present: bool) {
        match sensor {
            "gps" => self.satellites = is_present,
            "footpod" => self.foot_pod = is_present,
            "pwr" | "spd" | "cad" => self.wheel_or_crank |= is_present,
            _ => {}
        }
    }

    /// The columns of distance, speed and altitude.
    fn distance_columns(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self { satellites: true, .. } => ("gps_dist", "gps_speed", "gps_altitude"),
            Self { foot_pod: true, .. } => ("fp_accdist", "fp_speed", "disp_altitude"),
            Self { .. } => ("spd_accdist", "spd_instspeed", "disp_altitude"),
        }
    }

    fn sport(self) -> Sport {
        match self {
            Self { wheel_or_crank: true, .. } => Sport::Cycling,
            Self { foot_pod: true, .. } => Sport::Running,
            Self { .. } => Sport::Unspecified,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Activity, Pause, Record};

    fn file(sensors: &str, totals: &str, readings: &str) -> String {
        format!(
            "Device,fisica,model,key,version,1,AppVersion,5.8.1\nYear,2026,Month,5,Day,20,Hour,8,Minute,0,\
             Second,0,BatteryUsage (%),15\n\ncomments\nRecovery, with a friend\n\nsensor,present,smrec,zeroavg,\
             model\n{sensors}\nworkout,starttime,runningtime,pausedtime,hravg,stridedist,gpsdist,manualdist\n\
             ,0,{totals}\n\ninterval,starttime,runningtime\n1,0,4\n\n\
             time,hr_heartrate,gps_altitude,gps_lat,gps_lon,gps_dist,gps_speed,fp_accdist,fp_speed,ma_cadence,paused\n\
             {readings}"
        )
    }

    const READINGS: &str = "1,0,86,47.1,8.1,2.5,2.5,2,2,0,0\n2,120,86,47.1,8.1,2.5,0,2,0,168,1\n\
                            3,121,86.5,47.1,8.1,5,2.5,4,2,168,0\n";

    fn read(text: &str) -> (Activity, Vec<ProblemKind>) {
        assert!(recognises(text.as_bytes()));
        let decoded = decode(text.as_bytes(), &Limits::default()).unwrap();
        (decoded.activities[0].clone(), decoded.warnings.iter().map(|one| one.kind).collect())
    }

    /// 2026-05-20T08:00:00Z, as if it were UTC.
    fn at(second: i64) -> UnixTime {
        UnixTime::from_seconds(1_779_264_000 + second)
    }

    #[test]
    fn readings_follow_the_sensors() {
        let outside = file("gps,yes,no\nfootpod,yes,no\n", "3,1,141,4,5,0", READINGS);
        let (run, warnings) = read(&outside);
        assert_eq!(warnings, []);
        assert_eq!((&run.sport, run.start, run.utc_offset_s), (&Sport::Running, at(0), Some(0)));
        assert_eq!(run.pauses, [Pause { from: at(2), to: at(3) }]);
        let expected = Record {
            time: at(3),
            heart_rate_bpm: Some(121),
            distance_cm: Some(500),
            speed_mm_s: Some(2500),
            altitude_m: Some(86.5),
            cadence_centi_spm: Some(16_800),
            position: Position::from_degrees(47.1, 8.1),
            ..Record::default()
        };
        assert_eq!(run.records.last(), Some(&expected));
        assert_eq!(run.records[0].heart_rate_bpm, None, "nought stands for none");
        assert_eq!((run.stated.timer, run.stated.elapsed), (Seconds::new(3.0), Seconds::new(4.0)));
        assert_eq!(
            (run.stated.distance, run.stated.mean_heart_rate_bpm),
            (Metres::new(5.0), Some(141))
        );
        assert_eq!(run.texts[0].text, "Recovery, with a friend");
        let inside = file("gps,no,no\nfootpod,yes,no\n", "3,1,141,4,0,6", READINGS);
        let (run, _) = read(&inside);
        assert_eq!((run.records[2].distance_cm, run.records[2].position), (Some(400), None));
        assert_eq!(run.stated.distance, Metres::new(6.0), "what was typed in");
        let ride = file("gps,yes,no\nspd,yes,no\n", "3,1,141,0,5,0", READINGS);
        assert_eq!(read(&ride).0.sport, Sport::Cycling);
    }

    #[test]
    fn a_file_that_ends_early_is_told() {
        let early = file("gps,yes,no\n", "600,0,141,0,5,0", READINGS);
        assert_eq!(read(&early).1, [ProblemKind::Truncated]);
        let whole = file("gps,yes,no\n", "3,1,141,0,5,0", READINGS);
        let (run, warnings) = read(&whole[..whole.len() - 2]);
        assert_eq!((run.records.len(), warnings), (2, vec![ProblemKind::Truncated]));
    }
}
