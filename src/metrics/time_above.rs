//! How long the heart was above a line, and for how long at a stretch.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::judged_time::JudgedTime;
use super::series::TimerPause;
use super::span::Span;

/// Dips below a line that do not end a stretch above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bridge {
    /// Up to 15 s: a heart does not calm down so fast from a moderate effort.
    Long,
    /// Up to 5 s: of hard efforts each counts.
    Short,
}

impl Bridge {
    fn seconds(self) -> f64 {
        match self {
            Self::Long => 15.0,
            Self::Short => 5.0,
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

/// Times above lines of one run. Heart rates are whole beats, so that all lines between two beats
/// have the same time, which is worked out once.
#[derive(Debug)]
pub struct TimesAbove {
    /// By the lowest heart rate above the line, for long and for short bridges.
    of_lowest: [Vec<OnceLock<TimeAbove>>; 2],
}

impl TimesAbove {
    /// Nothing was asked yet of these heart rates.
    pub fn new(heart_rate: &Channel) -> Self {
        let highest = heart_rate.iter().flatten().max().map_or(0, usize::from);
        let none = || (0..=highest + 1).map(|_| OnceLock::new()).collect();
        Self { of_lowest: [none(), none()] }
    }

    /// Time above a line, in judged seconds. Seconds without a heart rate count as not above:
    /// evidence is needed to accuse.
    pub fn above(
        &self,
        line_bpm: f64,
        bridge: Bridge,
        heart_rate: &Channel,
        pauses: &[TimerPause],
        judged: &JudgedTime,
    ) -> &TimeAbove {
        let of_lowest = &self.of_lowest[bridge as usize];
        // Of lines below zero every heart rate is above, and of those above all beats none.
        let lowest = (line_bpm.floor() as i64 + 1).clamp(0, of_lowest.len() as i64 - 1) as usize;
        of_lowest[lowest].get_or_init(|| {
            time_above(heart_rate, pauses, judged, heart_rate.len(), lowest as f64 - 0.5, bridge)
        })
    }
}

/// Time above a line up to, not including, second `end`.
pub(super) fn time_above(
    heart_rate: &Channel,
    pauses: &[TimerPause],
    judged: &JudgedTime,
    end: usize,
    line_bpm: f64,
    bridge: Bridge,
) -> TimeAbove {
    let mut pauses = pauses.iter().peekable();
    let (mut paused, mut open) = (0.0, None::<OpenStretch>);
    let mut above = TimeAbove::default();
    for (k, (beats, is_judged)) in heart_rate.iter().zip(&judged.mask).take(end).enumerate() {
        if !is_judged || beats.is_none_or(|beats| f64::from(beats) <= line_bpm) {
            continue;
        }
        while let Some(pause) = pauses.next_if(|pause| pause.before as usize <= k) {
            paused += f64::from(pause.seconds);
        }
        above.seconds += 1;
        let at = k as f64 + paused;
        match &mut open {
            Some(stretch) if at - stretch.last_at - 1.0 <= bridge.seconds() => {
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
    use crate::metrics::series::Series;
    use crate::metrics::testing::run;

    fn worked() -> Series {
        run(600, |k| {
            let high =
                (200..260).contains(&k) || (270..320).contains(&k) || (340..370).contains(&k);
            (Some(if high { 150 } else { 130 }), 2_500, 166)
        })
    }

    fn above(series: &Series, line_bpm: f64, bridge: Bridge) -> TimeAbove {
        let judged = JudgedTime::of(series, 180);
        let Series { heart_rate, pauses, .. } = series;
        TimesAbove::new(heart_rate).above(line_bpm, bridge, heart_rate, pauses, &judged).clone()
    }

    fn longest(series: &Series, bridge: Bridge) -> u32 {
        above(series, 145.0, bridge).longest
    }

    #[test]
    fn short_dips_are_bridged() {
        assert_eq!(longest(&worked(), Bridge::Long), 120);
        assert_eq!(longest(&worked(), Bridge::Short), 60);
    }

    #[test]
    fn a_pause_counts_with_its_real_length() {
        let mut series = worked();
        series.pauses = vec![TimerPause { before: 265, seconds: 4.0 }];
        assert_eq!(longest(&series, Bridge::Long), 124);
        series.pauses = vec![TimerPause { before: 265, seconds: 6.0 }];
        assert_eq!(longest(&series, Bridge::Long), 60);
    }

    #[test]
    fn the_line_itself_is_not_above_it() {
        let series = run(600, |_| (Some(145), 2_500, 166));
        let seconds = |line_bpm| above(&series, line_bpm, Bridge::Long).seconds;
        assert_eq!([145.0, 144.9, 144.0, 145.1].map(seconds), [0, 420, 420, 0]);
        assert_eq!([-1.0, 0.0, 300.0].map(seconds), [420, 420, 0], "far from every beat");
    }

    #[test]
    fn missing_seconds_are_never_above() {
        let series = run(600, |k| ((k < 500).then_some(130), 2_500, 166));
        assert_eq!(above(&series, 125.0, Bridge::Long).seconds, 320);
    }

    #[test]
    fn lines_between_two_beats_share_a_time_and_others_do_not() {
        let series = run(600, |k| (Some(130 + (k / 60) as u16), 2_500, 166));
        let (judged, times) = (JudgedTime::of(&series, 180), TimesAbove::new(&series.heart_rate));
        let at = |line| times.above(line, Bridge::Long, &series.heart_rate, &[], &judged);
        assert!(std::ptr::eq(at(135.0), at(135.9)));
        assert_eq!([134.9, 135.0, 136.0].map(|line| at(line).seconds), [300, 240, 180]);
    }
}
