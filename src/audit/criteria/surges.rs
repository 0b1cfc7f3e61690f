//! Were there surges or strides?

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::athlete::HeartRateThresholds;
use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::metrics::judged_time::JudgedTime;
use crate::metrics::series::Series;
use crate::metrics::span::Span;
use crate::metrics::surges::{LEAST_COVERAGE_PCT, SurgeRule, UNASKED_RATIO, UNASKED_S};
use crate::metrics::{RunMetrics, UnpackedRun};
use crate::settings::LimitOverrides;

/// Bursts of speed that the heart answers.
pub static CRITERION: Criterion = Criterion {
    id: "surges",
    severity: Severity::Lowering,
    question: "Was it free of surges and strides?",
    why: "Strides wake the legs up before a workout; after one they are more load.",
    article: "\"It should feel relaxed from start to finish.\"",
    how: "A surge is a 15-second mean of recorded speed more than 25 % above the run's own for 15 to 90 s, after \
          the first 3 minutes, that heart rate answers with 5 bpm or more within 40 s of its end. Where heart rate \
          covers less than 70 % of the run or of the time around the surge, or speed had to be derived from positions, 20-second means are asked, more than \
          30 % above where heart rate cannot be asked. What lasts longer is no surge: the time above the heart-rate \
          lines and `progression` judge it. Setting off again within 90 s of a stop of 10 s is none. Two \
          surges of 30 s in total are noted; they slip where the heart rate was above the ceiling for 15 s or more \
          during them and the minute after each, or cannot be read there.",
    misleads: "Satellite speed wavers; that is why heart rate must answer. Run-walk sessions are not asked.",
    missing: "No speed data; not checked.",
    sources: &[Reference {
        citation: "Measured on 98 steady real runs: plain speed rules accuse a third of them, this one four; this tool's choice",
        strength: Strength::Custom,
    }],
    limits: &[&RATIO, &COUNT, &TOTAL, &LONGEST, &ABOVE_CEILING],
    assess,
};

/// Speed over the run's own that makes a surge.
pub static RATIO: LimitDefinition = LimitDefinition {
    key: "ratio",
    default: 1.25,
    range: 1.05..=3.0,
    unit: "",
    meaning: "speed over the run's own that makes a surge",
};
/// Surges that count.
pub static COUNT: LimitDefinition = LimitDefinition {
    key: "count",
    default: 2.0,
    range: 1.0..=50.0,
    unit: "",
    meaning: "so many surges are noted, and slip if they take the heart rate above the ceiling",
};
/// Their total length.
pub static TOTAL: LimitDefinition = LimitDefinition {
    key: "total_seconds",
    default: 30.0,
    range: 10.0..=3600.0,
    unit: "s",
    meaning: "if they last this long together",
};
/// The longest surge.
pub static LONGEST: LimitDefinition = LimitDefinition {
    key: "longest_seconds",
    default: 90.0,
    range: 15.0..=600.0,
    unit: "s",
    meaning: "what lasts longer is no surge but the run itself",
};
/// Time above the ceiling that makes them slip.
pub static ABOVE_CEILING: LimitDefinition = LimitDefinition {
    key: "above_ceiling_seconds",
    default: 15.0,
    range: 1.0..=3600.0,
    unit: "s",
    meaning: "this much time above the ceiling during them and the minute after each slips",
};

/// Heart-rate answer that confirms a surge, in bpm.
const ANSWER_BPM: f64 = 5.0;
/// The heart rate goes on rising for this long after a surge, in seconds.
const AFTER_S: usize = 60;
/// Length of strides, in seconds.
const STRIDE_S: RangeInclusive<u32> = 10..=40;
/// A shorter run has no pace of its own, in seconds of moving time.
const SHORTEST: Limit = Limit::of(600.0);

fn assess(input: &CriterionInput) -> Assessment {
    if input.run.is_run_walk() {
        return Assessment::cannot(
            "A run-walk session changes speed by design; surges are not checked.",
        );
    }
    if !SHORTEST.reached_by(input.moving_s()) {
        return Assessment::cannot("Too short to compare; not checked.");
    }
    let rule = surge_rule(input.run, input.judged, input.context.limits);
    let Some(found) = find(input.run, input.channels, &rule) else {
        return Assessment::cannot(CRITERION.missing);
    };
    let answer = HeartRateAnswer::of(input.series, &found, input.context.lines.as_ref());
    let result = rate(input.context.limits, &found, &answer);
    let count = input.limit(CRITERION.id, &COUNT);
    let text = sentence(&found, result, &answer, &rule);
    Assessment::measured(result, found.len() as f64, count, "surges", text)
        .with_figure("seconds", total_s(&found))
        .with_figure("seconds_above_ceiling", answer.above_s)
        .at(found)
}

/// What surges do to the verdict under some limits.
pub fn rate(limits: &LimitOverrides, found: &[Span], answer: &HeartRateAnswer) -> Outcome {
    let of = |limit: &LimitDefinition| limit.under(limits, CRITERION.id);
    let counts = of(&COUNT).reached_by(found.len() as f64)
        && of(&TOTAL).reached_by(f64::from(total_s(found)));
    match () {
        () if !counts => Outcome::Pass,
        () if !answer.readable || of(&ABOVE_CEILING).reached_by(f64::from(answer.above_s)) => {
            Outcome::Slip
        }
        () => Outcome::Note,
    }
}

fn total_s(found: &[Span]) -> u32 {
    found.iter().map(|surge| surge.seconds).sum()
}

/// The surges of a run by some rule; `None` where it has no speed of its own.
pub fn find(run: &RunMetrics, channels: &UnpackedRun, rule: &SurgeRule) -> Option<Vec<Span>> {
    let steadiness = run.steadiness.as_ref().ok()?;
    Some(channels.surges(steadiness.reference_recorded_speed.get(), rule))
}

/// What counts as a surge in a run under some limits.
pub fn surge_rule(run: &RunMetrics, judged: &JudgedTime, limits: &LimitOverrides) -> SurgeRule {
    let of = |limit: &LimitDefinition| limit.under(limits, CRITERION.id).get();
    let ratio = of(&RATIO);
    let heart_rate_tells = judged.coverage_pct() >= LEAST_COVERAGE_PCT;
    let seconds = if heart_rate_tells && run.distances.speed_recorded { 15 } else { UNASKED_S };
    SurgeRule {
        window_s: seconds,
        ratio: if heart_rate_tells { ratio } else { ratio * UNASKED_RATIO },
        least_s: seconds,
        answer_bpm: heart_rate_tells.then_some(ANSWER_BPM),
        longest_s: Some(of(&LONGEST) as usize),
        counts_setting_off: false,
    }
}

/// What the heart rate did during surges and the minute after each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeartRateAnswer {
    /// Seconds above the ceiling.
    pub above_s: u32,
    /// Whether lines and heart rate are known for most of the time.
    pub readable: bool,
}

impl HeartRateAnswer {
    /// Reads the heart rate around surges.
    pub fn of(series: &Series, found: &[Span], lines: Option<&HeartRateThresholds>) -> Self {
        let around = |surge: &Span| {
            let range = surge.range_within(series.len());
            range.start..(range.end + AFTER_S).min(series.len())
        };
        let seconds: BTreeSet<usize> = found.iter().flat_map(around).collect();
        let beats: Vec<f64> = seconds.iter().filter_map(|k| series.heart_rate_bpm(*k)).collect();
        let above = |ceiling: f64| beats.iter().filter(|beats| **beats > ceiling).count();
        let covered = 100.0 * beats.len() as f64 >= LEAST_COVERAGE_PCT * seconds.len() as f64;
        Self {
            above_s: lines.map_or(0, |lines| above(lines.ceiling.get()) as u32),
            readable: lines.is_some() && covered,
        }
    }
}

/// What was looked for, where none was found: nobody is to take a burst of two minutes for none.
fn none(rule: &SurgeRule) -> String {
    let longest = rule.longest_s.unwrap_or_default().max(rule.least_s);
    let longer = match rule.answer_bpm {
        Some(_) => "; longer ones are judged by their heart rate",
        None => "",
    };
    format!("No burst of {} to {longest} s{longer}.", rule.least_s)
}

fn sentence(found: &[Span], result: Outcome, answer: &HeartRateAnswer, rule: &SurgeRule) -> String {
    let strides = found.iter().all(|surge| STRIDE_S.contains(&surge.seconds));
    let (seconds, word) = (total_s(found), if strides { "strides" } else { "surges" });
    let what = match found.len() {
        0 => return none(rule),
        1 => return format!("One surge of {seconds} s."),
        count => format!("{count} {word}, {seconds} s in total"),
    };
    match result {
        Outcome::Slip if answer.readable => {
            format!("{what}; they took your heart rate above the ceiling for {} s.", answer.above_s)
        }
        Outcome::Slip => format!("{what}; what they did to your heart rate cannot be read."),
        Outcome::Note => format!("{what}; your heart rate stayed in the recovery range."),
        _ => format!("{what}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;

    /// Half an hour with a stride of 20 s a minute from minute 25 on, each answered after 10 s for 30 s.
    fn strides(count: usize, beats: Option<u16>) -> TestRun {
        let phase = |k: usize| (k >= 1500 && k < 1500 + 60 * count).then(|| (k - 1500) % 60);
        TestRun::of(run(1800, |k| {
            let answered = phase(k).is_some_and(|second| (10..40).contains(&second));
            let fast = phase(k).is_some_and(|second| second < 20);
            let quiet = beats.map(|_| 129 + (k / 5 % 3) as u16);
            (if answered { beats } else { quiet }, if fast { 4_500 } else { 2_500 }, 166)
        }))
    }

    #[test]
    fn strides_that_stay_under_the_ceiling_are_noted() {
        let found = strides(5, Some(140)).ask(&CRITERION);
        assert_eq!((found.result, found.value), (Outcome::Note, Some(5.0)), "{found:?}");
        assert_eq!(found.figure("seconds_above_ceiling"), Some(0.0));
        assert!(found.text.starts_with("5 strides,"), "{}", found.text);
    }

    #[test]
    fn strides_that_take_the_heart_rate_above_it_slip() {
        let found = strides(2, Some(150)).ask(&CRITERION);
        assert_eq!(found.result, Outcome::Slip);
        assert_eq!(found.figure("seconds_above_ceiling"), Some(60.0), "two times half a minute");
    }

    #[test]
    fn a_longer_burst_is_not_said_to_be_none() {
        // Two minutes at full speed, which no surge lasts.
        let burst = |k: usize| (1_200..1_320).contains(&k);
        let beats = |k: usize| {
            let quiet = if (1_210..1_340).contains(&k) { 149 } else { 129 };
            Some(quiet + (k / 5 % 3) as u16)
        };
        let series = run(1_800, |k| (beats(k), if burst(k) { 4_500 } else { 2_500 }, 166));
        let mut found = TestRun::of(series);
        found.row.distances.speed_recorded = true;
        let found = found.ask(&CRITERION);
        assert_eq!((found.result, found.value), (Outcome::Pass, Some(0.0)));
        assert_eq!(
            &*found.text,
            "No burst of 15 to 90 s; longer ones are judged by their heart rate."
        );
        let unread = strides(0, None).ask(&CRITERION);
        assert_eq!(&*unread.text, "No burst of 20 to 90 s.");
    }

    #[test]
    fn one_stride_is_nothing() {
        assert_eq!(strides(1, Some(150)).ask(&CRITERION).result, Outcome::Pass);
    }

    #[test]
    fn strides_without_a_heart_rate_slip() {
        let found = strides(5, None).ask(&CRITERION);
        assert_eq!(found.result, Outcome::Slip);
        assert!(found.text.ends_with("cannot be read."), "{}", found.text);
    }
}
