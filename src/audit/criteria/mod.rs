//! The criteria, one a file.

pub mod aerobic_decoupling;
pub mod breathing;
pub mod creep;
pub mod duration;
pub mod effort_rating;
pub mod fast_finish;
pub mod fast_start;
pub mod feel;
pub mod form;
pub mod heart_rate_coverage;
pub mod heart_rate_slope;
pub mod heat_altitude;
pub mod load;
pub mod longest_above_ceiling;
pub mod need;
pub mod next_day;
pub mod next_morning;
pub mod pace_gap;
pub mod pace_hierarchy;
pub mod placement;
pub mod planned_end;
pub mod progression;
pub mod rest_instead;
pub mod shorter_than_easy;
pub mod struggle;
pub mod surges;
pub mod time_above_ceiling;
pub mod time_hard;
pub mod time_moderate;
pub mod unevenness;

use super::criterion::Criterion;

/// Every criterion, in the order in which findings are listed.
pub static CRITERIA: &[&Criterion] = &[
    &heart_rate_coverage::CRITERION,
    &time_above_ceiling::CRITERION,
    &longest_above_ceiling::CRITERION,
    &time_moderate::CRITERION,
    &time_hard::CRITERION,
    &duration::CRITERION,
    &effort_rating::CRITERION,
    &fast_finish::CRITERION,
    &surges::CRITERION,
    &planned_end::CRITERION,
    &progression::CRITERION,
    &fast_start::CRITERION,
    &unevenness::CRITERION,
    &shorter_than_easy::CRITERION,
    &pace_gap::CRITERION,
    &pace_hierarchy::CRITERION,
    &aerobic_decoupling::CRITERION,
    &heart_rate_slope::CRITERION,
    &placement::CRITERION,
    &need::CRITERION,
    &rest_instead::CRITERION,
    &creep::CRITERION,
    &next_day::CRITERION,
    &struggle::CRITERION,
    &feel::CRITERION,
    &next_morning::CRITERION,
    &form::CRITERION,
    &breathing::CRITERION,
    &load::CRITERION,
    &heat_altitude::CRITERION,
];
