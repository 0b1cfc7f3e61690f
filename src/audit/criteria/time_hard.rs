//! Was there a hard part?

use crate::audit::criterion::{Criterion, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::limits::LONGEST_HARD;
use crate::audit::finding::Assessment;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{duration, plain};

/// Longest stretch above the hard line.
pub static CRITERION: Criterion = Criterion {
    id: "time-hard",
    severity: Severity::Decisive,
    question: "Was there a hard part?",
    why: "A heart rate near the second threshold takes more than a minute of hard running to reach. Such a \
          part is a workout, however short.",
    article: "\"Its purpose is not to build speed, test fitness, or add major training stress.\"",
    how: "The longest judged time above the hard line (dips of 5 s bridged): 95 % of lactate threshold heart \
          rate, or 82 % of heart-rate reserve, or 87 % of maximum heart rate. From 30 s on it fails.",
    misleads: "A sensor that locks onto the step rate shows a hard part that never was; a proven lock is taken \
               out, and where only a suspected one makes the run fail, nothing is decided.",
    missing: "Cannot judge: no usable heart rate, or no heart-rate anchor.",
    sources: &[
        Source {
            citation: "Olympiatoppen's border of I-3 and I-4 (87 % of maximum), Friel's floor of zone 4 (95 % of threshold)",
            strength: Strength::Consensus,
        },
        Source {
            citation: "30 s, which leaves out artefacts, is this tool's choice",
            strength: Strength::Custom,
        },
    ],
    limits: &[&LONGEST_HARD],
    assess,
};

fn assess(input: &CriterionInput) -> Assessment {
    let (Some(lines), Some(rated), None) =
        (&input.context.lines, &input.effort.rated, input.effort.undecided)
    else {
        return Assessment::cannot(CRITERION.missing);
    };
    let longest = f64::from(rated.times.hard.longest);
    let limit = input.limit(CRITERION.id, &LONGEST_HARD);
    let line = plain(lines.hard.get(), 0);
    let text = match rated.nominal.hard {
        Outcome::Pass if longest < 1.0 => format!("You never reached the hard line of {line} bpm."),
        Outcome::Pass => format!(
            "{} above the hard line of {line} bpm: shorter than {}.",
            duration(longest),
            duration(limit)
        ),
        _ => format!(
            "{} without a break above the hard line of {line} bpm; {} are enough to make it a hard run.",
            duration(longest),
            duration(limit)
        ),
    };
    Assessment::measured(rated.nominal.hard, longest, limit, "s", text).at(rated
        .times
        .hard
        .stretches
        .clone())
}
