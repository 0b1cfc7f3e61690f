//! Where a record was taken.

/// A point on the earth in semicircles (2³¹ to 180 degrees), the finest unit of any format read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Latitude, north positive.
    pub latitude: i32,
    /// Longitude, east positive.
    pub longitude: i32,
}

const SEMICIRCLES_PER_DEGREE: f64 = 2_147_483_648.0 / 180.0;

impl Position {
    /// A point from degrees; `None` outside ±90 and ±180 degrees.
    pub fn from_degrees(latitude: f64, longitude: f64) -> Option<Self> {
        let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        on_earth.then(|| Self {
            latitude: (latitude * SEMICIRCLES_PER_DEGREE).round() as i32,
            longitude: (longitude * SEMICIRCLES_PER_DEGREE).round() as i32,
        })
    }

    /// Latitude and longitude in degrees.
    pub fn degrees(self) -> (f64, f64) {
        let degrees = |semicircles: i32| f64::from(semicircles) / SEMICIRCLES_PER_DEGREE;
        (degrees(self.latitude), degrees(self.longitude))
    }
}

/// Mean radius of the earth in metres.
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Great-circle distance in metres between two points, each as latitude and longitude in degrees, by the
/// haversine formula.
pub fn metres_between((lat1, lon1): (f64, f64), (lat2, lon2): (f64, f64)) -> f64 {
    let half_chord = |degrees: f64| {
        let sine = libm::sin(degrees.to_radians() / 2.0);
        sine * sine
    };
    let narrowing = libm::cos(lat1.to_radians()) * libm::cos(lat2.to_radians());
    let a = half_chord(lat2 - lat1) + narrowing * half_chord(lon2 - lon1);
    2.0 * EARTH_RADIUS_M * libm::asin(a.sqrt().min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicircles_keep_a_centimetre() {
        let position = Position::from_degrees(52.520_006_6, 13.404_954).unwrap();
        let (latitude, longitude) = position.degrees();
        assert!((latitude - 52.520_006_6).abs() < 1e-7);
        assert!((longitude - 13.404_954).abs() < 1e-7);
        assert_eq!(Position::from_degrees(90.1, 0.0), None);
        assert_eq!(Position::from_degrees(f64::NAN, 0.0), None);
    }
}
