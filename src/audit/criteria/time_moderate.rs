//! Did the run turn moderate?

use crate::audit::criterion::{Criterion, Limit, Severity, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::{Assessment, Outcome};
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
    limits: &[&PASS, &SLIP, &SHARE, &LONGEST],
    assess,
};

/// Passes up to here.
pub static PASS: Limit = Limit {
    key: "pass_seconds",
    default: 60.0,
    range: 0.0..=3600.0,
    unit: "s",
    meaning: "up to this much time above the moderate line passes",
};
/// Only slips up to here …
pub static SLIP: Limit = Limit {
    key: "slip_seconds",
    default: 180.0,
    range: 0.0..=3600.0,
    unit: "s",
    meaning: "up to this much time slips, more fails",
};
/// … or up to this share …
pub static SHARE: Limit = Limit {
    key: "slip_percent",
    default: 10.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "or up to this share of the judged time, if that is more",
};
/// … while no stretch is longer.
pub static LONGEST: Limit = Limit {
    key: "longest_seconds",
    default: 120.0,
    range: 0.0..=3600.0,
    unit: "s",
    meaning: "a longer stretch above the moderate line fails",
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
    let pass = input.limit(CRITERION.id, &PASS);
    let allowance = rated
        .times
        .moderate_allowance(&crate::audit::effort::EffortLimits::of(input.context.limits));
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
        _ if total <= allowance && result == Outcome::Fail => format!(
            "{} without a break above the moderate line of {line} bpm; up to {} would have been a slip.",
            duration(longest),
            duration(input.limit(CRITERION.id, &LONGEST))
        ),
        _ => format!(
            "{} above the moderate line of {line} bpm; up to {} is fine, up to {} a slip.",
            duration(total),
            duration(pass),
            duration(allowance)
        ),
    };
    let (value, limit) = match result {
        Outcome::Fail if total <= allowance => (longest, input.limit(CRITERION.id, &LONGEST)),
        Outcome::Fail => (total, allowance),
        _ => (total, pass),
    };
    Assessment::measured(result, value, limit, "s", text).at(moderate.stretches.clone())
}
