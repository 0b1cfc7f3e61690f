//! Numbers with the digits that mean something.

/// A number rounded to so many decimals.
pub(super) fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    let rounded = (value * scale).round() / scale;
    // Minus zero reads like a fault.
    if rounded == 0.0 { 0.0 } else { rounded }
}
