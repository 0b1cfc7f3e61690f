//! One track point: `<trkpt lat lon>` with altitude, time, and what its extensions say.

use quick_xml::events::{BytesStart, Event};

use super::names::in_small_letters;
use crate::activity::{Position, Record};
use crate::decode::point_quantity::PointQuantity;
use crate::decode::text::trimmed;
use crate::decode::xml::events::{ElementContent, EndOfReading, Xml, local_name};
use crate::decode::xml::faults::PointFaults;
use crate::decode::xml::point::{Point, number};

/// The point that this tag alone describes.
pub(super) fn at(tag: &BytesStart<'_>, offset: usize, faults: &mut PointFaults) -> Point {
    let position = position(tag);
    if position.is_none() {
        faults.positions.add(offset);
    }
    Point { record: Record { position, ..Record::default() }, stamp: None }
}

/// Reads on to the point's end tag.
pub(super) fn read(
    mut point: Point,
    xml: &mut Xml<'_>,
    faults: &mut PointFaults,
) -> Result<Point, EndOfReading> {
    let outside = xml.depth() - 1;
    let mut open = None;
    loop {
        // Blanks count only within a value.
        let event = if open.is_some() { xml.next() } else { xml.next_past_blanks() };
        match event? {
            Event::Start(tag) => {
                let field =
                    GpxField::of(local_name(tag.name().as_ref()), xml.depth() - outside - 1);
                open = field.map(|field| (field, xml.at(), ElementContent::default()));
            }
            Event::End(_) if xml.depth() == outside => return Ok(point),
            Event::End(_) => match open.take() {
                Some((GpxField::Time, at, content)) => {
                    point.set_time(content.trimmed(), at, faults);
                }
                Some((GpxField::Reading(quantity), at, content)) => {
                    point.set(quantity, content.trimmed(), at, faults);
                }
                None => {}
            },
            piece => {
                if let Some((_, _, content)) = &mut open {
                    content.add(piece);
                }
            }
        }
    }
}

/// What an element below a track point says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GpxField {
    Time,
    Reading(PointQuantity),
}

impl GpxField {
    /// The meaning of an element so far below the track point. Every extension of GPX puts these
    /// readings elsewhere and under another prefix, but none gives one name two meanings.
    fn of(name: &str, below: usize) -> Option<Self> {
        match in_small_letters(name) {
            "time" if below == 1 => Some(Self::Time),
            "ele" if below == 1 => Some(Self::Reading(PointQuantity::Altitude)),
            _ => READINGS
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, quantity)| Self::Reading(*quantity)),
        }
    }
}

/// The names of readings in extensions; programs disagree on capitals.
const READINGS: [(&str, PointQuantity); 11] = [
    ("hr", PointQuantity::HeartRate),
    ("heartrate", PointQuantity::HeartRate),
    ("heart_rate", PointQuantity::HeartRate),
    ("heartratebpm", PointQuantity::HeartRate),
    ("bpm", PointQuantity::HeartRate),
    ("cad", PointQuantity::Cadence),
    ("cadence", PointQuantity::Cadence),
    ("atemp", PointQuantity::Temperature),
    ("temp", PointQuantity::Temperature),
    ("temperature", PointQuantity::Temperature),
    ("speed", PointQuantity::Speed),
];

fn position(tag: &BytesStart<'_>) -> Option<Position> {
    let (mut latitude, mut longitude) = (None, None);
    for attribute in tag.attributes().with_checks(false).flatten() {
        let degrees = || number(trimmed(&attribute.value)).ok();
        match in_small_letters(local_name(attribute.key.as_ref())) {
            "lat" => latitude = degrees(),
            "lon" => longitude = degrees(),
            _ => {}
        }
    }
    Position::from_degrees(latitude?, longitude?)
}
