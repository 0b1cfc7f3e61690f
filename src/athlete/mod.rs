//! What is known about the athlete on the day of a run.

mod anchor_source;
mod anchors;
mod maximum;
mod models;
mod sensor;
#[cfg(test)]
mod testing;
mod thresholds;

pub use anchor_source::AnchorSource;
pub use anchors::{AnchorEvidence, Sourced};
pub use maximum::MaxHeartRate;
pub use models::{MEAN_MAXIMUM, Model};
pub use sensor::Sensor;
pub use thresholds::{HeartRateThresholds, every_model, thresholds};
