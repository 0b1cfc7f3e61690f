//! Did heart rate rise for the same pace?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{pair, plain};
use crate::metrics::drift::{SteadyDrift, SteadyTime, Unreadable, WIDEST_HALF_WIDTH};

/// Aerobic decoupling by halves.
pub static CRITERION: Criterion = Criterion {
    id: "aerobic-decoupling",
    severity: Severity::Advisory,
    question: "Did the second half cost more heartbeats for the same pace?",
    why: "Heart rate that creeps up at one pace tells of heat, thirst, tiredness or a start that was too fast.",
    article: "\"Heart rate should remain low … it is better to stop while the effort still feels light.\"",
    how: "Only steady stretches of 5 minutes and more are read, and at least 10 minutes of them: the first 5 minutes, \
          stops and walks with the minutes after them, hills and changes of pace are left out, each until the heart \
          has forgotten it (time constant 57 s: up to 5 % of a stop, 4 % of slope, 15 % off the run's own pace). From \
          half-minute means comes the line that heart rate follows in time at equal speed, with what speed explains in \
          this run taken out (generalised least squares with autocorrelated noise). The decoupling (Pa:HR at equal \
          speed) is how much higher that line is in the middle of the second half than in the middle of the first. \
          Read only if the line is sure to 3 bpm per 10 minutes (95 % interval). Up to 5 % is quiet, up to 10 % noted, \
          more noted strongly; noted only if the whole interval is above 0.",
    misleads: "Wind, soft ground, and hills without an altitude; an optical sensor that wanders; long stops, in which the \
               heart recovers. Other programs compare the raw halves, hills, stops and changes of pace included, and get another figure.",
    missing: "Cannot read drift: too little steady running, or a heart rate that wandered too much.",
    sources: &[
        Reference {
            citation: "TrainingPeaks, Pa:HR: under 5 % coupled; a convention, not a physiological rule",
            strength: Strength::Consensus,
        },
        Reference {
            citation: "Treadmill identification, PMC4687158: heart rate follows speed with a time constant of 57 s and 24 bpm per m/s",
            strength: Strength::Study,
        },
        Reference {
            citation: "Jones & Boadi-Boateng 1991, Biometrics 47:161; Harville 1974, Biometrika 61:383: regression with noise correlated in time",
            strength: Strength::Study,
        },
        Reference {
            citation: "Wingo & Lafrenz 2008, Med Sci Sports Exerc 40(6): heart rate rose 2 % at 22 °C and 11 % at 35 °C within 30 min",
            strength: Strength::Study,
        },
    ],
    limits: &[&NOTE, &STRONG],
    assess,
};

/// Quiet up to here.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note_percent",
    default: 5.0,
    range: 0.0..=50.0,
    unit: "%",
    meaning: "more than this is noted",
};
/// A strong note beyond.
pub static STRONG: LimitDefinition = LimitDefinition {
    key: "strong_percent",
    default: 10.0,
    range: 0.0..=50.0,
    unit: "%",
    meaning: "more than this is noted strongly",
};

/// The drift of a run if it can be read, else why it cannot.
pub(in crate::audit) fn readable<'a>(
    input: &CriterionInput<'a>,
) -> Result<&'a SteadyDrift, String> {
    let read = match &input.run.drift {
        Ok(drift) => drift.readable().map_err(reason),
        Err(unmeasured) => Err(unmeasured.to_string()),
    };
    read.map_err(|why| format!("Cannot read drift: {why}."))
}

fn reason(unreadable: Unreadable) -> String {
    match unreadable {
        Unreadable::TooLittleSteady(time) => too_little_steady(&time),
        Unreadable::TooUncertain { half_width, steady_s } => format!(
            "{} min of steady running give its slope only to ± {half_width:.1} bpm per 10 minutes, ± {WIDEST_HALF_WIDTH} is needed",
            steady_s / 60
        ),
    }
}

/// What is left out comes longest first; less than a minute is not worth a word.
fn too_little_steady(time: &SteadyTime) -> String {
    let mut left_out = [
        (time.settling_s, "at the start"),
        (time.interrupted_s, "of walks, and after stops and walks"),
        (time.hills_s, "of hills"),
        (time.off_pace_s, "off the run's own pace"),
        (time.short_s, "in stretches under 5 min"),
        (time.no_heart_rate_s, "without a reliable heart rate"),
    ];
    left_out.sort_by_key(|(seconds, _)| std::cmp::Reverse(*seconds));
    let parts: Vec<String> = left_out
        .iter()
        .filter(|(seconds, _)| *seconds >= 60)
        .map(|(seconds, what)| format!("{} min {what}", seconds / 60))
        .collect();
    let steady = time.steady_s / 60;
    format!("{steady} min of steady running, 10 are needed (left out: {})", parts.join(", "))
}

/// A figure with its interval, such as `3.1 ± 1.2`, told apart from the limit it is held against.
pub(in crate::audit) fn give_or_take(value: f64, half_width: f64, limit: Limit) -> String {
    format!("{} ± {half_width:.1}", pair(value, limit, 1).0.replace('-', "−"))
}

fn assess(input: &CriterionInput) -> Assessment {
    let decoupling = match readable(input) {
        Ok(drift) => drift.decoupling(),
        Err(why) => return Assessment::cannot(why),
    };
    let (note, strong) = (input.limit(CRITERION.id, &NOTE), input.limit(CRITERION.id, &STRONG));
    let rises = note.exceeded_by(decoupling.value) && decoupling.low > 0.0;
    let estimated =
        if input.run.speed_is_estimated() { " Speed is the watch's estimate." } else { "" };
    let half_width = (decoupling.high - decoupling.low) / 2.0;
    let percent = give_or_take(decoupling.value, half_width, note);
    let text = match decoupling.value {
        value if rises && strong.exceeded_by(value) => format!(
            "The second half cost {percent} % more heartbeats for the same pace, a lot: heat, thirst, tiredness or too fast a start.{estimated}"
        ),
        _ if rises => format!(
            "The second half cost {percent} % more heartbeats for the same pace; up to {} % is usual.{estimated}",
            plain(note.get(), 1)
        ),
        value if value <= 0.0 => {
            format!("No upward drift (decoupling {percent} %).{estimated}")
        }
        value if note.exceeded_by(value) => format!(
            "The second half cost {percent} % more heartbeats for the same pace, which may be chance.{estimated}"
        ),
        _ => format!("Heart rate and pace stayed together (decoupling {percent} %).{estimated}"),
    };
    let (result, limit) = match rises {
        true if strong.exceeded_by(decoupling.value) => (Outcome::Note, strong),
        true => (Outcome::Note, note),
        false => (Outcome::Pass, note),
    };
    Assessment::measured(result, decoupling.value, limit, "%", text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;

    fn rising(beats: u16) -> TestRun {
        TestRun::of(run(300 + 2400, |k| (Some(130 + beats * (k / 300) as u16 / 8), 2_600, 166)))
    }

    #[test]
    fn a_second_half_that_costs_more_is_noted() {
        let steady = rising(0).ask(&CRITERION);
        assert_eq!((steady.result, steady.limit), (Outcome::Pass, Some(5.0)));
        assert!(steady.text.starts_with("No upward drift"), "{}", steady.text);
        let noted = rising(16).ask(&CRITERION);
        // 16 beats in 2700 s: 7 between the middles of the halves, of about 143.
        assert_eq!((noted.result, noted.limit), (Outcome::Note, Some(5.0)));
        assert!((noted.value.unwrap() - 5.1).abs() < 0.4, "{:?}", noted.value);
        let strong = rising(40).ask(&CRITERION);
        assert_eq!((strong.result, strong.limit), (Outcome::Note, Some(10.0)));
        assert!(strong.text.contains("a lot"), "{}", strong.text);
    }

    #[test]
    fn what_is_missing_is_told_longest_first() {
        let speed = |k: usize| if k % 400 < 30 { 0 } else { 2_500 };
        let stops = TestRun::of(run(1800, |k| (Some(129 + (k / 5 % 3) as u16), speed(k), 166)))
            .ask(&CRITERION);
        assert_eq!(stops.result, Outcome::Cannot);
        assert_eq!(
            &*stops.text,
            "Cannot read drift: 0 min of steady running, 10 are needed (left out: 14 min in stretches under 5 min, \
             7 min of walks, and after stops and walks, 5 min at the start)."
        );
    }
}
