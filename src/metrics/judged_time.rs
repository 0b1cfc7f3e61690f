//! The seconds that heart-rate rules look at, and how long the heart was above a line.

use serde::{Deserialize, Serialize};

use super::series::Series;
use super::span::Span;

/// Moving seconds after the heart has settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedTime {
    /// For every second of the series whether it is judged.
    pub mask: Vec<bool>,
    /// How many are.
    pub seconds: u32,
    /// How many of those have a heart rate.
    pub with_heart_rate: u32,
}

impl JudgedTime {
    /// The judged seconds of a run whose first `warm_up_s` seconds of moving time are not judged.
    pub fn of(series: &Series, warm_up_s: u32) -> Self {
        let mut moved = 0;
        let mask: Vec<bool> = (0..series.len())
            .map(|k| {
                moved += u32::from(series.is_moving(k));
                series.is_moving(k) && moved > warm_up_s
            })
            .collect();
        let judged = |k: &usize| mask[*k];
        let seconds = (0..series.len()).filter(judged).count() as u32;
        let with_heart_rate = (0..series.len())
            .filter(judged)
            .filter(|k| series.heart_rate.get(*k).is_some())
            .count() as u32;
        Self { mask, seconds, with_heart_rate }
    }

    /// Judged seconds without a heart rate.
    pub fn missing(&self) -> u32 {
        self.seconds - self.with_heart_rate
    }

    /// Share of the judged seconds that have a heart rate, in percent; 0 where none is judged.
    pub fn coverage_pct(&self) -> f64 {
        if self.seconds == 0 {
            0.0
        } else {
            100.0 * f64::from(self.with_heart_rate) / f64::from(self.seconds)
        }
    }
}

/// Time above a heart-rate line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TimeAbove {
    /// Judged seconds above it.
    pub seconds: u32,
    /// The longest stretch above it, short dips bridged, in seconds of real time.
    pub longest: u32,
    /// Every stretch above it.
    pub stretches: Vec<Span>,
}

/// Time above a line, in judged seconds; dips of up to `bridge_s` seconds do not end a stretch.
/// Seconds without a heart rate count as not above: evidence is needed to accuse.
pub fn time_above(series: &Series, judged: &JudgedTime, line_bpm: f64, bridge_s: u32) -> TimeAbove {
    let is_above = |k: usize| series.heart_rate_bpm(k).is_some_and(|beats| beats > line_bpm);
    let mut pauses = series.pauses.iter().peekable();
    let (mut paused, mut open) = (0.0, None::<OpenStretch>);
    let mut above = TimeAbove::default();
    for k in 0..series.len() {
        while let Some(pause) = pauses.next_if(|pause| pause.before as usize <= k) {
            paused += f64::from(pause.seconds);
        }
        if !judged.mask[k] || !is_above(k) {
            continue;
        }
        above.seconds += 1;
        let at = k as f64 + paused;
        match &mut open {
            Some(stretch) if at - stretch.last_at - 1.0 <= f64::from(bridge_s) => {
                stretch.extend(k, at);
            }
            _ => {
                above.close(open.take());
                open = Some(OpenStretch::new(k, at));
            }
        }
    }
    above.close(open);
    above
}

/// A stretch that may still go on: seconds of the series and of real time.
struct OpenStretch {
    first: usize,
    last: usize,
    first_at: f64,
    last_at: f64,
}

impl OpenStretch {
    fn new(k: usize, at: f64) -> Self {
        Self { first: k, last: k, first_at: at, last_at: at }
    }

    fn extend(&mut self, k: usize, at: f64) {
        (self.last, self.last_at) = (k, at);
    }
}

impl TimeAbove {
    fn close(&mut self, stretch: Option<OpenStretch>) {
        if let Some(stretch) = stretch {
            let length = (stretch.last_at - stretch.first_at).round() as u32 + 1;
            self.longest = self.longest.max(length);
            self.stretches.push(Span::of(&(stretch.first..stretch.last + 1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::series::TimerPause;
    use crate::metrics::testing::run;

    fn worked() -> Series {
        run(600, |k| {
            let high =
                (200..260).contains(&k) || (270..320).contains(&k) || (340..370).contains(&k);
            (Some(if high { 150 } else { 130 }), 2_500, 166)
        })
    }

    fn longest(series: &Series, bridge: u32) -> u32 {
        time_above(series, &JudgedTime::of(series, 180), 145.0, bridge).longest
    }

    #[test]
    fn short_dips_are_bridged() {
        assert_eq!(longest(&worked(), 15), 120);
        assert_eq!(longest(&worked(), 5), 60);
    }

    #[test]
    fn a_pause_counts_with_its_real_length() {
        let mut series = worked();
        series.pauses = vec![TimerPause { before: 265, seconds: 4.0 }];
        assert_eq!(longest(&series, 15), 124);
        series.pauses = vec![TimerPause { before: 265, seconds: 6.0 }];
        assert_eq!(longest(&series, 15), 60);
    }

    #[test]
    fn the_line_itself_is_not_above_it() {
        let series = run(600, |_| (Some(145), 2_500, 166));
        let judged = JudgedTime::of(&series, 180);
        assert_eq!(judged.seconds, 420);
        assert_eq!(time_above(&series, &judged, 145.0, 15).seconds, 0);
        assert_eq!(time_above(&series, &judged, 144.9, 15).seconds, 420);
    }

    #[test]
    fn missing_seconds_are_counted_and_never_above() {
        let series = run(600, |k| ((k < 500).then_some(130), 2_500, 166));
        let judged = JudgedTime::of(&series, 180);
        assert_eq!((judged.missing(), judged.with_heart_rate), (100, 320));
        assert_eq!(time_above(&series, &judged, 125.0, 15).seconds, 320);
    }
}
