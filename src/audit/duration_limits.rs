//! How long a recovery run may be: the limits of the criterion `duration`.

use super::criterion_input::CriterionInput;
use super::limit::{Limit, LimitDefinition};
use crate::units::Seconds;

/// The id of the criterion.
pub const DURATION: &str = "duration";

/// The limit where there is no history.
pub static MAX: LimitDefinition = LimitDefinition {
    key: "max_minutes",
    default: 40.0,
    range: 10.0..=180.0,
    unit: "min",
    meaning: "the longest recovery run; set here, it holds whatever the history says",
};
/// The limit for newer runners.
pub static NEWER: LimitDefinition = LimitDefinition {
    key: "newer_runner_minutes",
    default: 30.0,
    range: 10.0..=180.0,
    unit: "min",
    meaning: "the longest recovery run of a newer runner",
};
/// The share of the week that sets the limit.
pub static SHARE: LimitDefinition = LimitDefinition {
    key: "week_percent",
    default: 12.0,
    range: 1.0..=50.0,
    unit: "%",
    meaning: "share of the weekly running time that a recovery run may take",
};
/// The longest limit that history or plan can set.
pub static HIGHEST: LimitDefinition = LimitDefinition {
    key: "highest_minutes",
    default: 60.0,
    range: 10.0..=180.0,
    unit: "min",
    meaning: "no weekly running time and no plan lifts the limit above this, and no longer run passes",
};
/// Over the limit by so much still passes.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note_minutes",
    default: 10.0,
    range: 0.0..=60.0,
    unit: "min",
    meaning: "up to so much over the limit passes with a note, as long as `highest_minutes` is not passed",
};
/// Over the limit by so much only slips.
pub static SLIP: LimitDefinition = LimitDefinition {
    key: "slip_minutes",
    default: 25.0,
    range: 0.0..=120.0,
    unit: "min",
    meaning: "up to so much over the limit slips, more fails",
};
/// The shortest run that is judged.
pub static LEAST: LimitDefinition = LimitDefinition {
    key: "least_minutes",
    default: 10.0,
    range: 1.0..=30.0,
    unit: "min",
    meaning: "a shorter run is not judged",
};

/// The limits of one run, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DurationLimits {
    /// The longest recovery run.
    pub own: Limit,
    /// Passes up to here, from the limit on with a note.
    pub pass: Limit,
    /// Only slips up to here.
    pub slip: Limit,
}

impl DurationLimits {
    /// The limits that hold for a run.
    pub fn of(input: &CriterionInput) -> Self {
        let of = |limit| input.limit(DURATION, limit).get();
        let (note, slip, highest) = (of(&NOTE), of(&SLIP), of(&HIGHEST));
        if let Some(own) = input.context.limits.get(DURATION, MAX.key) {
            return Self::around(own, own + note, own + slip);
        }
        let own = limit_by_experience(input).max(scheduled(input).min(highest));
        Self::around(own, (own + note).min(highest.max(own)), own + slip)
    }

    fn around(own: f64, pass: f64, slip: f64) -> Self {
        Self { own: Limit::of(own), pass: Limit::of(pass), slip: Limit::of(slip.max(pass)) }
    }
}

/// The limit by experience and history, in minutes.
fn limit_by_experience(input: &CriterionInput) -> f64 {
    let of = |limit| input.limit(DURATION, limit).get();
    match input.context.weekly_running {
        _ if input.context.newer_runner => of(&NEWER),
        Some(week) => (of(&SHARE) / 100.0 * week.minutes()).min(of(&HIGHEST)).max(MAX.default),
        None => MAX.default,
    }
}

/// What a plan or a timed workout asks for, in minutes; 0 where neither does.
fn scheduled(input: &CriterionInput) -> f64 {
    input.context.scheduled.map_or(0.0, Seconds::minutes)
}
