//! [`Activity`] → the same activity without what its recorder plainly got wrong.
//!
//! Decoding says what a file says; measuring believes it. In between stand the faults that recorders
//! are known for. Each repair is one file and one line in [`REPAIRS`]; each says on the activity what it
//! did and how often, and nothing is repaired that a real run could have written.

pub mod altitude_of_zero;
mod body;
pub mod calibrated_distance;
pub mod clock_set;
pub mod held_values;
pub mod impossible_distance;
pub mod impossible_positions;
pub mod joined_readings;
pub mod motion_not_recorded;
mod readings;
mod rule;
pub mod stale_records;
pub mod standing;
#[cfg(test)]
pub(crate) mod testing;
pub mod unreliable_counter;

use crate::activity::{Activity, Repair};

pub use rule::Rule;

/// Every repair, in the order in which they build on each other: times before places, places
/// before speeds.
pub static REPAIRS: &[&Rule] = &[
    &joined_readings::RULE,
    &stale_records::RULE,
    &clock_set::RULE,
    &motion_not_recorded::RULE,
    &held_values::RULE,
    &impossible_positions::RULE,
    &unreliable_counter::RULE,
    &impossible_distance::RULE,
    &calibrated_distance::RULE,
    &standing::RULE,
    &altitude_of_zero::RULE,
];

/// Puts right what can be put right, and notes it on the activity.
pub fn repair(activity: &mut Activity) {
    for rule in REPAIRS {
        let count = (rule.apply)(activity);
        if count > 0 {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            activity.repairs.push(Repair { kind: rule.kind, count });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::steady;
    use super::*;

    #[test]
    fn a_sound_run_is_left_alone() {
        let sound = steady(1_800);
        let mut repaired = sound.clone();
        repair(&mut repaired);
        assert_eq!(repaired, sound);
    }

    #[test]
    fn nothing_to_repair_is_no_fault() {
        repair(&mut Activity::default());
    }
}
