//! Did it stop at the planned end?

use crate::activity::PlannedEnd;
use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::round_number::round_number;
use crate::audit::wording::plain;

/// Moving time against the plan.
pub static CRITERION: Criterion = Criterion {
    id: "planned-end",
    severity: Severity::Lowering,
    question: "Did you stop at the planned end?",
    why: "Going on because it feels good is where a recovery run begins to cost.",
    article: "\"If the recovery run is still feeling restorative at the planned end, end it anyway.\"",
    how: "Moving time against the planned time from the plan file, else from the workout in the watch if all its \
          steps are of fixed time or fixed distance, else from a number of minutes in the file name. A distance is \
          turned into time at the run's own pace. Up to 2 minutes or 5 % over passes, up to 5 minutes or 15 % is \
          noted, more slips. Stopping early is always fine.",
    misleads: "A plan that was changed on the day; a workout with an open step has no planned end.",
    missing: "No plan known; not checked.",
    sources: &[Reference {
        citation: "The article; the tolerances are this tool's choice",
        strength: Strength::Custom,
    }],
    limits: &[&PASS, &NOTE],
    assess,
};

/// Passes up to so many minutes over …
pub static PASS: LimitDefinition = LimitDefinition {
    key: "pass_minutes",
    default: 2.0,
    range: 0.0..=60.0,
    unit: "min",
    meaning: "so much over the plan (or 5 %) passes",
};
/// … and is noted up to so many.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note_minutes",
    default: 5.0,
    range: 0.0..=60.0,
    unit: "min",
    meaning: "so much over the plan (or 15 %) is noted, more slips",
};

const PASS_SHARE: f64 = 0.05;
const NOTE_SHARE: f64 = 0.15;

fn assess(input: &CriterionInput) -> Assessment {
    let Some(planned) = planned_minutes(input) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let moving = input.run.durations.moving.minutes();
    let over = moving - planned;
    let pass = Limit::of(input.limit(CRITERION.id, &PASS).get().max(PASS_SHARE * planned));
    let note = Limit::of(input.limit(CRITERION.id, &NOTE).get().max(NOTE_SHARE * planned));
    let (result, limit) = match over {
        over if !pass.exceeded_by(over) => (Outcome::Pass, pass),
        over if !note.exceeded_by(over) => (Outcome::Note, pass),
        _ => (Outcome::Slip, note),
    };
    let (plan, ran) = (plain(planned, 1), plain(moving, 1));
    let round = if over >= 1.0 { round_number(input) } else { "" };
    let text = match result {
        Outcome::Pass if over <= 0.0 => format!("Planned {plan} min, ran {ran}: stopped in time."),
        Outcome::Pass => format!("Planned {plan} min, ran {ran}: close enough."),
        _ => format!(
            "Planned {plan} min, ran {ran}: {} min past the planned end.{round}",
            plain(over, 1)
        ),
    };
    Assessment::measured(result, over, limit, "min", text)
}

fn planned_minutes(input: &CriterionInput) -> Option<f64> {
    match input.context.planned_end? {
        PlannedEnd::After(time) => Some(time.minutes()),
        PlannedEnd::At(distance) => {
            let share = distance.get()
                / input.run.distances.distance.filter(|distance| distance.get() > 0.0)?.get();
            Some(input.run.durations.moving.minutes() * share)
        }
    }
}
