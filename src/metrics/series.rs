//! The run at one value per second of timer time: what every figure is computed from.
//!
//! Second `k` covers the timer time from `k` to `k + 1` seconds. Pauses take no place in the
//! lanes; where they were and how long they took is kept beside them.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::grade;
use super::span::Span;

pub use super::channel::Channel;

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
    /// Grade in ten-thousandths, plus [`grade::CHANNEL_OFFSET`].
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
        self.grade.get(k).map_or(0.0, grade::from_channel)
    }

    /// Grade-adjusted speed of second `k` in metres per second.
    pub fn graded_speed_m_s(&self, k: usize) -> Option<f64> {
        let factor = self.grade.get(k).map_or(1.0, grade::effort_factor_of_channel);
        Some(self.speed_m_s(k)? * factor)
    }

    /// Altitude of second `k` in metres above sea level.
    pub fn altitude_m(&self, k: usize) -> Option<f64> {
        self.altitude.get(k).map(altitude_from_channel)
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
pub fn altitude_to_channel(metres: f64) -> u16 {
    rounded(((metres - LOWEST_ALTITUDE_M) * 10.0).clamp(0.0, f64::from(u16::MAX - 1)))
}

/// An altitude in metres of a lane value.
pub(super) fn altitude_from_channel(value: u16) -> f64 {
    f64::from(value) / 10.0 + LOWEST_ALTITUDE_M
}

/// A speed in metres per second as a lane value, to the centimetre.
pub fn speed_to_channel(metres_per_second: f64) -> u16 {
    10 * rounded((metres_per_second * 100.0).clamp(0.0, f64::from(u16::MAX / 10)))
}

/// The nearest whole number, a half upwards; of numbers from 0 on this needs no call of a library.
fn rounded(value: f64) -> u16 {
    let whole = value as u16;
    whole + u16::from(value - f64::from(whole) >= 0.5)
}
