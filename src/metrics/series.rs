//! The run at one value per second of timer time: what every figure is computed from.
//!
//! Second `k` covers the timer time from `k` to `k + 1` seconds. Pauses take no place in the
//! lanes; where they were and how long they took is kept beside them.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::grade;
use super::span::Span;

/// One quantity at 1 Hz: small whole numbers, any of which may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Channel {
    /// The value plus one; 0 where there is none.
    stored: Vec<u16>,
}

impl Channel {
    /// A lane of so many seconds without any value.
    pub fn blank(seconds: usize) -> Self {
        Self { stored: vec![0; seconds] }
    }

    /// A lane of these values.
    pub fn of(values: impl IntoIterator<Item = Option<u16>>) -> Self {
        Self { stored: values.into_iter().map(store).collect() }
    }

    /// A lane without any second, with room for so many.
    pub fn with_capacity(seconds: usize) -> Self {
        Self { stored: Vec::with_capacity(seconds) }
    }

    /// Adds a second.
    pub fn push(&mut self, value: Option<u16>) {
        self.stored.push(store(value));
    }

    /// How many seconds it covers.
    pub fn len(&self) -> usize {
        self.stored.len()
    }

    /// Whether it covers no second at all.
    pub fn is_empty(&self) -> bool {
        self.stored.is_empty()
    }

    /// The value of second `k`.
    pub fn get(&self, k: usize) -> Option<u16> {
        self.stored.get(k).and_then(|stored| stored.checked_sub(1))
    }

    /// Puts a value into second `k`, or takes it away.
    pub fn set(&mut self, k: usize, value: Option<u16>) {
        self.stored[k] = store(value);
    }

    /// Every second's value, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<u16>> + DoubleEndedIterator + '_ {
        self.stored.iter().map(|stored| stored.checked_sub(1))
    }

    /// How many seconds have a value.
    pub fn present(&self) -> usize {
        self.stored.iter().filter(|stored| **stored != 0).count()
    }

    /// Differences from second to second, for packing; a lane without values packs to nothing.
    ///
    /// Where all values are multiples of a number (altitudes come in fifths of a metre), they are
    /// divided by it, which comes first.
    pub(super) fn differences(&self) -> Vec<i16> {
        let divisor = self.common_divisor();
        if self.present() == 0 {
            return Vec::new();
        }
        let mut before = 0_u16;
        let scaled = self.iter().map(|value| store(value.map(|value| value / divisor.max(1))));
        let differences =
            scaled.map(|now| now.wrapping_sub(std::mem::replace(&mut before, now)) as i16);
        std::iter::once(divisor.max(1) as i16).chain(differences).collect()
    }

    /// The greatest number that divides every value; 0 without values.
    fn common_divisor(&self) -> u16 {
        let mut divisor = 0;
        for value in self.iter().flatten() {
            divisor = greatest_common_divisor(divisor, value);
            // Nothing smaller can come.
            if divisor == 1 {
                break;
            }
        }
        divisor
    }

    /// The lane that has these differences.
    pub(super) fn from_differences(differences: &[i16], seconds: usize) -> Self {
        let Some((divisor, differences)) = differences.split_first() else {
            return Self::blank(seconds);
        };
        let mut value = 0_u16;
        let mut stored: Vec<u16> = differences
            .iter()
            .map(|difference| {
                value = value.wrapping_add(*difference as u16);
                store(value.checked_sub(1).map(|scaled| scaled.wrapping_mul(*divisor as u16)))
            })
            .collect();
        stored.resize(seconds, 0);
        Self { stored }
    }
}

fn greatest_common_divisor(mut left: u16, mut right: u16) -> u16 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

fn store(value: Option<u16>) -> u16 {
    value.map_or(0, |value| value.saturating_add(1))
}

/// How the runner moved in one second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Movement {
    /// At running speed or cadence, or not known: an unknown second never shortens a run.
    #[default]
    Running,
    /// Moving below running speed and cadence.
    Walking,
    /// Standing, with the timer running.
    Stopped,
}

impl Movement {
    /// Whether the second counts as moving time.
    pub fn is_moving(self) -> bool {
        self != Self::Stopped
    }
}

/// A pause of the timer before one second of the series.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TimerPause {
    /// The second of the series that came after it.
    pub before: u32,
    /// How long the timer stood still.
    pub seconds: f32,
}

/// Why heart-rate seconds were taken out, in the order in which they are looked for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    /// Below 40 or above 230 beats per minute.
    OutOfRange,
    /// A few seconds far from their surroundings.
    Spike,
    /// The optical sensor followed the steps.
    CadenceLock,
    /// The same value for minutes while the effort changed.
    FlatLine,
    /// The optical sensor had not settled yet.
    Onset,
    /// Lower than running allows.
    ImplausiblyLow,
}

/// Why heart-rate seconds are kept but not trusted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Suspicion {
    /// They equal the step rate, without the jump that would prove a lock.
    CadenceMatch,
    /// They equal half the step rate, without the jump that would prove a lock.
    HalfCadenceMatch,
    /// They follow a change faster than a heart can make.
    ImpossibleChange,
}

/// Where the grade of a run comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GradeSource {
    /// Nothing is known, or what is known is noise: flat is assumed.
    #[default]
    Flat,
    /// It follows from the altitude and speed lanes.
    Altitude,
    /// It was given with the run.
    Given,
}

/// The run at 1 Hz.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Heart rate in beats per minute: as recorded before cleaning, trusted after it.
    pub heart_rate: Channel,
    /// Speed in millimetres per second, to the centimetre: watches know it no better.
    pub speed: Channel,
    /// Grade in ten-thousandths, plus [`grade::LANE_OFFSET`].
    pub grade: Channel,
    /// Where the grade comes from.
    pub grade_source: GradeSource,
    /// Altitude in decimetres above −1000 m.
    pub altitude: Channel,
    /// Cadence in steps per minute.
    pub cadence: Channel,
    /// How the runner moved.
    pub movement: Vec<Movement>,
    /// Where the timer stood still.
    pub pauses: Vec<TimerPause>,
    /// Heart-rate seconds taken out.
    pub removed: Vec<(Removal, Span)>,
    /// Heart-rate seconds kept in doubt.
    pub suspected: Vec<(Suspicion, Span)>,
}

/// Altitude of lane value 0, in metres.
const LOWEST_ALTITUDE_M: f64 = -1000.0;

impl Series {
    /// How many seconds the timer ran.
    pub fn len(&self) -> usize {
        self.movement.len()
    }

    /// Whether the timer never ran.
    pub fn is_empty(&self) -> bool {
        self.movement.is_empty()
    }

    /// Heart rate of second `k` in beats per minute.
    pub fn heart_rate_bpm(&self, k: usize) -> Option<f64> {
        self.heart_rate.get(k).map(f64::from)
    }

    /// Speed of second `k` in metres per second.
    pub fn speed_m_s(&self, k: usize) -> Option<f64> {
        self.speed.get(k).map(|value| f64::from(value) / 1000.0)
    }

    /// Grade of second `k` as rise over run; flat where the altitude is not known.
    pub fn grade_at(&self, k: usize) -> f64 {
        self.grade.get(k).map_or(0.0, grade::from_lane)
    }

    /// Grade-adjusted speed of second `k` in metres per second.
    pub fn graded_speed_m_s(&self, k: usize) -> Option<f64> {
        let factor = self.grade.get(k).map_or(1.0, grade::effort_factor_of_lane);
        Some(self.speed_m_s(k)? * factor)
    }

    /// Altitude of second `k` in metres above sea level.
    pub fn altitude_m(&self, k: usize) -> Option<f64> {
        self.altitude.get(k).map(altitude_from_lane)
    }

    /// Cadence of second `k` in steps per minute.
    pub fn cadence_spm(&self, k: usize) -> Option<f64> {
        self.cadence.get(k).map(f64::from)
    }

    /// Whether second `k` counts as moving time.
    pub fn is_moving(&self, k: usize) -> bool {
        self.movement[k].is_moving()
    }

    /// How many seconds count as moving time.
    pub fn moving_seconds(&self) -> usize {
        self.movement.iter().filter(|movement| movement.is_moving()).count()
    }

    /// Whether the runner stood or the timer was stopped within a stretch: a heart calms down then.
    pub fn is_interrupted(&self, stretch: &Range<usize>) -> bool {
        let seconds = stretch.start.min(self.len())..stretch.end.min(self.len());
        let inside = |pause: &TimerPause| {
            (stretch.start + 1..=stretch.end).contains(&(pause.before as usize))
        };
        self.pauses.iter().any(inside) || self.movement[seconds].contains(&Movement::Stopped)
    }

    /// Every second as a boolean: inside one of the spans.
    pub fn mask<'a>(&self, spans: impl IntoIterator<Item = &'a Span>) -> Vec<bool> {
        let mut mask = vec![false; self.len()];
        for span in spans {
            mask[span.range_within(self.len())].fill(true);
        }
        mask
    }

    /// The same series with the heart-rate seconds missing that are suspected for such a reason.
    #[must_use]
    pub fn without_suspected(&self, reason: impl Fn(Suspicion) -> bool) -> Self {
        let mut series = self.clone();
        for (_, span) in self.suspected.iter().filter(|(suspicion, _)| reason(*suspicion)) {
            for k in span.range_within(self.len()) {
                series.heart_rate.set(k, None);
            }
        }
        series
    }
}

/// An altitude in metres as a lane value.
pub fn altitude_to_lane(metres: f64) -> u16 {
    ((metres - LOWEST_ALTITUDE_M) * 10.0).round().clamp(0.0, f64::from(u16::MAX - 1)) as u16
}

fn altitude_from_lane(value: u16) -> f64 {
    f64::from(value) / 10.0 + LOWEST_ALTITUDE_M
}

/// A speed in metres per second as a lane value, to the centimetre.
pub fn speed_to_channel(metres_per_second: f64) -> u16 {
    10 * (metres_per_second * 100.0).round().clamp(0.0, f64::from(u16::MAX / 10)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_tells_zero_from_nothing() {
        let channel = Channel::of([Some(0), None, Some(65_534)]);
        assert_eq!(channel.iter().collect::<Vec<_>>(), [Some(0), None, Some(65_534)]);
        assert_eq!(channel.present(), 2);
    }

    #[test]
    fn differences_restore_the_lane() {
        let channel = Channel::of([Some(3), Some(40_000), None, Some(7), Some(0)]);
        assert_eq!(Channel::from_differences(&channel.differences(), 5), channel);
        assert_eq!(
            Channel::from_differences(&Channel::blank(4).differences(), 4),
            Channel::blank(4)
        );
    }
}
