//! Where the signs point when nothing can be decided; never a verdict.

use super::answers::Answers;
use super::criteria::effort_rating;
use super::criterion_input::CriterionInput;
use super::duration_limits::DURATION;
use super::effort::NoVerdictReason;
use super::limit::Limit;
use super::outcome::Outcome;
use super::ruling::Leaning;
use crate::activity::PrimaryBenefit;

/// Up to this share of the best speed over five minutes a run is easy, in percent (comfortable
/// speech at 64 % of the maximal speed: Condello 2014, J Sports Sci Med 13:309), …
const EASY_SPEED_PCT: Limit = Limit::of(64.0);
/// … and above this it is not (first threshold at 73.9 ± 5.5 % of the speed at maximal oxygen
/// uptake: Esteve-Lanao 2026, Sports 14:29).
const HARD_SPEED_PCT: Limit = Limit::of(74.0);
/// Days whose best speed counts, and runs that must be among them.
const BEST_DAYS: i64 = 90;
const FEWEST_RUNS: usize = 6;

/// The first sign that points anywhere.
pub(super) fn leaning(input: &CriterionInput, answers: Answers) -> Option<Leaning> {
    let rating = answers.result(effort_rating::CRITERION.id);
    let faults = answers.result(DURATION).is_fault() || rating.is_fault();
    faults
        .then_some(Leaning::Hard)
        .or_else(|| by_heart_rate(input))
        .or_else(|| (rating == Outcome::Pass).then_some(Leaning::Easy))
        .or_else(|| by_speed(input))
        .or_else(|| by_benefit(input))
}

/// What could be read of the heart rate, unless it may be the sensor's.
fn by_heart_rate(input: &CriterionInput) -> Option<Leaning> {
    let readable = !matches!(
        input.effort.undecided,
        Some(
            NoVerdictReason::Suspected | NoVerdictReason::TooLow(_) | NoVerdictReason::WithoutSteps
        )
    );
    let rated = input.effort.rated.as_ref().filter(|_| readable)?;
    Some(if rated.nominal.worst().is_fault() { Leaning::Hard } else { Leaning::Easy })
}

/// The run's own speed as a share of the best five minutes of the last months. Who only jogs is
/// always near that best, so it shows a hard run only where it comes from a quality session.
fn by_speed(input: &CriterionInput) -> Option<Leaning> {
    let own = input.context.this.speed?.get();
    let runs = input.context.past.runs_within(BEST_DAYS);
    let flat = runs.filter_map(|run| Some((run.best_5_min_speed?.get(), run.is_quality())));
    let flat: Vec<(f64, bool)> = flat.collect();
    let (best, of_quality) =
        flat.iter().copied().max_by(|left, right| left.0.total_cmp(&right.0))?;
    let share = 100.0 * own / best;
    match () {
        () if flat.len() < FEWEST_RUNS => None,
        () if !EASY_SPEED_PCT.exceeded_by(share) => Some(Leaning::Easy),
        () if of_quality && HARD_SPEED_PCT.exceeded_by(share) => Some(Leaning::Hard),
        () => None,
    }
}

/// The watch's own word for what the run trained, where the lines rest on a guess: it is derived
/// from heart rate, so it is no evidence of its own.
fn by_benefit(input: &CriterionInput) -> Option<Leaning> {
    input.context.lines.filter(|lines| lines.guessed)?;
    match input.context.primary_benefit? {
        PrimaryBenefit::Recovery | PrimaryBenefit::Base => Some(Leaning::Easy),
        PrimaryBenefit::Threshold | PrimaryBenefit::Vo2max => Some(Leaning::Hard),
        PrimaryBenefit::None
        | PrimaryBenefit::Tempo
        | PrimaryBenefit::Anaerobic
        | PrimaryBenefit::Sprint => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Exertion, Rating};
    use crate::athlete::AnchorEvidence;
    use crate::audit::testing::{TODAY, TestRun, labelled, tested};
    use crate::history::PastRun;
    use crate::history::testing::{day, run_on};
    use crate::metrics::testing::run;
    use crate::session::SessionKind;
    use crate::units::MetresPerSecond;

    /// Half an hour at 2.5 m/s without heart rate, after six runs whose best five minutes were at 4 m/s.
    fn bare(best: Option<SessionKind>) -> TestRun {
        let fast = |run: PastRun, speed: f64| PastRun {
            best_5_min_speed: MetresPerSecond::new(speed),
            ..run
        };
        let easy = (1..6).map(|k| fast(run_on(day(TODAY - 10 - k), 30.0), 2.8));
        let last = best.map(|kind| fast(labelled(kind, day(TODAY - 3), 40.0), 4.0));
        TestRun::of(run(1800, |_| (None, 2_500, 166))).after_runs(easy.chain(last).collect())
    }

    fn leaning(test_run: &TestRun) -> Option<Leaning> {
        test_run.judge().ruling.leaning
    }

    #[test]
    fn speed_points_somewhere_only_against_a_best() {
        assert_eq!(leaning(&bare(Some(SessionKind::Tempo))), Some(Leaning::Easy), "62.5 %");
        assert_eq!(leaning(&bare(None)), None, "five runs");
        let mut jogger = bare(Some(SessionKind::Easy));
        jogger.past[5].best_5_min_speed = MetresPerSecond::new(2.8);
        assert_eq!(leaning(&jogger), None, "who only jogs is always near the best");
        let mut fast = bare(Some(SessionKind::Tempo));
        fast.past[5].best_5_min_speed = MetresPerSecond::new(3.3);
        assert_eq!(leaning(&fast), Some(Leaning::Hard), "75.8 %");
    }

    #[test]
    fn a_rating_comes_before_speed() {
        let rated = |value| TestRun {
            rating: Rating { exertion: Some(Exertion::cr10(value)), feel: None },
            ..bare(Some(SessionKind::Tempo))
        };
        assert_eq!(leaning(&rated(3.0)), Some(Leaning::Hard));
        assert_eq!(leaning(&rated(2.0)), Some(Leaning::Easy));
    }

    #[test]
    fn what_can_be_read_of_the_heart_rate_points_and_the_benefit_only_at_a_guess() {
        let at = |beats: u16| {
            let beats =
                move |k: usize| (!k.is_multiple_of(3)).then_some(beats + (k / 5 % 3) as u16);
            TestRun::of(run(1800, |k| (beats(k), 2_500, 166)))
        };
        assert_eq!(leaning(&at(130)), Some(Leaning::Easy));
        assert_eq!(leaning(&at(147)), Some(Leaning::Hard));
        let measured = TestRun { primary_benefit: Some(PrimaryBenefit::Threshold), ..bare(None) };
        assert_eq!(leaning(&measured), None, "no heart rate, no lines");
        let sparse = |primary_benefit, evidence| {
            // One second of heart rate before the judged time, so that there are lines.
            let beats = |k: usize| (k < 20).then_some(120);
            let row = TestRun::of(run(1800, |k| (beats(k), 2_500, 166)));
            leaning(&TestRun { primary_benefit: Some(primary_benefit), evidence, ..row })
        };
        assert_eq!(
            sparse(PrimaryBenefit::Threshold, AnchorEvidence::default()),
            Some(Leaning::Hard)
        );
        assert_eq!(sparse(PrimaryBenefit::Base, AnchorEvidence::default()), Some(Leaning::Easy));
        assert_eq!(sparse(PrimaryBenefit::Tempo, AnchorEvidence::default()), None);
        assert_eq!(sparse(PrimaryBenefit::Threshold, tested()), None, "lines that are no guess");
    }
}
