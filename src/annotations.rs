//! What is said about an activity beside its recording: by the table of an export, or by another
//! recording of the same activity.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::activity::{LabelText, PlannedEnd, Rating, Sport, StatedTotals, SubSport};
use crate::units::DegreesCelsius;

/// Everything that one place says about one activity.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Annotations {
    /// Who says it: the path of the table or of the other recording.
    pub by: String,
    /// Texts that may hold a label, in the order in which they stand.
    pub texts: Vec<LabelText>,
    /// How hard it was and how it felt.
    pub rating: Rating,
    /// The kind of movement; counts where the recording does not say.
    pub sport: Option<Sport>,
    /// The narrower kind of movement; counts where the recording does not say.
    pub sub_sport: Option<SubSport>,
    /// Temperature of the air by the weather, in degrees Celsius.
    #[serde(rename = "air_temperature_c")]
    pub air_temperature: Option<DegreesCelsius>,
    /// What the watch says the session trained: what came out of it, never what it was meant to be.
    pub training_effect: Option<String>,
    /// Where the executed workout was planned to end.
    pub planned_end: Option<PlannedEnd>,
    /// Its totals; they count where the recording states none.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub stated: StatedTotals,
}

fn is_nothing(stated: &StatedTotals) -> bool {
    *stated == StatedTotals::default()
}
