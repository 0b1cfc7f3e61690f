//! Were the legs or the heart still tired the next day?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};
use crate::history::{Baseline, PastRun};

/// Efficiency and resting heart rate of the next run against the usual.
pub static CRITERION: Criterion = Criterion {
    id: "next-day",
    severity: Severity::Advisory,
    question: "Was the next day's run free of tiredness?",
    why: "What a recovery run cost shows later: the same pace then takes more heartbeats.",
    article: "\"If the run adds fatigue you notice later in the day or the next morning, it may have been too aggressive.\"",
    how: "This looks ahead, and so changes no verdict: the next run that began within 36 hours after this one's end. \
          Its efficiency (grade-adjusted speed over heart rate) of minutes 5–20 is held against the median of the 28 \
          days before this run (at least 3 runs), if its speed is within 5 % of theirs. A fall of more than 4 % is \
          noted, and so is a resting heart rate 5 bpm or more above its own median of 28 days.",
    misleads: "It is an association, not a cause: heat, hills, poor sleep or another sensor lower the efficiency too.",
    missing: "No comparable run next day.",
    sources: &[
        Reference {
            citation: "Lamberts 2004, J Strength Cond Res 18:641: heart rate at one speed has a standard error of 1.1–1.4 %; 4 % is 2·√2 times that",
            strength: Strength::Study,
        },
        Reference {
            citation: "36 hours, 5 % of speed and 5 bpm at rest are this tool's choice",
            strength: Strength::Custom,
        },
    ],
    limits: &[&DROP, &RESTING, &HOURS, &SPEED],
    assess,
};

/// A fall of efficiency is noted above this.
pub static DROP: LimitDefinition = LimitDefinition {
    key: "drop_percent",
    default: 4.0,
    range: 0.5..=50.0,
    unit: "%",
    meaning: "a greater fall of efficiency is noted",
};
/// A raised resting heart rate is noted from here on.
pub static RESTING: LimitDefinition = LimitDefinition {
    key: "resting_bpm",
    default: 5.0,
    range: 1.0..=50.0,
    unit: "bpm",
    meaning: "a resting heart rate this much above its median is noted",
};
/// How long after the run the next one counts.
pub static HOURS: LimitDefinition = LimitDefinition {
    key: "hours",
    default: 36.0,
    range: 1.0..=96.0,
    unit: "h",
    meaning: "a run that began later is not looked at",
};
/// How far its speed may be from the usual.
pub static SPEED: LimitDefinition = LimitDefinition {
    key: "speed_percent",
    default: 5.0,
    range: 0.5..=50.0,
    unit: "%",
    meaning: "a run whose speed differs more from the median is not compared",
};

/// Earlier runs that a median needs.
const LEAST_RUNS: usize = 3;

fn assess(input: &CriterionInput) -> Assessment {
    let Some((next, hours)) = next_run(input) else { return Assessment::cannot(CRITERION.missing) };
    let usual = Baseline::of(&input.context.past, LEAST_RUNS);
    let (drop, rise) = (efficiency_drop(input, next, &usual), resting_rise(next, &usual));
    let (most_drop, most_rise) =
        (input.limit(CRITERION.id, &DROP), input.limit(CRITERION.id, &RESTING));
    let ahead = format!("Looking ahead at your run {} h later:", plain(hours, 0));
    let tired = "legs or heart may still have been tired, from this run or from something else";
    match (drop, rise) {
        (Some(drop), _) if most_drop.exceeded_by(drop) => {
            let (shown, limit) = pair(drop, most_drop, 1);
            let text = format!(
                "{ahead} it took {shown} % more heartbeats for its pace than usual (noted above {limit} %); {tired}."
            );
            Assessment::measured(Outcome::Note, drop, most_drop, "%", text)
        }
        (_, Some(rise)) if most_rise.reached_by(rise) => {
            let text = format!(
                "{ahead} your resting heart rate was {} bpm above its median (noted from {} bpm); {tired}.",
                plain(rise, 1),
                plain(most_rise, 1)
            );
            Assessment::measured(Outcome::Note, rise, most_rise, "bpm", text)
        }
        (Some(drop), _) => {
            let text = format!("{ahead} it took no more heartbeats for its pace than usual.");
            Assessment::measured(Outcome::Pass, drop, most_drop, "%", text)
        }
        (None, _) => Assessment::cannot(CRITERION.missing),
    }
}

/// The next run and the hours from this one's end to its beginning.
fn next_run<'a>(input: &CriterionInput<'a>) -> Option<(&'a PastRun, f64)> {
    let end = input.context.this.end;
    let next = input.context.after.iter().find(|run| run.is_run && run.start >= end)?;
    let hours = (next.start.0 - end.0) as f64 / 3_600_000.0;
    (!input.limit(CRITERION.id, &HOURS).exceeded_by(hours)).then_some((next, hours))
}

/// The fall of efficiency in percent, where the speeds can be compared.
fn efficiency_drop(input: &CriterionInput, next: &PastRun, usual: &Baseline) -> Option<f64> {
    let speed = usual.speed?;
    let difference = 100.0 * (next.speed?.get() - speed).abs() / speed;
    let comparable = !input.limit(CRITERION.id, &SPEED).exceeded_by(difference);
    let efficiency = usual.efficiency.filter(|_| comparable)?;
    Some(100.0 * (efficiency - next.efficiency?) / efficiency)
}

fn resting_rise(next: &PastRun, usual: &Baseline) -> Option<f64> {
    Some(f64::from(next.anchors.resting_bpm?) - usual.resting_bpm?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{TODAY, TestRun};
    use crate::history::testing::{day, run_on};
    use crate::units::MetresPerSecond;

    fn efficient(on: u64, efficiency: f64) -> PastRun {
        let mut run = PastRun { efficiency: Some(efficiency), ..run_on(day(on), 40.0) };
        run.anchors.resting_bpm = Some(48);
        run
    }

    /// Three usual runs, the run on trial, and one on the day after it.
    fn followed_by(next: PastRun) -> Assessment {
        let past = [3, 7, 12].map(|ago| efficient(TODAY - ago, 1.2)).into();
        TestRun { after: vec![next], ..TestRun::steady(30, 2_500) }.after_runs(past).ask(&CRITERION)
    }

    #[test]
    fn a_usual_run_passes_and_a_costly_one_is_noted() {
        let usual = followed_by(efficient(TODAY + 1, 1.16));
        assert_eq!(usual.result, Outcome::Pass, "{usual:?}");
        let costly = followed_by(efficient(TODAY + 1, 1.14));
        assert_eq!(costly.result, Outcome::Note);
        assert!((costly.value.unwrap() - 5.0).abs() < 1e-9, "{costly:?}");
        assert!(costly.text.starts_with("Looking ahead at your run 24 h later"), "{costly:?}");
    }

    #[test]
    fn a_raised_resting_heart_rate_is_noted_whatever_the_pace() {
        let mut next = PastRun { speed: None, ..efficient(TODAY + 1, 1.2) };
        assert_eq!(followed_by(next.clone()).result, Outcome::Cannot);
        next.anchors.resting_bpm = Some(53);
        let found = followed_by(next);
        assert_eq!((found.result, found.value), (Outcome::Note, Some(5.0)));
    }

    #[test]
    fn what_cannot_be_compared_is_not() {
        let speed = MetresPerSecond::new(2.8 * 1.06);
        let faster = PastRun { speed, ..efficient(TODAY + 1, 1.0) };
        assert_eq!(&*followed_by(faster).text, CRITERION.missing);
        assert_eq!(followed_by(efficient(TODAY + 2, 1.0)).result, Outcome::Cannot, "too late");
        let ride = PastRun { is_run: false, ..efficient(TODAY + 1, 1.0) };
        assert_eq!(followed_by(ride).result, Outcome::Cannot);
    }
}
