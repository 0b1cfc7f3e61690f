//! Did the run turn moderate?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::limits::{
    MODERATE_PASS, MODERATE_SHARE, MODERATE_SHORT_RUN, MODERATE_SLIP, MODERATE_STRETCH,
};
use crate::audit::effort::{EffortLimits, Rated};
use crate::audit::finding::Assessment;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{duration, plain};

/// Time above the moderate line.
pub static CRITERION: Criterion = Criterion {
    id: "time-moderate",
    severity: Severity::Decisive,
    question: "Did it stay below a moderate effort?",
    why: "Above the first threshold recovery is delayed; that is training, not recovery. The moderate line is a \
          lower estimate of it.",
    article: "\"It … should never turn into a moderate effort.\"",
    how: "Judged time above the moderate line: 90 % of lactate threshold heart rate, or 74 % of heart-rate \
          reserve, or 81 % of maximum heart rate. A minute in total passes. Up to 5 minutes slip (in a short run \
          no more than a third of the judged time, in a long one up to 15 % of it) while no stretch (dips of \
          15 s bridged) is longer than 5 minutes. More fails. Only seconds with a heart rate count: evidence \
          is needed to accuse.",
    misleads: "As for time-above-ceiling.",
    missing: "Cannot judge: no usable heart rate, or no heart-rate anchor.",
    sources: &[
        Reference {
            citation: "Talk Test: comfortable speech ends at the first threshold (Sports Medicine Open 2021, s40798-021-00315-9)",
            strength: Strength::Study,
        },
        Reference {
            citation: "Pfitzinger's top of general aerobic running, Friel's floor of zone 3, Olympiatoppen's top of I-2 meet here",
            strength: Strength::Consensus,
        },
        Reference {
            citation: "Esteve-Lanao 2026, Sports 14:29: the first threshold of 1,411 runners at 85.1 ± 4.6 % of their maximum on the treadmill",
            strength: Strength::Study,
        },
        Reference {
            citation: "The times are this tool's choice, set where two readers who agreed with each other drew the line on 60 real runs: 3–7 minutes slip, 8 are work",
            strength: Strength::Custom,
        },
    ],
    limits: &[
        &MODERATE_PASS,
        &MODERATE_SLIP,
        &MODERATE_SHORT_RUN,
        &MODERATE_SHARE,
        &MODERATE_STRETCH,
    ],
    assess,
};

fn assess(input: &CriterionInput) -> Assessment {
    let (Some(lines), Some(rated)) = (&input.context.lines, input.effort.decided()) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let limits = EffortLimits::for_run(input.context.limits, &input.doubts);
    let moderate = &rated.times.moderate;
    let (total, longest) = (f64::from(moderate.seconds), f64::from(moderate.longest));
    let allowance = limits.moderate_allowance(rated.times.judged_s);
    let result = rated.nominal.moderate;
    let (value, limit) = match result {
        Outcome::Fail if allowance.exceeded_by(total) => (total, allowance),
        Outcome::Fail => (longest, limits.moderate_stretch),
        _ => (total, limits.moderate_pass),
    };
    let text =
        sentence(rated, &plain(lines.moderate.get(), 0), &limits, allowance.exceeded_by(total));
    Assessment::measured(result, value, limit, "s", text)
        .with_figure("seconds", total)
        .with_figure("longest_seconds", longest)
        .at(moderate.stretches.clone())
}

fn sentence(rated: &Rated, line: &str, limits: &EffortLimits, too_much: bool) -> String {
    let moderate = &rated.times.moderate;
    let (total, pass) = (duration(moderate.seconds), duration(limits.moderate_pass));
    match rated.nominal.moderate {
        Outcome::Fail if too_much => {
            format!("Too hard for too long: {total} above {line} bpm ({pass} is fine).")
        }
        Outcome::Fail => format!(
            "Too hard for too long: {} above {line} bpm without a break ({} at most costs a grade).",
            duration(moderate.longest),
            duration(limits.moderate_stretch)
        ),
        Outcome::Slip => format!("A little too hard: {total} above {line} bpm ({pass} is fine)."),
        _ if moderate.seconds == 0 => format!("Never above the moderate line of {line} bpm."),
        _ => format!("{total} above the moderate line of {line} bpm ({pass} is fine)."),
    }
}
