//! What stands in a session about how it was: the athlete's answers, and the watch's own word.

use super::describe::Description;
use crate::activity::{Exertion, PrimaryBenefit, Rating};

/// The field of the session with the watch's word for what it trained; the profile of the general
/// decoder has no name for it.
const PRIMARY_BENEFIT: &str = "unknown_field_188";

/// Its values, from 0 on.
const BENEFITS: [PrimaryBenefit; 8] = [
    PrimaryBenefit::None,
    PrimaryBenefit::Recovery,
    PrimaryBenefit::Base,
    PrimaryBenefit::Tempo,
    PrimaryBenefit::Threshold,
    PrimaryBenefit::Vo2max,
    PrimaryBenefit::Anaerobic,
    PrimaryBenefit::Sprint,
];

/// The watch asks for exertion in tenths of the CR10 scale, and for the feeling in percent.
pub(super) fn rating(message: &Description) -> Rating {
    Rating {
        exertion: message
            .number("workout_rpe")
            .map(|tenths| tenths / 10.0)
            .filter(|value| *value <= 10.0)
            .map(Exertion::cr10),
        feel: message.number("workout_feel").filter(|v| *v <= 100.0).map(|v| v as u8),
    }
}

/// What the watch says that the session trained; `None` for a value that is not known.
pub(super) fn primary_benefit(message: &Description) -> Option<PrimaryBenefit> {
    BENEFITS.get(message.number(PRIMARY_BENEFIT)? as usize).copied()
}
