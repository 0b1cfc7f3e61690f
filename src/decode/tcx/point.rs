//! One `<Trackpoint>` with time, position, readings, and what Garmin's extension adds.

use quick_xml::events::Event;

use super::fields::in_known_capitals;
use crate::activity::Position;
use crate::decode::point_quantity::PointQuantity;
use crate::decode::xml::events::{ElementContent, EndOfReading, Xml, local_name};
use crate::decode::xml::faults::PointFaults;
use crate::decode::xml::point::{NumberReading, Point};

/// Reads on to the point's end tag.
pub(super) fn read(xml: &mut Xml<'_>, faults: &mut PointFaults) -> Result<Point, EndOfReading> {
    let (outside, start) = (xml.depth() - 1, xml.at());
    let mut said = PointReadings::default();
    let mut around = None;
    let mut open = None;
    loop {
        // Blanks count only within a value.
        let event = if open.is_some() { xml.next() } else { xml.next_past_blanks() };
        match event? {
            Event::Start(tag) => {
                let below = xml.depth() - outside - 1;
                let field = TcxField::of(local_name(tag.name().as_ref()), below, around);
                if below == 1 {
                    around = field;
                }
                open = field.map(|field| (field, xml.at(), ElementContent::default()));
            }
            Event::End(_) if xml.depth() == outside => return Ok(said.finish(start, faults)),
            Event::End(_) => {
                if let Some((field, at, content)) = open.take() {
                    said.take(field, content.trimmed(), at, faults);
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

/// What an element below a track point says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TcxField {
    Time,
    Latitude,
    Longitude,
    Reading(PointQuantity),
    /// Strides a minute by the extension, where `Cadence` may be that of a bicycle's crank.
    RunCadence,
}

impl TcxField {
    /// The meaning of an element so far below the track point, in the element just below it.
    fn of(name: &str, below: usize, around: Option<Self>) -> Option<Self> {
        match in_known_capitals(name) {
            "Time" if below == 1 => Some(Self::Time),
            "AltitudeMeters" if below == 1 => Some(Self::Reading(PointQuantity::Altitude)),
            "DistanceMeters" if below == 1 => Some(Self::Reading(PointQuantity::Distance)),
            "HeartRateBpm" if below == 1 => Some(Self::Reading(PointQuantity::HeartRate)),
            "Cadence" if below == 1 => Some(Self::Reading(PointQuantity::Cadence)),
            "Value" if below == 2 => around,
            "LatitudeDegrees" => Some(Self::Latitude),
            "LongitudeDegrees" => Some(Self::Longitude),
            "Speed" if below > 1 => Some(Self::Reading(PointQuantity::Speed)),
            "RunCadence" if below > 1 => Some(Self::RunCadence),
            "Temperature" if below > 1 => Some(Self::Reading(PointQuantity::Temperature)),
            _ => None,
        }
    }
}

/// What has been read of a point so far.
#[derive(Default)]
struct PointReadings {
    point: Point,
    /// The extension's cadence, which outranks the other.
    run: Point,
    latitude: NumberReading,
    longitude: NumberReading,
}

impl PointReadings {
    fn take(&mut self, field: TcxField, text: &str, at: usize, faults: &mut PointFaults) {
        const ANGLES: (f64, f64) = (-180.0, 180.0);
        match field {
            TcxField::Time => self.point.set_time(text, at, faults),
            TcxField::Latitude => self.latitude = NumberReading::of(text, ANGLES),
            TcxField::Longitude => self.longitude = NumberReading::of(text, ANGLES),
            TcxField::Reading(quantity) => self.point.set(quantity, text, at, faults),
            TcxField::RunCadence => self.run.set(PointQuantity::Cadence, text, at, faults),
        }
    }

    fn finish(mut self, at: usize, faults: &mut PointFaults) -> Point {
        let cadence = self.run.record.cadence_centi_spm;
        let record = &mut self.point.record;
        record.cadence_centi_spm = cadence.or(record.cadence_centi_spm);
        record.position = match (self.latitude, self.longitude) {
            (NumberReading::Value(north), NumberReading::Value(east)) => {
                Position::from_degrees(north, east)
            }
            _ => None,
        };
        let says_none =
            (self.latitude, self.longitude) == (NumberReading::Missing, NumberReading::Missing);
        if record.position.is_none() && !says_none {
            faults.positions.add(at);
        }
        self.point
    }
}
