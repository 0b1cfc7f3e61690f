//! How fast the runner breathed.

use super::dynamics::DynamicsAtSeconds;
use super::judged_time::JudgedTime;
use super::series::Series;

/// Moving time in which breathing is still settling, in seconds: that of the heart-rate rules.
const SETTLING_S: u32 = 180;

/// Mean breathing rate over moving time after its first minutes, in breaths per minute; `None`
/// where fewer than half of those seconds have one.
pub fn breathing(series: &Series, dynamics: &DynamicsAtSeconds<'_>) -> Option<f64> {
    if !dynamics.is_recorded(|now| now.respiration_rate) {
        return None;
    }
    let judged = JudgedTime::of(series, SETTLING_S);
    let seconds = (0..series.len()).filter(|k| judged.mask[*k]);
    let (mut sum, mut count) = (0.0, 0_usize);
    for hundredths in seconds.filter_map(|k| dynamics.at(k, |now| now.respiration_rate)) {
        sum += f64::from(hundredths) / 100.0;
        count += usize::from(hundredths > 0);
    }
    let enough = count > 0 && 2 * count >= judged.seconds as usize;
    enough.then(|| sum / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Dynamics;
    use crate::metrics::testing::{run, with_dynamics};

    fn mean(series: &Series, dynamics: Vec<Dynamics>) -> Option<f64> {
        with_dynamics(dynamics, |dynamics| breathing(series, dynamics))
    }

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
        let found = mean(&series, dynamics).unwrap();
        assert!((found - 32.0).abs() < 1e-9, "{found}");
    }

    #[test]
    fn half_of_the_seconds_are_needed() {
        let series = run(280, |_| (None, 2_500, 166));
        let from = |first| -> Vec<Dynamics> {
            (0..280).map(|k| breath((k >= first).then_some(3000))).collect()
        };
        assert_eq!(mean(&series, from(230)), Some(30.0));
        assert_eq!(mean(&series, from(231)), None);
        assert_eq!(mean(&series, Vec::new()), None);
    }
}
