//! Readings of a file that keeps them apart or by the second: checked, bounded, and put together.

use super::joined_moments::join_moments;
use super::point_quantity::PointQuantity;
use super::problem::{Problem, ProblemKind};
use super::xml::cadence::count_both_feet;
use super::xml::time::is_plausible;
use crate::activity::{Position, Record, Sport};
use crate::units::{UnixTime, counted};

/// The readings of one session, and what was left out of them.
#[derive(Debug, Default)]
pub struct SessionSamples {
    records: Vec<Record>,
    untimed: usize,
    implausible: usize,
    nonsense: usize,
}

impl SessionSamples {
    /// Takes what was read at a moment; readings out of all bounds are left out.
    pub fn add(
        &mut self,
        time: Option<UnixTime>,
        readings: impl IntoIterator<Item = (PointQuantity, Option<f64>)>,
        place: Option<Position>,
    ) {
        // No runner stands on this buoy off Africa: it is how some watches write "no fix".
        let position = place.filter(|at| (at.latitude, at.longitude) != (0, 0));
        let mut record = Record { position, ..Record::default() };
        for (quantity, value) in readings {
            let Some(value) = value else { continue };
            let (low, high) = quantity.bounds();
            if (low..=high).contains(&value) {
                quantity.put(&mut record, value);
            } else {
                self.nonsense += 1;
            }
        }
        match time {
            _ if record == Record::default() => {}
            None => self.untimed += 1,
            Some(time) if is_plausible(time) => self.records.push(Record { time, ..record }),
            Some(_) => self.implausible += 1,
        }
    }

    /// How many readings were taken.
    pub fn count(&self) -> usize {
        self.records.len()
    }

    /// One record for each moment, in order of time, and a warning for each kind of thing left out.
    /// Cadence counts both feet.
    pub fn finish(self, sport: &Sport) -> (Vec<Record>, Vec<Problem>) {
        use ProblemKind::{DroppedRecords, ImplausibleTime};
        let mut records = join_moments(self.records);
        if *sport != Sport::Cycling {
            count_both_feet(&mut records);
        }
        let told = [
            (self.untimed, DroppedRecords, "without a time that can be read"),
            (self.implausible, ImplausibleTime, "outside the years 1990–2100"),
            (self.nonsense, DroppedRecords, "without a sensible number"),
        ];
        let told = told.into_iter().filter(|(count, ..)| *count > 0);
        let problem = |(count, kind, what)| {
            Problem::new(kind, format!("{} {what} left out", counted(count, "reading")))
        };
        (records, told.map(problem).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_left_out_and_told() {
        let mut samples = SessionSamples::default();
        let at = |second| Some(UnixTime::from_seconds(second));
        samples.add(at(1_000_000_000), [(PointQuantity::HeartRate, Some(120.0))], None);
        samples.add(at(1_000_000_000), [(PointQuantity::Speed, Some(2.5))], None);
        samples.add(at(1_000_000_001), [(PointQuantity::HeartRate, Some(999.0))], None);
        samples.add(at(1), [(PointQuantity::HeartRate, Some(120.0))], None);
        samples.add(None, [(PointQuantity::HeartRate, Some(120.0))], None);
        samples.add(at(1_000_000_002), [(PointQuantity::HeartRate, None)], None);
        let (records, warnings) = samples.finish(&Sport::Running);
        assert_eq!(records.len(), 1);
        assert_eq!((records[0].heart_rate_bpm, records[0].speed_mm_s), (Some(120), Some(2500)));
        let counts: Vec<&str> = warnings.iter().map(|one| &one.detail[..1]).collect();
        assert_eq!(counts, ["1", "1", "1"]);
    }
}
