//! Is it somebody who was carried, or who glides? Asked where neither file nor steps say what it was.

use crate::metrics::RunMetrics;
use crate::metrics::series::Series;
use crate::metrics::statistics::{mean, median};

/// A minute of timer time, in seconds.
const MINUTE: usize = 60;
/// Nobody runs with so low a mean heart rate, in beats per minute (this tool's choice): elite runners at an easy
/// jog are above it.
const SITTING_BPM: f64 = 85.0;
/// How much faster than the usual minute the minutes are in which skis or wheels roll (this tool's choice). In
/// recorded runs the fastest minute is less than 1.7 times the median; fast intervals raise the heart rate.
const ROLLING: f64 = 1.4;
/// So many such minutes are no chance: at least three, and one in ten.
const LEAST_MINUTES: usize = 3;
const LEAST_SHARE: f64 = 0.1;

/// The speed and the heart rate of one minute.
#[derive(Debug, Clone, Copy, PartialEq)]
struct MeanMinute {
    /// Grade-adjusted, in metres per second: a runner's steep descent is no rolling.
    speed: f64,
    /// In beats per minute.
    heart_rate: f64,
}

/// Whether it moved as no runner does: with the heart rate of one who sits, or fastest where the heart rate was
/// low. Without heart rate nothing can be said.
pub(super) fn is_carried(row: &RunMetrics) -> bool {
    let sits = row.heart_rate.raw_mean.is_some_and(|mean| mean.get() < SITTING_BPM);
    sits || row.channels.unpack().is_ok_and(|series| glides(&minutes(&series)))
}

fn minutes(series: &Series) -> Vec<MeanMinute> {
    let minute = |from: usize| {
        let seconds = from..from + MINUTE;
        Some(MeanMinute {
            speed: mean(seconds.clone().filter_map(|k| series.graded_speed_m_s(k)))?,
            heart_rate: mean(seconds.filter_map(|k| series.heart_rate_bpm(k)))?,
        })
    };
    (0..series.len() / MINUTE).filter_map(|index| minute(index * MINUTE)).collect()
}

fn glides(minutes: &[MeanMinute]) -> bool {
    let speeds: Vec<f64> = minutes.iter().map(|minute| minute.speed).collect();
    let Some(usual) = median(&speeds) else { return false };
    let (rolling, others): (Vec<MeanMinute>, Vec<MeanMinute>) =
        minutes.iter().partition(|minute| minute.speed > ROLLING * usual);
    let are_many = rolling.len() >= LEAST_MINUTES
        && rolling.len() as f64 >= LEAST_SHARE * minutes.len() as f64;
    let heart_rate = |minutes: &[MeanMinute]| mean(minutes.iter().map(|minute| minute.heart_rate));
    are_many && heart_rate(&rolling) < heart_rate(&others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(minute: impl Fn(usize) -> (f64, f64)) -> Vec<MeanMinute> {
        (0..60).map(minute).map(|(speed, heart_rate)| MeanMinute { speed, heart_rate }).collect()
    }

    #[test]
    fn skis_are_fast_where_the_heart_is_slow() {
        assert!(glides(&hour(|k| if k % 5 == 0 { (5.0, 120.0) } else { (2.4, 150.0) })));
    }

    #[test]
    fn intervals_are_fast_where_the_heart_is_fast() {
        assert!(!glides(&hour(|k| if k % 5 == 0 { (5.0, 170.0) } else { (2.4, 150.0) })));
    }

    #[test]
    fn an_even_run_and_one_fast_minute_are_no_gliding() {
        assert!(!glides(&hour(|_| (2.6, 140.0))));
        assert!(!glides(&hour(|k| if k == 30 { (5.0, 120.0) } else { (2.6, 140.0) })));
        assert!(!glides(&[]));
    }
}
