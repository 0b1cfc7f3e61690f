//! Was it slow and still hard?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::Ratings;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};

/// Pace far below easy with a heart rate above its lines.
pub static CRITERION: Criterion = Criterion {
    id: "struggle",
    severity: Severity::Advisory,
    question: "Was it as easy as it was slow?",
    why: "A heart rate that stays high although the pace is low is a signal to read, not to run through.",
    article: "\"A recovery run that becomes a struggle to get through is no longer serving its purpose.\"",
    how: "Noted where the time above the ceiling or the longest stretch above it slips or fails although the run's own \
          grade-adjusted pace is 60 s per mile (37 s/km) or more slower than the pace of your easy runs. A short hard \
          part alone is no struggle.",
    misleads: "Soft ground, wind, a pushchair or a rucksack make a run slow and hard; a ceiling that is set too low.",
    missing: "Needs heart rate and your easy pace (5 easy runs in 8 weeks).",
    sources: &[Reference {
        citation: "The article; 60 s per mile is the lower end of the gap it gives between recovery and easy pace",
        strength: Strength::Custom,
    }],
    limits: &[&GAP],
    assess,
};

/// How much slower than easy counts as slow.
pub static GAP: LimitDefinition = LimitDefinition {
    key: "seconds_per_mile",
    default: 60.0,
    range: 1.0..=600.0,
    unit: "s/mile",
    meaning: "a run this much slower than easy pace should not be hard",
};

fn assess(input: &CriterionInput) -> Assessment {
    // The mean runner's lines say nothing of this one's struggle.
    let is_stranger = input.context.lines.is_some_and(|lines| lines.nothing_known());
    let effort = if is_stranger { Outcome::Cannot } else { input.effort.answer(lasting) };
    let Some(gap) = seconds_slower(input).filter(|_| effort != Outcome::Cannot) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let limit = input.limit(CRITERION.id, &GAP);
    let hard = effort.is_fault();
    let (result, text) = if hard && limit.reached_by(gap) {
        let text = format!(
            "Slow and still working: {} slower than your easy pace (noted from {}) and yet above your \
             ceiling; perhaps heat, illness or deep fatigue. Consider rest.",
            input.wording().pace_difference_of_mile(gap),
            input.wording().pace_difference_of_mile(limit.get())
        );
        (Outcome::Note, text)
    } else {
        (Outcome::Pass, "No sign of a struggle.".to_owned())
    };
    Assessment::measured(result, gap, limit, "s/mile", text)
}

/// The rules that a heart rate breaks by staying high.
fn lasting(ratings: &Ratings) -> Outcome {
    Outcome::worst([ratings.above_ceiling, ratings.longest])
}

/// How much slower than easy pace the run was, in seconds per mile.
fn seconds_slower(input: &CriterionInput) -> Option<f64> {
    let own = input.context.this.speed?.pace()?;
    Some(own.per_mile() - input.context.easy.speed()?.pace()?.per_mile())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{TODAY, TestRun};
    use crate::history::testing::{day, easy_on};
    use crate::metrics::testing::run;

    fn at(beats: Option<u16>, speed: u16) -> TestRun {
        let easy = (0..5).map(|k| easy_on(day(TODAY - 20 + k), 2.8)).collect();
        TestRun::of(run(1800, |_| (beats, speed, 166))).after_runs(easy)
    }

    #[test]
    fn slow_and_hard_is_a_struggle() {
        let found = at(Some(160), 2_500).ask(&CRITERION);
        assert_eq!(found.result, Outcome::Note);
        // 1609.344 / 2.5 − 1609.344 / 2.8
        assert!((found.value.unwrap() - 68.972).abs() < 1e-3, "{found:?}");
    }

    #[test]
    fn neither_slow_nor_hard_alone_is_one() {
        assert_eq!(at(Some(130), 2_500).ask(&CRITERION).result, Outcome::Pass);
        assert_eq!(at(Some(160), 2_700).ask(&CRITERION).result, Outcome::Pass);
    }

    #[test]
    fn one_burst_is_no_struggle() {
        let burst = |k| Some(if (900..960).contains(&k) { 170 } else { 130 });
        let hard = TestRun {
            row: TestRun::of(run(1800, |k| (burst(k), 2_500, 166))).row,
            ..at(Some(130), 2_500)
        };
        assert_eq!(hard.ask(&CRITERION).result, Outcome::Pass);
    }

    #[test]
    fn it_needs_heart_rate_and_easy_pace() {
        assert_eq!(at(None, 2_500).ask(&CRITERION).result, Outcome::Cannot);
        let first = at(Some(160), 2_500).after_runs(Vec::new());
        assert_eq!(&*first.ask(&CRITERION).text, CRITERION.missing);
    }
}
