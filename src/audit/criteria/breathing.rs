//! Did breathing stay calm?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::LimitDefinition;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};
use crate::history::EasyRuns;

/// Breathing rate against that of the easy runs.
pub static CRITERION: Criterion = Criterion {
    id: "breathing",
    severity: Severity::Advisory,
    question: "Did your breathing stay calm?",
    why: "Who breathes calmly can talk; breathing answers effort within a minute.",
    article: "\"Breathing should stay calm.\"",
    how: "The mean breathing rate that the watch recorded over moving time after its first 3 minutes (at least half of \
          it) against the median of the same figure over your easy runs of the last 56 days (at least 3). Up to 10 % \
          more is quiet, more is noted, more than 25 % strongly.",
    misleads: "The watch derives breathing from the intervals between heartbeats, so it inherits every fault of the sensor.",
    missing: "No breathing data.",
    sources: &[Reference {
        citation: "The article; the sizes are this tool's choice",
        strength: Strength::Custom,
    }],
    limits: &[&NOTE, &STRONG],
    assess,
};

/// Quiet up to here.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note_percent",
    default: 10.0,
    range: 0.0..=200.0,
    unit: "%",
    meaning: "breathing faster than on easy runs by more than this is noted",
};
/// A strong note beyond.
pub static STRONG: LimitDefinition = LimitDefinition {
    key: "strong_percent",
    default: 25.0,
    range: 0.0..=200.0,
    unit: "%",
    meaning: "breathing faster by more than this is noted strongly",
};

/// Easy runs that a median needs.
const LEAST_RUNS: usize = 3;

fn assess(input: &CriterionInput) -> Assessment {
    let Some(own) = input.run.breathing else { return Assessment::cannot(CRITERION.missing) };
    let easy = EasyRuns::of(&input.context.past);
    let usual = easy.median_of(LEAST_RUNS, |run| run.breathing).filter(|usual| *usual > 0.0);
    let Some(usual) = usual else {
        return Assessment::cannot(format!(
            "No breathing data to compare: needs {LEAST_RUNS} easy runs with it in 8 weeks."
        ));
    };
    let (note, strong) = (input.limit(CRITERION.id, &NOTE), input.limit(CRITERION.id, &STRONG));
    let more = 100.0 * (own - usual) / usual;
    let rates =
        format!("{} breaths a minute, {} on your easy runs", plain(own, 1), plain(usual, 1));
    let limit = if strong.exceeded_by(more) { strong } else { note };
    let (excess, shown_limit) = pair(more, limit, 0);
    let text = match more {
        more if strong.exceeded_by(more) => format!(
            "You breathed much harder than on your easy runs: {rates} ({excess} % more; over {shown_limit} % is a lot)."
        ),
        more if note.exceeded_by(more) => format!(
            "You breathed harder than on your easy runs: {rates} ({excess} % more; up to {shown_limit} % is quiet)."
        ),
        _ => format!("Calm breathing: {rates}."),
    };
    let result = Outcome::noted_above(more, note);
    Assessment::measured(result, more, limit, "%", text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{TODAY, TestRun};
    use crate::history::PastRun;
    use crate::history::testing::{day, easy_on};

    fn breathed(own: Option<f64>, easy: &[f64]) -> Assessment {
        let past = easy.iter().zip(1..).map(|(rate, k)| PastRun {
            breathing: Some(*rate),
            ..easy_on(day(TODAY - 20 + k), 2.8)
        });
        let mut test_run = TestRun::steady(30, 2_500).after_runs(past.collect());
        test_run.row.breathing = own;
        test_run.ask(&CRITERION)
    }

    #[test]
    fn calm_harder_and_much_harder() {
        let easy = [28.0, 30.0, 33.0];
        assert_eq!(breathed(Some(33.0), &easy).result, Outcome::Pass);
        let harder = breathed(Some(34.0), &easy);
        assert_eq!((harder.result, harder.limit), (Outcome::Note, Some(10.0)));
        let strongly = breathed(Some(38.0), &easy);
        assert_eq!((strongly.result, strongly.limit), (Outcome::Note, Some(25.0)));
        assert!(strongly.text.contains("27 % more"), "{}", strongly.text);
    }

    #[test]
    fn without_own_or_usual_breathing_nothing_is_said() {
        assert_eq!(&*breathed(None, &[30.0; 3]).text, CRITERION.missing);
        assert_eq!(breathed(Some(40.0), &[30.0; 2]).result, Outcome::Cannot);
    }
}
