//! Did the stride change?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::plain;
use crate::metrics::form::{Form, Stride};

/// Running dynamics late in the run against early.
pub static CRITERION: Criterion = Criterion {
    id: "form",
    severity: Severity::Advisory,
    question: "Did your stride keep its form?",
    why: "Tired or sore legs change the stride before the pace: longer on the ground, slower steps, one side more.",
    article: "\"If you are deeply fatigued, carrying pain, or noticing that easy running changes your form significantly, forcing a recovery run may do more harm than good.\"",
    how: "Minutes 5–10 against the last five, level seconds (grade up to 2 %) at like speed (within 3 % of each \
          other's mean). Signs: cadence 3 % lower, ground contact 5 % longer, vertical oscillation 6 % higher, step \
          length 3 % different, ground contact balance shifted by 1 point. Two signs are noted.",
    misleads: "At easy pace changes are small, so silence is no proof. At one speed slower steps are longer steps, so \
               these two signs often come together. Soft ground and a loose sensor change all of them.",
    missing: "No running-dynamics data.",
    sources: &[
        Reference {
            citation: "Apte 2021, Front Physiol 12:646042: with fatigue ground contact grows and cadence falls",
            strength: Strength::Study,
        },
        Reference {
            citation: "The sizes are this tool's choice: more than twice the noise of wearables",
            strength: Strength::Custom,
        },
    ],
    limits: &[&CADENCE, &CONTACT, &OSCILLATION, &STEP, &BALANCE, &SIGNS],
    assess,
};

const fn sign(
    key: &'static str,
    default: f64,
    unit: &'static str,
    meaning: &'static str,
) -> LimitDefinition {
    LimitDefinition { key, default, range: 0.1..=50.0, unit, meaning }
}

/// A fall of cadence.
pub static CADENCE: LimitDefinition =
    sign("cadence_percent", 3.0, "%", "a cadence lower by this much is a sign");
/// A rise of ground contact time.
pub static CONTACT: LimitDefinition =
    sign("contact_percent", 5.0, "%", "a ground contact longer by this much is a sign");
/// A rise of vertical oscillation.
pub static OSCILLATION: LimitDefinition =
    sign("oscillation_percent", 6.0, "%", "a vertical oscillation higher by this much is a sign");
/// A change of step length.
pub static STEP: LimitDefinition =
    sign("step_percent", 3.0, "%", "a step longer or shorter by this much is a sign");
/// A shift of ground contact balance.
pub static BALANCE: LimitDefinition = sign(
    "balance_points",
    1.0,
    "points",
    "a ground contact balance shifted by this much is a sign",
);
/// Signs that are noted.
pub static SIGNS: LimitDefinition = LimitDefinition {
    key: "signs",
    default: 2.0,
    range: 1.0..=5.0,
    unit: "",
    meaning: "so many signs are noted, and as many must be readable",
};

/// Fewer signs than this say nothing of a form.
const FEWEST_SIGNS: usize = 2;

/// One quantity late against early.
struct DynamicsChange {
    /// How much it changed in the direction that counts.
    amount: f64,
    /// The amount that is a sign.
    limit: Limit,
    text: String,
}

fn assess(input: &CriterionInput) -> Assessment {
    let needed = input.limit(CRITERION.id, &SIGNS);
    let changes = input.run.form.as_ref().map_or_else(Vec::new, |form| changes(input, form));
    if changes.len() < FEWEST_SIGNS || !needed.reached_by(changes.len() as f64) {
        return Assessment::cannot(CRITERION.missing);
    }
    let signs: Vec<&str> = changes
        .iter()
        .filter(|change| change.limit.reached_by(change.amount))
        .map(|change| &*change.text)
        .collect();
    let (found, readable) = (signs.len() as f64, changes.len());
    let (result, text) = match () {
        () if needed.reached_by(found) => (
            Outcome::Note,
            format!(
                "Your stride changed from minutes 5–10 to the last five: {} ({found} of {readable} signs; noted from \
                 {}). If this was tiredness or pain, stop.",
                signs.join(", "),
                plain(needed, 0)
            ),
        ),
        () if signs.is_empty() => {
            (Outcome::Pass, format!("Your stride kept its form in all {readable} readable signs."))
        }
        () => (
            Outcome::Pass,
            format!("Your stride kept its form but for one thing: {}.", signs.join(", ")),
        ),
    };
    Assessment::measured(result, found, needed, "signs", text)
}

/// The change of every quantity that both parts of the run have.
fn changes(input: &CriterionInput, form: &Form) -> Vec<DynamicsChange> {
    let percent = |of: fn(&Stride) -> Option<f64>| {
        let (early, late) = (of(&form.early)?, of(&form.late)?);
        Some(100.0 * (late - early) / early)
    };
    let change = |amount: Option<f64>, limit: &LimitDefinition, words: &str, unit: &str| {
        let size = plain(amount?.abs(), 1);
        let limit = input.limit(CRITERION.id, limit);
        Some(DynamicsChange { amount: amount?, limit, text: format!("{words} {size} {unit}") })
    };
    let shift = form.early.balance_pct.zip(form.late.balance_pct).map(|(e, l)| (l - e).abs());
    let cadence = percent(|stride| stride.cadence_spm).map(|change| -change);
    let step = percent(|stride| stride.step_mm);
    let steps = if step.is_some_and(|change| change < 0.0) {
        "steps shorter by"
    } else {
        "steps longer by"
    };
    [
        change(cadence, &CADENCE, "cadence down", "%"),
        change(percent(|stride| stride.contact_ms), &CONTACT, "ground contact up", "%"),
        change(percent(|stride| stride.oscillation_mm), &OSCILLATION, "oscillation up", "%"),
        change(step.map(f64::abs), &STEP, steps, "%"),
        change(shift, &BALANCE, "contact balance shifted", "points"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;

    const EARLY: Stride = Stride {
        cadence_spm: Some(170.0),
        contact_ms: Some(250.0),
        oscillation_mm: Some(80.0),
        step_mm: None,
        balance_pct: Some(50.0),
    };

    fn late(late: Stride) -> Assessment {
        let mut test_run = TestRun::steady(30, 2_500);
        test_run.row.form = Some(Form { early: EARLY, late });
        test_run.ask(&CRITERION)
    }

    #[test]
    fn two_signs_are_noted() {
        let found = late(Stride { cadence_spm: Some(164.9), contact_ms: Some(262.5), ..EARLY });
        assert_eq!((found.result, found.value), (Outcome::Note, Some(2.0)));
        assert!(found.text.contains("cadence down 3 %, ground contact up 5 %"), "{}", found.text);
        let found = late(Stride { oscillation_mm: Some(84.8), balance_pct: Some(49.0), ..EARLY });
        assert_eq!(found.value, Some(2.0), "{found:?}");
    }

    #[test]
    fn one_sign_or_the_other_direction_passes() {
        assert_eq!(late(Stride { contact_ms: Some(270.0), ..EARLY }).value, Some(1.0));
        let livelier = Stride { cadence_spm: Some(180.0), contact_ms: Some(230.0), ..EARLY };
        let found = late(livelier);
        assert_eq!((found.result, found.value), (Outcome::Pass, Some(0.0)));
    }

    #[test]
    fn one_readable_sign_is_no_answer() {
        let cadence = Stride { cadence_spm: Some(150.0), ..Stride::default() };
        assert_eq!(&*late(cadence).text, CRITERION.missing);
        let mut unmeasured = TestRun::steady(30, 2_500);
        unmeasured.row.form = None;
        assert_eq!(unmeasured.ask(&CRITERION).result, Outcome::Cannot);
    }
}
