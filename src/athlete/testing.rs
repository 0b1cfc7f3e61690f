//! Anchors for tests.

use super::anchors::{AnchorEvidence, Sourced};
use super::{AnchorSource, HeartRateThresholds, MaxHeartRate, Sensor, thresholds};
use crate::units::BeatsPerMinute;

pub fn max(bpm: f64, uncertainty: f64, source: AnchorSource) -> MaxHeartRate {
    let guessed = source == AnchorSource::Age;
    MaxHeartRate { bpm: BeatsPerMinute::of(bpm), source, day: None, uncertainty, guessed }
}

pub fn resting(bpm: f64) -> Sourced {
    Sourced { bpm: BeatsPerMinute::of(bpm), source: AnchorSource::Settings, day: None }
}

pub fn drawn(evidence: &AnchorEvidence, sensor: Sensor) -> HeartRateThresholds {
    thresholds(evidence, sensor, 0.0)
}
