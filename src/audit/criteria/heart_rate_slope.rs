//! How fast did heart rate creep up?

use super::aerobic_decoupling::{give_or_take, readable};
use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};

/// Slope of heart rate at equal speed.
pub static CRITERION: Criterion = Criterion {
    id: "heart-rate-slope",
    severity: Severity::Advisory,
    question: "How fast did heart rate creep up at the same pace?",
    why: "The slope says in beats what decoupling says in percent, and does not depend on how long the run was.",
    article: "\"Heart rate should remain low.\"",
    how: "The slope of heart rate in time at equal speed, from steady stretches alone, under the same conditions as \
          aerobic decoupling: half-minute means, with what speed explains in this run taken out (held near 24 bpm per \
          m/s where its speed hardly changes). The 95 % interval takes account of heart rate wandering slowly by itself. \
          Noted above 2 bpm per 10 minutes if the whole interval is above 0, strongly above 5; not read where the interval \
          reaches further than 3 to each side, because it could not tell 2 from 5.",
    misleads: "As for aerobic decoupling.",
    missing: "Cannot read drift: too little steady running, or a heart rate that wandered too much.",
    sources: &[
        Reference {
            citation: "Treadmill identification, PMC4687158: heart rate follows speed with a time constant of 57 s and 24 bpm per m/s",
            strength: Strength::Study,
        },
        Reference {
            citation: "Jones & Boadi-Boateng 1991, Biometrics 47:161; Harville 1974, Biometrika 61:383: regression with noise correlated in time",
            strength: Strength::Study,
        },
        Reference {
            citation: "Wingo & Lafrenz 2008: about 0.9 bpm per 10 min at 22 °C, 4.8 at 35 °C at this effort",
            strength: Strength::Study,
        },
        Reference {
            citation: "2 and 5 bpm per 10 minutes are this tool's choice from them",
            strength: Strength::Custom,
        },
    ],
    limits: &[&NOTE, &STRONG],
    assess,
};

/// Noted above this.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note",
    default: 2.0,
    range: 0.0..=50.0,
    unit: "bpm/10 min",
    meaning: "a steeper slope is noted",
};
/// Strongly noted above this.
pub static STRONG: LimitDefinition = LimitDefinition {
    key: "strong",
    default: 5.0,
    range: 0.0..=50.0,
    unit: "bpm/10 min",
    meaning: "a steeper slope is noted strongly",
};

fn assess(input: &CriterionInput) -> Assessment {
    let slope = match readable(input) {
        Ok(drift) => drift.slope,
        Err(why) => return Assessment::cannot(why),
    };
    let (note, strong) = (input.limit(CRITERION.id, &NOTE), input.limit(CRITERION.id, &STRONG));
    let rises = note.exceeded_by(slope.bpm_per_10_min) && slope.low > 0.0;
    let beats = give_or_take(slope.bpm_per_10_min, slope.half_width(), note);
    let crept = format!("Heart rate crept up {beats} bpm per 10 minutes at the same pace");
    let text = match slope.bpm_per_10_min {
        value if rises && strong.exceeded_by(value) => {
            format!(
                "{crept}, as much as in {} heat: heat, thirst, tiredness or starting too fast.",
                input.wording().temperature(35.0)
            )
        }
        _ if rises => format!("{crept}: heat, thirst, tiredness or starting too fast."),
        value if value <= 0.0 => {
            format!("Heart rate did not creep up ({beats} bpm per 10 minutes at the same pace).")
        }
        value if note.exceeded_by(value) => {
            format!("{crept}, which may be chance.")
        }
        _ => {
            format!("Heart rate rose {beats} bpm per 10 minutes at the same pace, which is usual.")
        }
    };
    let (result, limit) = match rises {
        true if strong.exceeded_by(slope.bpm_per_10_min) => (Outcome::Note, strong),
        true => (Outcome::Note, note),
        false => (Outcome::Pass, note),
    };
    Assessment::measured(result, slope.bpm_per_10_min, limit, "bpm/10 min", text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::drift::simulation::drifting_run;
    use crate::metrics::statistics::median;

    /// What comes out for simulated runs of one drift.
    #[derive(Default)]
    struct Tally {
        runs: usize,
        covered: usize,
        noted: usize,
        half_widths: Vec<f64>,
    }

    impl Tally {
        fn of(bpm_per_10_min: f64, seeds: std::ops::Range<u64>) -> Self {
            let mut tally = Self::default();
            for seed in seeds {
                let run = TestRun::of(drifting_run(bpm_per_10_min, seed));
                let finding = run.ask(&CRITERION);
                tally.runs += 1;
                tally.noted += usize::from(finding.result == Outcome::Note);
                let drift = run.row.drift.as_ref().unwrap();
                let Ok(steady) = drift.readable() else {
                    assert_eq!(finding.result, Outcome::Cannot);
                    continue;
                };
                let slope = steady.slope;
                tally.covered += usize::from((slope.low..=slope.high).contains(&bpm_per_10_min));
                tally.half_widths.push(slope.half_width());
            }
            tally
        }

        fn share(&self, count: usize) -> f64 {
            count as f64 / self.half_widths.len() as f64
        }
    }

    /// The three drifts, each over these many runs, against what is wanted of them.
    #[expect(clippy::print_stderr, reason = "a test tells its figures")]
    fn hold_to_what_is_wanted(runs: u64) {
        for (k, drift) in [0.0, 2.0, 5.0].into_iter().enumerate() {
            let first = k as u64 * runs;
            let tally = Tally::of(drift, first..first + runs);
            let (covered, noted) = (tally.share(tally.covered), tally.share(tally.noted));
            let half_width = median(&tally.half_widths).unwrap();
            eprintln!(
                "{drift} bpm per 10 min: {} of {} readable, interval holds it in {:.1} %, half-width {half_width:.2}, noted {:.1} %",
                tally.half_widths.len(),
                tally.runs,
                100.0 * covered,
                100.0 * noted
            );
            assert!((0.93..=0.98).contains(&covered));
            assert!(half_width <= 2.5);
            match drift {
                5.0 => assert!(noted >= 0.8),
                2.0 => {}
                _ => assert!(noted <= 0.05),
            }
            assert!(4 * tally.half_widths.len() > 3 * tally.runs, "most are readable");
        }
    }

    #[test]
    fn drift_of_simulated_runs_is_found() {
        hold_to_what_is_wanted(150);
    }

    #[test]
    #[ignore = "takes minutes; CONTRIBUTING says when to run it"]
    fn drift_of_many_simulated_runs_is_found() {
        hold_to_what_is_wanted(1000);
    }
}
