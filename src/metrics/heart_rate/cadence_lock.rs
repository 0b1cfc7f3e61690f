//! Step 3: the optical sensor followed the steps instead of the pulse.
//!
//! A true heart rate of 165 also meets a cadence of 165, so a match alone proves nothing: only a
//! jump of heart rate without a change of speed, where the match begins or ends, does.

use std::ops::Range;

use super::marking::{remove, suspect};
use super::means::Means;
use crate::metrics::series::{Removal, Series, Suspicion};
use crate::metrics::span::runs_where;

/// Seconds looked at together.
const WINDOW_S: usize = 120;
/// Seconds of a window that must have both signals.
const BOTH_S: u32 = 90;
/// Seconds compared on each side of an edge.
const EDGE_S: usize = 20;
/// Heart-rate jump at an edge that proves a lock, in beats per minute.
const JUMP_BPM: f64 = 12.0;
/// Change of speed at an edge that could explain a jump, in mm/s.
const SPEED_CHANGE_MM_S: f64 = 300.0;

/// One way of following the steps.
struct Pattern {
    /// How many steps there are to a beat, …
    steps_per_beat: u16,
    /// … and how far a cadence may be from that, in steps per minute.
    within_spm: u16,
    /// Share of a window's seconds that must match, in percent.
    share_pct: u32,
    /// What a match without proof is called.
    suspicion: Suspicion,
}

const PATTERNS: [Pattern; 2] = [
    Pattern { steps_per_beat: 1, within_spm: 3, share_pct: 80, suspicion: Suspicion::CadenceMatch },
    Pattern {
        steps_per_beat: 2,
        within_spm: 4,
        share_pct: 90,
        suspicion: Suspicion::HalfCadenceMatch,
    },
];

impl Pattern {
    fn matches(&self, beats: u16, steps: u16) -> bool {
        beats.wrapping_mul(self.steps_per_beat).abs_diff(steps) <= self.within_spm
    }

    /// Whether as many seconds match as one window needs.
    fn may_occur(&self, series: &Series) -> bool {
        let matches = |beats, steps| self.matches(beats, steps);
        let both = series.heart_rate.count_both(&series.cadence, matches);
        100 * both >= (self.share_pct * BOTH_S) as usize
    }
}

pub(super) fn clean(series: &mut Series) {
    // The heart rate as it was before any of it is taken out.
    let mut means = None;
    for pattern in &PATTERNS {
        if !pattern.may_occur(series) {
            continue;
        }
        let [heart, speed] =
            means.get_or_insert_with(|| [&series.heart_rate, &series.speed].map(Means::of));
        let matched: Vec<Option<bool>> =
            (0..series.len()).map(|k| matched(series, pattern, k)).collect();
        for stretch in candidates(&matched, pattern.share_pct) {
            let hits: Vec<Range<usize>> =
                runs_where(stretch.len(), |k| matched[stretch.start + k] == Some(true))
                    .into_iter()
                    .map(|run| stretch.start + run.start..stretch.start + run.end)
                    .collect();
            mark(series, pattern, &hits, heart, speed);
        }
    }
}

/// Whether second `k` matches; `None` where it lacks a signal or the runner stood.
fn matched(series: &Series, pattern: &Pattern, k: usize) -> Option<bool> {
    let (beats, steps) = (series.heart_rate.get(k)?, series.cadence.get(k)?);
    series.is_moving(k).then(|| pattern.matches(beats, steps))
}

/// The stretches covered by windows in which enough seconds match.
fn candidates(matched: &[Option<bool>], share_pct: u32) -> Vec<Range<usize>> {
    let mut covered: Vec<Range<usize>> = Vec::new();
    let (mut both, mut hits) = (0_u32, 0_u32);
    for k in 0..matched.len() {
        both += u32::from(matched[k].is_some());
        hits += u32::from(matched[k] == Some(true));
        if let Some(gone) = k.checked_sub(WINDOW_S) {
            both -= u32::from(matched[gone].is_some());
            hits -= u32::from(matched[gone] == Some(true));
        }
        if k + 1 >= WINDOW_S && both >= BOTH_S && 100 * hits >= share_pct * both {
            let window = k + 1 - WINDOW_S..k + 1;
            match covered.last_mut() {
                Some(last) if window.start <= last.end => last.end = window.end,
                _ => covered.push(window),
            }
        }
    }
    covered
}

fn mark(
    series: &mut Series,
    pattern: &Pattern,
    hits: &[Range<usize>],
    heart: &Means,
    speed: &Means,
) {
    let (Some(first), Some(last)) = (hits.first(), hits.last()) else { return };
    let is_edge = |k: usize| {
        let around = k.saturating_sub(EDGE_S)..k + EDGE_S;
        !series.is_interrupted(&around) && is_lock_edge(k, heart, speed)
    };
    if is_edge(first.start) || is_edge(last.end) {
        hits.iter().for_each(|hit| remove(series, Removal::CadenceLock, hit.clone()));
    } else {
        hits.iter().for_each(|hit| suspect(series, pattern.suspicion, hit));
    }
}

/// Whether heart rate jumps at this second while speed does not.
fn is_lock_edge(k: usize, heart: &Means, speed: &Means) -> bool {
    let jump = |means: &Means| Some((means.from(k, EDGE_S)? - means.before(k, EDGE_S)?).abs());
    let speed_changed = jump(speed).is_none_or(|change| change >= SPEED_CHANGE_MM_S);
    jump(heart).is_some_and(|beats| beats >= JUMP_BPM) && !speed_changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::{removed, run};

    #[test]
    fn a_jump_to_the_step_rate_is_a_lock() {
        let mut series =
            run(1800, |k| (Some(if (360..1200).contains(&k) { 164 } else { 130 }), 2_500, 164));
        clean(&mut series);
        assert_eq!(removed(&series, Removal::CadenceLock), 840);
        assert!(series.suspected.is_empty());
    }

    #[test]
    fn half_the_step_rate_is_a_lock_too() {
        let mut series = run(1800, |k| (Some(if k >= 300 { 82 } else { 128 }), 2_500, 164));
        clean(&mut series);
        assert_eq!(removed(&series, Removal::CadenceLock), 1500);
    }

    #[test]
    fn a_rise_through_the_step_rate_is_only_suspected() {
        let mut series = run(1800, |k| (Some(130 + (k / 40) as u16), 2_500, 165));
        clean(&mut series);
        assert!(series.removed.is_empty());
        assert!(!series.suspected.is_empty());
    }

    #[test]
    fn a_heart_that_calms_in_a_pause_proves_no_lock() {
        let mut series = run(1800, |k| (Some(if k < 900 { 168 } else { 150 }), 2_500, 168));
        series.pauses = vec![crate::metrics::series::TimerPause { before: 900, seconds: 40.0 }];
        clean(&mut series);
        assert!(series.removed.is_empty());
        assert!(!series.suspected.is_empty());
    }

    #[test]
    fn a_jump_that_speed_explains_is_no_proof() {
        let mut series =
            run(1800, |k| if k < 900 { (Some(130), 2_000, 150) } else { (Some(165), 3_500, 165) });
        clean(&mut series);
        assert!(series.removed.is_empty());
    }
}
