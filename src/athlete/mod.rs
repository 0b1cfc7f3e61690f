//! What is known about the athlete on the day of a run.

mod anchors;
mod sensor;
mod thresholds;

pub use anchors::{AnchorEvidence, AnchorSource, MaxHeartRate, Sourced};
pub use sensor::Sensor;
pub use thresholds::{HeartRateThresholds, Model, every_model, thresholds};
