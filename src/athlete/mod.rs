//! What is known about the athlete on the day of a run.

mod anchors;
mod models;
mod sensor;
mod thresholds;

pub use anchors::{AnchorEvidence, AnchorSource, MaxHeartRate, Sourced};
pub use models::Model;
pub use sensor::Sensor;
pub use thresholds::{HeartRateThresholds, every_model, thresholds};
