//! What is known about the athlete on the day of a run.

mod anchors;
mod maximum;
mod models;
mod sensor;
mod thresholds;

pub use anchors::{AnchorEvidence, AnchorSource, Sourced};
pub use maximum::MaxHeartRate;
pub use models::{MEAN_MAXIMUM, Model};
pub use sensor::Sensor;
pub use thresholds::{HeartRateThresholds, every_model, thresholds};
