//! The runs before and after one, and which of them are the same outing.

use super::criterion_input::CriterionInput;
use super::limit::Limit;
use crate::history::{PastRun, consecutive_runs};
use crate::units::Seconds;

/// Another run and the hours between its end and the start of the later one.
pub(super) struct Neighbour<'a> {
    pub(super) run: &'a PastRun,
    pub(super) hours: f64,
}

/// The runs around, nearest first on either side, without those of the same outing.
pub(super) struct Around<'a> {
    pub(super) before: Vec<Neighbour<'a>>,
    pub(super) after: Vec<Neighbour<'a>>,
    /// The key session of the same outing.
    pub(super) same_training: Option<&'a PastRun>,
}

impl<'a> Around<'a> {
    /// The runs around the one in question, as far as so many hours; those that follow each other
    /// within `outing` hours are one outing.
    pub(super) fn of(input: &CriterionInput<'a>, around: Limit, outing: Limit) -> Self {
        let pause = Seconds::from_minutes(60.0 * outing.get());
        let mut before = before(input, around);
        before.reverse();
        let mut after = after(input, around);
        let this = input.context.this;
        let runs_leading_here = consecutive_runs::runs_leading_here(this, &runs(&before), pause);
        let runs_following = consecutive_runs::runs_following(this, &runs(&after), pause);
        let outing = before.drain(..runs_leading_here).chain(after.drain(..runs_following));
        let same_training = outing.map(|near| near.run).find(|run| run.is_key());
        Self { before, after, same_training }
    }
}

fn runs<'a>(near: &[Neighbour<'a>]) -> Vec<&'a PastRun> {
    near.iter().map(|near| near.run).collect()
}

/// Days that a run may take from start to end, with its pauses.
const LONGEST_DAYS: i64 = 14;

/// Days in which everything began that ended within so many hours.
pub(super) fn days_with(hours: Limit) -> i64 {
    (hours.get() / 24.0).ceil() as i64 + LONGEST_DAYS
}

fn before<'a>(input: &CriterionInput<'a>, within: Limit) -> Vec<Neighbour<'a>> {
    let start = input.context.this.start;
    let neighbour = |run: &'a PastRun| Neighbour {
        run,
        hours: (start.seconds_since(run.end) / 3600.0).max(0.0),
    };
    input
        .context
        .past
        .runs_within(days_with(within))
        .map(neighbour)
        .filter(|near| !within.exceeded_by(near.hours))
        .collect()
}

fn after<'a>(input: &CriterionInput<'a>, within: Limit) -> Vec<Neighbour<'a>> {
    let end = input.context.this.end;
    let neighbour = |run: &'a PastRun| Neighbour {
        run,
        hours: (run.start.seconds_since(end) / 3600.0).max(0.0),
    };
    let runs = input.context.after.iter().filter(|session| session.is_run);
    runs.map(neighbour).take_while(|near| !within.exceeded_by(near.hours)).collect()
}

/// The nearest key session within so many hours.
pub(super) fn nearest_key<'a, 'b>(
    near: &'b [Neighbour<'a>],
    hours: Limit,
) -> Option<&'b Neighbour<'a>> {
    near.iter()
        .filter(|near| !hours.exceeded_by(near.hours) && near.run.is_key())
        .min_by(|left, right| left.hours.total_cmp(&right.hours))
}
