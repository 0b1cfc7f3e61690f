//! One pass over a file: its track points, and what it says about sessions and laps.

use std::convert::Infallible;

use quick_xml::events::{BytesStart, Event};

use super::fields::{BARE_ROOT, ROOT, TcxElement, TcxValue};
use super::laps::{Lap, TcxSession};
use super::point;
use crate::decode::point_quantity::PointQuantity;
use crate::decode::text::line_at;
use crate::decode::xml::events::{ElementContent, EndOfReading, Xml};
use crate::decode::xml::faults::PointFaults;
use crate::decode::xml::point::{NumberReading, Point};
use crate::decode::xml::segments::Points;
use crate::decode::xml::texts::TextRoom;
use crate::decode::xml::time;
use crate::decode::{Limits, Problem, ProblemKind};
use crate::units::{Metres, Seconds};

/// What one pass finds.
#[derive(Default)]
pub(super) struct TcxScan {
    /// The points that have a time; a part of the file is a lap.
    pub(super) points: Points,
    pub(super) sessions: Vec<TcxSession>,
    pub(super) laps: Vec<Lap>,
    /// How many points there are, whatever is wrong with them.
    pub(super) track_points: usize,
    pub(super) seen: TcxContents,
    pub(super) faults: PointFaults,
    /// Why reading stopped before the end.
    pub(super) damage: Option<Problem>,
    /// What was read although it should not stand there.
    pub(super) forgiven: Vec<Problem>,
}

/// What else the file holds.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct TcxContents {
    pub(super) courses: bool,
    pub(super) workouts: bool,
}

/// Reads the whole text, or as much of it as can be read.
pub(super) fn scan(text: &str, limits: &Limits) -> TcxScan {
    let mut scanner = TcxScanner {
        xml: Xml::new(text, limits, ROOT),
        limits,
        texts: TextRoom::default(),
        has_one_lap: true,
        scan: TcxScan::default(),
        path: Vec::new(),
        value: None,
    };
    let Err(stop) = scanner.walk();
    scanner.finish(&stop)
}

/// More laps than any file has.
const MOST_LAPS: usize = 200_000;

struct TcxScanner<'a> {
    xml: Xml<'a>,
    limits: &'a Limits,
    texts: TextRoom,
    /// Whether the session that is being read has one lap so far.
    has_one_lap: bool,
    scan: TcxScan,
    /// The open elements.
    path: Vec<TcxElement>,
    /// The value that is being read, and where it began.
    value: Option<(TcxValue, usize, ElementContent<'a>)>,
}

impl<'a> TcxScanner<'a> {
    fn walk(&mut self) -> Result<Infallible, EndOfReading> {
        loop {
            match self.xml.next()? {
                Event::Start(tag) => self.open(&tag)?,
                Event::Empty(tag) => self.pass(&tag)?,
                Event::End(_) => self.close()?,
                piece => {
                    if let Some((_, _, content)) = &mut self.value {
                        content.add(piece);
                    }
                }
            }
        }
    }

    fn open(&mut self, tag: &BytesStart<'a>) -> Result<(), EndOfReading> {
        let element = self.enter(tag)?;
        if element == TcxElement::Point {
            return self.point();
        }
        self.value = match element {
            TcxElement::Value(value) | TcxElement::Around(value) => {
                Some((value, self.xml.at(), ElementContent::default()))
            }
            _ => None,
        };
        self.path.push(element);
        Ok(())
    }

    /// An element without content.
    fn pass(&mut self, tag: &BytesStart<'a>) -> Result<(), EndOfReading> {
        if self.enter(tag)? == TcxElement::Point {
            self.take(Point::default(), self.xml.at());
        }
        if self.path.is_empty() { Err(EndOfReading::Complete) } else { Ok(()) }
    }

    fn close(&mut self) -> Result<(), EndOfReading> {
        if let Some((value, at, content)) = self.value.take() {
            self.set(value, content.trimmed(), at);
        }
        self.path.pop();
        if self.path.is_empty() { Err(EndOfReading::Complete) } else { Ok(()) }
    }

    /// Says what begins here, and makes room for it.
    fn enter(&mut self, tag: &BytesStart<'a>) -> Result<TcxElement, EndOfReading> {
        let name = tag.local_name();
        let element = TcxElement::of(self.path.last().copied(), name.as_ref());
        match element {
            TcxElement::Group if self.path.is_empty() => self.accept_bare_root(),
            TcxElement::Activity => self.begin_session(tag, false)?,
            TcxElement::Transition => {
                self.begin_session(tag, true)?;
                self.begin_lap(tag)?;
            }
            TcxElement::Lap => self.begin_lap(tag)?,
            TcxElement::Track => self.scan.points.end_segment(),
            TcxElement::Point => self.scan.track_points += 1,
            TcxElement::Courses => self.scan.seen.courses = true,
            TcxElement::Workouts => self.scan.seen.workouts = true,
            TcxElement::Other if self.path.is_empty() => {
                return Err(EndOfReading::Stranger(name.as_ref().to_owned()));
            }
            _ => {}
        }
        if self.scan.track_points > self.limits.max_records {
            return Err(EndOfReading::TooMany(
                "track points",
                "max_records",
                self.limits.max_records,
            ));
        }
        Ok(element)
    }

    fn accept_bare_root(&mut self) {
        self.xml.expect_root(BARE_ROOT);
        let place = line_at(self.xml.text(), self.xml.at());
        let detail = format!("the outermost element is <{BARE_ROOT}>, not <{ROOT}>");
        self.scan.forgiven.push(Problem::at(place, ProblemKind::Irregular, detail));
    }

    fn begin_session(
        &mut self,
        tag: &BytesStart<'a>,
        is_transition: bool,
    ) -> Result<(), EndOfReading> {
        let most = self.limits.max_sessions;
        if self.scan.sessions.len() >= most {
            return Err(EndOfReading::TooMany("activities", "max_sessions", most));
        }
        let kind = attribute(tag, "Sport").and_then(|kind| self.texts.keep(&kind));
        let kind = kind.unwrap_or_default();
        self.scan.sessions.push(TcxSession { kind, is_transition, ..TcxSession::default() });
        self.scan.points.end_segment();
        Ok(())
    }

    fn begin_lap(&mut self, tag: &BytesStart<'a>) -> Result<(), EndOfReading> {
        let most = self.limits.max_records.min(MOST_LAPS);
        if self.scan.laps.len() >= most {
            return Err(EndOfReading::TooMany("laps", "max_records", most));
        }
        let start = attribute(tag, "StartTime").and_then(|text| time::parse(&text));
        let start = start.map(|stamp| stamp.time).filter(|start| time::is_plausible(*start));
        let session = self.scan.sessions.len().saturating_sub(1);
        // Only the note of an only lap is ever used.
        let before = self.scan.laps.last_mut().filter(|before| before.session == session);
        let is_first = before.map(|before| before.notes = None).is_none();
        self.has_one_lap = is_first;
        self.scan.laps.push(Lap { session, start, ..Lap::default() });
        self.scan.points.end_segment();
        Ok(())
    }

    fn point(&mut self) -> Result<(), EndOfReading> {
        let at = self.xml.at();
        let point = point::read(&mut self.xml, &mut self.scan.faults)?;
        self.take(point, at);
        Ok(())
    }

    /// Keeps a point that has a time.
    fn take(&mut self, point: Point, at: usize) {
        let Self { xml, scan, limits, .. } = self;
        let session = scan.sessions.len().saturating_sub(1);
        // A track that stands in no lap is one by itself.
        if scan.laps.last().is_none_or(|lap| lap.session != session) {
            scan.laps.push(Lap { session, ..Lap::default() });
        }
        let rest = xml.text().len() - at;
        scan.points.reserve(xml.position() - at, rest, limits);
        scan.points.add(point, scan.laps.len() - 1, at, &mut scan.faults);
    }

    fn set(&mut self, value: TcxValue, text: &str, at: usize) {
        let (TcxScan { sessions, laps, faults, .. }, texts) = (&mut self.scan, &mut self.texts);
        let (Some(session), lap) = (sessions.last_mut(), laps.last_mut()) else { return };
        let text_of = || texts.keep(text);
        match (value, lap) {
            (TcxValue::Notes, _) => session.notes = session.notes.take().or_else(text_of),
            (TcxValue::WorkoutName, _) => session.workout = session.workout.take().or_else(text_of),
            (TcxValue::DeviceName, _) => session.device = session.device.take().or_else(text_of),
            (TcxValue::LapNotes, _) if !self.has_one_lap => {}
            (TcxValue::LapNotes, Some(lap)) => lap.notes = lap.notes.take().or_else(text_of),
            (value, Some(lap)) => match NumberReading::of(text, bounds(value)) {
                NumberReading::Value(number) => set_total(lap, value, number),
                NumberReading::Missing => {}
                NumberReading::Nonsense => faults.values.add(at),
            },
            (_, None) => {}
        }
    }

    fn finish(mut self, stop: &EndOfReading) -> TcxScan {
        let complete = matches!(stop, EndOfReading::Complete);
        self.scan.damage = self.xml.problem(stop, self.limits);
        self.scan.forgiven.extend(self.xml.forgiven());
        self.scan.forgiven.extend(self.texts.problem());
        self.scan.forgiven.extend(self.xml.remainder().filter(|_| complete));
        self.scan
    }
}

/// What a lap's total can be at all.
fn bounds(value: TcxValue) -> (f64, f64) {
    const LONGEST_LAP_S: f64 = 100.0 * 86_400.0;
    match value {
        TcxValue::LapTimer => (0.0, LONGEST_LAP_S),
        TcxValue::LapDistance => PointQuantity::Distance.bounds(),
        _ => PointQuantity::HeartRate.bounds(),
    }
}

fn set_total(lap: &mut Lap, value: TcxValue, number: f64) {
    let beats = Some(number).filter(|beats| *beats > 0.0);
    match value {
        TcxValue::LapTimer => lap.timer = Seconds::new(number),
        TcxValue::LapDistance => lap.distance = Metres::new(number),
        TcxValue::LapMeanHeartRate => lap.mean_heart_rate = beats,
        TcxValue::LapMaxHeartRate => lap.max_heart_rate = beats,
        _ => {}
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let attribute = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(attribute.value.to_string())
}
