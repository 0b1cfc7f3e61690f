//! What an earlier review found out about a run, and whether it still holds.
//!
//! Reading lanes and asking criteria is what takes time. Both give the same again as long as the
//! run, what is said of it, the settings, and every run that may be looked at from there are the
//! same: one hash over all of these says so.

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::DisplayedZones;
use super::context::AnchorsOnDay;
use super::draft::Draft;
use crate::audit::{Audit, HeartRateQuality, RULES};
use crate::history::{PastEffort, PastRun};
use crate::ingest::ContentHash;
use crate::metrics::MEASURING;
use crate::parallel::prelude::*;
use crate::session::{Session, Verdict};
use crate::settings::{Athlete, Settings};
use crate::units::MetresPerSecond;

/// Which run something is kept of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunName {
    /// Whose it is.
    pub athlete: String,
    /// The bytes that it was read from.
    pub content: ContentHash,
    /// Which session of them.
    pub session: u16,
}

/// Somebody who remembers earlier reviews. What is forgotten is found out again.
pub trait JudgementCache: Sync {
    /// What was kept of a run.
    fn recall(&self, run: &RunName) -> Option<CachedJudgement>;
    /// Keeps something of a run in the place of what was kept before.
    fn keep(&self, run: &RunName, kept: &CachedJudgement);
}

/// Remembers nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoCache;

impl JudgementCache for NoCache {
    fn recall(&self, _: &RunName) -> Option<CachedJudgement> {
        None
    }

    fn keep(&self, _: &RunName, _: &CachedJudgement) {}
}

/// What was found out about a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CachedJudgement {
    /// The hash of everything that it depends on.
    pub basis: u128,
    pub(super) dated: AnchorsOnDay,
    pub(super) facts: ChannelFindings,
    pub(super) verdict: Option<Verdict>,
    pub(super) if_recovery: Option<Verdict>,
    pub(super) audit: Option<Audit>,
    pub(super) seen: Option<DisplayData>,
}

/// What the lanes add to a run as later runs see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ChannelFindings {
    session: Session,
    effort: Option<PastEffort>,
    minutes: Vec<(f32, f32)>,
    uneven: bool,
    load: Option<f64>,
    best_5_min_speed: Option<MetresPerSecond>,
}

impl ChannelFindings {
    pub(super) fn of(run: &PastRun) -> Self {
        let PastRun { session, effort, minutes, uneven, load, best_5_min_speed, .. } = run.clone();
        Self { session, effort, minutes, uneven, load, best_5_min_speed }
    }

    pub(super) fn fill_in(self, run: &mut PastRun) {
        let Self { session, effort, minutes, uneven, load, best_5_min_speed } = self;
        (run.session, run.effort, run.minutes) = (session, effort, minutes);
        (run.uneven, run.load, run.best_5_min_speed) = (uneven, load, best_5_min_speed);
    }
}

/// What only a reader of the run sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct DisplayData {
    pub(super) trust: HeartRateQuality,
    pub(super) coverage_pct: f64,
    pub(super) zones: Option<DisplayedZones>,
}

/// How long after its end a run asks what followed, in milliseconds: no limit reaches further.
const AFTERWARDS_MS: i64 = 96 * 3_600_000;

/// The hashes of the runs of a season, in time order.
pub(super) fn bases(
    settings: &Settings,
    athlete: &Athlete,
    drafts: &[Draft],
    past: &[PastRun],
) -> Vec<u128> {
    let mut link = digest(&root(settings, athlete));
    let testimonies: Vec<u128> =
        drafts.par_iter().map(|draft| digest(&draft.testimony())).collect();
    let links: Vec<u128> = testimonies
        .into_iter()
        .map(|testimony| {
            link = digest(&(link, testimony));
            link
        })
        .collect();
    let last = |run: &PastRun| {
        past.partition_point(|other| other.start.0 <= run.end.0.saturating_add(AFTERWARDS_MS))
    };
    let basis = |(k, run): (usize, &PastRun)| {
        let end = last(run).max(k + 1);
        // Whether anything follows at all is told, however late it is.
        let ends = end == past.len();
        digest(&(links[k], links[end - 1], ends))
    };
    past.iter().enumerate().map(basis).collect()
}

fn root(settings: &Settings, athlete: &Athlete) -> impl fmt::Debug {
    (
        (env!("CARGO_PKG_VERSION"), RULES, MEASURING),
        settings.fingerprint_text(),
        settings.units,
        settings.zones.clone(),
        athlete.name.clone(),
    )
}

/// A hash over a value as it is written for debugging, which shows every field.
fn digest(value: &impl fmt::Debug) -> u128 {
    let mut hashing = Hashing(Xxh3::new());
    // Hashing cannot fail.
    let _ = write!(hashing, "{value:?}");
    hashing.0.digest128()
}

struct Hashing(Xxh3);

impl Write for Hashing {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
