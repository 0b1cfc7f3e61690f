//! Can heart rate be read at all?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::{MOST_MISSING_PCT, NoVerdictReason};
use crate::audit::finding::Assessment;
use crate::audit::heart_rate_doubts::WITHOUT_STEPS;
use crate::audit::heart_rate_quality::HeartRateQuality;
use crate::audit::limit::Limit;
use crate::audit::low_heart_rate::TooLow;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::plain;

/// The gate of the heart-rate rules.
pub static CRITERION: Criterion = Criterion {
    id: "heart-rate-coverage",
    severity: Severity::Gate,
    question: "Can the heart rate be read?",
    why: "A judgement of effort rests on heart rate. Where it is missing or not believable, saying \
          'easy' would be a guess, and so would saying 'too hard'.",
    article: "",
    how: "Judged time is moving time after its first 3 minutes. Cleaning takes out values that no \
          heart produces (out of range, spikes, cadence lock, flat lines, an unsettled start, \
          implausibly low) and never puts one in. Coverage is the share of judged seconds that \
          still have a heart rate. A run that fails in the part that can be seen fails, as soon as \
          that part is 10 minutes or 70 % of the judged time. A pass or a slip needs 75 %, and below \
          90 % it is borderline.",
    misleads: "A wrist sensor can be wrong for minutes and look plausible, above all in the cold, on \
               trails and at the start. A strap is the better witness.",
    missing: "How hard it was cannot be told: N % of the heart-rate data is missing or not believable.",
    sources: &[
        Reference {
            citation: "Stahl 2016: wrist sensors err by 3.3–6.2 % on a treadmill",
            strength: Strength::Study,
        },
        Reference {
            citation: "Navalta 2020, PLOS ONE 0238569: wrist 13 %, chest strap 2 % on trails",
            strength: Strength::Study,
        },
        Reference {
            citation: "The shares and the 10 minutes are this tool's choice: less than that is not the run",
            strength: Strength::Custom,
        },
    ],
    limits: &[],
    assess,
};

fn assess(input: &CriterionInput) -> Assessment {
    let coverage = input.judged.coverage_pct();
    match input.effort.undecided {
        Some(reason) => measured(Outcome::Cannot, coverage, refusal(reason, input)),
        None => measured(Outcome::Pass, coverage, sentence(input, coverage)),
    }
}

fn measured(result: Outcome, coverage: f64, text: String) -> Assessment {
    Assessment::measured(result, coverage, Limit::of(100.0 - MOST_MISSING_PCT.get()), "%", text)
}

fn sentence(input: &CriterionInput, coverage: f64) -> String {
    let trust = HeartRateQuality::of(input.run, input.channels, input.context.sensor);
    let text = format!(
        "Heart rate covers {} % of the judged time (grade {}).",
        plain(coverage, 1),
        trust.grade.name()
    );
    let in_part = MOST_MISSING_PCT.exceeded_by(100.0 - coverage);
    let text = if in_part { format!("{text} What can be seen decides already.") } else { text };
    let flat = input.run.heart_rate.short_flat_s;
    let text = if flat > 0 {
        format!("{text} It stood still on one value for {flat} s while the effort changed.")
    } else {
        text
    };
    match too_high(input) {
        0 => text,
        seconds => format!(
            "{text} It was more than 15 bpm above the maximum heart rate for {seconds} s: that setting looks too low."
        ),
    }
}

/// Seconds far above the known maximum heart rate.
fn too_high(input: &CriterionInput) -> usize {
    let Some(max) = input.context.evidence.max.filter(|max| !max.guessed) else { return 0 };
    let highest = max.bpm.get() + 15.0;
    input.series.heart_rate.iter().flatten().filter(|beats| f64::from(*beats) > highest).count()
}

/// Why heart rate decides nothing, and what would change that.
fn refusal(reason: NoVerdictReason, input: &CriterionInput) -> String {
    let why = match reason {
        NoVerdictReason::NoHeartRate => "its file holds no heart rate.".to_owned(),
        NoVerdictReason::OnlyItsMean => {
            "the file holds only totals, and a mean says nothing of the parts.".to_owned()
        }
        NoVerdictReason::TooSparse(seconds) => format!(
            "one reading every {} s is too few; set the watch to record every second.",
            plain(seconds, 0)
        ),
        NoVerdictReason::TooShort => "the run ends before the first 3 minutes are over.".to_owned(),
        NoVerdictReason::Coverage(pct) => format!(
            "{} % of the heart-rate data is missing or not believable.{}",
            plain(100.0 - pct, 0),
            HeartRateQuality::of(input.run, input.channels, input.context.sensor).blame()
        ),
        NoVerdictReason::GuessedAnchor => guessed(input),
        NoVerdictReason::TooLow(TooLow::ForRunning) => {
            "it reads too low for running at all; the sensor may have sat loosely.".to_owned()
        }
        NoVerdictReason::TooLow(TooLow::ForTheSpeed) => {
            "it reads too low for this pace by your own runs; the sensor may have sat loosely."
                .to_owned()
        }
        NoVerdictReason::WithoutSteps => return WITHOUT_STEPS.to_owned(),
        NoVerdictReason::Suspected => {
            "the high part of the heart rate equals your step rate or follows an impossible jump, \
             so it may be the sensor's. A chest strap would show which."
                .to_owned()
        }
    };
    format!("How hard it was cannot be told: {why}")
}

fn guessed(input: &CriterionInput) -> String {
    let Some(lines) = &input.context.lines else { return String::new() };
    let (ceiling, off) = (plain(lines.ceiling.get(), 0), plain(lines.uncertainty, 0));
    let whose = if lines.nothing_known() {
        "your maximum heart rate is unknown, so the mean runner's is taken; the"
    } else {
        "your maximum heart rate is a guess; the"
    };
    format!(
        "{whose} ceiling of {ceiling} bpm may be off by {off} bpm, and this run lies within that. \
         `talk_test` in the settings would decide it."
    )
}
