//! The best speed that a run held for some minutes.

use super::series::{Movement, Series};
use super::statistics::mean;
use crate::units::MetresPerSecond;

/// Means of running sums differ from those of the seconds themselves by less, in m/s.
const ROUNDING: f64 = 1e-6;

/// The highest mean grade-adjusted speed over so many seconds of running in a row, no stop or walk
/// among them; `None` where none lasts so long. Rises count by their cost, so a hill hides no effort.
pub fn best_speed(series: &Series, seconds: usize) -> Option<MetresPerSecond> {
    let length = seconds.max(1);
    let is_running = |k: usize| series.movement[k] == Movement::Running;
    let graded: Vec<Option<f64>> =
        (0..series.len()).map(|k| series.graded_speed_m_s(k).filter(|_| is_running(k))).collect();
    let is_interrupted = |from: usize| {
        series
            .pauses
            .iter()
            .any(|pause| (from + 1..from + length).contains(&(pause.before as usize)))
    };
    let means: Vec<(usize, f64)> =
        whole_windows(&graded, length).filter(|(from, _)| !is_interrupted(*from)).collect();
    let highest = means.iter().map(|(_, mean)| *mean).reduce(f64::max)?;
    // Only what may be the highest is summed up second by second, exactly.
    let near = means.iter().filter(|(_, mean)| *mean >= highest - ROUNDING);
    let exact =
        near.filter_map(|(from, _)| mean(graded[*from..from + length].iter().copied().flatten()));
    exact.reduce(f64::max).and_then(MetresPerSecond::new)
}

/// Where windows of so many values begin that have them all, and their mean to rounding.
fn whole_windows(values: &[Option<f64>], length: usize) -> impl Iterator<Item = (usize, f64)> {
    let (mut sum, mut missing) = (0.0, 0_usize);
    let sums: Vec<(f64, usize)> = std::iter::once((0.0, 0))
        .chain(values.iter().map(|value| {
            sum += value.unwrap_or(0.0);
            missing += usize::from(value.is_none());
            (sum, missing)
        }))
        .collect();
    (length..sums.len()).filter_map(move |end| {
        let ((before, missed), (until, missing)) = (sums[end - length], sums[end]);
        (missed == missing).then(|| (end - length, (until - before) / length as f64))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::series::TimerPause;
    use crate::metrics::testing::run;

    /// Ten minutes at 2.5 m/s with five at 4 m/s among them.
    fn tempo() -> Series {
        run(900, |k| (Some(140), if (300..600).contains(&k) { 4_000 } else { 2_500 }, 166))
    }

    #[test]
    fn the_best_five_minutes_are_found_to_the_second() {
        assert_eq!(best_speed(&tempo(), 300).map(MetresPerSecond::get), Some(4.0));
        // 300 of 400 seconds at 4 m/s, the others at 2.5.
        assert_eq!(best_speed(&tempo(), 400).map(MetresPerSecond::get), Some(3.625));
    }

    #[test]
    fn a_stop_a_pause_or_too_short_a_run_has_no_best() {
        assert_eq!(best_speed(&tempo(), 901), None);
        let mut stopped = tempo();
        stopped.movement[450] = Movement::Stopped;
        assert!(best_speed(&stopped, 300).is_some_and(|best| best.get() < 4.0));
        let mut paused = tempo();
        paused.pauses = vec![TimerPause { before: 450, seconds: 60.0 }];
        assert!(best_speed(&paused, 300).is_some_and(|best| best.get() < 4.0));
    }
}
