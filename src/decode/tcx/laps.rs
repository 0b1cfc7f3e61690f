//! What a file says about its sessions and their laps, beside the points.

use crate::activity::{Sport, StatedTotals};
use crate::decode::point_quantity::whole_beats;
use crate::units::{Metres, Seconds, UnixTime};

/// One session: an `<Activity>`, or a `<Transition>` between two of a race.
#[derive(Debug, Default, PartialEq)]
pub(super) struct TcxSession {
    /// The attribute `Sport`, in the file's words.
    pub(super) kind: String,
    /// Whether it is the change between two legs.
    pub(super) is_transition: bool,
    pub(super) notes: Option<String>,
    /// The name of the workout that was executed.
    pub(super) workout: Option<String>,
    pub(super) device: Option<String>,
}

/// One lap with the totals that the watch wrote.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Lap {
    /// Which session it belongs to, from 0.
    pub(super) session: usize,
    pub(super) start: Option<UnixTime>,
    /// How long the timer ran.
    pub(super) timer: Option<Seconds>,
    pub(super) distance: Option<Metres>,
    /// In beats per minute, never 0.
    pub(super) mean_heart_rate: Option<f64>,
    /// In beats per minute, never 0.
    pub(super) max_heart_rate: Option<f64>,
    pub(super) notes: Option<String>,
}

impl Lap {
    /// How long the timer ran, in milliseconds.
    pub(super) fn timer_ms(&self) -> Option<i64> {
        self.timer.map(|seconds| (seconds.get() * 1000.0).round() as i64)
    }
}

/// What the laps of a session add up to.
pub(super) fn stated(laps: &[Lap]) -> StatedTotals {
    let timers = laps.iter().filter_map(|lap| lap.timer);
    let distances = laps.iter().filter_map(|lap| lap.distance);
    let maxima = laps.iter().filter_map(|lap| lap.max_heart_rate);
    StatedTotals {
        timer: timers.map(Seconds::get).reduce(|a, b| a + b).and_then(Seconds::new),
        distance: distances.map(Metres::get).reduce(|a, b| a + b).and_then(Metres::new),
        mean_heart_rate_bpm: mean_heart_rate(laps),
        max_heart_rate_bpm: maxima.reduce(f64::max).map(whole_beats),
        ..StatedTotals::default()
    }
}

/// Weighted by the time of each lap that states one.
fn mean_heart_rate(laps: &[Lap]) -> Option<u8> {
    let stating = laps.iter().filter_map(|lap| Some((lap.timer?.get(), lap.mean_heart_rate?)));
    let (seconds, beats) =
        stating.fold((0.0, 0.0), |(time, beats), (t, mean)| (time + t, beats + t * mean));
    (seconds > 0.0).then(|| whole_beats(beats / seconds))
}

/// The sport that the file names; its word for every other sport names none.
pub(super) fn is_word_of_the_format(kind: &str) -> bool {
    ["Running", "Biking", "Other"].iter().any(|word| word.eq_ignore_ascii_case(kind.trim()))
}

impl TcxSession {
    /// What kind of movement it was.
    pub(super) fn sport(&self) -> Sport {
        if self.is_transition {
            return Sport::Transition;
        }
        crate::decode::sport::sport(&self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lap(seconds: Option<f64>, mean: Option<f64>, max: Option<f64>) -> Lap {
        Lap {
            timer: seconds.and_then(Seconds::new),
            distance: Metres::new(1000.0),
            mean_heart_rate: mean,
            max_heart_rate: max,
            ..Lap::default()
        }
    }

    #[test]
    fn totals_are_the_sum_of_the_laps() {
        let laps = [
            lap(Some(300.0), Some(120.0), Some(131.0)),
            lap(Some(100.5), Some(150.0), Some(160.0)),
            lap(Some(60.0), None, None),
            lap(None, Some(190.0), None),
        ];
        let stated = stated(&laps);
        assert_eq!(stated.timer.map(Seconds::get), Some(460.5));
        assert_eq!(stated.distance.map(Metres::get), Some(4000.0));
        // (300 × 120 + 100.5 × 150) / 400.5 = 127.53
        assert_eq!(stated.mean_heart_rate_bpm, Some(128));
        assert_eq!(stated.max_heart_rate_bpm, Some(160));
        assert_eq!(stated.elapsed, None);
    }

    #[test]
    fn nothing_stated_is_nothing() {
        assert_eq!(stated(&[]), StatedTotals::default());
        let bare = Lap { distance: None, ..lap(None, None, None) };
        assert_eq!(stated(&[bare]), StatedTotals::default());
    }
}
