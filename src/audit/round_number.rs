//! Runs that went on to a round number.

use super::criterion_input::CriterionInput;
use super::limit::Limit;
use crate::settings::UnitSystem;
use crate::units::METRES_PER_MILE;

/// So much of a kilometre or mile past a whole number of them looks like running on to it.
const ROUND_NUMBER: Limit = Limit::of(0.03);
/// A hint where the distance ends just past a whole kilometre or mile, whichever the reader counts in.
pub fn round_number(input: &CriterionInput) -> &'static str {
    let Some(distance) = input.run.distances.distance else { return "" };
    let unit = match input.wording().units {
        UnitSystem::Metric => 1000.0,
        UnitSystem::Imperial => METRES_PER_MILE,
    };
    let past = distance.get() % unit / unit;
    if distance.get() >= unit && !ROUND_NUMBER.exceeded_by(past) {
        " It looks as if you ran on to a round number."
    } else {
        ""
    }
}
