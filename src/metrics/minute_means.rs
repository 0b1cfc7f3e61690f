//! Speed and heart rate of the minutes of a run, as later runs compare themselves with them.

use super::blocks::BLOCK_S;
use super::series::Series;

/// Minutes at the beginning whose heart rate is still rising, and does not belong to a speed.
const FIRST_MINUTES: usize = 5;

/// Grade-adjusted speed (m/s) and heart rate (bpm) of the minutes after the first ones that hold no
/// suspected second.
pub(super) fn minute_means(series: &Series) -> Vec<(f32, f32)> {
    let suspected = series.mask(series.suspected.iter().map(|(_, span)| span));
    let read =
        |k: usize| Some((series.graded_speed_m_s(k)?, series.heart_rate_bpm(k)?, suspected[k]));
    let seconds: Vec<(f64, f64, bool)> = (0..series.len())
        .filter(|k| series.is_moving(*k))
        .skip(FIRST_MINUTES * BLOCK_S)
        .filter_map(read)
        .collect();
    let mean = |block: &[(f64, f64, bool)], of: fn(&(f64, f64, bool)) -> f64| {
        (block.iter().map(of).sum::<f64>() / block.len() as f64) as f32
    };
    seconds
        .chunks_exact(BLOCK_S)
        .filter(|block| block.iter().all(|second| !second.2))
        .map(|block| (mean(block, |second| second.0), mean(block, |second| second.1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::series::Suspicion;
    use crate::metrics::span::Span;
    use crate::metrics::testing::run;

    #[test]
    fn the_first_minutes_and_suspected_ones_are_left_out() {
        let mut series = run(480, |k| (Some(120 + (k / 60) as u16), 2_500, 166));
        assert_eq!(minute_means(&series), [(2.5, 125.0), (2.5, 126.0), (2.5, 127.0)]);
        series.suspected = vec![(Suspicion::CadenceMatch, Span { start: 419, seconds: 1 })];
        assert_eq!(minute_means(&series), [(2.5, 125.0), (2.5, 127.0)]);
    }
}
