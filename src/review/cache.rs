//! What an earlier review found out about a run: reading words, channels and criteria is what takes time.

use serde::{Deserialize, Serialize};

use super::context::AnchorsOnDay;
use super::past_run::ChannelFindings;
use super::statements::RunStatements;
use super::unpacked_runs::UnpackedRuns;
use super::zones::DisplayedZones;
use crate::audit::what_if::MovedLimits;
use crate::audit::{Audit, HeartRateQuality};
use crate::ingest::{ContentHash, MeasuredSession};
use crate::session::Verdict;

/// Which run a judgement is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunKey {
    /// Whose it is.
    pub athlete: String,
    /// The bytes that it was read from.
    pub content: ContentHash,
    /// Which session of them.
    pub session: u16,
}

impl RunKey {
    pub(super) fn of(measured: &MeasuredSession) -> Self {
        Self {
            athlete: measured.athlete.clone(),
            content: measured.content,
            session: measured.row.metadata.session,
        }
    }
}

/// A store of earlier judgements. What it loses is found out again.
pub trait JudgementCache: Sync {
    /// The judgement stored of a run.
    fn get(&self, run: &RunKey) -> Option<CachedJudgement>;
    /// Stores a judgement in the place of an earlier one.
    fn put(&self, run: &RunKey, judgement: &CachedJudgement);
    /// What stays unpacked in memory until the next review; nothing for those who review once.
    fn unpacked(&self) -> Option<&UnpackedRuns> {
        None
    }
}

/// Stores nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoCache;

impl JudgementCache for NoCache {
    fn get(&self, _: &RunKey) -> Option<CachedJudgement> {
        None
    }

    fn put(&self, _: &RunKey, _: &CachedJudgement) {}
}

/// What was found out about a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CachedJudgement {
    /// In a box, as the run holds it too while it is judged.
    pub(super) stated: Option<Box<CachedStatements>>,
    /// The hash of everything that it depends on.
    pub basis: u128,
    pub(super) on_day: AnchorsOnDay,
    pub(super) findings: ChannelFindings,
    pub(super) display: DisplayData,
    /// The verdict of a run labelled recovery.
    pub(super) verdict: Option<Verdict>,
    pub(super) if_recovery: Option<Verdict>,
    /// In a box: it is large, and most runs have none.
    pub(super) audit: Option<Box<Audit>>,
    pub(super) moved_limits: Option<MovedLimits>,
}

/// What is stated about a run, and the hash of all that this was drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct CachedStatements {
    pub(super) basis: u128,
    pub(super) statements: RunStatements,
}

/// What only a reader of the run sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct DisplayData {
    pub(super) trust: HeartRateQuality,
    pub(super) coverage_pct: f64,
    pub(super) zones: Option<DisplayedZones>,
}
