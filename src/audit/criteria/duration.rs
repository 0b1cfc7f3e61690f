//! Was it short enough?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::duration_limits::{
    DurationLimits, HIGHEST, LEAST, MAX, NEWER, NOTE, SHARE, SLIP,
};
use crate::audit::finding::Assessment;
use crate::audit::heart_rate_doubts::WITHOUT_STEPS;
use crate::audit::limit::Limit;
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::round_number::round_number;
use crate::audit::wording::{pair, plain};

/// Moving time against the limit.
pub static CRITERION: Criterion = Criterion {
    id: "duration",
    severity: Severity::Decisive,
    question: "Was it short enough?",
    why: "A recovery run is shorter than an easy run, so that it adds no load of its own.",
    article: "\"They typically last 20–40 minutes … The key is that the duration should not turn the run into extra load.\"",
    how: "Moving time against a limit of 40 minutes, 30 for newer runners. With six full weeks of history the \
          limit is 12 % of the median weekly running time, at least 40 and at most 60 minutes. A row of the plan or a \
          timed workout in the watch raises it to its minutes, at most to 60; a file name does not, for it often holds \
          the length that was run. Up to 10 minutes over pass with a note, but no run above 60 minutes; up to 25 \
          over slip, more fails. Under 10 minutes nothing is judged.",
    misleads: "An experienced runner may take a somewhat longer recovery run without harm: below the first \
               threshold length is coaching practice rather than physiology. Set `max_minutes` to your own limit.",
    missing: "How long it was cannot be told: no times in the file, or less than 10 minutes of running.",
    sources: &[
        Reference {
            citation: "The article: 20–40 minutes, longer for experienced runners, brief for newer ones",
            strength: Strength::Consensus,
        },
        Reference {
            citation: "Full Potential: up to 45 minutes; other coaches 25–40 and 25–50",
            strength: Strength::Consensus,
        },
        Reference {
            citation: "12 % of the week and the tolerances are this tool's choice: two readers who agreed with each other let runs of up to 50 minutes pass on 60 real runs, 55–67 slip, and none over 70",
            strength: Strength::Custom,
        },
    ],
    limits: &[&MAX, &NEWER, &SHARE, &HIGHEST, &NOTE, &SLIP, &LEAST],
    assess,
};

/// The limit that those of a slip and of a fail follow from, among the figures of the finding.
pub const LIMIT_MINUTES: &str = "limit_minutes";
/// A shorter run than this gets a word, in minutes.
const USUAL_FROM_MIN: Limit = Limit::of(20.0);

/// The watch's own clock may run ahead of its records by this much, in seconds or as a share.
const UNRECORDED_S: f64 = 120.0;
const UNRECORDED_SHARE: f64 = 0.05;

fn assess(input: &CriterionInput) -> Assessment {
    if input.doubts.without_steps {
        return Assessment::cannot(WITHOUT_STEPS);
    }
    let (moving, limits) = (input.run.durations.moving.minutes(), DurationLimits::of(input));
    let least = input.limit(CRITERION.id, &LEAST);
    if !least.reached_by(moving) {
        return unrecorded(input).map_or_else(
            || too_short(moving, least),
            |why| Assessment::measured(Outcome::Cannot, moving, least, "min", why),
        );
    }
    let result = Outcome::by_limits(moving, limits.pass, limits.slip);
    let limit = if result == Outcome::Fail { limits.slip } else { limits.pass };
    let (result, text) = match unrecorded(input).filter(|_| result != Outcome::Fail) {
        Some(why) => (Outcome::Cannot, why),
        None => (result, sentence(input, result, &limits)),
    };
    Assessment::measured(result, moving, limit, "min", text).with_figure(LIMIT_MINUTES, limits.own)
}

fn too_short(moving: f64, least: Limit) -> Assessment {
    let (ran, needed) = pair(moving, least, 1);
    let text = format!(
        "How long it was cannot be told: {ran} min of running is too short to read; {needed} min are needed."
    );
    Assessment::measured(Outcome::Cannot, moving, least, "min", text)
}

/// Why the run may have been longer than its records.
fn unrecorded(input: &CriterionInput) -> Option<String> {
    let recorded = input.run.durations.timer;
    if input.run.metadata.breaks_off {
        let minutes = plain(recorded.minutes().floor(), 0);
        let distance = input.run.distances.distance.filter(|distance| distance.get() > 0.0);
        let distance = distance.map_or_else(String::new, |distance| {
            format!("{} and ", input.wording().distance(distance))
        });
        return Some(format!(
            "How long it was cannot be told: the file breaks off after {distance}{minutes} min; it was at least \
             that long, and may have gone on."
        ));
    }
    let stated = input.run.metadata.stated.timer?;
    let missing = stated.get() - recorded.get();
    (missing > UNRECORDED_S.max(UNRECORDED_SHARE * stated.get())).then(|| {
        format!(
            "How long it was cannot be told: the watch counted {} min, and only {} min of them are in its records.",
            plain(stated.minutes(), 0),
            plain(recorded.minutes(), 0)
        )
    })
}

fn sentence(input: &CriterionInput, result: Outcome, limits: &DurationLimits) -> String {
    let moving = input.run.durations.moving.minutes();
    let length = length(input, limits);
    let (own, pass, slip) = (plain(limits.own, 0), plain(limits.pass, 0), plain(limits.slip, 0));
    let over = limits.own.exceeded_by(moving);
    let round = if over && input.context.planned_end.is_none() { round_number(input) } else { "" };
    match result {
        Outcome::Pass if over => {
            format!("{length}, longer than your {own}; up to {pass} is fine.{round}")
        }
        Outcome::Pass if !USUAL_FROM_MIN.reached_by(moving) => {
            format!("{length}, shorter than the usual 20, which is fine.")
        }
        Outcome::Pass => format!("{length}, within your {own}."),
        Outcome::Slip if own == pass => {
            format!("A little too long: {length}, where your limit is {own}.{round}")
        }
        Outcome::Slip => {
            format!(
                "A little too long: {length}, where your limit is {own} (up to {pass} is fine).{round}"
            )
        }
        _ => format!(
            "Too long: {length}, where your limit is {own} (more than {slip} is no recovery run).{round}"
        ),
    }
}

/// The length in words, to so many digits that it does not look like a limit that it is not at.
fn length(input: &CriterionInput, limits: &DurationLimits) -> String {
    let (moving, elapsed) = (input.run.durations.moving, input.run.durations.elapsed);
    let digits = [limits.own, limits.pass, limits.slip]
        .map(|limit| pair(moving.minutes(), limit, 0).0)
        .into_iter()
        .max_by_key(String::len)
        .unwrap_or_default();
    if elapsed.get() - moving.get() >= 60.0 {
        format!("{digits} min of running ({} from start to finish)", plain(elapsed.minutes(), 0))
    } else {
        format!("{digits} min")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::PlannedEnd;
    use crate::audit::testing::TestRun;
    use crate::settings::{LimitOverrides, UnitSystem};
    use crate::units::{Metres, Seconds};

    fn minutes(minutes: usize) -> TestRun {
        TestRun::steady(minutes, 2_500)
    }

    fn limits(test_run: &TestRun) -> (Outcome, Option<f64>, Option<f64>) {
        let found = test_run.ask(&CRITERION);
        (found.result, found.figure(LIMIT_MINUTES), found.limit)
    }

    #[test]
    fn ten_over_pass_with_a_word_and_twenty_five_over_slip() {
        for (length, expected) in [
            (9, Outcome::Cannot),
            (40, Outcome::Pass),
            (50, Outcome::Pass),
            (51, Outcome::Slip),
            (65, Outcome::Slip),
            (66, Outcome::Fail),
        ] {
            assert_eq!(minutes(length).ask(&CRITERION).result, expected, "{length} min");
        }
        assert_eq!(&*minutes(35).ask(&CRITERION).text, "35 min, within your 40.");
        assert!(minutes(48).ask(&CRITERION).text.starts_with("48 min, longer than your 40;"));
        let mut second = minutes(51);
        second.row.durations.moving = Seconds::of(3_001.0);
        assert_eq!(second.ask(&CRITERION).result, Outcome::Slip, "one second over 50 min");
        assert!(second.ask(&CRITERION).text.contains("50.02 min"), "{:?}", second.ask(&CRITERION));
    }

    #[test]
    fn a_plan_raises_the_limit_up_to_an_hour_and_never_lowers_it() {
        let planned = |of: f64| TestRun {
            scheduled: Some(Seconds::from_minutes(of)),
            planned_end: Some(PlannedEnd::After(Seconds::from_minutes(of))),
            ..minutes(58)
        };
        assert_eq!(limits(&planned(50.0)), (Outcome::Pass, Some(50.0), Some(60.0)));
        assert_eq!(limits(&planned(90.0)), (Outcome::Pass, Some(60.0), Some(60.0)));
        assert_eq!(limits(&planned(20.0)), (Outcome::Slip, Some(40.0), Some(50.0)));
        let newer = TestRun { newer_runner: true, ..planned(45.0) };
        assert_eq!(limits(&newer), (Outcome::Slip, Some(45.0), Some(55.0)));
        let by_name = TestRun { scheduled: None, ..planned(55.0) };
        assert_eq!(limits(&by_name), (Outcome::Slip, Some(40.0), Some(50.0)));
    }

    #[test]
    fn no_run_above_an_hour_passes_unless_the_settings_say_so() {
        let limits_of = |max: f64| {
            let changed = LimitOverrides::default().with(CRITERION.id, MAX.key, max);
            limits(&TestRun { limits: changed, ..minutes(62) })
        };
        assert_eq!(limits_of(55.0), (Outcome::Pass, Some(55.0), Some(65.0)));
        let planned = TestRun { scheduled: Some(Seconds::from_minutes(55.0)), ..minutes(62) };
        assert_eq!(limits(&planned), (Outcome::Slip, Some(55.0), Some(60.0)));
    }

    #[test]
    fn of_a_file_that_breaks_off_is_said_what_it_holds() {
        let cut = |minutes| {
            let mut test_run = TestRun::steady(minutes, 2_500);
            test_run.row.metadata.breaks_off = true;
            test_run
        };
        // 24 min at 2.5 m/s are 3,600 m, which are 2.24 miles.
        let found = cut(24).ask(&CRITERION);
        assert_eq!(
            &*found.text,
            "How long it was cannot be told: the file breaks off after 3.60 km and 24 min; it was at least that \
             long, and may have gone on."
        );
        assert_eq!((found.result, found.value), (Outcome::Cannot, Some(24.0)));
        let imperial = TestRun { units: UnitSystem::Imperial, ..cut(24) }.ask(&CRITERION).text;
        assert!(imperial.contains("after 2.24 mi and 24 min"), "{imperial}");
        assert_eq!(cut(8).ask(&CRITERION).value, Some(8.0));
    }

    #[test]
    fn a_round_number_is_one_in_the_units_of_the_reader() {
        // 44 min at 2.5 m/s are 6.6 km; 6,010 m lie just past 6 km, and 3.73 mi past nothing.
        let mut test_run = minutes(44);
        test_run.row.distances.distance = Metres::new(6_010.0);
        assert!(test_run.ask(&CRITERION).text.ends_with("ran on to a round number."));
        let imperial = TestRun { units: UnitSystem::Imperial, ..test_run };
        assert!(!imperial.ask(&CRITERION).text.contains("round number"));
    }
}
