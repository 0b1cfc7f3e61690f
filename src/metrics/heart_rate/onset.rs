//! Step 5: an optical sensor that has not settled starts far too high and drops at once.

use super::marking::remove;
use super::means::Means;
use crate::metrics::series::{Channel, Removal, Series, speed_to_channel};
use crate::metrics::statistics::median;

/// The artefact begins within this time, in seconds.
const ONSET_S: usize = 300;
/// The run's own settled heart rate is read here, in seconds.
const SETTLED_S: std::ops::Range<usize> = 480..1200;
/// How far above the settled heart rate it is, in beats per minute.
const HIGH_BPM: f64 = 20.0;
/// How far it falls, in beats per minute.
const FALL_BPM: f64 = 15.0;
/// Within this time, in seconds.
const FALL_S: usize = 60;
/// A fall of speed that explains it, in mm/s.
const SPEED_FALL_MM_S: f64 = 300.0;
/// Seconds of speed compared on each side: heart rate answers within about a minute.
const SPEED_S: usize = 60;

pub(super) fn clean(series: &mut Series) {
    let Some(settled) = settled_heart_rate(series) else { return };
    let high = |k: usize| series.heart_rate_bpm(k).is_some_and(|beats| beats >= settled + HIGH_BPM);
    if !(0..ONSET_S.min(series.len())).any(high) {
        return;
    }
    let speed = Means::of(&graded_speed(series));
    let falls =
        (0..ONSET_S.min(series.len())).filter_map(|k| end_of_fall(series, &speed, settled, k));
    if let Some(end) = falls.max() {
        remove(series, Removal::Onset, 0..end);
    }
}

/// Effort rather than speed: uphill, the heart is right to be high.
fn graded_speed(series: &Series) -> Channel {
    Channel::of((0..series.len()).map(|k| series.graded_speed_m_s(k).map(speed_to_channel)))
}

fn settled_heart_rate(series: &Series) -> Option<f64> {
    let window = if series.len() >= SETTLED_S.end { SETTLED_S } else { ONSET_S..series.len() };
    let beats: Vec<f64> = window.filter_map(|k| series.heart_rate_bpm(k)).collect();
    median(&beats)
}

/// The second after the lowest point of a fall that begins at second `k`.
fn end_of_fall(series: &Series, speed: &Means, settled: f64, k: usize) -> Option<usize> {
    let high = series.heart_rate_bpm(k).filter(|beats| *beats >= settled + HIGH_BPM)?;
    let (lowest, end) = (k + 1..(k + 1 + FALL_S).min(series.len()))
        .filter_map(|later| Some((series.heart_rate_bpm(later)?, later + 1)))
        .min_by(|left, right| left.0.total_cmp(&right.0))?;
    if series.is_interrupted(&(k..end)) {
        return None;
    }
    let slowed =
        speed.before(k.max(1), SPEED_S)? - speed.from(end.min(series.len() - 1), SPEED_S)?;
    (high - lowest >= FALL_BPM && slowed < SPEED_FALL_MM_S).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::{removed, run};

    fn starts_high(speed_before: u16) -> Series {
        run(1800, |k| match k {
            0..150 => (Some(165), speed_before, 168),
            150..180 => (Some(165 - (k as u16 - 150) * 40 / 30), 2_500, 168),
            _ => (Some(126 + (k % 2) as u16), 2_500, 168),
        })
    }

    #[test]
    fn a_high_start_that_drops_without_slowing_goes() {
        let mut series = starts_high(2_500);
        clean(&mut series);
        let gone = removed(&series, Removal::Onset);
        assert!((175..=241).contains(&gone), "{gone}");
        assert!(series.heart_rate.get(0).is_none());
    }

    #[test]
    fn a_heart_that_calms_in_a_pause_is_believed() {
        let mut series =
            run(1800, |k| (Some(if k < 160 { 165 } else { 126 + (k % 2) as u16 }), 2_500, 168));
        series.pauses = vec![crate::metrics::series::TimerPause { before: 160, seconds: 150.0 }];
        clean(&mut series);
        assert!(series.removed.is_empty());
    }

    #[test]
    fn a_fast_start_that_slows_is_believed() {
        let mut series = starts_high(3_500);
        clean(&mut series);
        assert!(series.removed.is_empty());
    }
}
