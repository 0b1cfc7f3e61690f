//! Time in heart-rate zones: missing heart rate is its own bucket, never the lowest zone.

use serde::{Deserialize, Serialize};

use super::unpacked_run::UnpackedRun;

/// Seconds of timer time per zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeInZone {
    /// Seconds per zone: one more entry than boundaries.
    pub seconds: Vec<u32>,
    /// Seconds without a heart rate.
    pub missing: u32,
}

/// Seconds in the zones between rising boundaries, in bpm; a heart rate on a boundary is still in
/// the zone below it, as everywhere in the judgement.
pub fn time_in_zone(channels: &UnpackedRun, bounds_bpm: &[f64]) -> TimeInZone {
    let counts = channels.beats();
    let missing = channels.series.len() as u32 - counts.iter().sum::<u32>();
    let mut time = TimeInZone { seconds: vec![0; bounds_bpm.len() + 1], missing };
    for (beats, seconds) in counts.iter().enumerate() {
        time.seconds[bounds_bpm.partition_point(|bound| *bound < beats as f64)] += seconds;
    }
    time
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    #[test]
    fn zones_and_missing_add_up_to_the_timer() {
        let series = run(100, |k| ((k >= 10).then_some(100 + k as u16), 2_500, 166));
        let time = time_in_zone(&UnpackedRun::of(series), &[130.0, 150.0]);
        assert_eq!(time, TimeInZone { seconds: vec![21, 20, 49], missing: 10 });
        assert_eq!(time.seconds.iter().sum::<u32>() + time.missing, 100);
    }
}
