//! How much of the run was above the recovery ceiling?

use crate::audit::criterion::{Criterion, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::Rated;
use crate::audit::effort::limits::{ABOVE_CEILING_PASS, ABOVE_CEILING_SLIP};
use crate::audit::finding::Assessment;
use crate::audit::limit::Limit;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};

/// Share of judged time above the ceiling.
pub static CRITERION: Criterion = Criterion {
    id: "time-above-ceiling",
    severity: Severity::Decisive,
    question: "Did the heart rate stay under the recovery ceiling?",
    why: "Below the first threshold one can hold a conversation and the body recovers as if it had \
          rested; above it recovery is delayed, and going harder delays it no further.",
    article: "\"You should be able to hold a full conversation comfortably. … heart rate should remain low.\"",
    how: "The share of judged time (moving time after its first 3 minutes) with a heart rate above \
          the ceiling: 85 % of lactate threshold heart rate, or 68 % of heart-rate reserve, or 76 % \
          of maximum heart rate, whichever anchor is best known. Seconds without a heart rate count \
          as not above it. The share is taken again with the ceiling lowered and raised by its \
          uncertainty.",
    misleads: "A ceiling from a guessed maximum heart rate may be off by 9 bpm, and for one person even \
               a measured one by 5. Heat raises heart rate, and the effort with it: an explanation, no \
               excuse. Women's first threshold lies at a somewhat higher share of the maximum.",
    missing: "Cannot judge: no usable heart rate, or no heart-rate anchor.",
    sources: &[
        Source {
            citation: "Seiler, Haugen & Kuffel 2007, Med Sci Sports Exerc 39:1366: recovery is delayed above the first threshold",
            strength: Strength::Study,
        },
        Source {
            citation: "Ceilings for recovery runs: Pfitzinger (76 % of maximum, 68–70 % of reserve), Friel (85 % of threshold)",
            strength: Strength::Consensus,
        },
        Source {
            citation: "Lamberts 2004, J Strength Cond Res 18:641: heart rate at one speed varies by 5 ± 2 bpm from day to day",
            strength: Strength::Study,
        },
        Source {
            citation: "10 % and 25 % of the time are this tool's choice: single beats mean nothing, a quarter of the run does",
            strength: Strength::Custom,
        },
    ],
    limits: &[&ABOVE_CEILING_PASS, &ABOVE_CEILING_SLIP],
    assess,
};

fn assess(input: &CriterionInput) -> Assessment {
    let (Some(lines), Some(rated), None) =
        (&input.context.lines, &input.effort.rated, input.effort.undecided)
    else {
        return Assessment::cannot(CRITERION.missing);
    };
    let result = rated.nominal.above_ceiling;
    let share = rated.times.share_pct();
    let slip = input.limit(CRITERION.id, &ABOVE_CEILING_SLIP);
    let limit =
        if result == Outcome::Fail { slip } else { input.limit(CRITERION.id, &ABOVE_CEILING_PASS) };
    let text = sentence(rated, lines.ceiling.get(), share, limit);
    Assessment::measured(result, share, limit, "%", text).at(rated.times.ceiling.stretches.clone())
}

fn sentence(rated: &Rated, ceiling: f64, share: f64, limit: Limit) -> String {
    let (share, limit) = pair(share, limit, 0);
    let ceiling = plain(ceiling, 0);
    let allowed = match rated.nominal.above_ceiling {
        Outcome::Fail => format!("more than {limit} % is no recovery run"),
        _ => format!("up to {limit} % is fine"),
    };
    format!("{share} % of the judged time was above your ceiling of {ceiling} bpm; {allowed}.")
}
