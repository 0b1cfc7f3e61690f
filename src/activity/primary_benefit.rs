//! What a watch says that a session trained most.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The watch's own word for the main benefit of a session, which it derives from heart rate and
/// its own limits; in the order of the FIT field (session, 188), from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrimaryBenefit {
    /// None.
    None,
    /// Recovery.
    Recovery,
    /// Aerobic base.
    Base,
    /// Tempo.
    Tempo,
    /// Threshold.
    Threshold,
    /// Maximal oxygen uptake.
    Vo2max,
    /// Anaerobic capacity.
    Anaerobic,
    /// Sprint.
    Sprint,
}
