//! The watch's own heart-rate zones.

use super::describe::Description;
use crate::activity::{DeviceZones, FileAnchors};

/// A `time_in_zone` message that speaks of a session.
#[derive(Debug)]
pub(super) struct ZoneMessage {
    /// Which session of the file.
    pub(super) session: Option<usize>,
    /// The anchors that held on that day.
    pub(super) anchors: FileAnchors,
    bounds: Vec<Option<f64>>,
    seconds: Vec<Option<f64>>,
}

impl ZoneMessage {
    /// Takes over one message.
    pub(super) fn read(message: &Description) -> Self {
        Self {
            session: message.number("reference_index").map(|index| index as usize),
            anchors: FileAnchors {
                max_bpm: message.set_byte("max_heart_rate"),
                resting_bpm: message.set_byte("resting_heart_rate"),
                threshold_bpm: message.set_byte("threshold_heart_rate"),
                ..FileAnchors::default()
            },
            bounds: message.list("hr_zone_high_boundary"),
            seconds: message.list("time_in_hr_zone"),
        }
    }

    /// Its zones, where they make sense.
    pub(super) fn zones(&self) -> Option<DeviceZones> {
        zones(&self.bounds, &self.seconds)
    }
}

/// Zones from the upper boundaries and the seconds in each; both may end in unused places.
///
/// `None` unless the boundaries rise and no zone has seconds beyond them.
pub(super) fn zones(bounds: &[Option<f64>], seconds: &[Option<f64>]) -> Option<DeviceZones> {
    let bounds_bpm = known(bounds, |bound| (1.0..255.0).contains(&bound).then_some(bound as u8))?;
    let stated_s = known(seconds, Some)?;
    let rises = bounds_bpm.is_sorted_by(|a, b| a < b);
    let fits = stated_s.len() <= bounds_bpm.len() + 1;
    (rises && fits).then_some(DeviceZones { bounds_bpm, stated_s })
}

/// The values up to the first unused place; `None` when there are none or one is out of range.
fn known<T>(values: &[Option<f64>], convert: impl Fn(f64) -> Option<T>) -> Option<Vec<T>> {
    let used = values.iter().map_while(|value| *value);
    used.map(convert).collect::<Option<Vec<_>>>().filter(|values| !values.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unused_places_end_the_lists() {
        let bounds = [Some(100.0), Some(120.0), Some(140.0), None, None];
        let seconds = [Some(1.0), Some(2.0), Some(3.0), Some(4.0), None];
        let zones = zones(&bounds, &seconds).unwrap();
        assert_eq!(zones.bounds_bpm, [100, 120, 140]);
        assert_eq!(zones.stated_s, [1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn boundaries_that_do_not_rise_are_none() {
        assert_eq!(zones(&[Some(120.0), Some(120.0)], &[Some(1.0)]), None);
        assert_eq!(zones(&[Some(120.0)], &[]), None);
        assert_eq!(zones(&[], &[Some(1.0)]), None);
        assert_eq!(zones(&[Some(120.0)], &[Some(1.0); 3]), None);
    }
}
