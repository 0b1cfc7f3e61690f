//! What is known about the athlete on the day of a run.

mod anchors;
mod lines;
mod sensor;

pub use anchors::{AnchorEvidence, AnchorSource, MaxHeartRate, Sourced};
pub use lines::{JudgingLines, Model, every_model, lines};
pub use sensor::Sensor;
