//! The pace that keeps a runner under the ceiling, from the runner's own minutes.
//!
//! Each minute of the recent runs is a pair of grade-adjusted speed and heart rate. The pace is that
//! of the fastest speed up to which at least four in five minutes stayed under the ceiling of today.

use super::criterion_input::CriterionInput;
use super::limit::Limit;
use crate::history::PastRun;
use crate::session::{SessionKind, Verdict};
use crate::units::{METRES_PER_MILE, MetresPerSecond, SecondsPerKilometre};

/// Days whose runs count.
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

/// A pace that is given lies at least this much under the easy pace, in seconds per mile.
const UNDER_EASY_S_PER_MILE: f64 = 60.0;
/// Runs that climb more are left out, in metres per kilometre: walking up is no pace.
const MOST_CLIMB_M_PER_KM: Limit = Limit::of(20.0);
/// Slower minutes may be walked, in m/s.
const WALKING_M_S: f64 = 1.9;
/// Share of a run above the ceiling of its day from which its speed is no example, in percent.
const TOO_HARD_PCT: Limit = Limit::of(10.0);

/// The fastest pace that stays under the ceiling, and how many runs say so; never faster than a run
/// that was too hard, nor than recovery pace where the easy pace is known.
pub(super) fn pace_under_ceiling(
    input: &CriterionInput,
    ceiling: f64,
) -> Option<(SecondsPerKilometre, usize)> {
    let steady = |run: &PastRun| {
        let kind = run.kind();
        matches!(kind, Some(SessionKind::Recovery | SessionKind::Easy | SessionKind::Long))
    };
    let is_flat = |run: &PastRun| {
        run.climb_m_per_km.is_none_or(|climb| !MOST_CLIMB_M_PER_KM.exceeded_by(climb))
    };
    let asked =
        |run: &&PastRun| steady(run) && is_flat(run) && run.speed.is_some() && run.effort.is_some();
    let runs: Vec<&PastRun> =
        input.context.past.runs_within(DAYS).chain([input.context.this]).filter(asked).collect();
    let minutes: Vec<(f64, f64)> = runs
        .iter()
        .flat_map(|run| run.minutes())
        .filter(|(speed, _)| *speed >= WALKING_M_S)
        .collect();
    if runs.len() < LEAST_RUNS || minutes.len() < LEAST_MINUTES {
        return None;
    }
    let fastest = fastest_under(&minutes, ceiling)?;
    let speed = caps(input).into_iter().fold(fastest, f64::min);
    Some((MetresPerSecond::new(speed)?.pace()?, runs.len()))
}

/// Speeds in m/s that advice never passes.
fn caps(input: &CriterionInput) -> Vec<f64> {
    let was_too_hard = |run: &&PastRun| {
        let above = run.effort.as_ref().map_or(0.0, |effort| {
            let seconds: u32 = effort.band_s[2..].iter().sum();
            100.0 * f64::from(seconds) / f64::from(effort.seconds.max(1))
        });
        matches!(run.verdict, Some(Verdict::Slipped | Verdict::NotRecovery))
            && TOO_HARD_PCT.exceeded_by(above)
    };
    let hard = input.context.past.runs_within(DAYS).filter(was_too_hard);
    let recovery = input.context.easy.speed().and_then(MetresPerSecond::pace).and_then(|easy| {
        let slower = easy.get() + UNDER_EASY_S_PER_MILE * 1000.0 / METRES_PER_MILE;
        MetresPerSecond::new(1000.0 / slower)
    });
    hard.chain([input.context.this])
        .filter_map(|run| run.speed)
        .chain(recovery)
        .map(MetresPerSecond::get)
        .collect()
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
