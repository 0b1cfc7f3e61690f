//! Climb: metres gained, without the noise of whoever measured the altitude.

use crate::activity::AltitudeSource;

/// Metres climbed, not counting ups and downs smaller than the source can tell.
pub fn climb(smooth: &[f64], source: AltitudeSource) -> f64 {
    let hysteresis = match source {
        AltitudeSource::Barometer => 3.0,
        AltitudeSource::Satellite => 10.0,
    };
    let Some(first) = smooth.first() else { return 0.0 };
    let (mut low, mut high, mut climbed) = (*first, *first, 0.0);
    for altitude in smooth {
        if *altitude > high {
            high = *altitude;
        } else if high - altitude >= hysteresis || *altitude < low {
            climbed += if high - low >= hysteresis { high - low } else { 0.0 };
            (low, high) = (*altitude, *altitude);
        }
    }
    climbed + if high - low >= hysteresis { high - low } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn climb_ignores_what_the_source_cannot_tell() {
        let hill: Vec<f64> = (0..=40).map(|k| f64::from(20 - (k - 20_i32).abs())).collect();
        assert!((climb(&hill, AltitudeSource::Barometer) - 20.0).abs() < 1e-9);
        let ripple: Vec<f64> = (0..100).map(|k| f64::from(k % 3)).collect();
        assert!(climb(&ripple, AltitudeSource::Barometer).abs() < 1e-9);
        let bump: Vec<f64> = (0..=16).map(|k| f64::from(8 - (k - 8_i32).abs())).collect();
        assert!(climb(&bump, AltitudeSource::Satellite).abs() < 1e-9);
    }
}
