//! The verdict under other assumptions: each available model, a maximum five beats off, no heart rate.

use serde::{Deserialize, Serialize};

use super::at_lines::AtLines;
use super::criterion_input::CriterionInput;
use super::finding::Finding;
use crate::athlete::{AnchorEvidence, MaxHeartRate, Model, every_model, thresholds};
use crate::session::Verdict;
use crate::units::BeatsPerMinute;

/// One other assumption and what it would have made of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// What is assumed, such as `hrmax+5`.
    pub what: String,
    /// The verdict then.
    pub verdict: Verdict,
}

/// How far off the maximum is assumed, in bpm.
const SHIFT_BPM: f64 = 5.0;

/// The verdict under every other assumption that the anchors allow.
pub(super) fn sensitivity(input: &CriterionInput, findings: &[Finding]) -> Vec<Alternative> {
    let context = input.context;
    let at = AtLines::of(input, findings);
    let models = every_model(&context.evidence, context.sensor, context.altitude_uncertainty_bpm);
    let of_models = models.iter().map(|lines| (name(lines.model).to_owned(), Some(*lines)));
    let of_shifts = [SHIFT_BPM, -SHIFT_BPM].into_iter().filter_map(|shift| {
        let evidence = shifted(&context.evidence, shift)?;
        let lines = thresholds(&evidence, context.sensor, context.altitude_uncertainty_bpm);
        Some((format!("hrmax{shift:+}"), Some(lines)))
    });
    let without = std::iter::once(("without_heart_rate".to_owned(), None));
    of_models
        .chain(of_shifts)
        .chain(without)
        .map(|(what, lines)| Alternative { what, verdict: at.verdict(lines.as_ref()) })
        .collect()
}

fn name(model: Model) -> &'static str {
    match model {
        Model::Ceiling => "ceiling",
        Model::TalkTest => "talk-test",
        Model::Threshold => "threshold",
        Model::Hrr => "hrr",
        Model::Hrmax => "hrmax",
    }
}

/// The anchors with another maximum, where one of the models in use rests on it.
fn shifted(evidence: &AnchorEvidence, shift: f64) -> Option<AnchorEvidence> {
    let max = evidence.max?;
    let bpm = BeatsPerMinute::new(max.bpm.get() + shift)?;
    let alone = AnchorEvidence {
        max: Some(MaxHeartRate { bpm, ..max }),
        replaced_watch_max: evidence.replaced_watch_max,
        resting: evidence.resting,
        ..AnchorEvidence::default()
    };
    Some(alone)
}
