//! How fast the runner breathed.

use super::judged_time::JudgedTime;
use super::series::Series;
use crate::activity::Dynamics;

/// Moving time in which breathing is still settling, in seconds: that of the heart-rate rules.
const SETTLING_S: u32 = 180;

/// Mean breathing rate over moving time after its first minutes, in breaths per minute; `None`
/// where fewer than half of those seconds have one.
pub fn breathing(series: &Series, dynamics: &[Dynamics]) -> Option<f64> {
    if dynamics.iter().all(|dynamics| dynamics.respiration_rate.is_none()) {
        return None;
    }
    let judged = JudgedTime::of(series, SETTLING_S);
    let rates: Vec<f64> = dynamics
        .iter()
        .zip(&judged.mask)
        .filter(|(_, judged)| **judged)
        .filter_map(|(dynamics, _)| dynamics.respiration_rate)
        .filter(|hundredths| *hundredths > 0)
        .map(|hundredths| f64::from(hundredths) / 100.0)
        .collect();
    let enough = !rates.is_empty() && 2 * rates.len() >= judged.seconds as usize;
    enough.then(|| rates.iter().sum::<f64>() / rates.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    fn breath(rate: Option<u16>) -> Dynamics {
        Dynamics { respiration_rate: rate, ..Dynamics::default() }
    }

    #[test]
    fn the_mean_of_judged_seconds_by_hand() {
        let series = run(380, |k| (None, if k < 280 { 2_500 } else { 0 }, 166));
        let rate = |k| match k {
            0..180 => 5000,
            180..230 => 3000,
            230..280 => 3400,
            _ => 2000,
        };
        let dynamics: Vec<Dynamics> = (0..380).map(|k| breath(Some(rate(k)))).collect();
        let mean = breathing(&series, &dynamics).unwrap();
        assert!((mean - 32.0).abs() < 1e-9, "{mean}");
    }

    #[test]
    fn half_of_the_seconds_are_needed() {
        let series = run(280, |_| (None, 2_500, 166));
        let from = |first| -> Vec<Dynamics> {
            (0..280).map(|k| breath((k >= first).then_some(3000))).collect()
        };
        assert_eq!(breathing(&series, &from(230)), Some(30.0));
        assert_eq!(breathing(&series, &from(231)), None);
        assert_eq!(breathing(&series, &[]), None);
    }
}
