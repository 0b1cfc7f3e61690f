//! A run with everything that a criterion may look at, and the verdict alone.

use std::borrow::Cow;

use super::answers::Answers;
use super::criteria::CRITERIA;
use super::criterion::Criterion;
use super::criterion_input::{Context, CriterionInput};
use super::effort::{Effort, EffortLimits};
use super::finding::Finding;
use super::heart_rate_doubts::HeartRateDoubts;
use super::outcome::Severity;
use crate::metrics::{RunMetrics, UnpackedRun};
use crate::session::Verdict;

/// The verdict alone, for the history of later runs: advisory criteria are not asked.
pub fn verdict(run: &RunMetrics, channels: &UnpackedRun, context: &Context) -> Verdict {
    with_input(run, channels, context, |input| Answers(&that_count(input)).verdict())
}

/// The answers of all criteria but the advisory ones.
pub(super) fn that_count(input: &CriterionInput) -> Vec<Finding> {
    let that_count = CRITERIA.iter().filter(|criterion| criterion.severity != Severity::Advisory);
    that_count.map(|criterion| assess(criterion, input)).collect()
}

pub(super) fn with_input<T>(
    run: &RunMetrics,
    channels: &UnpackedRun,
    context: &Context,
    ask: impl FnOnce(&CriterionInput) -> T,
) -> T {
    let UnpackedRun { series, judged, .. } = channels;
    let Context { evidence, this, on_speed, .. } = context;
    let doubts = HeartRateDoubts::of(channels, evidence, this, *on_speed);
    let limits = EffortLimits::for_run(context.limits, &doubts);
    let effort = Effort::judge(run, channels, context.lines.as_ref(), &limits, &doubts);
    ask(&CriterionInput { run, channels, series, context, judged, doubts, effort: &effort })
}

pub(super) fn assess(criterion: &Criterion, input: &CriterionInput) -> Finding {
    Finding {
        criterion: Cow::Borrowed(criterion.id),
        severity: criterion.severity,
        assessment: (criterion.assess)(input),
    }
}
