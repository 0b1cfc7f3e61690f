//! How long did the heart rate stay above the ceiling without a break?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::limits::CEILING_STRETCH;
use crate::audit::finding::Assessment;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{duration, plain};

/// Longest stretch above the ceiling.
pub static CRITERION: Criterion = Criterion {
    id: "longest-above-ceiling",
    severity: Severity::Decisive,
    question: "Were all stretches above the ceiling short?",
    why: "A hill lifts the heart rate for some minutes. More than five minutes above the ceiling are a steady \
          state above it, not a hill.",
    article: "\"It should feel relaxed from start to finish.\"",
    how: "The longest time above the ceiling in real time, dips of up to 15 s bridged and counted. It can \
          lower the verdict to slipped, never fail it.",
    misleads: "As for time-above-ceiling; a sensor that sticks at a high value makes a long stretch.",
    missing: "Cannot judge: no usable heart rate, or no heart-rate anchor.",
    sources: &[
        Reference {
            citation: "Treadmill identification, PMC4687158: heart rate follows speed with a time constant of 57 s, so after 3 minutes it has arrived",
            strength: Strength::Study,
        },
        Reference {
            citation: "5 minutes as the limit are this tool's choice from it: what lasts longer is a steady state, not a bump or a hill",
            strength: Strength::Custom,
        },
    ],
    limits: &[&CEILING_STRETCH],
    assess,
};

fn assess(input: &CriterionInput) -> Assessment {
    let (Some(lines), Some(rated)) = (&input.context.lines, input.effort.decided()) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let above = &rated.times.ceiling;
    let limit = input.limit(CRITERION.id, &CEILING_STRETCH);
    let ceiling = plain(lines.ceiling.get(), 0);
    let slip = if rated.nominal.longest == Outcome::Slip { "A little too hard: t" } else { "T" };
    let text = match above.longest {
        0 => format!("Never above {ceiling} bpm."),
        longest => format!(
            "{slip}he longest stretch above {ceiling} bpm lasted {} ({} is fine).",
            duration(longest),
            duration(limit)
        ),
    };
    let longest_stretch = above.stretches.iter().max_by_key(|stretch| stretch.seconds);
    Assessment::measured(rated.nominal.longest, f64::from(above.longest), limit, "s", text)
        .at(longest_stretch.copied().into_iter().collect())
}
