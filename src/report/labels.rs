//! What is known of a run's label, for people and machines alike.

use crate::ingest::MeasuredSession;
use crate::label::LabelRole;
use crate::review::LabelledRun;
use crate::session::SessionKind;

/// The kind that counts.
pub(super) fn kind(run: &LabelledRun) -> Option<SessionKind> {
    run.evidence.iter().find(|one| one.role == LabelRole::Wins).and_then(|one| one.kind)
}

/// What was read beside the recording itself: other recordings of the run, files that hold a part of it, and
/// tables that state something of it.
pub(super) fn joined(measured: &MeasuredSession) -> impl Iterator<Item = &str> {
    let sources = measured.sources.iter().skip(1).map(|source| source.path.as_str());
    let parts = measured.row.metadata.joined.iter().map(String::as_str);
    sources.chain(parts).chain(measured.listed.iter().map(|stated| stated.by.as_str()))
}

/// The training effects that watches state for a run.
pub(super) fn outcomes(run: &LabelledRun) -> impl Iterator<Item = &str> {
    run.measured.listed.iter().filter_map(|annotations| annotations.training_effect.as_deref())
}
