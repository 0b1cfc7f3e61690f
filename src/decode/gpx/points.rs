//! One track point: `<trkpt lat lon>` with altitude, time, and what its extensions say.

use quick_xml::events::{BytesStart, Event};

use super::faults::Faults;
use super::time::{self, Stamp};
use super::xml::{Content, Stop, Xml};
use crate::activity::{Position, Record};

/// What one track point says.
#[derive(Default)]
pub(super) struct Point {
    /// Everything but the time. The cadence is as the file has it, in hundredths: whether strides
    /// or steps only shows over the whole run.
    pub(super) record: Record,
    pub(super) stamp: Option<Stamp>,
}

impl Point {
    /// The point that this tag alone describes.
    pub(super) fn at(tag: &BytesStart<'_>, offset: usize, faults: &mut Faults) -> Self {
        let position = position(tag);
        if position.is_none() {
            faults.positions.add(offset);
        }
        Self { record: Record { position, ..Record::default() }, stamp: None }
    }

    /// Reads on to the point's end tag.
    pub(super) fn read(mut self, xml: &mut Xml<'_>, faults: &mut Faults) -> Result<Self, Stop> {
        let outside = xml.depth() - 1;
        let mut open = None;
        loop {
            match xml.next()? {
                Event::Start(tag) => {
                    let field = Field::of(tag.local_name().as_ref(), xml.depth() - outside - 1);
                    open = field.map(|field| (field, xml.at(), Content::default()));
                }
                Event::End(_) if xml.depth() == outside => return Ok(self),
                Event::End(_) => {
                    if let Some((field, at, content)) = open.take() {
                        self.set(field, content.trimmed(), at, faults);
                    }
                }
                piece => {
                    if let Some((_, _, content)) = &mut open {
                        content.add(piece);
                    }
                }
            }
        }
    }

    /// Takes a value. Of several for one quantity the first counts: some watches write the heart
    /// rate twice.
    fn set(&mut self, field: Field, text: &str, at: usize, faults: &mut Faults) {
        if field == Field::Time {
            self.stamp = self.stamp.or_else(|| time::parse(text));
            if self.stamp.is_none() && !text.is_empty() {
                faults.unreadable_times.add(at);
            }
            return;
        }
        let value = match Reading::of(text, field) {
            Reading::Value(value) => value,
            Reading::Missing => return,
            Reading::Nonsense => return faults.values.add(at),
        };
        let record = &mut self.record;
        match field {
            Field::Time => {}
            Field::Altitude => keep(&mut record.altitude_m, value as f32),
            Field::Speed => keep(&mut record.speed_mm_s, (value * 1000.0).round() as u16),
            Field::HeartRate => keep(&mut record.heart_rate_bpm, (value + 0.5).floor() as u8),
            Field::Cadence => keep(&mut record.cadence_centi_spm, (value * 100.0).round() as u16),
            Field::Temperature => keep(&mut record.temperature_c, value.round() as i8),
        }
    }
}

fn keep<T>(slot: &mut Option<T>, value: T) {
    slot.get_or_insert(value);
}

/// A quantity that a track point may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Time,
    Altitude,
    Speed,
    HeartRate,
    Cadence,
    Temperature,
}

impl Field {
    /// The quantity of an element so far below the track point. Every extension of GPX puts these
    /// readings elsewhere and under another prefix, but none gives one name two meanings.
    fn of(name: &str, below: usize) -> Option<Self> {
        match name {
            "time" if below == 1 => Some(Self::Time),
            "ele" if below == 1 => Some(Self::Altitude),
            "speed" => Some(Self::Speed),
            "hr" | "heartrate" => Some(Self::HeartRate),
            "cad" | "cadence" => Some(Self::Cadence),
            "atemp" | "temp" => Some(Self::Temperature),
            _ => None,
        }
    }

    /// What a reading can be at all; what a body can do is judged later.
    fn bounds(self) -> (f64, f64) {
        match self {
            Self::Time => (f64::MIN, f64::MAX),
            Self::Altitude => (-12_000.0, 100_000.0),
            Self::Speed => (0.0, 65.5),
            Self::HeartRate => (0.0, 255.0),
            Self::Cadence => (0.0, 300.0),
            Self::Temperature => (-100.0, 100.0),
        }
    }
}

/// What the text of a reading amounts to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Reading {
    Value(f64),
    /// Nothing, `NaN` or `-1`: a sensor's words for "none".
    Missing,
    Nonsense,
}

impl Reading {
    fn of(text: &str, field: Field) -> Self {
        let (low, high) = field.bounds();
        match text.parse::<f64>() {
            Ok(value) if (low..=high).contains(&value) => Self::Value(value),
            Ok(value) if value.is_nan() || (value + 1.0).abs() < f64::EPSILON => Self::Missing,
            Err(_) if text.is_empty() => Self::Missing,
            _ => Self::Nonsense,
        }
    }
}

fn position(tag: &BytesStart<'_>) -> Option<Position> {
    let (mut latitude, mut longitude) = (None, None);
    for attribute in tag.attributes().with_checks(false).flatten() {
        let degrees = || attribute.value.trim().parse().ok();
        match attribute.key.local_name().as_ref() {
            "lat" => latitude = degrees(),
            "lon" => longitude = degrees(),
            _ => {}
        }
    }
    Position::from_degrees(latitude?, longitude?)
}
