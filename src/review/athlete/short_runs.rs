//! Where nothing is labelled: how many short runs of a year would have passed as recovery runs.

use chrono::Days;

use crate::metrics::statistics::median;
use crate::review::run::ReviewedRun;
use crate::session::Verdict;

/// The runs of up to an hour of the year up to the newest, judged as if they were recovery runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShortRuns {
    /// How many there are.
    pub runs: usize,
    /// Those that were easy and short enough.
    pub kept: usize,
    /// Those that cannot be judged.
    pub cannot_judge: usize,
    /// Median of their mean heart rate less their ceiling, in bpm; `None` without heart rate.
    pub above_ceiling_bpm: Option<f64>,
}

const YEAR: Days = Days::new(365);
/// In minutes of moving time.
const LONGEST_MIN: f64 = 60.0;

/// The short runs of one athlete; `None` where runs are labelled, or none is short.
pub(super) fn short_runs(selected: &[&ReviewedRun]) -> Option<ShortRuns> {
    if selected.iter().any(|run| run.is_recovery()) {
        return None;
    }
    let newest = selected.iter().map(|run| run.start.date()).max()?;
    let first = newest.checked_sub_days(YEAR)?;
    let is_short = |run: &&&ReviewedRun| {
        run.start.date() > first && run.measured.row.durations.moving.minutes() <= LONGEST_MIN
    };
    let short: Vec<(&ReviewedRun, Verdict)> =
        selected.iter().filter(is_short).filter_map(|run| Some((*run, run.if_recovery?))).collect();
    let count = |wanted| short.iter().filter(|(_, verdict)| *verdict == wanted).count();
    let over: Vec<f64> = short
        .iter()
        .filter_map(|(run, _)| {
            Some(run.measured.row.heart_rate.mean?.get() - run.lines?.ceiling.get())
        })
        .collect();
    (!short.is_empty()).then(|| ShortRuns {
        runs: short.len(),
        kept: count(Verdict::Kept),
        cannot_judge: count(Verdict::CannotJudge),
        above_ceiling_bpm: median(&over),
    })
}
