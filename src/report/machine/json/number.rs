//! Numbers with the digits that mean something.

/// A number rounded to so many decimals.
pub(super) fn round(value: f64, decimals: u32) -> f64 {
    let scale = f64::from(10_u32.pow(decimals));
    let rounded = (value * scale).round() / scale;
    // Minus zero reads like a fault.
    if rounded == 0.0 { 0.0 } else { rounded }
}
