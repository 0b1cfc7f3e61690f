//! Was there a hard part?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::Times;
use crate::audit::effort::limits::{
    EffortLimits, HARD_FAIL, HARD_FAIL_TOTAL, HARD_SLIP, HARD_SLIP_TOTAL,
};
use crate::audit::finding::Assessment;
use crate::audit::limit::Limit;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{duration, plain};

/// Time above the hard line.
pub static CRITERION: Criterion = Criterion {
    id: "time-hard",
    severity: Severity::Decisive,
    question: "Was it free of hard parts?",
    why: "A heart rate between the first and the second threshold takes more than a minute of hard running to \
          reach. A burst costs a grade; two minutes are a workout, however easy the rest was.",
    article: "\"Its purpose is not to build speed, test fitness, or add major training stress.\"",
    how: "Judged time above the hard line: 95 % of lactate threshold heart rate, or 82 % of heart-rate reserve, or \
          87 % of maximum heart rate. A stretch of 30 s (dips of 5 s bridged) or a minute in total slips; a stretch of \
          2 minutes or 3 minutes in total fail. Where a recorder writes one value for half a minute and more, only a \
          stretch of a minute slips.",
    misleads: "A sensor that locks onto the step rate shows a hard part that never was; a proven lock is taken \
               out, and where only a suspected one makes the run fail, nothing is decided.",
    missing: "Cannot judge: no usable heart rate, or no heart-rate anchor.",
    sources: &[
        Reference {
            citation: "Olympiatoppen's border of I-3 and I-4 (87 % of maximum), Friel's floor of zone 4 (95 % of threshold)",
            strength: Strength::Consensus,
        },
        Reference {
            citation: "30 s leave out artefacts; they, the minute, the two and the three are this tool's choice, set where two readers who agreed with each other drew the line on 60 real runs",
            strength: Strength::Custom,
        },
    ],
    limits: &[&HARD_SLIP, &HARD_SLIP_TOTAL, &HARD_FAIL, &HARD_FAIL_TOTAL],
    assess,
};

fn assess(input: &CriterionInput) -> Assessment {
    let (Some(lines), Some(rated)) = (&input.context.lines, input.effort.decided()) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let limits = EffortLimits::for_run(input.context.limits, &input.doubts);
    let result = rated.nominal.hard;
    let figure = decisive(&rated.times, &limits, result);
    let text = sentence(result, &figure, &plain(lines.hard.get(), 0));
    let hard = &rated.times.hard;
    Assessment::measured(result, figure.seconds, figure.limit, "s", text)
        .with_figure("seconds", hard.seconds)
        .with_figure("longest_seconds", hard.longest)
        .at(hard.stretches.clone())
}

/// The time that decided.
struct DecisiveTime {
    seconds: f64,
    limit: Limit,
    in_total: bool,
}

/// The longest stretch, unless only the total reaches its limit.
fn decisive(times: &Times, limits: &EffortLimits, result: Outcome) -> DecisiveTime {
    let (stretch, total) = match result {
        Outcome::Fail => (limits.hard_fail, limits.hard_fail_total),
        _ => (limits.hard_slip, limits.hard_slip_total),
    };
    let (longest, seconds) = (f64::from(times.hard.longest), f64::from(times.hard.seconds));
    let in_total = !stretch.reached_by(longest) && total.reached_by(seconds);
    if in_total {
        DecisiveTime { seconds, limit: total, in_total }
    } else {
        DecisiveTime { seconds: longest, limit: stretch, in_total }
    }
}

fn sentence(result: Outcome, figure: &DecisiveTime, line: &str) -> String {
    let (time, limit) = (duration(figure.seconds), duration(figure.limit));
    let how = if figure.in_total { " in total" } else { "" };
    match result {
        Outcome::Fail => {
            format!(
                "A hard part: {time} above {line} bpm{how} ({limit} or more makes it a workout)."
            )
        }
        Outcome::Slip => {
            format!(
                "A short hard part: {time} above {line} bpm{how} ({limit} or more costs a grade)."
            )
        }
        _ if figure.seconds < 1.0 => format!("Never above the hard line of {line} bpm."),
        _ => format!("{time} above the hard line of {line} bpm (less than {limit} is fine)."),
    }
}
