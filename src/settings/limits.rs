//! The limits of the criteria, where the settings change them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::allowed::Allowed;
use super::reader::Table;

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

/// Everything that `[limits]` may change, in the order in which it is to be listed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LimitCatalogue(Vec<LimitSpec>);

impl LimitCatalogue {
    /// The limits of all criteria; those of one criterion stand together.
    pub fn new(specs: Vec<LimitSpec>) -> Self {
        Self(specs)
    }

    /// The limits of each criterion, with its id.
    pub fn criteria(&self) -> impl Iterator<Item = (&'static str, &[LimitSpec])> {
        let same = |a: &LimitSpec, b: &LimitSpec| a.criterion == b.criterion;
        self.0.chunk_by(same).map(|specs| (specs[0].criterion, specs))
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

pub(super) fn read(mut limits: Table<'_>, known: &LimitCatalogue) -> LimitOverrides {
    let mut overrides = LimitOverrides::default();
    for (criterion, specs) in known.criteria() {
        let mut table = limits.table(criterion);
        for spec in specs {
            if let Some(value) = read_limit(&mut table, spec) {
                overrides = overrides.with(criterion, spec.key, value);
            }
        }
        table.finish();
    }
    limits.finish();
    overrides
}

fn read_limit(table: &mut Table<'_>, spec: &LimitSpec) -> Option<f64> {
    let allowed = Allowed {
        what: "within this limit's range",
        from: *spec.range.start(),
        to: *spec.range.end(),
        unit: spec.unit,
    };
    table.get(spec.key)?.number(&allowed)
}
