//! Were there surges or strides?

use crate::audit::criterion::{Criterion, Source, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::plain;
use crate::metrics::RunMetrics;
use crate::metrics::judged_time::Judged;
use crate::metrics::span::Span;
use crate::metrics::surges::{SurgeRule, surges};

/// Bursts of speed that the heart answers.
pub static CRITERION: Criterion = Criterion {
    id: "surges",
    severity: Severity::Lowering,
    question: "Were there surges or strides?",
    why: "Strides wake the legs up before a workout; after one they are more load.",
    article: "\"It should feel relaxed from start to finish.\"",
    how: "A surge is a 15-second mean of recorded speed more than 25 % above the run's own for at least 15 s, after \
          the first 3 minutes, that heart rate answers with 5 bpm or more within 40 s of its end. Where heart rate \
          covers less than 70 %, or speed had to be derived from positions, 20-second means are asked, more than \
          30 % above where heart rate cannot be asked. Two surges of 30 s in total slip.",
    misleads: "Satellite speed wavers; that is why heart rate must answer. Run-walk sessions are not asked.",
    missing: "No speed data; not checked.",
    sources: &[Source {
        citation: "Measured on 98 steady real runs: plain speed rules accuse a third of them, this one four; this tool's choice",
        strength: Strength::Custom,
    }],
    limits: &[&RATIO, &COUNT, &TOTAL],
    assess,
};

/// Speed over the run's own that makes a surge.
pub static RATIO: LimitDefinition = LimitDefinition {
    key: "ratio",
    default: 1.25,
    range: 1.05..=3.0,
    unit: "",
    meaning: "speed over the run's own that makes a surge",
};
/// Surges that slip.
pub static COUNT: LimitDefinition = LimitDefinition {
    key: "count",
    default: 2.0,
    range: 1.0..=50.0,
    unit: "",
    meaning: "so many surges slip",
};
/// Their total length.
pub static TOTAL: LimitDefinition = LimitDefinition {
    key: "total_seconds",
    default: 30.0,
    range: 10.0..=3600.0,
    unit: "s",
    meaning: "if they last this long together",
};

/// How much further speed must rise where heart rate cannot confirm it.
const UNCONFIRMED: f64 = 1.30 / 1.25;
/// Heart-rate answer that confirms a surge, in bpm.
const ANSWER_BPM: f64 = 5.0;
/// Coverage from which heart rate can be asked, in percent.
const LEAST_COVERAGE_PCT: f64 = 70.0;

/// A shorter run has no pace of its own, in seconds of moving time.
const SHORTEST_S: f64 = 600.0;

fn assess(input: &CriterionInput) -> Assessment {
    if input.run.is_run_walk() {
        return Assessment::cannot(
            "A run-walk session changes speed by design; surges are not checked.",
        );
    }
    if input.moving_s() < SHORTEST_S {
        return Assessment::cannot("Too short to compare; not checked.");
    }
    let Ok(steadiness) = &input.run.steadiness else {
        return Assessment::cannot(CRITERION.missing);
    };
    let found = surges(input.series, steadiness.reference_recorded_speed.get(), &rule(input));
    let (count, total) = (input.limit(CRITERION.id, &COUNT), input.limit(CRITERION.id, &TOTAL));
    let seconds: u32 = found.iter().map(|surge| surge.seconds).sum();
    let slips = count.reached_by(found.len() as f64) && total.reached_by(f64::from(seconds));
    let result = if slips { Outcome::Slip } else { Outcome::Pass };
    Assessment::measured(
        result,
        found.len() as f64,
        count,
        "surges",
        sentence(&found, seconds, slips),
    )
    .at(found)
}

fn rule(input: &CriterionInput) -> SurgeRule {
    surge_rule(input.run, input.judged, input.limit(CRITERION.id, &RATIO).get())
}

/// What counts as a surge in a run, where `ratio` is that of the speeds.
pub fn surge_rule(run: &RunMetrics, judged: &Judged, ratio: f64) -> SurgeRule {
    let heart_rate_tells = judged.coverage_pct() >= LEAST_COVERAGE_PCT;
    let seconds = if heart_rate_tells && run.distances.speed_recorded { 15 } else { 20 };
    SurgeRule {
        window_s: seconds,
        ratio: if heart_rate_tells { ratio } else { ratio * UNCONFIRMED },
        least_s: seconds,
        answer_bpm: heart_rate_tells.then_some(ANSWER_BPM),
    }
}

fn sentence(found: &[Span], seconds: u32, slips: bool) -> String {
    let strides = found.iter().all(|surge| (10..=40).contains(&surge.seconds));
    match found.len() {
        0 => "No surges.".to_owned(),
        1 => format!("One surge of {seconds} s."),
        count if slips && strides => {
            format!(
                "{count} strides of {} s on average: fine after an easy run, not in a recovery run.",
                plain(f64::from(seconds) / count as f64, 0)
            )
        }
        count => format!("{count} surges, {seconds} s in total."),
    }
}
