//! Where a run began, as far as clocks care: the time zone, which stands in for the place.

use std::sync::LazyLock;

use chrono_tz::Tz;
use tzf_rs::EmbeddedFinder;

use crate::activity::{Activity, Position};

/// The borders of all time zones, read where they lie in the program: nothing is unfolded.
static BORDERS: LazyLock<EmbeddedFinder> = LazyLock::new(EmbeddedFinder::new);

/// The time zone of the first position of an activity, unless its file tells the local time itself.
pub(super) fn time_zone(activity: &Activity) -> Option<Tz> {
    if activity.utc_offset_s.is_some() {
        return None;
    }
    // Watches write zeros until the first satellite is found.
    let is_place = |position: &Position| position.latitude != 0 || position.longitude != 0;
    let mut positions = activity.records.iter().filter_map(|record| record.position);
    zone_at(positions.find(is_place)?)
}

fn zone_at(position: Position) -> Option<Tz> {
    let (latitude, longitude) = position.degrees();
    BORDERS.get_tz_name(longitude, latitude).parse().ok()
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
    }

    #[test]
    fn the_first_place_counts_and_the_file_counts_more() {
        let record = |latitude, longitude| Record {
            position: Position::from_degrees(latitude, longitude),
            ..Record::default()
        };
        let records =
            vec![Record::default(), record(0.0, 0.0), record(52.52, 13.40), record(40.78, -73.97)];
        let mut activity = Activity { records, ..Activity::default() };
        assert_eq!(time_zone(&activity), Some(chrono_tz::Europe::Berlin));
        activity.utc_offset_s = Some(3600);
        assert_eq!(time_zone(&activity), None);
    }
}
