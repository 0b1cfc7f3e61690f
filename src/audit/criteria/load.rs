//! Was it a light load?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};
use crate::history::EasyRuns;

/// Training impulse against that of the easy runs.
pub static CRITERION: Criterion = Criterion {
    id: "load",
    severity: Severity::Advisory,
    question: "Was it a light load?",
    why: "Effort and length together make the load; a recovery run should add little of it.",
    article: "\"Its purpose is not to build speed, test fitness, or add major training stress.\"",
    how: "Banister's training impulse (TRIMP), summed second by second from heart rate between resting and maximum, \
          against its median over your easy runs of the last 56 days (at least 3; all runs with a heart rate in at \
          least 90 % of their moving time). Up to 0.6 of it is light, above 0.9 is noted. Without your sex in the \
          settings or the file, men's constants are taken.",
    misleads: "The impulse rests on maximum and resting heart rate; a guess in either moves it, though mostly alike for \
               all runs. Hills and heat count as far as the heart answers them.",
    missing: "Needs HRmax, HRrest and easy runs.",
    sources: &[
        Reference {
            citation: "Banister 1991; women's constants after Morton, Fitz-Clarke & Banister 1990, J Appl Physiol 69:1171",
            strength: Strength::Study,
        },
        Reference {
            citation: "0.6 and 0.9 of an easy run are this tool's choice",
            strength: Strength::Custom,
        },
    ],
    limits: &[&LIGHT, &NOTE, &COVERAGE],
    assess,
};

/// Light up to here.
pub static LIGHT: LimitDefinition = LimitDefinition {
    key: "light",
    default: 0.6,
    range: 0.1..=2.0,
    unit: "",
    meaning: "up to this share of an easy run's load is light",
};
/// Noted above this.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note",
    default: 0.9,
    range: 0.1..=2.0,
    unit: "",
    meaning: "more than this share of an easy run's load is noted",
};
/// Heart rate that a load needs.
pub static COVERAGE: LimitDefinition = LimitDefinition {
    key: "coverage_percent",
    default: 90.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "share of moving time that must have a heart rate",
};

/// Easy runs that a median needs.
const LEAST_RUNS: usize = 3;

fn assess(input: &CriterionInput) -> Assessment {
    let this = input.context.this;
    let least = input.limit(CRITERION.id, &COVERAGE);
    if !least.reached_by(this.coverage.get()) {
        let (share, least) = pair(this.coverage.get(), least, 0);
        return Assessment::cannot(format!(
            "Cannot add up the load: {share} % of the moving time has a heart rate; {least} % are needed."
        ));
    }
    let usual = EasyRuns::of(&input.context.past)
        .median_of(LEAST_RUNS, |run| run.load.filter(|_| least.reached_by(run.coverage.get())))
        .filter(|usual| *usual > 0.0);
    let Some((own, usual)) = this.load.zip(usual) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let (light, note) = (input.limit(CRITERION.id, &LIGHT), input.limit(CRITERION.id, &NOTE));
    let share = own / usual;
    let result = Outcome::noted_above(share, note);
    let limit = if light.exceeded_by(share) { note } else { light };
    Assessment::measured(
        result,
        share,
        limit,
        "of an easy run",
        sentence(input, (own, usual), limit),
    )
}

fn sentence(input: &CriterionInput, (own, usual): (f64, f64), limit: Limit) -> String {
    let (light, note) = (input.limit(CRITERION.id, &LIGHT), input.limit(CRITERION.id, &NOTE));
    let share = own / usual;
    let (shown, limit) = pair(share, limit, 2);
    let sex =
        if input.context.sex.is_none() { " Men's constants; your sex is not given." } else { "" };
    let loads = format!("TRIMP {}, {} for your easy runs", plain(own, 0), plain(usual, 0));
    match share {
        share if !light.exceeded_by(share) => {
            format!("A light load: {loads} ({shown} of one; up to {limit} is light).{sex}")
        }
        share if !note.exceeded_by(share) => {
            format!(
                "Less load than an easy run: {loads} ({shown} of one; noted above {limit}).{sex}"
            )
        }
        _ => format!(
            "As much load as an easy run: {loads} ({shown} of one; noted above {limit}).{sex}"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{TODAY, TestRun};
    use crate::history::PastRun;
    use crate::history::testing::{day, easy_on};
    use crate::units::Percent;

    fn loaded(own: Option<f64>, easy: &[f64]) -> TestRun {
        let past = easy
            .iter()
            .zip(1..)
            .map(|(load, k)| PastRun { load: Some(*load), ..easy_on(day(TODAY - 20 + k), 2.8) });
        let mut test_run = TestRun::steady(30, 2_500).after_runs(past.collect());
        test_run.this.load = own;
        test_run
    }

    #[test]
    fn light_less_and_as_much() {
        let found = |own| loaded(Some(own), &[40.0, 50.0, 70.0]).ask(&CRITERION);
        assert_eq!((found(30.0).result, found(30.0).limit), (Outcome::Pass, Some(0.6)));
        assert!(found(30.0).text.starts_with("A light load: TRIMP 30, 50"), "{:?}", found(30.0));
        assert_eq!((found(45.0).result, found(45.0).limit), (Outcome::Pass, Some(0.9)));
        assert_eq!((found(46.0).result, found(46.0).value), (Outcome::Note, Some(0.92)));
        assert!(found(46.0).text.ends_with("Men's constants; your sex is not given."));
    }

    #[test]
    fn it_needs_anchors_and_three_easy_runs() {
        assert_eq!(&*loaded(None, &[50.0; 3]).ask(&CRITERION).text, CRITERION.missing);
        assert_eq!(&*loaded(Some(30.0), &[50.0; 2]).ask(&CRITERION).text, CRITERION.missing);
    }

    #[test]
    fn a_patchy_heart_rate_adds_up_to_no_load() {
        let mut test_run = loaded(Some(30.0), &[50.0; 3]);
        test_run.this.coverage = Percent::of(89.9);
        assert_eq!(test_run.ask(&CRITERION).result, Outcome::Cannot);
        let mut test_run = loaded(Some(30.0), &[50.0; 3]);
        test_run.past[0].coverage = Percent::of(80.0);
        assert_eq!(test_run.ask(&CRITERION).result, Outcome::Cannot, "nor is it compared with one");
    }
}
