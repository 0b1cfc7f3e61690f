//! Step 6: heart rate answers effort within about a minute, so it cannot leap in seconds.
//!
//! The time constant of heart rate in running is about 57 s (PMC4687158). What follows a leap is
//! kept, because it may be the true side of it, but not trusted alone.

use std::cell::LazyCell;

use super::marking::suspect;
use super::means::Means;
use crate::metrics::series::{Series, Suspicion};
use crate::metrics::span::runs_where;

/// Looked at only after this much moving time, in seconds.
const SETTLING_S: usize = 180;
/// The leap is measured over this time, in seconds.
const LEAP_S: usize = 10;
/// The leap, in beats per minute.
const LEAP_BPM: u16 = 25;
/// A change of speed that may explain it, in mm/s.
const SPEED_CHANGE_MM_S: f64 = 500.0;
/// What follows is in doubt for this long, in seconds.
const DOUBT_S: usize = 30;

pub(super) fn clean(series: &mut Series) {
    let Some(first) = second_of_moving_time(series, SETTLING_S) else { return };
    if series.heart_rate.count_later(LEAP_S, is_leap) == 0 {
        return;
    }
    let speed = LazyCell::new(|| Means::of(&series.speed));
    let doubted = series.mask(series.suspected.iter().map(|(_, span)| span));
    let leaps = runs_where(series.len(), |k| k >= first && leaps(series, &speed, k) && !doubted[k]);
    for leap in leaps {
        let after = leap.end..(leap.end + DOUBT_S).min(series.len());
        suspect(series, Suspicion::ImpossibleChange, &after);
    }
}

fn second_of_moving_time(series: &Series, moving_s: usize) -> Option<usize> {
    (0..series.len()).filter(|k| series.is_moving(*k)).nth(moving_s)
}

/// Whether a heart rate is so far from an earlier one, whatever may explain it.
fn is_leap(before: u16, after: u16) -> bool {
    before.abs_diff(after) > LEAP_BPM
}

fn leaps(series: &Series, speed: &Means, k: usize) -> bool {
    let later = k + LEAP_S;
    let beats = series.heart_rate.get(k).zip(series.heart_rate.get(later));
    beats.is_some_and(|(before, after)| is_leap(before, after))
        && !series.is_interrupted(&(k..later))
        && speed_change(speed, k, later).is_some_and(|change| change < SPEED_CHANGE_MM_S)
}

fn speed_change(speed: &Means, k: usize, later: usize) -> Option<f64> {
    Some((speed.from(later, LEAP_S)? - speed.before(k, LEAP_S)?).abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::series::TimerPause;
    use crate::metrics::testing::run;

    fn leap(speed_after: u16) -> Series {
        run(900, |k| if k < 400 { (Some(120), 2_500, 150) } else { (Some(150), speed_after, 150) })
    }

    #[test]
    fn thirty_seconds_after_a_leap_are_in_doubt() {
        let mut series = leap(2_500);
        clean(&mut series);
        let spans: Vec<_> =
            series.suspected.iter().map(|(_, span)| (span.start, span.seconds)).collect();
        assert_eq!(spans, [(400, 30)]);
        assert_eq!(series.heart_rate.present(), 900);
    }

    #[test]
    fn speed_or_a_pause_explains_a_leap() {
        let mut series = leap(3_200);
        clean(&mut series);
        assert!(series.suspected.is_empty());
        let mut series = leap(2_500);
        series.pauses = vec![TimerPause { before: 400, seconds: 90.0 }];
        clean(&mut series);
        assert!(series.suspected.is_empty());
    }
}
