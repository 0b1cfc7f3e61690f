//! Was the start faster than the run?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::pair;
use crate::metrics::span::Span;
use crate::metrics::steadiness::running_seconds;

/// Speed of minutes 2–5 against the run's own.
pub static CRITERION: Criterion = Criterion {
    id: "fast-start",
    severity: Severity::Advisory,
    question: "Was the start as relaxed as the run?",
    why: "The first minutes feel easy at almost any pace, and the rest of the run pays for them.",
    article: "\"It should feel relaxed from start to finish.\"",
    how: "Mean grade-adjusted speed of minutes 2 to 5 of running over the run's own, the median of the middle half \
          of its minutes. More than 8 % faster is noted.",
    misleads: "A downhill way out on poor altitude; run-walk sessions, which are not asked.",
    missing: "No speed data, or too short a run; not checked.",
    sources: &[Reference {
        citation: "8 % is above the noise of satellite speed and ground: this tool's choice",
        strength: Strength::Custom,
    }],
    limits: &[&NOTE],
    assess,
};

/// Quiet up to here.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note_ratio",
    default: 1.08,
    range: 1.0..=2.0,
    unit: "",
    meaning: "a start above this ratio is noted",
};

/// Minutes 2 to 5, in seconds of running.
const START_S: std::ops::Range<usize> = 60..300;

fn assess(input: &CriterionInput) -> Assessment {
    if input.run.is_run_walk() {
        return Assessment::cannot(
            "A run-walk session has no steady speed to compare; not checked.",
        );
    }
    let measured = input.run.steadiness.as_ref().ok().and_then(|steadiness| steadiness.start_ratio);
    let Some(ratio) = measured else { return Assessment::cannot(CRITERION.missing) };
    let limit = input.limit(CRITERION.id, &NOTE);
    let (faster, allowed) = pair(100.0 * (ratio - 1.0), 100.0 * (limit.get() - 1.0), 0);
    if limit.exceeded_by(ratio) {
        let text = format!(
            "Minutes 2 to 5 were {faster} % faster than the run; more than {allowed} % is a fast start."
        );
        return Assessment::measured(Outcome::Note, ratio, limit, "", text).at(start(input));
    }
    let text = if ratio < 1.005 {
        "The start was no faster than the run.".to_owned()
    } else {
        format!("Minutes 2 to 5 were {faster} % faster than the run; up to {allowed} % is fine.")
    };
    Assessment::measured(Outcome::Pass, ratio, limit, "", text)
}

fn start(input: &CriterionInput) -> Vec<Span> {
    let running = running_seconds(input.series);
    let minutes = running.get(START_S).and_then(|seconds| seconds.first().zip(seconds.last()));
    minutes.map(|(first, last)| Span::of(&(*first..last + 1))).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;

    fn starting_at(speed: u16) -> TestRun {
        TestRun::paced(30, |k| if k < 300 { speed } else { 2_500 })
    }

    #[test]
    fn an_even_and_a_slow_start_pass() {
        assert_eq!(starting_at(2_600).ask(&CRITERION).result, Outcome::Pass);
        let slow = starting_at(2_200).ask(&CRITERION);
        assert_eq!(&*slow.text, "The start was no faster than the run.");
    }

    #[test]
    fn a_fast_start_is_noted_with_its_place() {
        let fast = starting_at(2_800).ask(&CRITERION);
        assert_eq!(fast.result, Outcome::Note);
        assert_eq!(fast.value.map(|ratio| (100.0 * ratio).round()), Some(112.0));
        assert_eq!(*fast.spans, [Span { start: 60, seconds: 240 }]);
        assert_eq!(
            &*fast.text,
            "Minutes 2 to 5 were 12 % faster than the run; more than 8 % is a fast start."
        );
    }

    #[test]
    fn run_walks_and_runs_of_four_minutes_are_not_asked() {
        let walked = |k: usize| if k % 300 < 60 { 1_300 } else { 2_500 };
        let run_walk = TestRun::of(run(1_800, |k| (Some(130), walked(k), 120)));
        assert!(run_walk.ask(&CRITERION).text.starts_with("A run-walk session"));
        assert_eq!(TestRun::steady(4, 2_500).ask(&CRITERION).result, Outcome::Cannot);
    }
}
