//! A reviewed run before it is shown: all that the season's figures need, without what only a
//! reader of that run wants to see.

use super::{DisplayedZones, LocalStart, ReviewedRun, context};
use crate::athlete::{AnchorEvidence, JudgingLines, Sensor};
use crate::audit::{Audit, Trust, WARM_UP_S};
use crate::gather::Measured;
use crate::history::PastRun;
use crate::label::Label;
use crate::metrics::DamagedLanes;
use crate::metrics::judged::Judged;
use crate::session::{Session, SessionKind, Verdict};
use crate::settings::Settings;

/// A reviewed run in outline.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    pub(super) id: String,
    pub(super) measured: Measured,
    pub(super) start: LocalStart,
    pub(super) label: Option<Label>,
    pub(super) session: Session,
    pub(super) is_run: bool,
    pub(super) evidence: AnchorEvidence,
    pub(super) lines: Option<JudgingLines>,
    pub(super) sensor: Sensor,
    pub(super) past: PastRun,
    pub(super) audit: Option<Audit>,
    /// The verdict if it were labelled recovery, where nothing else tells what it was.
    pub(super) if_recovery: Option<Verdict>,
}

impl Outline {
    pub(super) fn is_recovery(&self) -> bool {
        self.is_run
            && self.label.as_ref().is_some_and(|label| label.kind == Some(SessionKind::Recovery))
    }

    /// The run with what its lanes show.
    pub(super) fn shown(self, settings: &Settings) -> Result<ReviewedRun, DamagedLanes> {
        let row = &self.measured.row;
        let series = row.lanes.unpack()?;
        let judged = Judged::of(&series, WARM_UP_S);
        let zones: Option<DisplayedZones> =
            context::zones(settings, &self.evidence, self.lines.as_ref(), row, &series);
        Ok(ReviewedRun {
            id: self.id,
            trust: Trust::of(row, &judged, self.sensor),
            coverage_pct: judged.coverage_pct(),
            zones,
            start: self.start,
            label: self.label,
            session: self.session,
            is_run: self.is_run,
            evidence: self.evidence,
            lines: self.lines,
            sensor: self.sensor,
            past: self.past,
            audit: self.audit,
            measured: self.measured,
        })
    }
}
