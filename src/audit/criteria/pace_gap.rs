//! Was it slower than the easy pace?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{Wording, plain};
use crate::history::EasyBaseline;
use crate::units::{METRES_PER_MILE, MetresPerSecond, Percent, SecondsPerKilometre};

/// Pace against the runner's own easy pace.
pub static CRITERION: Criterion = Criterion {
    id: "pace-gap",
    severity: Severity::Advisory,
    question: "Was it slower than your easy pace?",
    why: "Pace is no measure of effort, but a recovery run at the usual easy pace is often no more than another easy run.",
    article: "\"At a deliberately slow pace (often 60–90 seconds per mile slower than normal easy pace).\"",
    how: "The run's steady pace, grade-adjusted, the median of the middle half of its minutes, less the median of \
          your easy runs of the 8 weeks before (12 if there are fewer than 5). From 60 s per mile (37 s per km) on \
          it passes, between 30 and 60 it is a little slower, below 30 it is your easy pace, below 0 faster. No run \
          is too slow. Where the easy pace is slower than 11:30 per mile (7:09 per km) nothing is compared.",
    misleads: "Soft ground, snow, wind, heat or a buggy. Easy runs that are too fast themselves, which is said. Treadmills \
               and hills of more than 30 m per km are not compared.",
    missing: "Needs 5 easy runs in 8 weeks; have N.",
    sources: &[
        Reference {
            citation: "The article: often 60–90 seconds per mile slower than normal easy pace",
            strength: Strength::Consensus,
        },
        Reference {
            citation: "The half-way mark of 30 s per mile and the reach of the comparison are this tool's choice",
            strength: Strength::Custom,
        },
    ],
    limits: &[&PASS, &CLOSE, &SLOWEST_EASY, &CLIMB],
    assess,
};

/// Passes from here on.
pub static PASS: LimitDefinition = LimitDefinition {
    key: "pass_seconds_per_km",
    default: 60.0 * 1000.0 / METRES_PER_MILE,
    range: 0.0..=300.0,
    unit: "s/km",
    meaning: "so much slower than easy pace passes (60 s per mile)",
};
/// Below it the pace is the easy pace.
pub static CLOSE: LimitDefinition = LimitDefinition {
    key: "close_seconds_per_km",
    default: 30.0 * 1000.0 / METRES_PER_MILE,
    range: 0.0..=300.0,
    unit: "s/km",
    meaning: "less than this slower is the easy pace itself (30 s per mile)",
};
/// Beyond it a gap would be walking.
pub static SLOWEST_EASY: LimitDefinition = LimitDefinition {
    key: "slowest_easy_seconds_per_km",
    default: 690.0 * 1000.0 / METRES_PER_MILE,
    range: 240.0..=1200.0,
    unit: "s/km",
    meaning: "a runner whose easy pace is slower is told to go by heart rate (11:30 per mile)",
};
/// Beyond it pace says nothing.
pub static CLIMB: LimitDefinition = LimitDefinition {
    key: "climb_m_per_km",
    default: 30.0,
    range: 0.0..=200.0,
    unit: "m/km",
    meaning: "on a hillier run pace is not compared",
};

fn assess(input: &CriterionInput) -> Assessment {
    let (own, (easy, share_too_hard)) =
        match own_speed(input).and_then(|own| Ok((own, baseline(input)?))) {
            Ok(both) => both,
            Err(why) => return Assessment::cannot(why),
        };
    let (Some(own), Some(easy)) = (own.pace(), easy.pace()) else {
        return Assessment::cannot("No pace to compare; not checked.");
    };
    if input.limit(CRITERION.id, &SLOWEST_EASY).exceeded_by(easy.get()) {
        return Assessment::cannot(format!(
            "Your easy pace is {}. At your speed judge by heart rate; walking is fine.",
            input.wording().pace(easy)
        ));
    }
    let gap = own.get() - easy.get();
    let (pass, close) = (input.limit(CRITERION.id, &PASS), input.limit(CRITERION.id, &CLOSE));
    let (result, limit) = match gap {
        gap if pass.reached_by(gap) => (Outcome::Pass, pass),
        gap if close.reached_by(gap) => (Outcome::Note, pass),
        gap if gap >= 0.0 => (Outcome::Note, close),
        _ => (Outcome::Note, Limit::of(0.0)),
    };
    let text = sentence(input.wording(), (own, easy), pass, close)
        + &note_of_hard_easy_runs(share_too_hard);
    Assessment::measured(result, gap, limit, "s/km", text)
}

/// The run's own speed, or why it cannot be compared.
fn own_speed(input: &CriterionInput) -> Result<MetresPerSecond, String> {
    let steadiness = input.run.steadiness.as_ref();
    let steadiness = steadiness.map_err(|why| format!("Cannot compare pace: {why}."))?;
    if input.run.speed_is_estimated() {
        return Err("Cannot compare pace: speed is only the watch's estimate.".to_owned());
    }
    let most = input.limit(CRITERION.id, &CLIMB);
    match input.context.this.climb_m_per_km {
        Some(climb) if most.exceeded_by(climb) => Err(format!(
            "Cannot compare pace: too hilly ({} of climb, up to {} can be compared).",
            input.wording().climb_rate(climb),
            input.wording().climb_rate(most.get())
        )),
        _ => Ok(steadiness.reference_speed),
    }
}

fn baseline(input: &CriterionInput) -> Result<(MetresPerSecond, Option<Percent>), String> {
    match input.context.easy {
        EasyBaseline::Known { speed, share_too_hard, .. } => Ok((speed, share_too_hard)),
        EasyBaseline::TooFew(runs) => Err(format!("Needs 5 easy runs in 8 weeks; have {runs}.")),
    }
}

fn sentence(
    wording: Wording,
    (own, easy): (SecondsPerKilometre, SecondsPerKilometre),
    pass: Limit,
    close: Limit,
) -> String {
    let gap = own.get() - easy.get();
    let difference = wording.pace_difference(gap.abs());
    let usual = format!("{} (steady pace here {})", wording.pace(easy), wording.pace(own));
    let asked = wording.pace_difference(pass.get());
    match gap {
        gap if pass.reached_by(gap) => {
            format!("{difference} slower than your easy pace of {usual}; {asked} or more is meant.")
        }
        gap if close.reached_by(gap) => format!(
            "A little slower than your easy pace of {usual}: {difference}, where {asked} or more is meant."
        ),
        gap if gap >= 0.0 => format!(
            "At your normal easy pace of {usual}: {difference} slower, where {asked} or more is meant."
        ),
        _ => format!("Faster than your easy pace of {usual}, by {difference}."),
    }
}

fn note_of_hard_easy_runs(share_too_hard: Option<Percent>) -> String {
    share_too_hard.map_or_else(String::new, |share| {
        format!(
            " Your easy runs are themselves moderate ({} % of their time above the moderate line), so the gap is measured from the wrong place.",
            plain(share.get(), 0)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::history::PastRun;
    use crate::history::testing::{day, easy_on};
    use crate::settings::UnitSystem;

    /// A run at so many mm/s after five easy runs at 3 m/s (5:33/km).
    fn at(speed: u16) -> TestRun {
        TestRun::steady(30, speed).after_runs(easy_runs(5, 3.0))
    }

    fn easy_runs(count: u64, speed: f64) -> Vec<PastRun> {
        (0..count).map(|k| easy_on(day(40 + k), speed)).collect()
    }

    #[test]
    fn a_mile_a_minute_slower_passes_and_no_run_is_too_slow() {
        assert_eq!(at(2_690).ask(&CRITERION).result, Outcome::Pass);
        let slow = at(2_000).ask(&CRITERION);
        assert_eq!((slow.result, slow.unit.as_ref()), (Outcome::Pass, "s/km"));
        assert_eq!(
            &*slow.text,
            "167 s/km slower than your easy pace of 5:33/km (steady pace here 8:20/km); 37 s/km or more is meant."
        );
    }

    #[test]
    fn each_step_towards_easy_pace_is_told() {
        let text = |speed| {
            let found = at(speed).ask(&CRITERION);
            assert_eq!(found.result, Outcome::Note, "{speed}");
            found.text
        };
        assert!(text(2_800).starts_with("A little slower"), "{}", text(2_800));
        assert!(text(2_950).starts_with("At your normal easy pace"), "{}", text(2_950));
        assert_eq!(
            &*text(3_200),
            "Faster than your easy pace of 5:33/km (steady pace here 5:13/km), by 21 s/km."
        );
        let imperial = TestRun { units: UnitSystem::Imperial, ..at(3_200) }.ask(&CRITERION);
        assert_eq!(
            &*imperial.text,
            "Faster than your easy pace of 8:56/mi (steady pace here 8:23/mi), by 34 s/mi."
        );
    }

    #[test]
    fn what_cannot_be_compared_is_not() {
        let cannot = |test_run: TestRun| {
            let found = test_run.ask(&CRITERION);
            assert_eq!(found.result, Outcome::Cannot, "{found:?}");
            found.text
        };
        assert_eq!(
            &*cannot(TestRun::steady(30, 2_500).after_runs(easy_runs(4, 3.0))),
            "Needs 5 easy runs in 8 weeks; have 4."
        );
        let mut treadmill = at(2_500);
        treadmill.row.metadata.located = false;
        assert!(cannot(treadmill).contains("the watch's estimate"));
        let mut hilly = at(2_500);
        hilly.this.climb_m_per_km = Some(31.0);
        assert!(cannot(hilly).contains("31 m/km"));
        let slow = TestRun::steady(30, 2_100).after_runs(easy_runs(5, 2.3));
        assert!(cannot(slow).ends_with("judge by heart rate; walking is fine."));
    }

    #[test]
    fn a_baseline_of_moderate_runs_is_said() {
        let mut test_run = at(2_600);
        for run in &mut test_run.past {
            run.effort.as_mut().unwrap().above_moderate = Percent::of(40.0);
        }
        let found = test_run.ask(&CRITERION);
        assert!(found.text.contains("the wrong place"), "{}", found.text);
    }
}
