//! The lines in which Huawei's watches keep a track: points, heart rates and speeds, each kind with its
//! own clock → samples.
//!
//! A place at the north of the map stands for a pause or a lost satellite alike, so that neither is
//! claimed.

use super::point_quantity::PointQuantity;
use super::samples::SessionSamples;
use crate::activity::Position;
use crate::units::UnixTime;

/// The first words of a line: a point of the way, a heart rate, a speed.
const POINT: &str = "lbs";
const HEART_RATE: &str = "h-r";
const SPEED: &str = "rs";

/// Where no satellite was found, or the watch was paused.
const NOWHERE: (f64, f64) = (90.0, -80.0);

/// Whether a text begins with such a line.
pub fn begins_with_line(text: &str) -> bool {
    text.trim_start_matches(['\u{feff}', '\r', '\n', ' ']).starts_with("tp=")
}

/// All lines of a track in one session, at most so many; where it begins and how many there were.
pub fn read_lines(text: &str, most: usize, samples: &mut SessionSamples) -> TrackSpan {
    let lines = || text.lines().filter_map(TrackLine::of).take(most);
    let times = lines().filter_map(|line| line.time());
    let mut span = TrackSpan { first: times.clone().min(), last: times.max(), lines: 0 };
    for line in lines() {
        span.lines += 1;
        match line.kind {
            POINT => {
                let place = line.number("lat").zip(line.number("lon"));
                let place = place.filter(|place| *place != NOWHERE);
                let position = place.and_then(|(north, east)| Position::from_degrees(north, east));
                // The sea's own level stands for an unknown one.
                let height = line.number("alt").filter(|height| *height != 0.0 && place.is_some());
                samples.add(line.time(), [(PointQuantity::Altitude, height)], position);
            }
            HEART_RATE => {
                let beats = line.number("v").filter(|beats| *beats > 0.0);
                samples.add(line.time(), [(PointQuantity::HeartRate, beats)], None);
            }
            SPEED => {
                let behind = line.number("k").filter(|seconds| (0.0..=1e6).contains(seconds));
                let time = span.first.zip(behind);
                let time =
                    time.map(|(first, seconds)| UnixTime(first.0 + (1000.0 * seconds) as i64));
                let speed = line.number("v").map(|decimetres| decimetres / 10.0);
                samples.add(time, [(PointQuantity::Speed, speed)], None);
            }
            _ => {}
        }
    }
    span
}

/// From where to where a track reaches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrackSpan {
    pub first: Option<UnixTime>,
    pub last: Option<UnixTime>,
    pub lines: usize,
}

struct TrackLine<'a> {
    kind: &'a str,
    text: &'a str,
}

impl<'a> TrackLine<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let text = text.trim();
        // A line without its end was cut: its last number may be.
        let (kind, _) = text.strip_prefix("tp=")?.strip_suffix(';')?.split_once(';')?;
        Some(Self { kind, text })
    }

    fn number(&self, name: &str) -> Option<f64> {
        let mut fields = self.text.split(';').filter_map(|field| field.split_once('='));
        let (_, value) = fields.find(|(key, _)| *key == name)?;
        value.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Milliseconds, or seconds in some versions: those are less than any milliseconds since 1980.
    fn time(&self) -> Option<UnixTime> {
        const LEAST_MS: f64 = 3e11;
        let number = self.number(match self.kind {
            POINT => "t",
            HEART_RATE => "k",
            _ => return None,
        })?;
        let ms = if number < LEAST_MS { 1000.0 * number } else { number };
        (0.0..1e14).contains(&ms).then_some(UnixTime(ms as i64))
    }
}
