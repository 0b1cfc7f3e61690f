//! One pass over a file: its track points, and what it says about sessions and laps.

use std::convert::Infallible;

use quick_xml::events::{BytesStart, Event};

use super::fields::{Element, Value};
use super::laps::{Lap, Session};
use super::{BARE_ROOT, ROOT, point};
use crate::decode::text::line_at;
use crate::decode::xml::events::{Content, Stop, Xml};
use crate::decode::xml::faults::Faults;
use crate::decode::xml::point::{Point, Quantity, Reading};
use crate::decode::xml::segments::Points;
use crate::decode::xml::time;
use crate::decode::{Limits, Problem, ProblemKind};
use crate::units::{Metres, Seconds};

/// What one pass finds.
#[derive(Default)]
pub(super) struct Scan {
    /// The points that have a time; a part of the file is a lap.
    pub(super) points: Points,
    pub(super) sessions: Vec<Session>,
    pub(super) laps: Vec<Lap>,
    /// How many points there are, whatever is wrong with them.
    pub(super) track_points: usize,
    pub(super) seen: Seen,
    pub(super) faults: Faults,
    /// Why reading stopped before the end.
    pub(super) damage: Option<Problem>,
    /// What was read although it should not stand there.
    pub(super) forgiven: Vec<Problem>,
}

/// What else the file holds.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Seen {
    pub(super) courses: bool,
    pub(super) workouts: bool,
}

/// Reads the whole text, or as much of it as can be read.
pub(super) fn scan(text: &str, limits: &Limits) -> Scan {
    let mut scanner = Scanner {
        xml: Xml::new(text, limits, ROOT),
        limits,
        scan: Scan::default(),
        path: Vec::new(),
        value: None,
    };
    let Err(stop) = scanner.walk();
    scanner.finish(&stop)
}

struct Scanner<'a> {
    xml: Xml<'a>,
    limits: &'a Limits,
    scan: Scan,
    /// The open elements.
    path: Vec<Element>,
    /// The value that is being read, and where it began.
    value: Option<(Value, usize, Content<'a>)>,
}

impl<'a> Scanner<'a> {
    fn walk(&mut self) -> Result<Infallible, Stop> {
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

    fn open(&mut self, tag: &BytesStart<'a>) -> Result<(), Stop> {
        let element = self.enter(tag)?;
        if element == Element::Point {
            return self.point();
        }
        self.value = match element {
            Element::Value(value) | Element::Around(value) => {
                Some((value, self.xml.at(), Content::default()))
            }
            _ => None,
        };
        self.path.push(element);
        Ok(())
    }

    /// An element without content.
    fn pass(&mut self, tag: &BytesStart<'a>) -> Result<(), Stop> {
        if self.enter(tag)? == Element::Point {
            self.take(Point::default(), self.xml.at());
        }
        if self.path.is_empty() { Err(Stop::Complete) } else { Ok(()) }
    }

    fn close(&mut self) -> Result<(), Stop> {
        if let Some((value, at, content)) = self.value.take() {
            self.set(value, content.trimmed(), at);
        }
        self.path.pop();
        if self.path.is_empty() { Err(Stop::Complete) } else { Ok(()) }
    }

    /// Says what begins here, and makes room for it.
    fn enter(&mut self, tag: &BytesStart<'a>) -> Result<Element, Stop> {
        let name = tag.local_name();
        let element = Element::of(self.path.last().copied(), name.as_ref());
        match element {
            Element::Group if self.path.is_empty() => self.accept_bare_root(),
            Element::Activity => self.begin_session(tag, false)?,
            Element::Transition => {
                self.begin_session(tag, true)?;
                self.begin_lap(tag)?;
            }
            Element::Lap => self.begin_lap(tag)?,
            Element::Track => self.scan.points.end_segment(),
            Element::Point => self.scan.track_points += 1,
            Element::Courses => self.scan.seen.courses = true,
            Element::Workouts => self.scan.seen.workouts = true,
            Element::Other if self.path.is_empty() => {
                return Err(Stop::Stranger(name.as_ref().to_owned()));
            }
            _ => {}
        }
        if self.scan.track_points > self.limits.max_records {
            return Err(Stop::TooMany("track points"));
        }
        Ok(element)
    }

    fn accept_bare_root(&mut self) {
        self.xml.expect_root(BARE_ROOT);
        let place = line_at(self.xml.text(), self.xml.at());
        let detail = format!("the outermost element is <{BARE_ROOT}>, not <{ROOT}>");
        self.scan.forgiven.push(Problem::at(place, ProblemKind::Irregular, detail));
    }

    fn begin_session(&mut self, tag: &BytesStart<'a>, is_transition: bool) -> Result<(), Stop> {
        if self.scan.sessions.len() >= self.limits.max_records {
            return Err(Stop::TooMany("activities"));
        }
        let kind = attribute(tag, "Sport").unwrap_or_default();
        self.scan.sessions.push(Session { kind, is_transition, ..Session::default() });
        self.scan.points.end_segment();
        Ok(())
    }

    fn begin_lap(&mut self, tag: &BytesStart<'a>) -> Result<(), Stop> {
        if self.scan.laps.len() >= self.limits.max_records {
            return Err(Stop::TooMany("laps"));
        }
        let start = attribute(tag, "StartTime").and_then(|text| time::parse(&text));
        let start = start.map(|stamp| stamp.time).filter(|start| time::is_plausible(*start));
        let session = self.scan.sessions.len().saturating_sub(1);
        self.scan.laps.push(Lap { session, start, ..Lap::default() });
        self.scan.points.end_segment();
        Ok(())
    }

    fn point(&mut self) -> Result<(), Stop> {
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

    fn set(&mut self, value: Value, text: &str, at: usize) {
        let Scan { sessions, laps, faults, .. } = &mut self.scan;
        let (Some(session), lap) = (sessions.last_mut(), laps.last_mut()) else { return };
        let text_of = || Some(text.to_owned()).filter(|text| !text.is_empty());
        match (value, lap) {
            (Value::Notes, _) => session.notes = session.notes.take().or_else(text_of),
            (Value::WorkoutName, _) => session.workout = session.workout.take().or_else(text_of),
            (Value::DeviceName, _) => session.device = session.device.take().or_else(text_of),
            (Value::LapNotes, Some(lap)) => lap.notes = lap.notes.take().or_else(text_of),
            (value, Some(lap)) => match Reading::of(text, bounds(value)) {
                Reading::Value(number) => set_total(lap, value, number),
                Reading::Missing => {}
                Reading::Nonsense => faults.values.add(at),
            },
            (_, None) => {}
        }
    }

    fn finish(mut self, stop: &Stop) -> Scan {
        let complete = matches!(stop, Stop::Complete);
        self.scan.damage = self.xml.problem(stop, self.limits);
        self.scan.forgiven.extend(self.xml.forgiven());
        self.scan.forgiven.extend(self.xml.remainder().filter(|_| complete));
        self.scan
    }
}

/// What a lap's total can be at all.
fn bounds(value: Value) -> (f64, f64) {
    const LONGEST_LAP_S: f64 = 100.0 * 86_400.0;
    match value {
        Value::LapTimer => (0.0, LONGEST_LAP_S),
        Value::LapDistance => Quantity::Distance.bounds(),
        _ => Quantity::HeartRate.bounds(),
    }
}

fn set_total(lap: &mut Lap, value: Value, number: f64) {
    let beats = Some(number).filter(|beats| *beats > 0.0);
    match value {
        Value::LapTimer => lap.timer = Seconds::new(number),
        Value::LapDistance => lap.distance = Metres::new(number),
        Value::LapMeanHeartRate => lap.mean_heart_rate = beats,
        Value::LapMaxHeartRate => lap.max_heart_rate = beats,
        _ => {}
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let attribute = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(attribute.value.to_string())
}
