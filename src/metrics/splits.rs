//! A run kilometre by kilometre, or mile by mile.

use super::series::Series;
use super::statistics::mean;
use crate::units::{BeatsPerMinute, Metres, MetresPerSecond, Seconds};

/// One split.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// Its length; that of the last one is what is left.
    pub distance: Metres,
    /// Moving time in it.
    pub moving: Seconds,
    /// Mean heart rate of its moving seconds that have one.
    pub heart_rate: Option<BeatsPerMinute>,
    /// Mean speed of its moving seconds.
    pub speed: Option<MetresPerSecond>,
    /// Mean grade-adjusted speed of its moving seconds.
    pub graded_speed: Option<MetresPerSecond>,
}

/// The shortest rest at the end that is a split of its own, in metres.
const SHORTEST_REST_M: f64 = 50.0;

/// The splits of a run of this distance; empty where the speed is not known.
pub fn splits(series: &Series, distance: Metres, length: Metres) -> Vec<Split> {
    let recorded: f64 = (0..series.len()).filter_map(|k| series.speed_m_s(k)).sum();
    if recorded <= 0.0 || distance.get() <= 0.0 {
        return Vec::new();
    }
    // The distance of a run is that of its counter or its places; seconds share it by their speed.
    let per_metre = distance.get() / recorded;
    let (mut splits, mut seconds, mut metres) = (Vec::new(), Vec::new(), 0.0);
    for k in 0..series.len() {
        metres += per_metre * series.speed_m_s(k).unwrap_or(0.0);
        seconds.push(k);
        if metres >= length.get() {
            splits.extend(split(series, &seconds, length.get()));
            seconds.clear();
            metres -= length.get();
        }
    }
    if metres >= SHORTEST_REST_M {
        splits.extend(split(series, &seconds, metres));
    }
    splits
}

fn split(series: &Series, seconds: &[usize], metres: f64) -> Option<Split> {
    let moving = || seconds.iter().copied().filter(|k| series.is_moving(*k));
    let of = |figure: &dyn Fn(usize) -> Option<f64>| mean(moving().filter_map(figure));
    Some(Split {
        distance: Metres::new(metres)?,
        moving: Seconds::new(moving().count() as f64)?,
        heart_rate: of(&|k| series.heart_rate_bpm(k)).and_then(BeatsPerMinute::new),
        speed: of(&|k| series.speed_m_s(k)).and_then(MetresPerSecond::new),
        graded_speed: of(&|k| series.graded_speed_m_s(k)).and_then(MetresPerSecond::new),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    #[test]
    fn kilometres_at_two_and_a_half_metres_per_second() {
        let series = run(1_000, |k| (Some(if k < 400 { 120 } else { 140 }), 2_500, 166));
        let splits = splits(&series, Metres::of(2_500.0), Metres::of(1_000.0));
        let lengths: Vec<f64> = splits.iter().map(|split| split.distance.get()).collect();
        assert_eq!(lengths.len(), 3);
        assert!((lengths[2] - 500.0).abs() < 1e-6, "{lengths:?}");
        assert_eq!(splits[0].moving, Seconds::of(400.0));
        assert_eq!(splits[0].heart_rate.map(BeatsPerMinute::get), Some(120.0));
        assert_eq!(splits[1].heart_rate.map(BeatsPerMinute::get), Some(140.0));
        assert_eq!(splits[2].moving, Seconds::of(200.0));
    }

    #[test]
    fn a_run_without_speed_has_no_splits() {
        assert!(
            splits(&run(600, |_| (Some(130), 0, 0)), Metres::of(0.0), Metres::of(1_000.0))
                .is_empty()
        );
    }
}
