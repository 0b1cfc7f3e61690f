//! What to do next time, from the runner's own minutes.
//!
//! Each minute of the recent runs is a pair of grade-adjusted speed and heart rate. The advice is
//! the fastest speed up to which at least four in five minutes stayed under the ceiling of today.

use serde::{Deserialize, Serialize};

use super::criteria::{duration, fast_finish, planned_end, surges};
use super::criterion_input::CriterionInput;
use super::finding::Finding;
use super::outcome::Outcome;
use super::wording::plain;
use crate::history::PastRun;
use crate::session::SessionKind;
use crate::units::{MetresPerSecond, SecondsPerKilometre};

/// One sentence of advice and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// The sentence.
    pub text: String,
    /// The grade-adjusted pace up to which heart rate stayed under the ceiling.
    pub up_to: Option<SecondsPerKilometre>,
    /// How many runs that pace rests on.
    pub basis_runs: usize,
}

/// Days whose runs are asked.
const DAYS: i64 = 56;
/// Runs and minutes that a pace needs.
const LEAST_RUNS: usize = 3;
const LEAST_MINUTES: usize = 30;
/// Speeds are taken together in steps of this width, in m/s.
const STEP: f64 = 0.1;
/// Minutes that a step needs to count.
const STEP_MINUTES: usize = 8;
/// Share of a step's minutes that must be under the ceiling.
const UNDER: f64 = 0.8;

/// Advice for the next recovery run; `None` where the data supports none.
pub(super) fn next_time(input: &CriterionInput, findings: &[Finding]) -> Option<Advice> {
    let leave_out = leave_out(input, findings);
    let pace = pace_under_ceiling(input);
    let said_pace = pace.as_ref().map(|(pace, runs)| {
        let ceiling = input.context.lines.map_or(0.0, |lines| lines.ceiling.get());
        format!(
            "up to {} on level ground you stay under {} bpm (from {runs} runs of the last 8 weeks)",
            input.wording().pace(*pace),
            plain(ceiling, 0)
        )
    });
    let parts: Vec<String> = said_pace.into_iter().chain(leave_out).collect();
    (!parts.is_empty()).then(|| Advice {
        text: format!("Next time: {}.", parts.join("; ")),
        up_to: pace.map(|(pace, _)| pace),
        basis_runs: pace.map_or(0, |(_, runs)| runs),
    })
}

/// What to leave out, by the criteria that lowered the verdict.
fn leave_out(input: &CriterionInput, findings: &[Finding]) -> Vec<String> {
    let off = |id: &str| {
        findings.iter().any(|finding| {
            finding.criterion == id && matches!(finding.result(), Outcome::Slip | Outcome::Fail)
        })
    };
    let mut parts = Vec::new();
    if off(duration::CRITERION.id) {
        parts.push(format!("stop after {} min", plain(duration::limit_minutes(input), 0)));
    }
    if off(fast_finish::CRITERION.id) {
        parts.push("finish as slowly as you began".to_owned());
    }
    if off(surges::CRITERION.id) {
        parts.push("leave the strides for another day".to_owned());
    }
    if off(planned_end::CRITERION.id) && !off(duration::CRITERION.id) {
        parts.push("end it where the plan ends".to_owned());
    }
    parts
}

/// The fastest pace that stays under the ceiling, and how many runs say so.
fn pace_under_ceiling(input: &CriterionInput) -> Option<(SecondsPerKilometre, usize)> {
    let ceiling = input.context.lines.filter(|lines| !lines.guessed)?.ceiling.get();
    let steady = |run: &PastRun| {
        let kind = run.kind();
        matches!(kind, Some(SessionKind::Recovery | SessionKind::Easy | SessionKind::Long))
    };
    let asked = |run: &&PastRun| steady(run) && run.speed.is_some() && run.effort.is_some();
    let runs: Vec<&PastRun> =
        input.context.past.runs_within(DAYS).chain([input.context.this]).filter(asked).collect();
    let minutes: Vec<(f64, f64)> = runs.iter().flat_map(|run| run.minutes()).collect();
    if runs.len() < LEAST_RUNS || minutes.len() < LEAST_MINUTES {
        return None;
    }
    let speed = fastest_under(&minutes, ceiling)?;
    Some((MetresPerSecond::new(speed)?.pace()?, runs.len()))
}

fn step_of(speed: f64) -> u32 {
    (speed / STEP) as u32
}

/// The upper end of the last step, from the slowest on, whose minutes stay under the ceiling.
fn fastest_under(minutes: &[(f64, f64)], ceiling: f64) -> Option<f64> {
    let mut sorted = minutes.to_vec();
    sorted.sort_unstable_by(|left, right| left.0.total_cmp(&right.0));
    let mut fastest = None;
    for step in sorted.chunk_by(|left, right| step_of(left.0) == step_of(right.0)) {
        let under = step.iter().filter(|(_, beats)| *beats <= ceiling).count();
        match step.len() >= STEP_MINUTES {
            true if under as f64 >= UNDER * step.len() as f64 => {
                fastest = step.last().map(|minute| minute.0);
            }
            true => break,
            false => {}
        }
    }
    fastest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(speed: f64, beats: f64, count: usize) -> Vec<(f64, f64)> {
        vec![(speed, beats); count]
    }

    #[test]
    fn the_pace_is_where_the_heart_leaves_the_ceiling() {
        let all =
            [minutes(2.35, 132.0, 20), minutes(2.55, 140.0, 20), minutes(2.75, 150.0, 20)].concat();
        assert_eq!(fastest_under(&all, 145.0), Some(2.55));
        assert_eq!(fastest_under(&all, 130.0), None);
        assert_eq!(fastest_under(&all, 160.0), Some(2.75));
    }

    #[test]
    fn a_few_odd_minutes_decide_nothing() {
        let all =
            [minutes(2.35, 132.0, 20), minutes(2.45, 170.0, 3), minutes(2.55, 140.0, 20)].concat();
        assert_eq!(fastest_under(&all, 145.0), Some(2.55));
        let fifth = [minutes(2.55, 140.0, 16), minutes(2.55, 150.0, 4)].concat();
        assert_eq!(fastest_under(&fifth, 145.0), Some(2.55));
        let more = [minutes(2.55, 140.0, 15), minutes(2.55, 150.0, 5)].concat();
        assert_eq!(fastest_under(&more, 145.0), None);
    }
}
