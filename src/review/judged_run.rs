//! A reviewed run before it is shown: all that the season's figures need, without what only a
//! reader of that run wants to see.

use super::cache::DisplayData;
use super::{LocalStart, ReviewedRun};
use crate::athlete::{AnchorEvidence, HeartRateThresholds, Sensor};
use crate::audit::Audit;
use crate::history::PastRun;
use crate::ingest::MeasuredSession;
use crate::label::Label;
use crate::session::{Session, SessionKind, Verdict};

/// A reviewed run in outline.
#[derive(Debug, Clone)]
pub(super) struct JudgedRun {
    pub(super) id: String,
    pub(super) measured: MeasuredSession,
    pub(super) start: LocalStart,
    pub(super) label: Option<Label>,
    pub(super) session: Session,
    pub(super) is_run: bool,
    pub(super) evidence: AnchorEvidence,
    pub(super) lines: Option<HeartRateThresholds>,
    pub(super) sensor: Sensor,
    pub(super) past: PastRun,
    pub(super) audit: Option<Audit>,
    /// What only a reader of the run sees.
    pub(super) seen: Option<DisplayData>,
    pub(super) basis: u128,
    /// The verdict if it were labelled recovery, where nothing else tells what it was.
    pub(super) if_recovery: Option<Verdict>,
}

impl JudgedRun {
    pub(super) fn is_recovery(&self) -> bool {
        self.is_run
            && self.label.as_ref().is_some_and(|label| label.kind == Some(SessionKind::Recovery))
    }

    /// The run as it is shown; `None` where it was never looked at for that.
    pub(super) fn shown(self) -> Option<ReviewedRun> {
        let seen = self.seen?;
        Some(ReviewedRun {
            id: self.id,
            basis: self.basis,
            trust: seen.trust,
            coverage_pct: seen.coverage_pct,
            zones: seen.zones,
            start: self.start,
            label: self.label,
            session: self.session,
            is_run: self.is_run,
            evidence: self.evidence,
            lines: self.lines,
            sensor: self.sensor,
            past: self.past,
            audit: self.audit,
            is_new: None,
            measured: self.measured,
        })
    }
}
