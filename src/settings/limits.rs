//! The limits of the criteria, where the settings change them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::allowed::Allowed;
use super::reader::SettingsTable;

/// One limit that `[limits]` may change.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitSpec {
    /// The id of the criterion, kebab-case.
    pub criterion: &'static str,
    /// The name of the limit within its criterion.
    pub key: &'static str,
    /// What holds without settings.
    pub default: f64,
    /// What makes sense.
    pub range: RangeInclusive<f64>,
    /// The unit; may be empty.
    pub unit: &'static str,
}

/// A limit of an earlier version of the rules, and the one that took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplacedLimit {
    /// The id of the criterion.
    pub criterion: &'static str,
    /// The key that is gone.
    pub key: &'static str,
    /// The key that took its place.
    pub successor: &'static str,
    /// What the successor limits.
    pub meaning: &'static str,
}

/// Everything that `[limits]` may change, in the order in which it is to be listed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LimitCatalogue {
    specs: Vec<LimitSpec>,
    replaced: Vec<ReplacedLimit>,
}

impl LimitCatalogue {
    /// The limits of all criteria; those of one criterion stand together.
    pub fn new(specs: Vec<LimitSpec>) -> Self {
        Self { specs, replaced: Vec::new() }
    }

    /// The same limits, with those that earlier versions knew.
    #[must_use]
    pub fn replacing(self, replaced: &[ReplacedLimit]) -> Self {
        Self { replaced: replaced.to_vec(), ..self }
    }

    /// The limits of each criterion, with its id.
    pub fn criteria(&self) -> impl Iterator<Item = (&'static str, &[LimitSpec])> {
        let same = |a: &LimitSpec, b: &LimitSpec| a.criterion == b.criterion;
        self.specs.chunk_by(same).map(|specs| (specs[0].criterion, specs))
    }
}

/// The limits that the settings change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LimitOverrides(BTreeMap<&'static str, BTreeMap<&'static str, f64>>);

impl LimitOverrides {
    /// The changed limit, or `None` where the default holds.
    pub fn get(&self, criterion_id: &str, key: &str) -> Option<f64> {
        self.0.get(criterion_id)?.get(key).copied()
    }

    /// Every changed limit by criterion and key, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str, f64)> {
        self.0.iter().flat_map(|(criterion, limits)| {
            limits.iter().map(move |(key, value)| (*criterion, *key, *value))
        })
    }

    /// Changes one limit, as a file of settings would; for tests and experiments.
    #[must_use]
    pub fn with(mut self, criterion: &'static str, key: &'static str, value: f64) -> Self {
        self.0.entry(criterion).or_default().insert(key, value);
        self
    }
}

pub(super) fn read(mut limits: SettingsTable<'_>, known: &LimitCatalogue) -> LimitOverrides {
    let mut overrides = LimitOverrides::default();
    for (criterion, specs) in known.criteria() {
        let mut table = limits.table(criterion);
        for spec in specs {
            if let Some(value) = read_limit(&mut table, spec) {
                overrides = overrides.with(criterion, spec.key, value);
            }
        }
        let replaced = known.replaced.iter().filter(|limit| limit.criterion == criterion);
        replaced.for_each(|limit| refuse_replaced(&mut table, limit));
        table.finish();
    }
    limits.finish();
    overrides
}

fn refuse_replaced(table: &mut SettingsTable<'_>, limit: &ReplacedLimit) {
    let ReplacedLimit { key, successor, meaning, .. } = *limit;
    let is_there = table.holds(key);
    if let Some(value) = is_there.then(|| table.get(key)).flatten() {
        value.reject(format!("this limit is gone; its successor is `{successor}`: {meaning}"));
    }
}

fn read_limit(table: &mut SettingsTable<'_>, spec: &LimitSpec) -> Option<f64> {
    let allowed = Allowed {
        what: "within this limit's range",
        from: *spec.range.start(),
        to: *spec.range.end(),
        unit: spec.unit,
    };
    table.get(spec.key)?.number(&allowed)
}
