//! What kind of movement an activity was.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of movement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sport {
    /// Running in any form, treadmill and trail included.
    Running,
    /// Walking.
    Walking,
    /// Hiking.
    Hiking,
    /// Cycling in any form.
    Cycling,
    /// Swimming in any form.
    Swimming,
    /// The change between two legs of a multisport race.
    Transition,
    /// The file does not say.
    #[default]
    Unspecified,
    /// Any other, by the file's own name for it.
    #[serde(untagged)]
    Other(String),
}

impl Sport {
    /// The name used in every output.
    pub fn name(&self) -> &str {
        match self {
            Self::Running => "running",
            Self::Walking => "walking",
            Self::Hiking => "hiking",
            Self::Cycling => "cycling",
            Self::Swimming => "swimming",
            Self::Transition => "transition",
            Self::Unspecified => "unspecified",
            Self::Other(name) => name,
        }
    }
}

/// The narrower kind of movement, in the file's words; `generic` where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SubSport(pub String);

impl Default for SubSport {
    fn default() -> Self {
        Self("generic".to_owned())
    }
}

impl SubSport {
    /// Whether speed can only be the watch's estimate, because the runner stayed in place.
    pub fn is_in_place(&self) -> bool {
        matches!(
            self.0.as_str(),
            "treadmill" | "indoor_running" | "virtual_activity" | "virtual_run"
        )
    }
}
