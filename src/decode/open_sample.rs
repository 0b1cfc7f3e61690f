//! One sample while its values come one after the other.

use super::point_quantity::PointQuantity;
use super::samples::SessionSamples;
use crate::activity::Position;
use crate::units::UnixTime;

/// A sample as far as it was read.
#[derive(Debug, Default)]
pub struct OpenSample {
    /// Degrees.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    readings: Vec<(PointQuantity, Option<f64>)>,
}

impl OpenSample {
    /// Takes a reading.
    pub fn read(&mut self, quantity: PointQuantity, number: Option<f64>) {
        /// More readings of one sample than there are quantities repeat themselves.
        const MOST: usize = 8;
        if self.readings.len() < MOST {
            self.readings.push((quantity, number));
        }
    }

    /// Adds it to the samples of its session.
    pub fn add_to(self, samples: &mut SessionSamples, time: Option<UnixTime>) {
        let place = self.latitude.zip(self.longitude);
        let place = place.and_then(|(north, east)| Position::from_degrees(north, east));
        samples.add(time, self.readings, place);
    }
}

/// The time so many seconds after a start; `None` for no number of seconds that a session can have.
pub fn time_after(start: UnixTime, seconds: Option<f64>) -> Option<UnixTime> {
    let seconds = seconds.filter(|seconds| (0.0..=1e8).contains(seconds))?;
    Some(UnixTime(start.0 + (1000.0 * seconds).round() as i64))
}
