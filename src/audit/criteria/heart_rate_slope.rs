//! How fast did heart rate creep up?

use super::aerobic_decoupling::readable;
use crate::audit::criterion::{Criterion, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::plain;

/// Slope of heart rate at equal speed.
pub static CRITERION: Criterion = Criterion {
    id: "heart-rate-slope",
    severity: Severity::Advisory,
    question: "How fast did heart rate creep up at the same pace?",
    why: "The slope says in beats what decoupling says in percent, and one odd minute does not move it.",
    article: "\"Heart rate should remain low.\"",
    how: "The median slope (Theil–Sen) of the minutes' mean heart rate, corrected by 24 bpm per m/s for what changes of \
          speed explain, with its 95 % interval; at least ten minutes within 0.5 m/s of the run's own speed, under the \
          same conditions as aerobic decoupling. Noted above 2 bpm per 10 minutes if the whole interval is above 0, \
          strongly above 5.",
    misleads: "As for aerobic decoupling.",
    missing: "Cannot read drift: too short, too uneven or too hilly.",
    sources: &[
        Source {
            citation: "Treadmill identification, PMC4687158: 24 bpm per m/s",
            strength: Strength::Study,
        },
        Source {
            citation: "Wingo & Lafrenz 2008: about 0.9 bpm per 10 min at 22 °C, 4.8 at 35 °C at this effort",
            strength: Strength::Study,
        },
        Source {
            citation: "2 and 5 bpm per 10 minutes are this tool's choice from them",
            strength: Strength::Custom,
        },
    ],
    limits: &[&NOTE, &STRONG],
    assess,
};

/// Noted above this.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note",
    default: 2.0,
    range: 0.0..=50.0,
    unit: "bpm/10 min",
    meaning: "a steeper slope is noted",
};
/// Strongly noted above this.
pub static STRONG: LimitDefinition = LimitDefinition {
    key: "strong",
    default: 5.0,
    range: 0.0..=50.0,
    unit: "bpm/10 min",
    meaning: "a steeper slope is noted strongly",
};

fn assess(input: &CriterionInput) -> Assessment {
    let drift = match readable(input) {
        Ok(drift) => drift,
        Err(why) => return Assessment::cannot(why),
    };
    let Some(slope) = drift.slope else {
        return Assessment::cannot("Cannot read the slope: fewer than ten comparable minutes.");
    };
    let (note, strong) = (input.limit(CRITERION.id, &NOTE), input.limit(CRITERION.id, &STRONG));
    let rises = note.exceeded_by(slope.bpm_per_10_min) && slope.low > 0.0;
    let beats = plain(slope.bpm_per_10_min, 1);
    let text = match slope.bpm_per_10_min {
        value if rises && strong.exceeded_by(value) => format!(
            "Heart rate crept up {beats} bpm per 10 minutes at the same pace, as much as in 35 °C heat: heat, thirst, tiredness or starting too fast."
        ),
        _ if rises => format!(
            "Heart rate crept up {beats} bpm per 10 minutes at the same pace: heat, thirst, tiredness or starting too fast."
        ),
        value if value <= 0.0 => "Heart rate did not creep up.".to_owned(),
        _ => {
            format!("Heart rate rose {beats} bpm per 10 minutes at the same pace, which is usual.")
        }
    };
    let (result, limit) = if rises {
        (Outcome::Note, if strong.exceeded_by(slope.bpm_per_10_min) { strong } else { note })
    } else {
        (Outcome::Pass, note)
    };
    Assessment::measured(result, slope.bpm_per_10_min, limit, "bpm/10 min", text)
}
