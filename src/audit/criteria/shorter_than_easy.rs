//! Was it shorter than an easy run?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};
use crate::history::EasyRuns;

/// Moving time against the runner's own easy runs.
pub static CRITERION: Criterion = Criterion {
    id: "shorter-than-easy",
    severity: Severity::Advisory,
    question: "Was it shorter than your easy runs?",
    why: "A recovery run as long as an easy run is an easy run with another name.",
    article: "\"A recovery run is usually slower and shorter than an easy run.\"",
    how: "Moving time against the median moving time of your easy runs of the 8 weeks before. Up to 80 % of it \
          passes, more is noted. Easy runs are those labelled so, and unlabelled ones whose heart rate says so.",
    misleads: "Easy runs that are short themselves: 30 minutes are short enough whatever the others were.",
    missing: "Needs 5 easy runs in 8 weeks; have N.",
    sources: &[
        Reference {
            citation: "The article: usually slower and shorter than an easy run",
            strength: Strength::Consensus,
        },
        Reference { citation: "80 % is this tool's choice", strength: Strength::Custom },
    ],
    limits: &[&SHARE, &LEAST_RUNS],
    assess,
};

/// Passes up to here.
pub static SHARE: LimitDefinition = LimitDefinition {
    key: "share_percent",
    default: 80.0,
    range: 10.0..=200.0,
    unit: "%",
    meaning: "up to this share of the usual easy run passes",
};
/// Easy runs that it takes.
pub static LEAST_RUNS: LimitDefinition = LimitDefinition {
    key: "least_runs",
    default: 5.0,
    range: 1.0..=100.0,
    unit: "runs",
    meaning: "with fewer easy runs in 8 weeks nothing is said",
};

fn assess(input: &CriterionInput) -> Assessment {
    let easy = EasyRuns::of(&input.context.past);
    let least = input.limit(CRITERION.id, &LEAST_RUNS);
    let Some(usual) = easy.median_moving(least.get().ceil() as usize) else {
        return Assessment::cannot(format!(
            "Needs {} easy runs in 8 weeks; have {}.",
            plain(least, 0),
            easy.0.len()
        ));
    };
    let (moving, usual) = (input.run.durations.moving.minutes(), usual.minutes());
    let share = input.limit(CRITERION.id, &SHARE);
    let limit = Limit::of(share.get() / 100.0 * usual);
    let (shown, allowed) = pair(moving, limit, 0);
    let (result, judged) = if limit.exceeded_by(moving) {
        (Outcome::Note, format!("a recovery run is usually shorter, here up to {allowed} min"))
    } else {
        (Outcome::Pass, format!("up to {allowed} min is clearly shorter"))
    };
    let text =
        format!("{shown} min, and your usual easy run takes {} min: {judged}.", plain(usual, 0));
    Assessment::measured(result, moving, limit, "min", text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::history::PastRun;
    use crate::history::testing::{day, easy_on};
    use crate::settings::LimitOverrides;

    fn easy_runs(count: u64) -> Vec<PastRun> {
        (0..count).map(|k| easy_on(day(40 + k), 2.8)).collect()
    }

    #[test]
    fn four_fifths_of_an_easy_run_are_short_enough() {
        let short = TestRun::steady(32, 2_500).after_runs(easy_runs(5)).ask(&CRITERION);
        assert_eq!((short.result, short.limit), (Outcome::Pass, Some(32.0)), "{short:?}");
    }

    #[test]
    fn as_long_as_an_easy_run_is_noted() {
        let long = TestRun::steady(38, 2_500).after_runs(easy_runs(5));
        let noted = long.ask(&CRITERION);
        assert_eq!(noted.result, Outcome::Note);
        assert!(noted.text.contains("takes 40 min"), "{}", noted.text);
        let limits = LimitOverrides::default().with(CRITERION.id, SHARE.key, 100.0);
        assert_eq!(TestRun { limits, ..long }.ask(&CRITERION).result, Outcome::Pass);
    }

    #[test]
    fn four_easy_runs_are_too_few() {
        let found = TestRun::steady(38, 2_500).after_runs(easy_runs(4)).ask(&CRITERION);
        assert_eq!(&*found.text, "Needs 5 easy runs in 8 weeks; have 4.");
    }
}
