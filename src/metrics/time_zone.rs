//! Where a run began, as far as clocks care: the time zone, which stands in for the place.

use std::sync::LazyLock;

use chrono_tz::Tz;
use tzf_rs::EmbeddedFinder;

use crate::activity::{Activity, Position};

/// The borders of all time zones, read where they lie in the program: nothing is unfolded.
static BORDERS: LazyLock<EmbeddedFinder> = LazyLock::new(EmbeddedFinder::new);

/// Places that are looked up at most: a run along a coast may begin off the drawn shore.
const LOOKED_UP: usize = 16;

/// The time zone in which an activity began, unless its file tells the local time itself.
pub(super) fn time_zone(activity: &Activity) -> Option<Tz> {
    if activity.utc_offset_s.is_some() {
        return None;
    }
    // Watches write zeros until the first satellite is found.
    let is_place = |position: &Position| position.latitude != 0 || position.longitude != 0;
    let positions = activity.records.iter().filter_map(|record| record.position);
    let step = activity.records.len() / LOOKED_UP + 1;
    positions.filter(is_place).step_by(step).find_map(zone_at)
}

/// The zone of a place on land; the open sea keeps the time of ships.
fn zone_at(position: Position) -> Option<Tz> {
    let (latitude, longitude) = position.degrees();
    let name = BORDERS.get_tz_name(longitude, latitude);
    if name.starts_with("Etc/") { None } else { name.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Record;

    fn zone(latitude: f64, longitude: f64) -> Option<Tz> {
        zone_at(Position::from_degrees(latitude, longitude).unwrap())
    }

    #[test]
    fn places_on_either_side_of_borders() {
        assert_eq!(zone(52.52, 13.40), Some(chrono_tz::Europe::Berlin));
        assert_eq!(zone(52.43, 16.92), Some(chrono_tz::Europe::Warsaw));
        assert_eq!(zone(40.78, -73.97), Some(chrono_tz::America::New_York));
        assert_eq!(zone(27.70, 85.32), Some(chrono_tz::Asia::Kathmandu));
        assert_eq!(zone(-36.85, 174.76), Some(chrono_tz::Pacific::Auckland));
        assert_eq!(zone(54.0, 7.0), None, "open sea");
    }

    #[test]
    fn the_first_place_counts_and_the_file_counts_more() {
        let record = |latitude, longitude| Record {
            position: Position::from_degrees(latitude, longitude),
            ..Record::default()
        };
        let places = [(0.0, 0.0), (54.0, 7.0), (52.52, 13.40), (40.78, -73.97)];
        let records = places.map(|(latitude, longitude)| record(latitude, longitude)).to_vec();
        let mut activity = Activity { records, ..Activity::default() };
        assert_eq!(time_zone(&activity), Some(chrono_tz::Europe::Berlin));
        activity.utc_offset_s = Some(3600);
        assert_eq!(time_zone(&activity), None);
    }
}
