//! Do these weeks need recovery runs?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::plain;
use crate::history::WeekMean;

/// Quality sessions and running days per week.
pub static CRITERION: Criterion = Criterion {
    id: "need",
    severity: Severity::Advisory,
    question: "Do your weeks need recovery runs?",
    why: "Where few days are run and few of them are hard, easy runs and days of rest may be enough.",
    article: "\"If you have at least two quality sessions per week and run 4+ days per week, recovery runs become a \
              meaningful tool; if you run 3 or fewer days per week, they're probably not necessary.\"",
    how: "Quality sessions (races, intervals, tempo runs) and days with a run per week, as means of the 4 weeks \
          before. From 2 quality sessions and 4 running days on, recovery runs are meaningful; with 3 running days \
          or fewer they are probably not necessary; else in between.",
    misleads: "Runs without label and heart rate are of unknown kind and count as no quality, which is said. Weeks of \
               holiday or illness lower the means.",
    missing: "Needs 3 weeks of runs.",
    sources: &[Reference {
        citation: "The article: two quality sessions and 4 running days a week; 3 or fewer",
        strength: Strength::Consensus,
    }],
    limits: &[&QUALITY, &DAYS, &FEW_DAYS],
    assess,
};

/// Quality sessions per week that make recovery runs meaningful, …
pub static QUALITY: LimitDefinition = LimitDefinition {
    key: "quality_per_week",
    default: 2.0,
    range: 0.0..=14.0,
    unit: "/week",
    meaning: "from so many quality sessions a week on, recovery runs are meaningful",
};
/// … with so many running days.
pub static DAYS: LimitDefinition = LimitDefinition {
    key: "days_per_week",
    default: 4.0,
    range: 1.0..=7.0,
    unit: "/week",
    meaning: "if there are also so many running days a week",
};
/// Running days up to which they are not necessary.
pub static FEW_DAYS: LimitDefinition = LimitDefinition {
    key: "few_days_per_week",
    default: 3.0,
    range: 0.0..=7.0,
    unit: "/week",
    meaning: "up to so many running days a week they are probably not necessary",
};

fn assess(input: &CriterionInput) -> Assessment {
    let Some(mean) = WeekMean::of(&input.context.past) else {
        return Assessment::cannot(CRITERION.missing);
    };
    if mean.running_days == 0.0 {
        return Assessment::cannot("No run in the 4 weeks before.");
    }
    let [quality, days, few] =
        [&QUALITY, &DAYS, &FEW_DAYS].map(|limit| input.limit(CRITERION.id, limit));
    let weeks = format!(
        "{} running days and {} quality sessions a week over the last {} weeks",
        plain(mean.running_days, 1),
        plain(mean.quality, 1),
        mean.weeks
    );
    let meaningful = quality.reached_by(mean.quality) && days.reached_by(mean.running_days);
    let (result, limit, text) = match () {
        () if !few.exceeded_by(mean.running_days) => (
            Outcome::Note,
            few,
            format!(
                "{weeks}: recovery runs are probably not necessary; easy runs and rest may do."
            ),
        ),
        () if meaningful => {
            (Outcome::Pass, days, format!("{weeks}: recovery runs have a place in such weeks."))
        }
        () => (
            Outcome::Pass,
            days,
            format!(
                "{weeks}: in between; recovery runs are meant for weeks with {} days and {} quality sessions or more.",
                plain(days, 1),
                plain(quality, 1)
            ),
        ),
    };
    let text = text + &unknown(&mean, !quality.reached_by(mean.quality));
    Assessment::measured(result, mean.running_days, limit, "/week", text)
}

/// Runs that may have been quality sessions, where that could matter.
fn unknown(mean: &WeekMean, matters: bool) -> String {
    match mean.unknown {
        0 => String::new(),
        _ if !matters => String::new(),
        1 => " The kind of 1 run is unknown; it may have been hard.".to_owned(),
        runs => format!(" The kind of {runs} runs is unknown; some may have been hard."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{TODAY, TestRun, labelled};
    use crate::history::PastRun;
    use crate::history::testing::{day, easy_on, run_on};
    use crate::session::SessionKind;

    /// Four weeks with easy runs on these weekdays and tempo runs on those.
    fn weeks(easy: &[u64], tempo: &[u64]) -> TestRun {
        let on = |weekdays: &[u64]| -> Vec<u64> {
            (0..4)
                .flat_map(|week| weekdays.iter().map(move |k| TODAY - 28 + 7 * week + k))
                .collect()
        };
        let easy = on(easy).into_iter().map(|k| easy_on(day(k), 2.8));
        let hard = on(tempo).into_iter().map(|k| labelled(SessionKind::Tempo, day(k), 45.0));
        let mut past: Vec<PastRun> = easy.chain(hard).collect();
        past.sort_by_key(|run| run.start);
        TestRun::steady(30, 2_500).after_runs(past)
    }

    #[test]
    fn four_days_and_two_quality_sessions_have_a_place_for_them() {
        let found = weeks(&[0, 3], &[1, 5]).ask(&CRITERION);
        assert_eq!((found.result, found.value), (Outcome::Pass, Some(4.0)), "{found:?}");
        assert!(found.text.ends_with("recovery runs have a place in such weeks."));
        let between = weeks(&[0, 2, 3, 4], &[1]).ask(&CRITERION);
        assert_eq!(between.result, Outcome::Pass);
        assert!(between.text.contains("in between"), "{}", between.text);
    }

    #[test]
    fn weeks_without_any_run_tell_nothing() {
        let old = vec![easy_on(day(TODAY - 50), 2.8), easy_on(day(TODAY - 29), 2.8)];
        let found = TestRun::steady(30, 2_500).after_runs(old.clone()).ask(&CRITERION);
        assert_eq!(
            (found.result, &*found.text),
            (Outcome::Cannot, "No run in the 4 weeks before.")
        );
        let one = [old, vec![easy_on(day(TODAY - 28), 2.8)]].concat();
        let found = TestRun::steady(30, 2_500).after_runs(one).ask(&CRITERION);
        assert_eq!((found.result, found.value), (Outcome::Note, Some(0.25)));
    }

    #[test]
    fn three_days_do_without() {
        let found = weeks(&[0], &[1, 5]).ask(&CRITERION);
        assert_eq!((found.result, found.limit), (Outcome::Note, Some(3.0)));
        assert!(found.text.contains("probably not necessary"), "{}", found.text);
    }

    #[test]
    fn two_weeks_tell_nothing_and_unknown_kinds_are_said() {
        let short = vec![easy_on(day(TODAY - 14), 2.8)];
        let found = TestRun::steady(30, 2_500).after_runs(short).ask(&CRITERION);
        assert_eq!(&*found.text, "Needs 3 weeks of runs.");
        let unknown = (TODAY - 28..TODAY).map(|k| run_on(day(k), 40.0)).collect();
        let found = TestRun::steady(30, 2_500).after_runs(unknown).ask(&CRITERION);
        assert!(found.text.ends_with("The kind of 28 runs is unknown; some may have been hard."));
    }
}
