//! How long the heart beat how fast.

use super::series::Series;
use crate::units::{BeatsPerMinute, Seconds};

/// Width of one class, in beats per minute.
pub const HISTOGRAM_CLASS_BPM: f64 = 2.0;

/// One class of heart rates that occurred.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HistogramClass {
    /// Its lowest heart rate; the next class begins 2 bpm higher.
    pub from: BeatsPerMinute,
    /// Moving time in it.
    pub time: Seconds,
}

/// Moving time at each heart rate that occurred, in classes of 2 bpm from even numbers, lowest first; empty
/// without heart rate.
pub fn heart_rate_histogram(series: &Series) -> Vec<HistogramClass> {
    let mut seconds = vec![0_u32; 256 / HISTOGRAM_CLASS_BPM as usize];
    let moving = (0..series.len()).filter(|k| series.is_moving(*k));
    for bpm in moving.filter_map(|k| series.heart_rate_bpm(k)) {
        if let Some(class) = seconds.get_mut((bpm / HISTOGRAM_CLASS_BPM) as usize) {
            *class += 1;
        }
    }
    let class = |(k, seconds): (usize, u32)| {
        let from = BeatsPerMinute::new(k as f64 * HISTOGRAM_CLASS_BPM)?;
        (seconds > 0).then_some(HistogramClass { from, time: Seconds::new(f64::from(seconds))? })
    };
    seconds.into_iter().enumerate().filter_map(class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    #[test]
    fn seconds_stand_in_their_classes() {
        let beats = [120, 121, 122, 131];
        let series = run(400, |k| (Some(beats[k / 100]), 2_500, 166));
        let classes: Vec<(f64, f64)> = heart_rate_histogram(&series)
            .iter()
            .map(|class| (class.from.get(), class.time.get()))
            .collect();
        assert_eq!(classes, [(120.0, 200.0), (122.0, 100.0), (130.0, 100.0)]);
        assert!(heart_rate_histogram(&run(400, |_| (None, 2_500, 166))).is_empty());
    }
}
