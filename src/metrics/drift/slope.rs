//! How fast heart rate moves, with its interval.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Moving time before drift is read, in seconds: heart rate has settled by then.
pub(super) const SETTLING_S: usize = 300;

/// Slope of heart rate at equal speed with its 95 % interval, in bpm per 10 minutes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HeartRateSlope {
    /// The slope.
    #[serde(rename = "estimate")]
    pub bpm_per_10_min: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl HeartRateSlope {
    /// Half the width of its interval, in bpm per 10 minutes.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}
