//! Who states an anchor.

use serde::{Deserialize, Serialize};

/// Where an anchor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnchorSource {
    /// The settings file.
    Settings,
    /// The watch, in the run's own file or the newest earlier one.
    Watch,
    /// The athlete's own earlier runs.
    History,
    /// A formula of the age: a guess.
    Age,
    /// The mean runner, because nothing is known: a guess.
    NothingKnown,
}
