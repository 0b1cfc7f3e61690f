//! Was the finish faster than the run?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::pair;
use crate::metrics::span::Span;

/// Speed of the last minutes against the run's own.
pub static CRITERION: Criterion = Criterion {
    id: "fast-finish",
    severity: Severity::Lowering,
    question: "Was the finish as relaxed as the run?",
    why: "A fast finish is a small workout at the end of a run that was to be none.",
    article: "\"It should feel relaxed from start to finish.\"",
    how: "Mean grade-adjusted speed of the last tenth of the moving time (3 to 5 minutes) over the run's own, the \
          median of the middle half of its minutes. Up to 8 % faster passes, up to 15 % is noted, more slips.",
    misleads: "A downhill end on poor altitude; run-walk sessions, which are not asked.",
    missing: "No steady speed to compare; not checked.",
    sources: &[Reference {
        citation: "8 % is above the noise of satellite speed, 15 % about the whole gap between recovery and easy pace: this tool's choice",
        strength: Strength::Custom,
    }],
    limits: &[&PASS, &SLIP],
    assess,
};

/// Passes up to here.
pub static PASS: LimitDefinition = LimitDefinition {
    key: "pass_ratio",
    default: 1.08,
    range: 1.0..=2.0,
    unit: "",
    meaning: "up to this ratio passes",
};
/// Noted up to here.
pub static SLIP: LimitDefinition = LimitDefinition {
    key: "slip_ratio",
    default: 1.15,
    range: 1.0..=2.0,
    unit: "",
    meaning: "above this ratio the run slips, below it is noted",
};

/// A shorter run has no pace of its own, in seconds of moving time.
const SHORTEST_S: f64 = 600.0;

fn assess(input: &CriterionInput) -> Assessment {
    if input.run.is_run_walk() {
        return Assessment::cannot(
            "A run-walk session has no steady speed to compare; not checked.",
        );
    }
    if input.moving_s() < SHORTEST_S {
        return Assessment::cannot("Too short to compare; not checked.");
    }
    let Ok(steadiness) = &input.run.steadiness else {
        return Assessment::cannot(CRITERION.missing);
    };
    let (pass, slip) = (input.limit(CRITERION.id, &PASS), input.limit(CRITERION.id, &SLIP));
    let ratio = steadiness.finish_ratio;
    let (result, limit) = match () {
        () if !pass.exceeded_by(ratio) => (Outcome::Pass, pass),
        () if !slip.exceeded_by(ratio) => (Outcome::Note, pass),
        () => (Outcome::Slip, slip),
    };
    let (faster, allowed) = pair(100.0 * (ratio - 1.0), 100.0 * (limit.get() - 1.0), 0);
    let text = match result {
        Outcome::Pass if ratio < 1.005 => "The finish was no faster than the run.".to_owned(),
        Outcome::Pass => {
            format!("The finish was {faster} % faster than the run; up to {allowed} % is fine.")
        }
        _ => format!(
            "The finish was {faster} % faster than the run; more than {allowed} % is a fast finish."
        ),
    };
    Assessment::measured(result, ratio, limit, "", text).at(if result == Outcome::Pass {
        Vec::new()
    } else {
        vec![finish(input)]
    })
}

fn finish(input: &CriterionInput) -> Span {
    let seconds = (input.series.moving_seconds() / 10).clamp(180, 300).min(input.series.len());
    Span::of(&(input.series.len() - seconds..input.series.len()))
}
