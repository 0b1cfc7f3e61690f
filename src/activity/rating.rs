//! How hard a session was and how it felt, in the athlete's own judgement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the athlete answered when asked about the session.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Rating {
    /// How hard it was.
    pub exertion: Option<Exertion>,
    /// How the athlete felt, 0 (very weak) to 100 (very strong).
    pub feel: Option<u8>,
}

/// A rating of perceived exertion, 0–10 on either scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exertion {
    /// The number given.
    pub value: f64,
    /// What the number means.
    pub scale: ExertionScale,
}

/// The scale of a rating: the same number means more on one than on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExertionScale {
    /// Borg's category ratio scale in Foster's wording: 2 easy, 3 moderate, 4 somewhat hard, 5 hard.
    Cr10,
    /// Strava's: 1–3 easy, 4–6 moderate, 7–9 hard, 10 maximal.
    Strava,
}

impl ExertionScale {
    /// The name used in sentences.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Cr10 => "CR10",
            Self::Strava => "Strava",
        }
    }
}

impl Exertion {
    /// A rating on the CR10 scale.
    pub const fn cr10(value: f64) -> Self {
        Self { value, scale: ExertionScale::Cr10 }
    }
}
