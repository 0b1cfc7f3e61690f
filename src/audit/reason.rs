//! What a run was, and why the verdict is what it is, in a sentence or two.

use super::answers::Answers;
use super::criteria::{effort_rating, fast_finish, heart_rate_coverage, planned_end, surges};
use super::criterion_input::CriterionInput;
use super::duration_limits::DURATION;
use super::effort::limits::{LONGEST_ABOVE_CEILING, TIME_ABOVE_CEILING, TIME_HARD, TIME_MODERATE};
use super::effort::{Rated, Ratings};
use super::outcome::Outcome;
use super::ruling::ActualEffort;
use super::wording::{duration, plain};
use crate::session::Verdict;

const EFFORT_RATING: &str = effort_rating::CRITERION.id;

/// The rules that name a run, in the order in which they do.
const NAMING: [&str; 5] = [TIME_HARD, TIME_MODERATE, TIME_ABOVE_CEILING, DURATION, EFFORT_RATING];
/// The rules that lower a verdict, in the order of their weight. Of the heart-rate rules the first is said.
const HEART_RATE: [&str; 4] = [TIME_ABOVE_CEILING, TIME_MODERATE, LONGEST_ABOVE_CEILING, TIME_HARD];
const OTHERS: [&str; 5] = [
    DURATION,
    planned_end::CRITERION.id,
    surges::CRITERION.id,
    fast_finish::CRITERION.id,
    EFFORT_RATING,
];

/// What the run was; `None` where its effort is not known.
pub(super) fn was(
    input: &CriterionInput,
    answers: Answers,
    verdict: Verdict,
) -> Option<ActualEffort> {
    match verdict {
        Verdict::CannotJudge => None,
        Verdict::Kept => Some(ActualEffort::Recovery),
        Verdict::Slipped => Some(ActualEffort::Almost),
        Verdict::NotRecovery => named(input, answers),
    }
}

fn named(input: &CriterionInput, answers: Answers) -> Option<ActualEffort> {
    let is_unreadable = answers.effort() == Outcome::Cannot;
    match naming(input, answers)? {
        TIME_HARD => Some(ActualEffort::Hard),
        TIME_MODERATE => Some(ActualEffort::Moderate),
        TIME_ABOVE_CEILING => Some(ActualEffort::Easy),
        _ if answers.result(EFFORT_RATING) == Outcome::Fail
            && (is_unreadable || answers.result(DURATION) != Outcome::Fail) =>
        {
            Some(ActualEffort::FeltHard)
        }
        _ if is_unreadable => None,
        _ => Some(ActualEffort::EasyButLong),
    }
}

/// The rule that names the run: the first that fails at the lenient lines too, else the first that
/// fails.
fn naming(input: &CriterionInput, answers: Answers) -> Option<&'static str> {
    let fails = |id: &&str| answers.result(id) == Outcome::Fail;
    let surely = |id: &&str| {
        let lenient = input.effort.decided().and_then(|rated| of_rule(&rated.lenient, id));
        fails(id) && lenient.is_none_or(|lenient| lenient == Outcome::Fail)
    };
    NAMING.into_iter().find(surely).or_else(|| NAMING.into_iter().find(fails))
}

fn of_rule(ratings: &Ratings, id: &str) -> Option<Outcome> {
    match id {
        TIME_HARD => Some(ratings.hard),
        TIME_MODERATE => Some(ratings.moderate),
        TIME_ABOVE_CEILING => Some(ratings.above_ceiling),
        _ => None,
    }
}

/// The criteria that make the verdict, the decisive one first.
pub(super) fn reasons(
    input: &CriterionInput,
    answers: Answers,
    verdict: Verdict,
) -> Vec<&'static str> {
    match verdict {
        // First what a reader may wonder at.
        Verdict::Kept if input.run.durations.moving.minutes() > USUAL_MIN => {
            vec![DURATION, TIME_ABOVE_CEILING]
        }
        Verdict::Kept => vec![TIME_ABOVE_CEILING, DURATION],
        Verdict::Slipped => slipping(answers),
        Verdict::NotRecovery => failing(input, answers),
        Verdict::CannotJudge => unreadable(answers).into_iter().collect(),
    }
}

/// A longer run than most, in minutes.
const USUAL_MIN: f64 = 40.0;

/// Why the verdict is what it is, from its reasons.
pub(super) fn because(
    input: &CriterionInput,
    answers: Answers,
    verdict: Verdict,
    reasons: &[&str],
) -> String {
    match verdict {
        Verdict::Kept => kept(input, &texts(answers, reasons)),
        Verdict::NotRecovery => not_recovery(input, answers, reasons),
        Verdict::Slipped | Verdict::CannotJudge => texts(answers, reasons),
    }
}

fn texts(answers: Answers, ids: &[&str]) -> String {
    ids.iter().map(|id| answers.text(id)).collect::<Vec<_>>().join(" ")
}

/// What a run that seems kept says of its damaged file.
const DAMAGED: &str = "The file is damaged: a rating, a planned end or a hard part may be lost, so this is borderline at most.";

/// Both that it was easy and that it was short, and on what condition.
fn kept(input: &CriterionInput, both: &str) -> String {
    let damaged = if input.run.metadata.damaged { format!(" {DAMAGED}") } else { String::new() };
    let both = format!("{both}{damaged}");
    let lowest = input.context.lines.and_then(|lines| lines.lowest_maximum());
    match lowest {
        Some(lowest) => format!(
            "{both} This holds if your maximum heart rate is at least {}.",
            plain(lowest.get(), 0)
        ),
        None => both,
    }
}

/// What slips, by its weight; of the heart-rate rules one.
fn slipping(answers: Answers) -> Vec<&'static str> {
    let slips = |id: &&str| answers.result(id) == Outcome::Slip;
    let heart_rate = HEART_RATE.into_iter().find(slips);
    heart_rate.into_iter().chain(OTHERS.into_iter().filter(slips)).collect()
}

fn not_recovery(input: &CriterionInput, answers: Answers, failing: &[&str]) -> String {
    match failing {
        [] => String::new(),
        [only] if answers.effort() == Outcome::Cannot => {
            let unreadable = unreadable(answers).map_or("", |id| answers.text(id));
            format!("{} {unreadable}", answers.text(only))
        }
        [only] if *only == DURATION && answers.effort() == Outcome::Pass => {
            format!("Easy enough, but {}", lower_first(answers.text(DURATION)))
        }
        [only] => answers.text(only).to_owned(),
        _ => together(input, failing),
    }
}

/// What fails, that which names the run first; of the heart-rate rules one.
fn failing(input: &CriterionInput, answers: Answers) -> Vec<&'static str> {
    let first = naming(input, answers);
    let is_heart_rate = |id: &str| HEART_RATE.contains(&id);
    let mut failing: Vec<&str> = first.into_iter().collect();
    for id in NAMING.into_iter().filter(|id| answers.result(id) == Outcome::Fail) {
        let already =
            failing.iter().any(|other| *other == id || is_heart_rate(other) && is_heart_rate(id));
        if !already {
            failing.push(id);
        }
    }
    failing
}

/// Several faults in one sentence.
fn together(input: &CriterionInput, failing: &[&str]) -> String {
    let clauses: Vec<String> = failing.iter().filter_map(|id| clause(input, id)).collect();
    let Some((last, before)) = clauses.split_last() else { return String::new() };
    format!("{}, and {last}.", upper_first(&before.join(", ")))
}

fn clause(input: &CriterionInput, id: &str) -> Option<String> {
    let lines = input.context.lines.as_ref();
    let rated = input.effort.decided();
    let time = |of: fn(&Rated) -> u32| rated.map(|rated| duration(of(rated)));
    Some(match id {
        TIME_HARD => format!(
            "{} above the hard line of {} bpm",
            time(|rated| rated.times.hard.seconds)?,
            plain(lines?.hard.get(), 0)
        ),
        TIME_MODERATE => format!(
            "{} above the moderate line of {} bpm",
            time(|rated| rated.times.moderate.seconds)?,
            plain(lines?.moderate.get(), 0)
        ),
        TIME_ABOVE_CEILING => format!(
            "above the easy line of {} bpm for {} % of it",
            plain(lines?.easy.get(), 0),
            plain(rated?.times.easy_share_pct(), 0)
        ),
        DURATION => format!("{} min long", plain(input.run.durations.moving.minutes(), 0)),
        _ => format!("rated {} of 10 by you", plain(input.context.rating.exertion?.value, 1)),
    })
}

/// The first thing that stands in the way of a verdict: the gate, or the length.
fn unreadable(answers: Answers) -> Option<&'static str> {
    [heart_rate_coverage::CRITERION.id, DURATION]
        .into_iter()
        .find(|id| answers.result(id) == Outcome::Cannot)
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Exertion, Rating};
    use crate::audit::Ruling;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;

    fn ruled(minutes: usize, beats: u16) -> Ruling {
        let beats = move |k: usize| Some(beats - 1 + (k / 5 % 3) as u16);
        TestRun::of(run(60 * minutes, |k| (beats(k), 2_500, 166))).judge().ruling
    }

    #[test]
    fn two_faults_are_said_in_one_sentence() {
        // At its highest the moderate line is 158.3 bpm, so the heart rate fails as surely as the length.
        let both = ruled(70, 162);
        assert_eq!(both.was, Some(ActualEffort::Moderate));
        assert_eq!(both.because, "67 min above the moderate line of 154 bpm, and 70 min long.");
    }

    #[test]
    fn the_length_is_the_reason_where_the_heart_rate_fails_only_nominally() {
        let long = ruled(70, 151);
        assert_eq!(long.was, Some(ActualEffort::EasyButLong));
        assert!(long.because.starts_with("70 min long, and above the easy line of 149 bpm for"));
    }

    #[test]
    fn all_slips_are_said() {
        let both = ruled(56, 147);
        assert_eq!((both.verdict, both.was), (Verdict::Slipped, Some(ActualEffort::Almost)));
        let (hard, long) = both.because.split_once(". ").unwrap();
        assert!(hard.starts_with("A little too hard: above your ceiling of 145 bpm"), "{hard}");
        assert!(long.starts_with("A little too long: 56 min"), "{long}");
    }

    #[test]
    fn without_heart_rate_a_length_alone_names_nothing() {
        let bare = |rating: Option<f64>| {
            let rating = Rating { exertion: rating.map(Exertion::cr10), feel: None };
            let row = TestRun::of(run(4500, |_| (None, 2_500, 166)));
            TestRun { rating, ..row }.judge().ruling
        };
        assert_eq!((bare(None).verdict, bare(None).was), (Verdict::NotRecovery, None));
        assert!(bare(None).because.ends_with("its file holds no heart rate."));
        assert_eq!(bare(Some(6.0)).was, Some(ActualEffort::FeltHard));
    }

    #[test]
    fn a_kept_run_above_the_usual_length_says_so_first() {
        assert!(ruled(48, 130).because.starts_with("48 min, longer than your 40"));
        assert!(ruled(30, 130).because.starts_with("You stayed under 145 bpm all the way."));
    }
}
