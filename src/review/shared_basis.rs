//! What every judgement of one athlete depends on, whatever the run.

use serde::Serialize;

use super::digest::digest;
use crate::audit::{CRITERIA, Criterion, RULES, Severity};
use crate::label;
use crate::metrics::MEASURING;
use crate::settings::{Athlete, Settings, UnitSystem, ZoneSettings};

/// The version of how recordings, tables, notes and plan become what is stated about a run, beside
/// the words themselves: raised with every change of it, or earlier statements would be read back.
const STATING: &str = "1";

/// What the judgements of all runs of one athlete depend on, beside the runs.
#[derive(Serialize)]
pub(super) struct SharedBasis<'a> {
    versions: [&'static str; 4],
    criteria: Vec<CriterionBasis>,
    labels: Vec<&'static str>,
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
    /// Its hash, with the criteria of this program.
    pub(super) fn hash(settings: &'a Settings, athlete: &'a Athlete) -> u128 {
        digest(&Self::of(settings, athlete, CRITERIA))
    }

    fn of(settings: &'a Settings, athlete: &'a Athlete, criteria: &[&Criterion]) -> Self {
        Self {
            versions: [env!("CARGO_PKG_VERSION"), RULES, MEASURING, STATING],
            criteria: criteria.iter().map(|criterion| CriterionBasis::of(criterion)).collect(),
            labels: label::built_in().collect(),
            settings: settings.fingerprint_text(),
            units: settings.units,
            zones: &settings.zones,
            athlete: &athlete.name,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Assessment, LimitDefinition, Strength};
    use crate::settings::LimitOverrides;

    fn key(settings: &Settings, criteria: &[&Criterion]) -> u128 {
        digest(&SharedBasis::of(settings, &settings.athletes[0], criteria))
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
