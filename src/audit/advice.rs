//! What to do next time: an answer to every fault.

use serde::{Deserialize, Serialize};

use super::answers::Answers;
use super::criteria::{effort_rating, fast_finish, planned_end, surges};
use super::criterion_input::CriterionInput;
use super::duration_limits::{DURATION, DurationLimits};
use super::effort::NoVerdictReason;
use super::finding::Finding;
use super::pace::pace_under_ceiling;
use super::wording::plain;
use crate::units::{MetresPerSecond, SecondsPerKilometre};

/// One sentence of advice and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// The sentence.
    pub text: String,
    /// The grade-adjusted pace up to which heart rate stayed under the ceiling.
    pub up_to: Option<SecondsPerKilometre>,
    /// How many runs that pace rests on.
    pub basis_runs: usize,
}

/// Where no pace can be given, the next start is this much slower, in seconds per kilometre.
const SLOWER_START_S_PER_KM: f64 = 30.0;
/// Advice for the next recovery run, an answer to every fault in the order of their weight; `None`
/// for a run without any.
pub(super) fn next_time(input: &CriterionInput, findings: &[Finding]) -> Option<Advice> {
    let answers = Answers(findings);
    let is_guess = input.effort.undecided == Some(NoVerdictReason::GuessedAnchor);
    let slower = (answers.effort().is_fault() || is_guess).then(|| slower(input));
    let (pace, runs) = slower.as_ref().map_or((None, 0), |slower| (slower.up_to, slower.runs));
    let rest = [length(input, answers), strides(answers), finish(answers), feeling(answers)];
    let parts: Vec<String> =
        slower.map(|slower| slower.text).into_iter().chain(rest.into_iter().flatten()).collect();
    (!parts.is_empty()).then(|| Advice {
        text: format!("Next time: {}.", parts.join("; ")),
        up_to: pace,
        basis_runs: runs,
    })
}

/// How to run more slowly.
struct Slower {
    text: String,
    up_to: Option<SecondsPerKilometre>,
    runs: usize,
}

fn slower(input: &CriterionInput) -> Slower {
    let without_pace = |text: String| Slower { text, up_to: None, runs: 0 };
    let Some(lines) = input.context.lines.filter(|lines| !lines.guessed) else {
        let talking = "slow enough to talk in full sentences, walk where needed".to_owned();
        // Where the guess decides nothing, the verdict itself names the setting.
        let is_named = input.effort.undecided.is_some();
        return without_pace(if is_named {
            talking
        } else {
            format!("{talking}; `talk_test` in the settings is missing")
        });
    };
    let ceiling = plain(lines.ceiling.get(), 0);
    let own = input.context.this.speed.and_then(MetresPerSecond::pace);
    match (pace_under_ceiling(input, lines.ceiling.get()), own) {
        (Some((pace, runs)), _) => Slower {
            text: format!(
                "on the flat, no faster than {} keeps you under {ceiling} bpm (from {runs} runs of the last 8 weeks)",
                input.wording().pace(pace)
            ),
            up_to: Some(pace),
            runs,
        },
        (None, Some(own)) if is_too_fast_throughout(input) => {
            let start = SecondsPerKilometre::of(own.get() + SLOWER_START_S_PER_KM);
            without_pace(format!(
                "stay under {ceiling} bpm, walking where needed; start slower than {}",
                input.wording().pace(start)
            ))
        }
        (None, _) => without_pace(format!("stay under {ceiling} bpm, walking where needed")),
    }
}

/// Whether more than half of the run was above the ceiling, so that its pace as a whole is to blame.
fn is_too_fast_throughout(input: &CriterionInput) -> bool {
    input.effort.rated.as_ref().is_some_and(|rated| rated.times.share_pct() > 50.0)
}

/// When to stop: where the plan ends, and in any case at the limit.
fn length(input: &CriterionInput, answers: Answers) -> Option<String> {
    let limit = plain(DurationLimits::of(input).own, 0);
    match (
        answers.result(DURATION).is_fault(),
        answers.result(planned_end::CRITERION.id).is_fault(),
    ) {
        (true, true) => Some(format!("stop where the plan ends, after {limit} min at the latest")),
        (true, false) => Some(format!("stop after {limit} min")),
        (false, true) => Some("stop where the plan ends".to_owned()),
        (false, false) => None,
    }
}

fn strides(answers: Answers) -> Option<String> {
    answers.result(surges::CRITERION.id).is_fault().then(|| "skip the strides".to_owned())
}

fn finish(answers: Answers) -> Option<String> {
    answers
        .result(fast_finish::CRITERION.id)
        .is_fault()
        .then(|| "finish as slowly as you began".to_owned())
}

fn feeling(answers: Answers) -> Option<String> {
    answers
        .result(effort_rating::CRITERION.id)
        .is_fault()
        .then(|| "slow down as soon as it feels like more than easy".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::activity::PlannedEnd;
    use crate::athlete::AnchorEvidence;
    use crate::audit::testing::{TODAY, TestRun};
    use crate::history::PastRun;
    use crate::history::testing::{day, easy_on};
    use crate::metrics::testing::run;
    use crate::units::Seconds;

    /// Half an hour at 2.8 m/s (5:57/km) and about so many bpm, by an athlete whose ceiling is 145.2.
    fn at(beats: u16) -> TestRun {
        TestRun::of(run(1800, |k| (Some(beats - 1 + (k / 5 % 3) as u16), 2_800, 166)))
    }

    /// Five easy runs at so many m/s, whose minutes stayed under the ceiling up to 3 m/s.
    fn known(test_run: TestRun, easy_m_s: f64) -> TestRun {
        let minutes = [(2.5, 135.0), (2.6, 138.0), (2.9, 140.0), (3.0, 142.0)].repeat(3);
        let quiet = |run: PastRun| PastRun { minutes: minutes.clone(), ..run };
        let past = (0..5).map(|k| quiet(easy_on(day(TODAY - 20 + k), easy_m_s))).collect();
        let mut run = test_run.after_runs(past);
        run.this.effort = run.past[0].effort.clone();
        run.this.minutes = minutes;
        run
    }

    #[test]
    fn a_kept_run_gets_no_advice() {
        assert_eq!(at(130).judge().next_time, None);
    }

    #[test]
    fn a_run_too_hard_is_never_told_to_run_faster_than_it_was() {
        let advice = known(at(151), 3.5).judge().next_time.unwrap();
        // Past minutes allow 3 m/s; the run itself was too hard at 2.8 m/s.
        assert!((advice.up_to.unwrap().get() - 1000.0 / 2.8).abs() < 1e-6, "{advice:?}");
        assert_eq!(advice.basis_runs, 6);
        assert!(
            advice.text.starts_with("Next time: on the flat, no faster than 5:57/km keeps you")
        );
    }

    #[test]
    fn nor_faster_than_recovery_pace() {
        let advice = known(at(151), 2.9).judge().next_time.unwrap();
        // 1000 / 2.9 + 60 / 1.609344 s per km
        assert!((advice.up_to.unwrap().get() - 382.110).abs() < 1e-3, "{advice:?}");
    }

    #[test]
    fn without_history_it_starts_more_slowly() {
        let advice = at(151).judge().next_time.unwrap();
        let text =
            "Next time: stay under 145 bpm, walking where needed; start slower than 6:27/km.";
        assert_eq!((advice.text.as_str(), advice.up_to), (text, None));
    }

    #[test]
    fn a_guess_gives_no_number() {
        let stranger = TestRun { evidence: AnchorEvidence::default(), ..known(at(172), 2.9) };
        let advice = stranger.judge().next_time.unwrap();
        assert_eq!(advice.up_to, None);
        assert!(!advice.text.contains("bpm") && advice.text.contains("`talk_test`"), "{advice:?}");
        let undecided = TestRun { evidence: AnchorEvidence::default(), ..at(140) }.judge();
        assert!(undecided.ruling.because.contains("`talk_test`"));
        assert!(!undecided.next_time.unwrap().text.contains("`talk_test`"), "said once");
    }

    #[test]
    fn every_fault_is_answered() {
        let long = |k: usize| (Some(146 + (k / 5 % 3) as u16), 2_800, 166);
        let test_run = TestRun {
            planned_end: Some(PlannedEnd::After(Seconds::from_minutes(30.0))),
            ..TestRun::of(run(3400, long))
        };
        let text = test_run.judge().next_time.unwrap().text;
        let (hard, rest) = text.rsplit_once("; ").unwrap();
        assert!(hard.starts_with("Next time: stay under 145 bpm"), "{text}");
        assert_eq!(rest, "stop where the plan ends, after 40 min at the latest.");
    }
}
