//! What a file states about a session beside its records.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Metres, Seconds};

/// The totals that the watch itself wrote for the session: the oracle of our own figures, and
/// never used in their place.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct StatedTotals {
    /// From first to last second, pauses included.
    #[serde(rename = "elapsed_s")]
    pub elapsed: Option<Seconds>,
    /// Without pauses.
    #[serde(rename = "timer_s")]
    pub timer: Option<Seconds>,
    /// Way made.
    #[serde(rename = "distance_m")]
    pub distance: Option<Metres>,
    /// Mean heart rate in beats per minute.
    pub mean_heart_rate_bpm: Option<u8>,
    /// Highest heart rate in beats per minute.
    pub max_heart_rate_bpm: Option<u8>,
    /// Climb.
    #[serde(rename = "ascent_m")]
    pub ascent: Option<Metres>,
}

/// Heart-rate anchors written by the watch on that day, in beats per minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct FileAnchors {
    /// Maximum heart rate.
    pub max_bpm: Option<u8>,
    /// Resting heart rate.
    pub resting_bpm: Option<u8>,
    /// Lactate threshold heart rate.
    pub threshold_bpm: Option<u8>,
    /// Age in years in the user profile.
    pub age_years: Option<u8>,
    /// Sex in the user profile.
    pub sex: Option<Sex>,
}

/// Sex as training formulas use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// The watch's own heart-rate zones and the time it says was spent in each.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct DeviceZones {
    /// Boundaries in beats per minute, rising; zone `i` holds `bounds[i−1] ≤ h < bounds[i]`.
    pub bounds_bpm: Vec<u8>,
    /// Seconds stated per zone: one more entry than boundaries where the watch fills them all.
    pub stated_s: Vec<f64>,
}

/// A text that may say what kind of session this was meant to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelText {
    /// Where it stands.
    pub source: LabelSource,
    /// The text itself: untrusted.
    pub text: String,
}

/// Where a label may stand, strongest first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LabelSource {
    /// The runner's own notes file.
    Notes,
    /// The runner's own plan file.
    Plan,
    /// The tag column of a Strava export.
    StravaTag,
    /// The title of the activity.
    Title,
    /// The name of the structured workout that was executed.
    Workout,
    /// The activity type or sport profile.
    Type,
    /// The free description.
    Description,
    /// The name of the file.
    FileName,
    /// The name of a folder.
    Folder,
}
