//! Where everybody runs: an invented square of open sea, so that no track leads to a door.

/// Corner of the loop, in degrees north and east.
const CORNER: (f64, f64) = (54.0, 7.0);
/// One side in metres.
const SIDE: f64 = 700.0;
/// Metres in a degree of latitude, and in one of longitude at 54° north (whose cosine is that of
/// 36° in a regular pentagon, 0.587 785).
const METRES_PER_DEGREE: (f64, f64) = (111_195.08, 111_195.08 * 0.587_785_25);

/// The point after so many metres along the loop, in degrees north and east.
pub(crate) fn along_loop(distance: f64) -> (f64, f64) {
    let sides = distance / SIDE;
    let side = sides.floor();
    let (done, left) = ((sides - side) * SIDE, (1.0 - (sides - side)) * SIDE);
    let (north, east) = match side as u64 % 4 {
        0 => (done, 0.0),
        1 => (SIDE, done),
        2 => (left, SIDE),
        _ => (0.0, left),
    };
    (CORNER.0 + north / METRES_PER_DEGREE.0, CORNER.1 + east / METRES_PER_DEGREE.1)
}

/// Degrees in the unit that FIT writes.
pub(crate) fn semicircles(degrees: f64) -> i32 {
    (degrees * (2_147_483_648.0 / 180.0)).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_sides_lead_back() {
        let (north, east) = along_loop(4.0 * SIDE);
        assert!((north - CORNER.0).abs() < 1e-9 && (east - CORNER.1).abs() < 1e-9);
        let (north, _) = along_loop(2.0 * SIDE);
        assert!((north - along_loop(SIDE).0).abs() < 1e-9);
    }

    #[test]
    fn a_half_turn_is_half_the_circles() {
        assert_eq!(semicircles(90.0), 1 << 30);
    }
}
