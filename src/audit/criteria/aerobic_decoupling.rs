//! Did heart rate rise for the same pace?

use crate::audit::criterion::{Criterion, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};
use crate::metrics::drift::Drift;

/// Aerobic decoupling by halves.
pub static CRITERION: Criterion = Criterion {
    id: "aerobic-decoupling",
    severity: Severity::Advisory,
    question: "Did the second half cost more heartbeats for the same pace?",
    why: "Heart rate that creeps up at one pace tells of heat, thirst, tiredness or a start that was too fast.",
    article: "\"Heart rate should remain low … it is better to stop while the effort still feels light.\"",
    how: "Grade-adjusted speed over heart rate (the efficiency factor) of the first and second half of the time after \
          the first 5 minutes, without the minute after each stop; the fall in percent (Pa:HR). Read only from 15 \
          minutes of steady (variation up to 6 %), fairly level (climb up to 20 m/km) running with little walking. Up \
          to 5 % is quiet, up to 10 % noted, more noted strongly.",
    misleads: "Short runs: in half an hour an easy run drifts 1–2 %, and the noise is 2–3 %. Wind, hills and soft ground.",
    missing: "Cannot read drift: too short, too uneven or too hilly.",
    sources: &[
        Source {
            citation: "TrainingPeaks, Pa:HR: under 5 % coupled; a convention, not a physiological rule",
            strength: Strength::Consensus,
        },
        Source {
            citation: "Wingo & Lafrenz 2008, Med Sci Sports Exerc 40(6): heart rate rose 2 % at 22 °C and 11 % at 35 °C within 30 min",
            strength: Strength::Study,
        },
    ],
    limits: &[&NOTE, &STRONG],
    assess,
};

/// Quiet up to here.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note_percent",
    default: 5.0,
    range: 0.0..=50.0,
    unit: "%",
    meaning: "more than this is noted",
};
/// A strong note beyond.
pub static STRONG: LimitDefinition = LimitDefinition {
    key: "strong_percent",
    default: 10.0,
    range: 0.0..=50.0,
    unit: "%",
    meaning: "more than this is noted strongly",
};

/// Seconds that must be kept.
const LEAST_S: u32 = 900;
/// Seconds below which the figure is rough.
const ROUGH_S: u32 = 2400;
/// Variation of speed, climb and walking beyond which drift cannot be read.
const MOST_VARIATION_PCT: f64 = 6.0;
const MOST_CLIMB_M_PER_KM: f64 = 20.0;
const MOST_WALKING_PCT: f64 = 10.0;

/// The drift of a run if it can be read, else why it cannot.
pub(in crate::audit) fn readable<'a>(input: &CriterionInput<'a>) -> Result<&'a Drift, String> {
    let refuse = |why: String| Err(format!("Cannot read drift: {why}."));
    let drift = match &input.run.drift {
        Ok(drift) => drift,
        Err(reason) => return refuse(reason.to_string()),
    };
    let climb = match (input.run.distances.ascent, input.run.distances.distance) {
        (Some(climb), Some(distance)) if distance.get() > 0.0 => {
            1000.0 * climb.get() / distance.get()
        }
        _ => 0.0,
    };
    let variation = drift.speed_variation.get();
    match () {
        () if drift.kept_s < LEAST_S => refuse(format!(
            "too short ({} min can be compared, {} are needed)",
            drift.kept_s / 60,
            LEAST_S / 60
        )),
        () if input.run.walking_pct() > MOST_WALKING_PCT => {
            refuse(format!("{} % of the run was walked", plain(input.run.walking_pct(), 0)))
        }
        () if variation > MOST_VARIATION_PCT => refuse(format!(
            "too uneven (speed varied by {} %, up to {MOST_VARIATION_PCT} % can be read)",
            plain(variation, 1)
        )),
        () if climb > MOST_CLIMB_M_PER_KM => {
            refuse(format!("too hilly ({} of climb)", input.wording().climb_rate(climb)))
        }
        () => Ok(drift),
    }
}

fn assess(input: &CriterionInput) -> Assessment {
    let drift = match readable(input) {
        Ok(drift) => drift,
        Err(why) => return Assessment::cannot(why),
    };
    let (note, strong) = (input.limit(CRITERION.id, &NOTE), input.limit(CRITERION.id, &STRONG));
    let decoupling = drift.decoupling.get();
    let rough = match () {
        () if input.run.speed_is_estimated() => " Speed is the watch's estimate.",
        () if drift.kept_s < ROUGH_S => " A short run, so this is rough.",
        () => "",
    };
    let (percent, usual) = pair(decoupling, note, 1);
    let text = match decoupling {
        value if strong.exceeded_by(value) => format!(
            "The second half cost {percent} % more heartbeats for the same pace, a lot: heat, thirst, tiredness or too fast a start.{rough}"
        ),
        value if note.exceeded_by(value) => format!(
            "The second half cost {percent} % more heartbeats for the same pace; up to {usual} % is usual.{rough}"
        ),
        value if value <= 0.0 => format!("No upward drift.{rough}"),
        _ => format!("Heart rate and pace stayed together (decoupling {percent} %).{rough}"),
    };
    let result = Outcome::noted_above(decoupling, note);
    Assessment::measured(
        result,
        decoupling,
        if strong.exceeded_by(decoupling) { strong } else { note },
        "%",
        text,
    )
}
