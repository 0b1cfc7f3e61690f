//! Whether a run was moved by its runner's own steps.

use super::series::Series;

/// Nobody goes this fast without steps, in m/s.
const FAST_M_S: f64 = 1.5;
/// Steps were counted at all, in seconds: else the cadence says nothing.
const COUNTED_S: usize = 60;

/// Whether more than half of the faster moving time has a cadence of zero, in a file that counts
/// steps elsewhere: a vehicle, a bicycle, or the watch on a pram.
pub fn moves_without_steps(series: &Series) -> bool {
    let (mut counted, mut fast, mut without) = (0, 0, 0);
    for (k, steps) in series.cadence.iter().enumerate() {
        let is_fast =
            series.is_moving(k) && series.speed_m_s(k).is_some_and(|speed| speed >= FAST_M_S);
        counted += usize::from(steps.is_some_and(|steps| steps > 0));
        fast += usize::from(is_fast);
        without += usize::from(is_fast && steps == Some(0));
    }
    counted >= COUNTED_S && 2 * without > fast
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    /// Twenty minutes, run for so many seconds and then driven.
    fn driven(run_s: usize, speed: u16) -> bool {
        moves_without_steps(&run(1200, |k| {
            if k < run_s { (Some(130), 2_500, 166) } else { (Some(100), speed, 0) }
        }))
    }

    #[test]
    fn more_than_half_of_it_without_steps_is_no_run() {
        assert!(driven(599, 8_000));
        assert!(!driven(600, 8_000), "half of it");
        assert!(!driven(300, 1_490), "slower than anybody drives");
    }

    #[test]
    fn a_watch_that_counts_no_steps_says_nothing() {
        assert!(!driven(59, 8_000));
        assert!(driven(60, 8_000));
        let mut silent = run(1200, |_| (Some(130), 2_500, 0));
        silent.cadence = crate::metrics::series::Channel::blank(1200);
        assert!(!moves_without_steps(&silent));
    }
}
