//! The shape of a route: north is up, and where it was is left out. Its scale follows from the
//! distance, so that it may be recognised on a map.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::activity::{Activity, Position};

/// A way as points in a square, from the left and from the top, 0 to [`RouteShape::SIDE`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteShape(Vec<[u8; 2]>);

/// Points kept at most: enough for the bends of a city, and a third of a kilobyte.
const POINTS: usize = 120;
/// Points from which there is a shape.
const LEAST: usize = 8;
/// A way within fewer metres is no way: the noise of a runner who stayed in place.
const LEAST_M: f64 = 100.0;
/// Metres in a semicircle of latitude: 2³¹ of them are half a meridian circle around the earth.
const METRES_PER_SEMICIRCLE: f64 = 20_003_931.5 / 2_147_483_648.0;

impl RouteShape {
    /// The side of the square.
    pub const SIDE: u8 = 250;

    /// The way of an activity, unless it has none.
    pub(super) fn of(activity: &Activity) -> Option<Self> {
        let is_place = |position: &Position| position.latitude != 0 || position.longitude != 0;
        let mut places = Vec::with_capacity(activity.records.len());
        places.extend(activity.records.iter().filter_map(|r| r.position).filter(is_place));
        let step = places.len().div_ceil(POINTS).max(1);
        let first = *places.first()?;
        let (latitude, _) = first.degrees();
        let narrowing = libm::cos(latitude.to_radians());
        // Differences of semicircles wrap around the earth by themselves.
        let metres = |position: &Position| {
            let east = f64::from(position.longitude.wrapping_sub(first.longitude)) * narrowing;
            let north = f64::from(position.latitude.wrapping_sub(first.latitude));
            [east * METRES_PER_SEMICIRCLE, north * METRES_PER_SEMICIRCLE]
        };
        Self::within(&places.iter().step_by(step).map(metres).collect::<Vec<_>>())
    }

    fn within(points: &[[f64; 2]]) -> Option<Self> {
        let range = |axis: usize| {
            let values = points.iter().map(|point| point[axis]);
            values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
        };
        let ((west, east), (south, north)) = (range(0), range(1));
        let longest = (east - west).max(north - south);
        if points.len() < LEAST || longest < LEAST_M {
            return None;
        }
        let scale = f64::from(Self::SIDE) / longest;
        let side = |offset: f64| (offset * scale).round() as u8;
        Some(Self(points.iter().map(|[x, y]| [side(x - west), side(north - y)]).collect()))
    }

    /// The points in the order in which they were passed.
    pub fn points(&self) -> &[[u8; 2]] {
        &self.0
    }
}

impl Serialize for RouteShape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD_NO_PAD.encode(self.0.as_flattened()))
    }
}

impl<'de> Deserialize<'de> for RouteShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let bytes = STANDARD_NO_PAD.decode(text.as_bytes()).map_err(serde::de::Error::custom)?;
        let (points, odd) = bytes.as_chunks::<2>();
        let inside = points.iter().flatten().all(|side| *side <= Self::SIDE);
        if !odd.is_empty() || !inside || points.len() > POINTS {
            return Err(serde::de::Error::custom("no outline"));
        }
        Ok(Self(points.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Record;

    fn route_shape(places: impl Iterator<Item = (f64, f64)>) -> Option<RouteShape> {
        let record = |(latitude, longitude)| Record {
            position: Position::from_degrees(latitude, longitude),
            ..Record::default()
        };
        RouteShape::of(&Activity { records: places.map(record).collect(), ..Activity::default() })
    }

    #[test]
    fn a_way_to_the_north_east_rises_to_the_right_and_is_nowhere() {
        let distance = |latitude: f64, longitude: f64| {
            route_shape((0..400).map(|k| {
                let metres = f64::from(k) * 2.5 / 111_133.0;
                let longitude = longitude + metres / libm::cos(latitude.to_radians());
                (latitude + metres, if longitude > 180.0 { longitude - 360.0 } else { longitude })
            }))
        };
        let here = distance(54.0, 7.0).unwrap();
        assert_eq!((here.points()[0], here.points().len()), ([0, 250], 100));
        assert_eq!(*here.points().last().unwrap(), [250, 0]);
        assert_eq!(distance(54.0, 179.9999), Some(here), "the same over the border of the map");
    }

    #[test]
    fn standing_still_has_no_shape() {
        assert_eq!(route_shape((0..400).map(|k| (54.0 + f64::from(k % 3) / 1e5, 7.0))), None);
        assert_eq!(route_shape(std::iter::empty()), None);
    }

    #[test]
    fn it_is_written_and_read_back() {
        let distance = route_shape((0..400).map(|k| (54.0 + f64::from(k) / 1e4, 7.0))).unwrap();
        let text = serde_json::to_string(&distance).unwrap();
        assert!(text.len() < 340, "{}", text.len());
        assert_eq!(serde_json::from_str::<RouteShape>(&text).unwrap(), distance);
        for wrong in ["\"/w\"", "\"//8\"", "\"?\"", "7"] {
            assert!(serde_json::from_str::<RouteShape>(wrong).is_err(), "{wrong}");
        }
    }
}
