//! Did the run turn moderate?

use crate::audit::criterion::{Criterion, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::limits::{
    EffortLimits, LONGEST_MODERATE, MODERATE_PASS, MODERATE_SHARE, MODERATE_SLIP,
};
use crate::audit::finding::Assessment;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{duration, plain};

/// Time above the moderate line.
pub static CRITERION: Criterion = Criterion {
    id: "time-moderate",
    severity: Severity::Decisive,
    question: "Did it turn into a moderate effort?",
    why: "Around the first threshold speaking becomes uncertain and recovery is delayed; that is training, \
          not recovery.",
    article: "\"It … should never turn into a moderate effort.\"",
    how: "Judged time above the moderate line: 90 % of lactate threshold heart rate, or 74 % of heart-rate \
          reserve, or 81 % of maximum heart rate. A minute in total passes. Up to 3 minutes or a tenth of \
          the judged time slips while no stretch (dips of 15 s bridged) is longer than 2 minutes. More \
          fails. Only seconds with a heart rate count: evidence is needed to accuse.",
    misleads: "As for time-above-ceiling.",
    missing: "Cannot judge: no usable heart rate, or no heart-rate anchor.",
    sources: &[
        Source {
            citation: "Talk Test: comfortable speech ends at the first threshold (Sports Medicine Open 2021, s40798-021-00315-9)",
            strength: Strength::Study,
        },
        Source {
            citation: "Pfitzinger's top of general aerobic running, Friel's floor of zone 3, Olympiatoppen's top of I-2 meet here",
            strength: Strength::Consensus,
        },
        Source { citation: "The times are this tool's choice", strength: Strength::Custom },
    ],
    limits: &[&MODERATE_PASS, &MODERATE_SLIP, &MODERATE_SHARE, &LONGEST_MODERATE],
    assess,
};

fn assess(input: &CriterionInput) -> Assessment {
    let (Some(lines), Some(rated), None) =
        (&input.context.lines, &input.effort.rated, input.effort.undecided)
    else {
        return Assessment::cannot(CRITERION.missing);
    };
    let moderate = &rated.times.moderate;
    let (total, longest) = (f64::from(moderate.seconds), f64::from(moderate.longest));
    let result = rated.nominal.moderate;
    let pass = input.limit(CRITERION.id, &MODERATE_PASS);
    let allowance = rated.times.moderate_allowance(&EffortLimits::under(input.context.limits));
    let line = plain(lines.moderate.get(), 0);
    let text = match result {
        Outcome::Pass if moderate.seconds == 0 => {
            format!("You never reached the moderate line of {line} bpm.")
        }
        Outcome::Pass => {
            format!(
                "{} above the moderate line of {line} bpm; up to {} is fine.",
                duration(total),
                duration(pass)
            )
        }
        _ if !allowance.exceeded_by(total) && result == Outcome::Fail => format!(
            "{} without a break above the moderate line of {line} bpm; up to {} would have been a slip.",
            duration(longest),
            duration(input.limit(CRITERION.id, &LONGEST_MODERATE))
        ),
        _ => format!(
            "{} above the moderate line of {line} bpm; up to {} is fine, up to {} a slip.",
            duration(total),
            duration(pass),
            duration(allowance)
        ),
    };
    let (value, limit) = match result {
        Outcome::Fail if !allowance.exceeded_by(total) => {
            (longest, input.limit(CRITERION.id, &LONGEST_MODERATE))
        }
        Outcome::Fail => (total, allowance),
        _ => (total, pass),
    };
    Assessment::measured(result, value, limit, "s", text).at(moderate.stretches.clone())
}
