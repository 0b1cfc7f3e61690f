//! Surges: bursts of recorded speed that the heart answers.
//!
//! Recorded speed, not grade-adjusted: grade doubles its noise. Satellite speed alone wavers
//! enough to accuse a third of steady runs, so a surge counts only where heart rate rises with it.

use std::ops::Range;
use std::sync::Mutex;

use super::series::{Movement, Series};
use super::span::{Span, runs_where};
use super::steadiness::running_seconds;
use crate::parallel::held;

/// What makes a surge; the defaults are the rules' own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurgeRule {
    /// Mean speed over this many seconds, centred.
    pub window_s: usize,
    /// Mean speed over the run's own.
    pub ratio: f64,
    /// For at least this many seconds.
    pub least_s: usize,
    /// The rise of heart rate that answers it, in bpm; `None` where heart rate cannot be asked.
    pub answer_bpm: Option<f64>,
    /// What is longer is the run itself or its progression, in seconds; `None` where any length counts.
    pub longest_s: Option<usize>,
    /// Whether setting off again after a stop or a walk counts.
    pub counts_setting_off: bool,
}

/// Nothing before this much moving time is a surge, in seconds.
const SETTLING_S: usize = 180;
/// Heart rate is compared with the mean of this many seconds before, …
const BEFORE_S: usize = 15;
/// … and answers until this many seconds after the end.
const ANSWER_S: usize = 40;

/// Heart rate is asked where it covers this share, in percent; …
pub const LEAST_COVERAGE_PCT: f64 = 70.0;
/// … elsewhere speed alone must tell: in means over, and for, so many seconds, …
pub const UNASKED_S: usize = 20;
/// … with a ratio so many times higher.
pub const UNASKED_RATIO: f64 = 1.30 / 1.25;

/// So many consecutive seconds stopped, paused or walked are a stop, …
const STOP_S: usize = 10;
/// … and what begins within this time after its end is setting off again, in seconds.
const SETTING_OFF_S: usize = 90;

/// The surges of a run whose own recorded speed is `reference`, in m/s.
pub fn surges(series: &Series, reference: f64, rule: &SurgeRule) -> Vec<Span> {
    let speeds = centred_means(series, rule.window_s);
    let first =
        (0..series.len()).filter(|k| series.is_moving(*k)).nth(SETTLING_S).unwrap_or(series.len());
    let mut running = vec![false; series.len()];
    running_seconds(series).into_iter().for_each(|k| running[k] = true);
    let fast = |k: usize| {
        k >= first && running[k] && speeds[k].is_some_and(|speed| speed > rule.ratio * reference)
    };
    runs_where(series.len(), fast)
        .into_iter()
        .filter(|surge| surge.len() >= rule.least_s)
        .filter(|surge| rule.longest_s.is_none_or(|longest| surge.len() <= longest))
        .filter(|surge| rule.counts_setting_off || !sets_off(series, surge.start))
        .filter(|surge| is_confirmed(series, surge, reference, rule))
        .map(|surge| Span::of(&surge))
        .collect()
}

/// The surges of one run by the rules that were asked for.
#[derive(Debug, Default)]
pub struct KnownSurges(Mutex<Vec<(f64, SurgeRule, Vec<Span>)>>);

impl KnownSurges {
    /// The surges of the run, which is always the same, as [`surges`] finds them.
    pub fn find(&self, series: &Series, reference: f64, rule: &SurgeRule) -> Vec<Span> {
        let mut known = held(&self.0);
        let is_asked =
            |(of, by, _): &&(f64, SurgeRule, _)| of.to_bits() == reference.to_bits() && by == rule;
        if let Some((.., spans)) = known.iter().find(is_asked) {
            return spans.clone();
        }
        let spans = surges(series, reference, rule);
        known.push((reference, *rule, spans.clone()));
        spans
    }
}

fn centred_means(series: &Series, window_s: usize) -> Vec<Option<f64>> {
    let half = window_s / 2;
    let (mut sum, mut count) = (0.0, 0_u32);
    let mut means = Vec::with_capacity(series.len());
    for k in 0..series.len() + half {
        if let Some(speed) = series.speed_m_s(k) {
            sum += speed;
            count += 1;
        }
        if let Some(speed) = k.checked_sub(2 * half + 1).and_then(|gone| series.speed_m_s(gone)) {
            sum -= speed;
            count -= 1;
        }
        if k >= half {
            means.push((count > 0).then(|| sum / f64::from(count)));
        }
    }
    means
}

/// Whether a stop ends shortly before this second: the runner sets off again, and the heart rebounds.
fn sets_off(series: &Series, start: usize) -> bool {
    let recent = start.saturating_sub(SETTING_OFF_S)..=start;
    let paused = series.pauses.iter().any(|pause| {
        recent.contains(&(pause.before as usize)) && f64::from(pause.seconds) >= STOP_S as f64
    });
    let rests = |k: usize| series.movement[k] != Movement::Running;
    let stops = runs_where(start, rests);
    paused || stops.iter().any(|stop| stop.len() >= STOP_S && recent.contains(&stop.end))
}

/// Whether heart rate answers, or, where it was not recorded around the surge, speed alone is clear.
fn is_confirmed(series: &Series, surge: &Range<usize>, reference: f64, rule: &SurgeRule) -> bool {
    match rule.answer_bpm {
        None => true,
        Some(beats) if is_heart_rate_known(series, surge) => heart_answers(series, surge, beats),
        Some(_) => is_clear_by_speed(series, surge, reference * rule.ratio * UNASKED_RATIO),
    }
}

fn before(surge: &Range<usize>) -> Range<usize> {
    surge.start.saturating_sub(BEFORE_S)..surge.start
}

fn answering(series: &Series, surge: &Range<usize>) -> Range<usize> {
    surge.start..(surge.end + ANSWER_S).min(series.len())
}

fn is_heart_rate_known(series: &Series, surge: &Range<usize>) -> bool {
    [before(surge), answering(series, surge)].iter().all(|seconds| {
        let known = seconds.clone().filter(|k| series.heart_rate_bpm(*k).is_some()).count();
        100.0 * known as f64 >= LEAST_COVERAGE_PCT * seconds.len() as f64
    })
}

fn is_clear_by_speed(series: &Series, surge: &Range<usize>, limit: f64) -> bool {
    let speeds = centred_means(series, UNASKED_S);
    let around = surge.start.saturating_sub(UNASKED_S)..surge.end + UNASKED_S;
    let fast = |k: usize| around.contains(&k) && speeds[k].is_some_and(|speed| speed > limit);
    runs_where(series.len(), fast).iter().any(|stretch| stretch.len() >= UNASKED_S)
}

fn heart_answers(series: &Series, surge: &Range<usize>, beats: f64) -> bool {
    let before = super::statistics::mean(before(surge).filter_map(|k| series.heart_rate_bpm(k)));
    let answer = answering(series, surge).filter_map(|k| series.heart_rate_bpm(k)).reduce(f64::max);
    matches!((before, answer), (Some(before), Some(answer)) if answer - before >= beats)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::series::TimerPause;
    use crate::metrics::testing::run;

    const RULE: SurgeRule = SurgeRule {
        window_s: 15,
        ratio: 1.25,
        least_s: 15,
        answer_bpm: Some(5.0),
        longest_s: Some(90),
        counts_setting_off: false,
    };

    fn strides(answer: u16) -> Series {
        run(1800, |k| {
            let stride = k >= 1500 && (k - 1500) % 60 < 20;
            let beats =
                130 + if k >= 1500 && (10..40).contains(&((k - 1500) % 60)) { answer } else { 0 };
            (Some(beats), if stride { 4_500 } else { 2_500 }, 166)
        })
    }

    #[test]
    fn strides_that_the_heart_answers_are_surges() {
        assert_eq!(surges(&strides(8), 2.5, &RULE).len(), 5);
    }

    #[test]
    fn bursts_that_the_heart_does_not_notice_are_noise() {
        assert!(surges(&strides(3), 2.5, &RULE).is_empty());
    }

    #[test]
    fn strides_whose_heart_rate_is_lost_are_surges_where_speed_is_clear() {
        let mut lost = strides(8);
        (1480..1800).for_each(|k| lost.heart_rate.set(k, None));
        assert_eq!(surges(&lost, 2.5, &RULE).len(), 5);
        // Of a stride of 20 s at 4.5 m/s, 20 means over 15 s lie above 3.5 m/s, 17 over 20 s above 3.64.
        let faster = SurgeRule { ratio: 1.4, ..RULE };
        assert!(surges(&lost, 2.5, &faster).is_empty());
        assert_eq!(surges(&strides(8), 2.5, &faster).len(), 5);
    }

    #[test]
    fn without_heart_rate_a_longer_and_faster_burst_is_needed() {
        let rule = SurgeRule { window_s: 20, ratio: 1.30, least_s: 20, answer_bpm: None, ..RULE };
        assert_eq!(surges(&strides(0), 2.5, &rule).len(), 5);
    }

    /// Half an hour at 2.5 m/s with one burst at 4.5 m/s from second 900 on, answered by 8 bpm.
    fn burst(seconds: usize) -> Series {
        run(1800, |k| {
            let fast = (900..900 + seconds).contains(&k);
            let beats = if (910..920 + seconds).contains(&k) { 138 } else { 130 };
            (Some(beats), if fast { 4_500 } else { 2_500 }, 166)
        })
    }

    #[test]
    fn a_minute_and_a_half_is_the_longest_surge() {
        // The 15-s mean passes 3.125 m/s with 5 of its seconds fast, so it reaches 3 s further at either end.
        assert_eq!(surges(&burst(84), 2.5, &RULE)[0].seconds, 90);
        assert!(surges(&burst(85), 2.5, &RULE).is_empty());
        let any_length = SurgeRule { longest_s: None, ..RULE };
        assert_eq!(surges(&burst(85), 2.5, &any_length)[0].seconds, 91);
    }

    #[test]
    fn setting_off_after_a_stop_is_no_surge() {
        let stopped = |seconds: usize, moving_again: usize| {
            let mut series = burst(30);
            for k in moving_again - seconds..moving_again {
                series.movement[k] = Movement::Stopped;
            }
            surges(&series, 2.5, &RULE).len()
        };
        assert_eq!((stopped(10, 880), stopped(10, 807)), (0, 0), "up to 90 s before second 897");
        assert_eq!(stopped(10, 806), 1, "91 s before");
        assert_eq!(stopped(9, 880), 1, "too short for a stop");
        let off = SurgeRule { counts_setting_off: true, ..RULE };
        let mut series = burst(30);
        series.pauses = vec![TimerPause { before: 880, seconds: 12.0 }];
        assert_eq!((surges(&series, 2.5, &RULE).len(), surges(&series, 2.5, &off).len()), (0, 1));
    }

    #[test]
    fn surges_known_are_those_of_the_rule_that_is_asked() {
        let (series, known) = (strides(8), KnownSurges::default());
        for _ in 0..2 {
            assert_eq!(known.find(&series, 2.5, &RULE).len(), 5);
            assert!(known.find(&series, 2.5, &SurgeRule { ratio: 2.0, ..RULE }).is_empty());
            assert!(known.find(&series, 3.9, &RULE).is_empty());
        }
    }
}
