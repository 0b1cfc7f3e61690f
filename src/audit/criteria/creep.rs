//! Are the recovery runs getting harder?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{Wording, plain};
use crate::history::{PastRun, RECENT_RUNS, Trend};
use crate::metrics::statistics::TheilSen;

/// Heart rate and pace of the last recovery runs over their dates.
pub static CRITERION: Criterion = Criterion {
    id: "creep",
    severity: Severity::Advisory,
    question: "Do your recovery runs stay as easy as they were?",
    why: "Each run may look fine beside the one before while all of them together drift towards easy runs.",
    article: "\"Runners who can't accept this often turn their recovery runs into easy runs.\"",
    how: "The last eight recovery runs, this one included, at least five of them: the median slope (Theil–Sen) of \
          their mean heart rate, and of the pace of their own grade-adjusted speed, over the day they were run. A \
          rise of 3 bpm per 28 days is noted, and so is a pace that gets faster by 20 s per mile (12 s/km) per 28 \
          days, if the whole 95 % interval of the slope points that way. Runs of less than 14 days are not asked; of \
          less than 28 the change over the days that there are is said too.",
    misleads: "Runs of two or three weeks span little time; a new sensor; summer. Pace that gets faster at one heart \
               rate is fitness, and is noted all the same.",
    missing: "Needs 5 recovery runs over 14 days or more.",
    sources: &[
        Reference {
            citation: "3 bpm and 20 s per mile per 28 days are this tool's choice: more than the run-to-run noise of a median slope over some weeks",
            strength: Strength::Custom,
        },
        Reference {
            citation: "Lamberts 2004, J Strength Cond Res 18:641: heart rate at one speed varies by 5 ± 2 bpm from day to day",
            strength: Strength::Study,
        },
    ],
    limits: &[&HEART_RATE, &PACE, &LEAST_DAYS],
    assess,
};

/// The rise of heart rate that is noted.
pub static HEART_RATE: LimitDefinition = LimitDefinition {
    key: "bpm",
    default: 3.0,
    range: 0.5..=30.0,
    unit: "bpm",
    meaning: "a rise of mean heart rate by this much per 28 days is noted",
};
/// The gain of pace that is noted.
pub static PACE: LimitDefinition = LimitDefinition {
    key: "seconds_per_mile",
    default: 20.0,
    range: 1.0..=300.0,
    unit: "s/mile",
    meaning: "a pace that gets faster by this much per 28 days is noted",
};

/// Days that the runs have to span.
pub static LEAST_DAYS: LimitDefinition = LimitDefinition {
    key: "least_days",
    default: 14.0,
    range: 1.0..=365.0,
    unit: "days",
    meaning: "runs that span less time tell no change",
};

/// Days that a change is given for.
const DAYS: f64 = 28.0;

fn assess(input: &CriterionInput) -> Assessment {
    let mut runs: Vec<&PastRun> =
        input.context.past.recovery_runs().rev().take(RECENT_RUNS - 1).collect();
    runs.insert(0, input.context.this);
    let days = runs
        .last()
        .map_or(0.0, |oldest| input.context.this.start.seconds_since(oldest.start) / 86_400.0);
    if !input.limit(CRITERION.id, &LEAST_DAYS).reached_by(days) {
        return Assessment::cannot(CRITERION.missing);
    }
    let change = |figure: fn(&PastRun) -> Option<f64>| {
        let figures: Vec<_> = runs.iter().map(|run| (run.start, figure(run))).collect();
        Trend::of(&figures).slope
    };
    let beats = change(|run| Some(run.mean_heart_rate?.get()));
    // A pace that gets faster falls, so its sign is turned.
    let gain = change(|run| Some(-run.speed?.pace()?.per_mile()));
    let (most_beats, most_pace) =
        (input.limit(CRITERION.id, &HEART_RATE), input.limit(CRITERION.id, &PACE));
    let per_28_days = |line: Option<TheilSen>| line.map(|line| DAYS * line.slope);
    let clear = |line: Option<TheilSen>, most: Limit| {
        line.filter(|line| most.reached_by(DAYS * line.slope) && line.interval.0 > 0.0)
            .map(|line| DAYS * line.slope)
    };
    let (harder, faster) = (clear(beats, most_beats), clear(gain, most_pace));
    let (beats, pace) = (per_28_days(beats), per_28_days(gain).map(|gain| -gain));
    let words = ChangeWords { wording: input.wording(), days };
    let harder_how = words.sentence(harder, faster, (most_beats, most_pace));
    let result = if harder_how.is_some() { Outcome::Note } else { Outcome::Pass };
    let text =
        harder_how.unwrap_or_else(|| "Your recovery runs are not getting harder.".to_owned());
    match (harder, faster, beats, pace) {
        (Some(value), ..) | (None, None, Some(value), _) => {
            Assessment::measured(result, value, most_beats, "bpm/28 d", text)
        }
        (None, Some(value), ..) => {
            Assessment::measured(result, value, most_pace, "s/mile/28 d", text)
        }
        (.., Some(pace)) => Assessment::measured(result, -pace, most_pace, "s/mile/28 d", text),
        _ => Assessment::cannot(CRITERION.missing),
    }
}

/// How changes are said of runs that span so many days.
struct ChangeWords {
    wording: Wording,
    days: f64,
}

impl ChangeWords {
    /// What is getting harder, where anything is.
    fn sentence(
        &self,
        harder: Option<f64>,
        faster: Option<f64>,
        (beats, pace): (Limit, Limit),
    ) -> Option<String> {
        let bpm = |bpm: f64| format!("{} bpm", plain(bpm, 1));
        let heart = harder.map(|rise| self.change("heart rate rises by", rise, beats, &bpm));
        let of_pace = |gain: f64| self.wording.pace_difference_of_mile(gain);
        let speed = faster.map(|gain| self.change("pace gets faster by", gain, pace, &of_pace));
        let what: Vec<String> = heart.into_iter().chain(speed).collect();
        (!what.is_empty())
            .then(|| format!("Your recovery runs are getting harder: {}.", what.join(", and ")))
    }

    /// A change per 28 days; where there are fewer, first what it came to in those.
    fn change(
        &self,
        what: &str,
        per_28: f64,
        noted: Limit,
        text: &dyn Fn(f64) -> String,
    ) -> String {
        let noted = text(noted.get());
        if self.days.round() >= DAYS {
            return format!("{what} {} per 28 days (noted from {noted})", text(per_28));
        }
        let within = text(per_28 * self.days / DAYS);
        let days = plain(self.days, 0);
        format!(
            "{what} {within} in {days} days, as fast as {} in 28 (noted from {noted})",
            text(per_28)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{TODAY, TestRun, labelled};
    use crate::history::testing::day;
    use crate::session::SessionKind;
    use crate::units::{BeatsPerMinute, MetresPerSecond};

    /// The run on trial at 130 bpm and 2.5 m/s after four others, one a week.
    fn weekly(beats: impl Fn(u64) -> f64, speed: impl Fn(u64) -> f64) -> TestRun {
        let run = |weeks_ago: u64| PastRun {
            mean_heart_rate: BeatsPerMinute::new(beats(weeks_ago)),
            speed: MetresPerSecond::new(speed(weeks_ago)),
            ..labelled(SessionKind::Recovery, day(TODAY - 7 * weeks_ago), 30.0)
        };
        TestRun { this: run(0), past: [4, 3, 2, 1].map(run).into(), ..TestRun::steady(30, 2_500) }
    }

    #[test]
    fn a_rising_heart_rate_is_noted() {
        let rising = weekly(|ago| 130.0 - 0.75 * ago as f64, |_| 2.5).ask(&CRITERION);
        assert_eq!((rising.result, rising.value), (Outcome::Note, Some(3.0)));
        let slower = weekly(|ago| 130.0 - 0.74 * ago as f64, |_| 2.5).ask(&CRITERION);
        assert_eq!(slower.result, Outcome::Pass, "{slower:?}");
    }

    #[test]
    fn a_faster_pace_is_noted() {
        let pace = |ago: u64| 1609.344 / (640.0 + 5.1 * ago as f64);
        let faster = weekly(|_| 130.0, pace).ask(&CRITERION);
        assert_eq!(
            (faster.result, faster.unit.as_ref()),
            (Outcome::Note, "s/mile/28 d"),
            "{faster:?}"
        );
        assert!(faster.text.contains("13 s/km"), "{}", faster.text);
    }

    #[test]
    fn a_change_is_said_over_the_days_that_there_are() {
        let every = |days: u64| {
            let run = |k: u64| PastRun {
                mean_heart_rate: BeatsPerMinute::new(130.0 - k as f64),
                speed: MetresPerSecond::new(2.5),
                ..labelled(SessionKind::Recovery, day(TODAY - days * k), 30.0)
            };
            let past = [4, 3, 2, 1].map(run).into();
            TestRun { this: run(0), past, ..TestRun::steady(30, 2_500) }.ask(&CRITERION)
        };
        // Four beats in sixteen days are seven in 28.
        let found = every(4);
        assert_eq!((found.result, found.value), (Outcome::Note, Some(7.0)));
        assert!(
            found
                .text
                .contains("rises by 4 bpm in 16 days, as fast as 7 bpm in 28 (noted from 3 bpm)"),
            "{}",
            found.text
        );
        let short = every(3);
        assert_eq!((short.result, &*short.text), (Outcome::Cannot, CRITERION.missing));
    }

    #[test]
    fn four_runs_are_too_few() {
        let mut test_run = weekly(|_| 130.0, |_| 2.5);
        test_run.past.remove(0);
        let found = test_run.ask(&CRITERION);
        assert_eq!((found.result, &*found.text), (Outcome::Cannot, CRITERION.missing));
    }

    #[test]
    fn the_ninth_run_back_is_forgotten() {
        let mut test_run = weekly(|_| 130.0, |_| 2.5);
        let run = |days: u64, beats| PastRun {
            mean_heart_rate: BeatsPerMinute::new(beats),
            ..labelled(SessionKind::Recovery, day(days), 30.0)
        };
        test_run.past = (0..7).map(|k| run(30 + 4 * k, 130.0)).collect();
        test_run.past.insert(0, run(1, 60.0));
        let found = test_run.ask(&CRITERION);
        assert_eq!((found.result, found.value), (Outcome::Pass, Some(0.0)));
    }
}
