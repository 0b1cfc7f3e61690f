//! How much of the run was above the recovery ceiling?

use crate::athlete::HeartRateThresholds;
use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::Rated;
use crate::audit::effort::limits::{CEILING_PASS, EASY_LINE_SLIP};
use crate::audit::finding::Assessment;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};

/// Share of judged time above the ceiling, and above the easy line.
pub static CRITERION: Criterion = Criterion {
    id: "time-above-ceiling",
    severity: Severity::Decisive,
    question: "Did the heart rate stay under the recovery ceiling?",
    why: "Below the first threshold one can hold a conversation and the body recovers as if it had \
          rested; above it recovery is delayed, and going harder delays it no further.",
    article: "\"You should be able to hold a full conversation comfortably. … heart rate should remain low.\"",
    how: "The share of judged time (moving time after its first 3 minutes) with a heart rate above \
          the ceiling: 85 % of lactate threshold heart rate, or 68 % of heart-rate reserve, or 76 % \
          of maximum heart rate, whichever anchor is best known. A tenth passes. More slips, as long as \
          no more than half lies above the easy line, half way between the ceiling and the moderate line: \
          most of a run above it makes an ordinary easy run. Seconds without a heart rate count \
          as not above. All is taken again with the lines lowered and raised by their uncertainty.",
    misleads: "A ceiling from a guessed maximum heart rate may be off by 9 bpm, and for one person even \
               a measured one by 5. Heat raises heart rate, and the effort with it: an explanation, no \
               excuse. Women's first threshold lies at a somewhat higher share of the maximum.",
    missing: "Cannot judge: no usable heart rate, or no heart-rate anchor.",
    sources: &[
        Reference {
            citation: "Seiler, Haugen & Kuffel 2007, Med Sci Sports Exerc 39:1366: recovery is delayed above the first threshold",
            strength: Strength::Study,
        },
        Reference {
            citation: "Ceilings for recovery runs: Pfitzinger (76 % of maximum, 68–70 % of reserve), Friel (85 % of threshold)",
            strength: Strength::Consensus,
        },
        Reference {
            citation: "Lamberts 2004, J Strength Cond Res 18:641: heart rate at one speed varies by 5 ± 2 bpm from day to day",
            strength: Strength::Study,
        },
        Reference {
            citation: "10 % of the time is this tool's choice, because single beats mean nothing; half of it above the easy line is where two readers who agreed with each other drew the line on 60 real runs",
            strength: Strength::Custom,
        },
    ],
    limits: &[&CEILING_PASS, &EASY_LINE_SLIP],
    assess,
};

fn assess(input: &CriterionInput) -> Assessment {
    let (Some(lines), Some(rated)) = (&input.context.lines, input.effort.decided()) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let pass = input.limit(CRITERION.id, &CEILING_PASS);
    let slip = input.limit(CRITERION.id, &EASY_LINE_SLIP);
    let (share, easy_share) = (rated.times.share_pct(), rated.times.easy_share_pct());
    let result = rated.nominal.above_ceiling;
    let (value, limit, stretches) = match result {
        Outcome::Fail => (easy_share, slip, &rated.times.easy.stretches),
        _ => (share, pass, &rated.times.ceiling.stretches),
    };
    Assessment::measured(result, value, limit, "%", sentence(rated, lines, value, limit.get()))
        .with_figure("percent_above_ceiling", share)
        .with_figure("percent_above_easy_line", easy_share)
        .at(stretches.clone())
}

fn sentence(rated: &Rated, lines: &HeartRateThresholds, value: f64, limit: f64) -> String {
    let (ceiling, easy) = (plain(lines.ceiling.get(), 0), plain(lines.easy.get(), 0));
    let (share, allowed) = pair(value, limit, 0);
    match rated.nominal.above_ceiling {
        Outcome::Fail => format!(
            "Above the easy line of {easy} bpm for {share} % of the time; over {allowed} % makes it an ordinary easy run."
        ),
        Outcome::Slip => {
            format!(
                "A little too hard: above your ceiling of {ceiling} bpm for {share} % of the time ({allowed} % is fine)."
            )
        }
        _ if rated.times.ceiling.seconds > 0 => format!(
            "You stayed under {ceiling} bpm but for {share} % of the time ({allowed} % is fine)."
        ),
        _ if rated.missing_pct > 0.0 => {
            format!("You stayed under {ceiling} bpm wherever there is a heart rate.")
        }
        _ => format!("You stayed under {ceiling} bpm all the way."),
    }
}
