//! The runner's own easy runs: the pace, length, load and breathing that recovery is held against.

use chrono::Days;

use super::{Past, PastRun};
use crate::metrics::statistics::median;
use crate::session::SessionKind;
use crate::units::{MetresPerSecond, Percent, Seconds};

/// Days that easy runs are looked for in, and days if there are too few.
const DAYS: i64 = 56;
const MORE_DAYS: i64 = 84;
/// Easy runs that a baseline needs.
const LEAST_RUNS: usize = 5;
/// Climb beyond which a run's pace says nothing, in metres per kilometre.
const MOST_CLIMB: f64 = 30.0;
/// Time above the moderate line, in percent, from which easy runs are moderate themselves.
const POLLUTED_PCT: f64 = 25.0;

/// The easy runs before a run, whatever they recorded.
#[derive(Debug, Clone)]
pub struct EasyRuns<'a>(pub Vec<&'a PastRun>);

impl<'a> EasyRuns<'a> {
    /// The easy runs of the last 56 days.
    pub fn of(past: &Past<'a>) -> Self {
        Self::within(past, DAYS)
    }

    fn within(past: &Past<'a>, days: i64) -> Self {
        Self(past.runs_within(days).filter(|run| is_easy(run)).collect())
    }

    /// The median of a figure over those that have it, if at least so many do.
    pub fn median_of(&self, least: usize, figure: impl Fn(&PastRun) -> Option<f64>) -> Option<f64> {
        let figures: Vec<f64> = self.0.iter().filter_map(|run| figure(run)).collect();
        median(&figures).filter(|_| figures.len() >= least)
    }

    /// The median moving time, if at least so many runs tell.
    pub fn median_moving(&self, least: usize) -> Option<Seconds> {
        self.median_of(least, |run| Some(run.moving.get())).and_then(Seconds::new)
    }
}

/// The runner's own easy pace at the time of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EasyBaseline {
    /// It can be told.
    Known {
        /// Median grade-adjusted speed of the easy runs.
        speed: MetresPerSecond,
        /// How many they are.
        runs: usize,
        /// Whether they are moderate themselves, with their median share above the moderate line.
        share_too_hard: Option<Percent>,
    },
    /// There are too few easy runs: so many.
    TooFew(usize),
}

impl EasyBaseline {
    /// Nothing before so many days is looked at.
    pub const MOST_DAYS: Days = Days::new(MORE_DAYS as u64);

    /// The baseline of the last 56 days, 84 if there are fewer than five easy runs in them.
    pub fn of(past: &Past) -> Self {
        let paced = |days| -> Vec<&PastRun> {
            EasyRuns::within(past, days).0.into_iter().filter(|run| has_pace(run)).collect()
        };
        let near = paced(DAYS);
        let runs = if near.len() < LEAST_RUNS { paced(MORE_DAYS) } else { near };
        let speeds: Vec<f64> =
            runs.iter().filter_map(|run| run.speed).map(MetresPerSecond::get).collect();
        match median(&speeds).and_then(MetresPerSecond::new) {
            Some(speed) if runs.len() >= LEAST_RUNS => {
                Self::Known { speed, runs: runs.len(), share_too_hard: share_too_hard(&runs) }
            }
            _ => Self::TooFew(runs.len()),
        }
    }

    /// The speed, where it can be told.
    pub fn speed(&self) -> Option<MetresPerSecond> {
        match self {
            Self::Known { speed, .. } => Some(*speed),
            Self::TooFew(_) => None,
        }
    }
}

/// Labelled easy, or found to be by its heart rate.
fn is_easy(run: &PastRun) -> bool {
    run.kind() == Some(SessionKind::Easy)
}

fn has_pace(run: &PastRun) -> bool {
    run.speed.is_some() && run.climb_m_per_km.is_none_or(|climb| climb <= MOST_CLIMB)
}

fn share_too_hard(runs: &[&PastRun]) -> Option<Percent> {
    let shares: Vec<f64> = runs
        .iter()
        .filter_map(|run| run.effort.as_ref())
        .map(|effort| effort.above_moderate.get())
        .collect();
    median(&shares).filter(|share| *share > POLLUTED_PCT).and_then(Percent::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::testing::{day, easy_on};

    #[test]
    fn five_easy_runs_make_a_baseline() {
        let runs: Vec<PastRun> = [2.7, 2.8, 2.9, 3.0, 3.1]
            .iter()
            .zip(0..)
            .map(|(speed, k)| easy_on(day(k), *speed))
            .collect();
        let baseline = |on| EasyBaseline::of(&Past { sessions: &runs, day: day(on) });
        assert_eq!(baseline(30).speed(), MetresPerSecond::new(2.9));
        assert_eq!(
            baseline(80).speed(),
            MetresPerSecond::new(2.9),
            "84 days where 56 hold too few"
        );
        assert_eq!(baseline(89), EasyBaseline::TooFew(0));
        assert_eq!(
            EasyBaseline::of(&Past { sessions: &runs[..4], day: day(30) }),
            EasyBaseline::TooFew(4)
        );
    }

    #[test]
    fn hills_and_treadmills_have_no_pace() {
        let mut runs: Vec<PastRun> = (0..5).map(|k| easy_on(day(k), 2.8)).collect();
        runs[0].climb_m_per_km = Some(31.0);
        runs[1].speed = None;
        assert_eq!(
            EasyBaseline::of(&Past { sessions: &runs, day: day(9) }),
            EasyBaseline::TooFew(3)
        );
        assert_eq!(EasyRuns::of(&Past { sessions: &runs, day: day(9) }).0.len(), 5);
    }

    #[test]
    fn moderate_easy_runs_are_told() {
        let mut runs: Vec<PastRun> = (0..5).map(|k| easy_on(day(k), 2.8)).collect();
        for run in &mut runs {
            if let Some(effort) = &mut run.effort {
                effort.above_moderate = Percent::of(40.0);
            }
        }
        let baseline = EasyBaseline::of(&Past { sessions: &runs, day: day(9) });
        assert!(
            matches!(baseline, EasyBaseline::Known { share_too_hard: Some(_), .. }),
            "{baseline:?}"
        );
    }
}
