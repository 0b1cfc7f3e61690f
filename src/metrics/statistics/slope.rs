//! The slope of two points.

/// The slope from one point to another; points above each other have none.
pub(super) fn slope((x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> Option<f64> {
    ((x2 - x1).abs() > 0.0).then(|| (y2 - y1) / (x2 - x1))
}
