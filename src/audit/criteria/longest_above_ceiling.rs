//! How long did the heart rate stay above the ceiling without a break?

use crate::audit::criterion::{Criterion, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::limits::LONGEST_ABOVE_CEILING;
use crate::audit::finding::Assessment;
use crate::audit::outcome::Severity;
use crate::audit::wording::duration;

/// Longest stretch above the ceiling.
pub static CRITERION: Criterion = Criterion {
    id: "longest-above-ceiling",
    severity: Severity::Decisive,
    question: "Was any stretch above the ceiling more than a bump?",
    why: "A hill or a crossing lifts the heart rate for a minute or two. Three minutes above the ceiling \
          are a steady state above it.",
    article: "\"It should feel relaxed from start to finish.\"",
    how: "The longest time above the ceiling in real time, dips of up to 15 s bridged and counted. It can \
          lower the verdict to slipped, never fail it.",
    misleads: "As for time-above-ceiling; a sensor that sticks at a high value makes a long stretch.",
    missing: "Cannot judge: no usable heart rate, or no heart-rate anchor.",
    sources: &[
        Source {
            citation: "Treadmill identification, PMC4687158: heart rate follows speed with a time constant of 57 s, so 3 minutes are 95 %",
            strength: Strength::Study,
        },
        Source {
            citation: "180 s as the limit is this tool's choice from it",
            strength: Strength::Custom,
        },
    ],
    limits: &[&LONGEST_ABOVE_CEILING],
    assess,
};

fn assess(input: &CriterionInput) -> Assessment {
    let (Some(rated), None) = (&input.effort.rated, input.effort.undecided) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let longest = f64::from(rated.times.ceiling.longest);
    let limit = input.limit(CRITERION.id, &LONGEST_ABOVE_CEILING);
    let result = rated.nominal.longest;
    let text = match rated.times.ceiling.longest {
        0 => "You never went above the ceiling.".to_owned(),
        _ => format!(
            "The longest stretch above the ceiling lasted {}; up to {} counts as a bump.",
            duration(longest),
            duration(limit)
        ),
    };
    let longest_stretch =
        rated.times.ceiling.stretches.iter().max_by_key(|stretch| stretch.seconds);
    Assessment::measured(result, longest, limit, "s", text)
        .at(longest_stretch.copied().into_iter().collect())
}
