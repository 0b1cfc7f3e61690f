//! Do the kinds of session keep their order?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{Wording, pair, plain};
use crate::history::{BaselineOfKind, PastRun, grey_zone_share};
use crate::session::SessionKind;
use crate::units::MetresPerSecond;

/// Recovery below easy below tempo, and little between them.
pub static CRITERION: Criterion = Criterion {
    id: "pace-hierarchy",
    severity: Severity::Advisory,
    question: "Are your recovery runs slower than your easy runs, and these than your tempo runs?",
    why: "Where recovery, easy and tempo runs grow alike, none of them is what it is meant to be.",
    article: "\"Respecting the pace hierarchy matters more than any single run's numbers.\"",
    how: "Medians of grade-adjusted speed and of mean heart rate per kind over the 8 weeks up to this run, with at \
          least 3 runs of a kind: recovery must be slower and lower in heart rate than easy, easy than tempo. \
          Beside that the grey-zone share: time between your ceiling and your hard line over all recovery and easy \
          runs of 28 days; more than 20 % is noted, more than 40 % strongly.",
    misleads: "Heat, hills and tiredness differ between runs. The mean heart rate of a tempo run holds its warm-up. \
               Unlabelled runs count as easy only if their heart rate was, which makes easy look easier.",
    missing: "Needs 3 runs per type.",
    sources: &[
        Reference {
            citation: "Sports Medicine Open 2022, s40798-022-00420-3: over 27 studies athletes and coaches differ on easy days only",
            strength: Strength::Study,
        },
        Reference {
            citation: "Sports Medicine 2017, s40798-017-0105-0: over 3024 sessions easy days were rated harder than meant in every month",
            strength: Strength::Study,
        },
        Reference { citation: "20 % and 40 % are this tool's choice", strength: Strength::Custom },
    ],
    limits: &[&NOTE, &STRONG, &LEAST_RUNS],
    assess,
};

/// Quiet up to here.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "grey_note_percent",
    default: 20.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "a larger grey-zone share is noted",
};
/// A strong note beyond.
pub static STRONG: LimitDefinition = LimitDefinition {
    key: "grey_strong_percent",
    default: 40.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "a larger grey-zone share is noted strongly",
};
/// Runs that a median takes.
pub static LEAST_RUNS: LimitDefinition = LimitDefinition {
    key: "least_runs",
    default: 3.0,
    range: 1.0..=100.0,
    unit: "runs",
    meaning: "kinds with fewer runs are not compared",
};

/// Days that the medians and the grey-zone share are read from.
const DAYS: i64 = 56;
const GREY_DAYS: i64 = 28;

fn assess(input: &CriterionInput) -> Assessment {
    let least = input.limit(CRITERION.id, &LEAST_RUNS).get().ceil() as usize;
    let runs = runs_within(input, DAYS);
    let usual = [SessionKind::Recovery, SessionKind::Easy, SessionKind::Tempo]
        .map(|kind| (kind, BaselineOfKind::of(&runs, kind, least)));
    let comparisons: Vec<Comparison> =
        usual.windows(2).flat_map(|pair| compare(input.wording(), pair[0], pair[1])).collect();
    let grey = grey_zone_share(&runs_within(input, GREY_DAYS), least).map(f64::from);
    if comparisons.is_empty() && grey.is_none() {
        let have = usual.map(|(kind, usual)| format!("{} {kind}", usual.runs)).join(", ");
        return Assessment::cannot(format!("Needs {least} runs per type in 8 weeks; have {have}."));
    }
    let (note, strong) = (input.limit(CRITERION.id, &NOTE), input.limit(CRITERION.id, &STRONG));
    let violated = comparisons.iter().any(|comparison| comparison.violation.is_some());
    let is_grey = grey.is_some_and(|share| note.exceeded_by(share));
    let result = if violated || is_grey { Outcome::Note } else { Outcome::Pass };
    let text =
        [order(&comparisons), grey.map_or_else(String::new, |share| zone(share, note, strong))];
    let text = text.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    match grey {
        Some(share) if strong.exceeded_by(share) => {
            Assessment::measured(result, share, strong, "%", text)
        }
        Some(share) => Assessment::measured(result, share, note, "%", text),
        None => Assessment::plain(result, text),
    }
}

/// The runs of the last days, this one among them.
fn runs_within<'a>(input: &CriterionInput<'a>, days: i64) -> Vec<&'a PastRun> {
    input.context.past.runs_within(days).chain([input.context.this]).collect()
}

/// Two kinds held against each other by one measure.
struct Comparison {
    /// What is said where they are in the wrong order.
    violation: Option<String>,
}

fn compare(
    wording: Wording,
    (below, low): (SessionKind, BaselineOfKind),
    (above, high): (SessionKind, BaselineOfKind),
) -> Vec<Comparison> {
    let speeds = low.speed.zip(high.speed).map(|(low, high)| Comparison {
        violation: (low >= high).then(|| {
            let pace = |speed: MetresPerSecond| {
                speed.pace().map_or_else(String::new, |pace| wording.pace(pace))
            };
            format!(
                "Your {below} runs are no slower than your {above} runs ({} and {}).",
                pace(low),
                pace(high)
            )
        }),
    });
    let beats = low.heart_rate.zip(high.heart_rate).map(|(low, high)| Comparison {
        violation: (low >= high).then(|| {
            let (low, high) = (plain(low.get(), 0), plain(high.get(), 0));
            format!(
                "Your heart rate in {below} runs is no lower than in {above} runs ({low} and {high} bpm)."
            )
        }),
    });
    speeds.into_iter().chain(beats).collect()
}

fn order(comparisons: &[Comparison]) -> String {
    let violations: Vec<&str> =
        comparisons.iter().filter_map(|comparison| comparison.violation.as_deref()).collect();
    match (comparisons.len(), violations.len()) {
        (0, _) => String::new(),
        (_, 0) => "Your kinds of run keep their order in the last 8 weeks.".to_owned(),
        _ => violations.join(" "),
    }
}

fn zone(share: f64, note: Limit, strong: Limit) -> String {
    let (shown, limit) = pair(share, note, 0);
    let whole = format!(
        "{shown} % of your recovery and easy running in 4 weeks was between your ceiling and your hard line"
    );
    match share {
        share if strong.exceeded_by(share) => format!("{whole}, a lot: up to {limit} % is usual."),
        share if note.exceeded_by(share) => format!("{whole}; up to {limit} % is usual."),
        _ => format!("{whole}; up to {limit} % is fine."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{TestRun, labelled};
    use crate::history::testing::{day, easy_on};
    use crate::units::BeatsPerMinute;

    /// Two recovery runs before this one, three easy and three tempo runs.
    fn season() -> TestRun {
        let run = |kind, on, speed: f64, beats: f64| PastRun {
            speed: MetresPerSecond::new(speed),
            mean_heart_rate: BeatsPerMinute::new(beats),
            ..labelled(kind, day(on), 30.0)
        };
        let mut past: Vec<PastRun> = (0..2)
            .map(|k| run(SessionKind::Recovery, 20 + k, 2.5, 130.0))
            .chain((0..3).map(|k| easy_on(day(30 + 5 * k), 2.9)))
            .chain((0..3).map(|k| run(SessionKind::Tempo, 50 + k, 3.6, 165.0)))
            .collect();
        past.sort_by_key(|run| run.start);
        TestRun::steady(30, 2_500).after_runs(past)
    }

    #[test]
    fn kinds_in_order_pass() {
        let found = season().ask(&CRITERION);
        assert_eq!(found.result, Outcome::Pass, "{found:?}");
        assert!(found.text.starts_with("Your kinds of run keep their order"), "{}", found.text);
    }

    #[test]
    fn each_violation_is_told() {
        let mut test_run = season();
        for run in test_run.past.iter_mut().filter(|run| run.kind() == Some(SessionKind::Easy)) {
            run.speed = MetresPerSecond::new(2.4);
            run.mean_heart_rate = BeatsPerMinute::new(170.0);
        }
        let found = test_run.ask(&CRITERION);
        assert_eq!(found.result, Outcome::Note);
        assert_eq!(
            &*found.text,
            "Your recovery runs are no slower than your easy runs (6:40/km and 6:57/km). \
             Your heart rate in easy runs is no lower than in tempo runs (170 and 165 bpm)."
        );
    }

    #[test]
    fn the_grey_zone_is_told_by_itself() {
        let grey = |seconds| {
            let mut past: Vec<PastRun> = (0..3).map(|k| easy_on(day(50 + k), 2.9)).collect();
            for run in &mut past {
                run.effort.as_mut().unwrap().grey_seconds = seconds;
            }
            TestRun::steady(30, 2_500).after_runs(past).ask(&CRITERION)
        };
        assert_eq!((grey(480).result, grey(480).value), (Outcome::Pass, Some(20.0)));
        assert_eq!((grey(720).result, grey(720).limit), (Outcome::Note, Some(20.0)));
        assert_eq!((grey(1_200).result, grey(1_200).limit), (Outcome::Note, Some(40.0)));
    }

    #[test]
    fn too_few_runs_tell_nothing() {
        let found = TestRun::steady(30, 2_500).ask(&CRITERION);
        assert_eq!(found.result, Outcome::Cannot);
        assert_eq!(
            &*found.text,
            "Needs 3 runs per type in 8 weeks; have 1 recovery, 0 easy, 0 tempo."
        );
    }
}
