//! What is known of a run's label, for people and machines alike.

use crate::label::LabelRole;
use crate::review::LabelledRun;
use crate::session::SessionKind;

/// The kind that counts.
pub(super) fn kind(run: &LabelledRun) -> Option<SessionKind> {
    run.evidence.iter().find(|one| one.role == LabelRole::Wins).and_then(|one| one.kind)
}

/// The training effects that watches state for a run.
pub(super) fn outcomes(run: &LabelledRun) -> impl Iterator<Item = &str> {
    run.measured.listed.iter().filter_map(|annotations| annotations.training_effect.as_deref())
}
