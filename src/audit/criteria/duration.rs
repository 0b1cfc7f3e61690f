//! Was it short enough?

use crate::audit::criterion::{Criterion, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};
use crate::units::{METRES_PER_MILE, Seconds};

/// Moving time against the limit.
pub static CRITERION: Criterion = Criterion {
    id: "duration",
    severity: Severity::Decisive,
    question: "Was it short enough?",
    why: "A recovery run is shorter than an easy run, so that it adds no load of its own.",
    article: "\"They typically last 20–40 minutes … The key is that the duration should not turn the run into extra load.\"",
    how: "Moving time against a limit of 40 minutes, 30 for newer runners. With six full weeks of history the \
          limit is 12 % of the median weekly running time, at least 40 and at most 60 minutes. Up to 2 minutes \
          or 5 % over passes, up to 30 % over slips, more fails. Under 10 minutes nothing is judged.",
    misleads: "An experienced runner may take a somewhat longer recovery run without harm: below the first \
               threshold length is coaching practice rather than physiology. Set `max_minutes` to your own limit.",
    missing: "Cannot judge length: no times in the file, or less than 10 minutes of running.",
    sources: &[
        Source {
            citation: "The article: 20–40 minutes, longer for experienced runners, brief for newer ones",
            strength: Strength::Consensus,
        },
        Source {
            citation: "Full Potential: up to 45 minutes; other coaches 25–40 and 25–50",
            strength: Strength::Consensus,
        },
        Source {
            citation: "12 % of the week, the tolerances and the factor 1.3 are this tool's choice",
            strength: Strength::Custom,
        },
    ],
    limits: &[&MAX, &NEWER, &SHARE, &HIGHEST, &FAIL, &LEAST],
    assess,
};

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
/// The longest limit that history can set.
pub static HIGHEST: LimitDefinition = LimitDefinition {
    key: "highest_minutes",
    default: 60.0,
    range: 10.0..=180.0,
    unit: "min",
    meaning: "no weekly running time lifts the limit above this",
};
/// The factor beyond which the run fails.
pub static FAIL: LimitDefinition = LimitDefinition {
    key: "fail_factor",
    default: 1.3,
    range: 1.0..=3.0,
    unit: "",
    meaning: "a run longer than this many times the limit fails",
};
/// The shortest run that is judged.
pub static LEAST: LimitDefinition = LimitDefinition {
    key: "least_minutes",
    default: 10.0,
    range: 1.0..=30.0,
    unit: "min",
    meaning: "a shorter run is not judged",
};

/// Over the limit by this much still passes, in seconds or as a share of the limit.
const TOLERANCE_S: f64 = 120.0;
const TOLERANCE_SHARE: f64 = 0.05;

/// The limit that the bounds of a slip and of a fail follow from, among the limits of the finding.
pub const OWN_LIMIT: &str = "limit";

/// The limit for a run, in minutes.
pub fn limit_minutes(input: &CriterionInput) -> f64 {
    let of = |limit| input.limit(CRITERION.id, limit).get();
    match (input.context.limits.get(CRITERION.id, MAX.key), input.context.weekly_running) {
        (Some(own), _) => own,
        _ if input.context.newer_runner => of(&NEWER),
        (None, Some(week)) => {
            let share = of(&SHARE) / 100.0 * week.minutes();
            share.min(of(&HIGHEST)).max(MAX.default)
        }
        (None, None) => MAX.default,
    }
}

/// The watch's own clock may run ahead of its records by this much, in seconds or as a share.
const UNRECORDED_S: f64 = 120.0;
const UNRECORDED_SHARE: f64 = 0.05;

fn assess(input: &CriterionInput) -> Assessment {
    let (moving, limit) = (input.run.durations.moving.minutes(), limit_minutes(input));
    let least = input.limit(CRITERION.id, &LEAST);
    if !least.reached_by(moving) {
        return too_short(moving, least);
    }
    let passes = limit + (TOLERANCE_S / 60.0).max(TOLERANCE_SHARE * limit);
    let fails = Limit::of((input.limit(CRITERION.id, &FAIL).get() * limit).max(passes));
    let passes = Limit::of(passes);
    let result = Outcome::by_limits(moving, passes, fails);
    let bound = if result == Outcome::Fail { fails } else { passes };
    let (result, text) = match unrecorded(input).filter(|_| result != Outcome::Fail) {
        Some(why) => (Outcome::Cannot, why),
        None => (result, sentence(input, result, limit, [passes, fails])),
    };
    Assessment::measured(result, moving, bound, "min", text).beside(OWN_LIMIT, Limit::of(limit))
}

fn too_short(moving: f64, least: Limit) -> Assessment {
    let (ran, needed) = pair(moving, least, 1);
    let text = format!(
        "Cannot judge length: {ran} min of running is too short to read; {needed} min are needed."
    );
    Assessment::measured(Outcome::Cannot, moving, least, "min", text)
}

/// Why the run may have been longer than its records.
fn unrecorded(input: &CriterionInput) -> Option<String> {
    let recorded = input.run.durations.timer;
    if input.run.metadata.breaks_off {
        let minutes = plain(recorded.minutes(), 0);
        return Some(format!(
            "Cannot judge length: the file breaks off after {minutes} min, and the run may have gone on."
        ));
    }
    let stated = input.run.metadata.stated.timer?;
    let missing = stated.get() - recorded.get();
    (missing > UNRECORDED_S.max(UNRECORDED_SHARE * stated.get())).then(|| {
        format!(
            "Cannot judge length: the watch counted {} min, and only {} min of them are in its records.",
            plain(stated.minutes(), 0),
            plain(recorded.minutes(), 0)
        )
    })
}

fn sentence(
    input: &CriterionInput,
    result: Outcome,
    limit: f64,
    [passes, fails]: [Limit; 2],
) -> String {
    let moving = input.run.durations.moving;
    let elapsed = input.run.durations.elapsed;
    let stood = if elapsed.get() - moving.get() >= 60.0 {
        format!(" ({} min from start to finish)", plain(elapsed.minutes(), 1))
    } else {
        String::new()
    };
    let bound = if result == Outcome::Fail { fails } else { passes };
    let (ran, bound) = pair(moving.minutes(), bound, 1);
    let length = format!("{ran} min of moving time{stood}");
    let limit = plain(limit, 1);
    let ran_on = input.context.planned_end.is_none() && result != Outcome::Pass;
    let round = if ran_on { round_number(input) } else { "" };
    match result {
        Outcome::Pass if moving < Seconds::from_minutes(20.0) => {
            format!("{length}: shorter than the usual 20 min, which is fine.")
        }
        Outcome::Pass => format!("{length}; your limit is {limit} min."),
        Outcome::Slip => format!(
            "{length}: more than your limit of {limit} min (up to {bound} is fine); from {} min on it is an easy run in length.{round}",
            plain(fails, 1)
        ),
        _ => format!(
            "{length} is too long for a recovery run: your limit is {limit} min, and up to {bound} min would have been a slip.{round}"
        ),
    }
}

/// A hint where the distance ends just past a whole kilometre or mile.
pub fn round_number(input: &CriterionInput) -> &'static str {
    let Some(distance) = input.run.distances.distance else { return "" };
    let just_past =
        |unit: f64, tolerance: f64| distance.get() >= unit && distance.get() % unit <= tolerance;
    if just_past(1000.0, 30.0) || just_past(METRES_PER_MILE, 0.03 * METRES_PER_MILE) {
        " It looks as if you ran on to a round number."
    } else {
        ""
    }
}
