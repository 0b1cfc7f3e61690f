//! Was the pace even?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::pair;
use crate::metrics::blocks::BLOCK_S;
use crate::metrics::span::Span;
use crate::metrics::statistics::mean;
use crate::metrics::steadiness::running_seconds;

/// Variation of speed from minute to minute.
pub static CRITERION: Criterion = Criterion {
    id: "unevenness",
    severity: Severity::Advisory,
    question: "Was the pace even?",
    why: "A run that is to stay relaxed has little reason to change its pace.",
    article: "\"It should feel relaxed from start to finish.\"",
    how: "The coefficient of variation of the grade-adjusted speed of the run's minutes, walking left out. More than \
          12 % is noted, with the minutes that lie further than this from the run's own speed.",
    misleads: "Corners, crossings, soft or rocky ground and steep slopes; run-walk sessions, which are not asked.",
    missing: "No speed data; not checked.",
    sources: &[Reference {
        citation: "12 % is well above what satellite speed and ground make of an even run: this tool's choice",
        strength: Strength::Custom,
    }],
    limits: &[&NOTE],
    assess,
};

/// Quiet up to here.
pub static NOTE: LimitDefinition = LimitDefinition {
    key: "note_percent",
    default: 12.0,
    range: 0.0..=100.0,
    unit: "%",
    meaning: "a speed that varies by more than this is noted",
};

fn assess(input: &CriterionInput) -> Assessment {
    let Ok(steadiness) = &input.run.steadiness else {
        return Assessment::cannot(CRITERION.missing);
    };
    if input.run.is_run_walk() {
        return Assessment::cannot(
            "A run-walk session changes speed by design; evenness is not checked.",
        );
    }
    let limit = input.limit(CRITERION.id, &NOTE);
    let variation = steadiness.variation.get();
    let (shown, allowed) = pair(variation, limit, 0);
    if !limit.exceeded_by(variation) {
        let text = format!(
            "Your speed varied by {shown} % from minute to minute; up to {allowed} % is even."
        );
        return Assessment::measured(Outcome::Pass, variation, limit, "%", text);
    }
    let text = format!(
        "Your speed varied by {shown} % from minute to minute, more than {allowed} %: an uneven run."
    );
    let odd = odd_minutes(input, steadiness.reference_speed.get(), limit);
    Assessment::measured(Outcome::Note, variation, limit, "%", text).at(odd)
}

/// The minutes further than so many percent from the run's own speed, neighbours as one stretch.
fn odd_minutes(input: &CriterionInput, reference: f64, percent: Limit) -> Vec<Span> {
    let running = running_seconds(input.series);
    let is_odd = |minute: &&[usize]| {
        let speed = mean(minute.iter().filter_map(|k| input.series.graded_speed_m_s(*k)));
        speed.is_some_and(|speed| percent.exceeded_by(100.0 * (speed / reference - 1.0).abs()))
    };
    let mut stretches: Vec<std::ops::Range<usize>> = Vec::new();
    for minute in running.chunks_exact(BLOCK_S).filter(is_odd) {
        let (first, behind) = (minute[0], minute[BLOCK_S - 1] + 1);
        match stretches.last_mut().filter(|stretch| stretch.end == first) {
            Some(stretch) => stretch.end = behind,
            None => stretches.push(first..behind),
        }
    }
    stretches.iter().map(Span::of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::series::Channel;
    use crate::metrics::testing::run;

    #[test]
    fn an_even_run_passes() {
        let even = TestRun::steady(30, 2_500).ask(&CRITERION);
        assert_eq!((even.result, even.value), (Outcome::Pass, Some(0.0)));
    }

    #[test]
    fn an_uneven_run_is_noted_with_its_minutes() {
        let speed = |k: usize| if (600..900).contains(&k) { 3_800 } else { 2_500 };
        let uneven = TestRun::paced(30, speed).ask(&CRITERION);
        assert_eq!(uneven.result, Outcome::Note, "{uneven:?}");
        assert_eq!(*uneven.spans, [Span { start: 600, seconds: 300 }]);
    }

    #[test]
    fn without_speed_or_with_walks_it_is_not_asked() {
        let walked = |k: usize| if k % 300 < 60 { 1_300 } else { 2_500 };
        let run_walk = TestRun::of(run(1_800, |k| (Some(130), walked(k), 120)));
        assert_eq!(run_walk.ask(&CRITERION).result, Outcome::Cannot);
        let mut series = run(1_800, |_| (Some(130), 2_500, 166));
        series.speed = Channel::blank(1_800);
        assert_eq!(&*TestRun::of(series).ask(&CRITERION).text, CRITERION.missing);
    }
}
