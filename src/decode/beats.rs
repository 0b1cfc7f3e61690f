//! The time between heart beats → heart rates.

use crate::units::UnixTime;

/// What an interval between two beats can be at all, in milliseconds: 30 to 240 beats a minute.
const PLAUSIBLE_MS: std::ops::RangeInclusive<f64> = 250.0..=2000.0;
/// Beats whose mean interval is one reading.
const BEATS: usize = 5;
/// How far a beat may be from the middle of those around it: one that was missed or seen twice is
/// further away.
const ODD_SHARE: f64 = 0.3;

/// A heart rate for each second in which a beat ends, in beats per minute; beats that were missed or
/// seen twice take time, but count for nothing.
pub fn heart_rates(start: UnixTime, intervals_ms: &[f64]) -> Vec<(UnixTime, f64)> {
    let mut elapsed_ms = 0.0;
    let mut readings: Vec<(UnixTime, f64)> = Vec::new();
    for (beat, interval) in intervals_ms.iter().enumerate() {
        elapsed_ms += interval.clamp(0.0, 60_000.0);
        let around = &intervals_ms[(beat + 1).saturating_sub(BEATS)..=beat];
        let second = UnixTime(start.0 + 1000 * (elapsed_ms / 1000.0) as i64);
        let is_new = readings.last().is_none_or(|(last, _)| *last < second);
        if let Some(mean) = mean_interval(around).filter(|_| is_new && around.len() == BEATS) {
            readings.push((second, 60_000.0 / mean));
        }
    }
    readings
}

fn mean_interval(around: &[f64]) -> Option<f64> {
    let mut plausible: Vec<f64> =
        around.iter().copied().filter(|interval| PLAUSIBLE_MS.contains(interval)).collect();
    plausible.sort_by(f64::total_cmp);
    let middle = *plausible.get(plausible.len() / 2)?;
    plausible.retain(|interval| (interval - middle).abs() <= ODD_SHARE * middle);
    // Two that agree by chance among nonsense are no heart rate.
    (2 * plausible.len() > BEATS).then(|| plausible.iter().sum::<f64>() / plausible.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missed_and_double_beats_change_nothing() {
        let mut intervals = vec![500.0; 40];
        intervals[20] = 1000.0;
        intervals.splice(30..31, [200.0, 300.0]);
        let start = UnixTime::from_seconds(1000);
        let readings = heart_rates(start, &intervals);
        assert!(readings.iter().all(|(_, rate)| (rate - 120.0).abs() < 1e-9), "{readings:?}");
        // 20.5 seconds of beats, the first reading with the fifth beat.
        assert_eq!(readings.first().unwrap().0, UnixTime::from_seconds(1002));
        assert_eq!(readings.last().unwrap().0, UnixTime::from_seconds(1020));
        assert_eq!(readings.len(), 19);
    }

    #[test]
    fn nonsense_is_no_heart_rate() {
        let start = UnixTime::from_seconds(0);
        assert_eq!(heart_rates(start, &[0.0, 9e9, -5.0, f64::NAN, 60.0, 70.0, 80.0]), []);
    }
}
