//! What an earlier review found out about a run, and whether it still holds.
//!
//! Reading channels and asking criteria is what takes time. Both give the same again as long as the
//! run, what is stated about it, the settings, the criteria, and every run that may be looked at
//! from there are the same: one hash over all of these says so.

use crate::parallel::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::context::AnchorsOnDay;
use super::inputs::AthleteInputs;
use super::past_run::ChannelFindings;
use super::run::StatedRun;
use super::unpacked_runs::UnpackedRuns;
use super::zones::DisplayedZones;
use crate::audit::what_if::MovedLimits;
use crate::audit::{Audit, CRITERIA, Criterion, HeartRateQuality, RULES, Severity};
use crate::history::PastRun;
use crate::ingest::ContentHash;
use crate::metrics::MEASURING;
use crate::session::Verdict;
use crate::settings::{UnitSystem, ZoneSettings};

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
    pub(super) fn of(run: &StatedRun) -> Self {
        Self {
            athlete: run.measured.athlete.clone(),
            content: run.measured.content,
            session: run.measured.row.metadata.session,
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

/// What only a reader of the run sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct DisplayData {
    pub(super) trust: HeartRateQuality,
    pub(super) coverage_pct: f64,
    pub(super) zones: Option<DisplayedZones>,
}

/// How long after its end a run asks what followed, in milliseconds: no limit reaches further.
const AFTERWARDS_MS: i64 = 96 * 3_600_000;

/// What the judgements of all runs of one athlete depend on, beside the runs.
#[derive(Serialize)]
struct SharedBasis<'a> {
    versions: [&'static str; 3],
    criteria: Vec<CriterionBasis>,
    settings: String,
    units: UnitSystem,
    zones: &'a ZoneSettings,
    athlete: &'a str,
}

/// What tells one state of a criterion from another.
#[derive(Serialize)]
struct CriterionBasis {
    id: &'static str,
    severity: Severity,
    question: &'static str,
    missing: &'static str,
    limits: Vec<(&'static str, f64)>,
}

impl<'a> SharedBasis<'a> {
    fn of(inputs: &AthleteInputs<'a>, criteria: &[&Criterion]) -> Self {
        Self {
            versions: [env!("CARGO_PKG_VERSION"), RULES, MEASURING],
            criteria: criteria.iter().map(|criterion| CriterionBasis::of(criterion)).collect(),
            settings: inputs.settings.fingerprint_text(),
            units: inputs.settings.units,
            zones: &inputs.settings.zones,
            athlete: &inputs.athlete.name,
        }
    }
}

impl CriterionBasis {
    fn of(criterion: &Criterion) -> Self {
        Self {
            id: criterion.id,
            severity: criterion.severity,
            question: criterion.question,
            missing: criterion.missing,
            limits: criterion.limits.iter().map(|limit| (limit.key, limit.default)).collect(),
        }
    }
}

/// The hashes of everything that the judgements of an athlete's runs depend on, in time order.
pub(super) fn bases(inputs: &AthleteInputs, runs: &[StatedRun], past: &[PastRun]) -> Vec<u128> {
    let shared = digest(&SharedBasis::of(inputs, CRITERIA));
    let own: Vec<u128> = runs.par_iter().map(|run| digest(&run.basis())).collect();
    // A run depends on all that began before it, so its hash includes theirs.
    let add = |sum: &mut u128, own: u128| {
        *sum = digest(&(*sum, own));
        Some(*sum)
    };
    let up_to: Vec<u128> = own.into_iter().scan(shared, add).collect();
    let basis = |(k, run): (usize, &PastRun)| {
        let latest = run.end.0.saturating_add(AFTERWARDS_MS);
        let end = past.partition_point(|other| other.start.0 <= latest).max(k + 1);
        // Whether anything follows at all is said, however late it is.
        let is_last = end == past.len();
        digest(&(up_to[k], up_to[end - 1], is_last))
    };
    past.iter().enumerate().map(basis).collect()
}

/// A hash over the JSON of a value: it names every field, and changes with nothing else.
fn digest(value: &impl Serialize) -> u128 {
    let mut hasher = Hasher(Xxh3::new());
    // Hashing cannot fail, and the keys of all maps are texts.
    let _ = serde_json::to_writer(&mut hasher, value);
    hasher.0.digest128()
}

struct Hasher(Xxh3);

impl std::io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::audit::{Assessment, LimitDefinition, Strength};
    use crate::review::inputs::Inputs;
    use crate::settings::{LimitOverrides, Settings};

    fn key(settings: &Settings, criteria: &[&Criterion]) -> u128 {
        let plans = BTreeMap::new();
        digest(&SharedBasis::of(&Inputs::new(settings, &plans).of("me"), criteria))
    }

    fn criterion(limits: &'static [&'static LimitDefinition]) -> Criterion {
        Criterion {
            id: "new-one",
            severity: Severity::Advisory,
            question: "",
            why: "",
            article: "",
            how: "",
            misleads: "",
            missing: "",
            sources: &[crate::audit::Reference { citation: "", strength: Strength::Custom }],
            limits,
            assess: |_| Assessment::cannot(""),
        }
    }

    const fn limit(default: f64) -> LimitDefinition {
        LimitDefinition { key: "most", default, range: 0.0..=9.0, unit: "", meaning: "" }
    }

    static FIVE: &[&LimitDefinition] = &[&limit(5.0)];
    static SIX: &[&LimitDefinition] = &[&limit(6.0)];

    #[test]
    fn a_new_criterion_or_default_makes_earlier_judgements_invalid() {
        let settings = Settings::default();
        let with = |more: &Criterion| {
            let all: Vec<&Criterion> = CRITERIA.iter().copied().chain([more]).collect();
            key(&settings, &all)
        };
        let (five, six) = (criterion(FIVE), criterion(SIX));
        assert_ne!(with(&five), key(&settings, CRITERIA));
        assert_ne!(with(&five), with(&six));
        assert_ne!(
            with(&five),
            with(&Criterion { severity: Severity::Lowering, ..criterion(FIVE) })
        );
        assert_eq!(with(&five), with(&criterion(FIVE)));
    }

    #[test]
    fn settings_that_are_seen_make_earlier_judgements_invalid() {
        let key = |settings: &Settings| key(settings, CRITERIA);
        let plain = Settings::default();
        let limits = LimitOverrides::default().with("duration", "max_minutes", 45.0);
        assert_ne!(key(&Settings { limits, ..plain.clone() }), key(&plain));
        assert_ne!(key(&Settings { units: UnitSystem::Imperial, ..plain.clone() }), key(&plain));
        let mut zones = plain.clone();
        zones.zones.model = crate::zones::by_id("hrmax").unwrap();
        assert_ne!(key(&zones), key(&plain));
    }
}
