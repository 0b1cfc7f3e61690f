//! A run with everything that a criterion may look at, and the verdict alone.

use std::borrow::Cow;

use super::answers::Answers;
use super::criteria::CRITERIA;
use super::criterion::Criterion;
use super::criterion_input::{Context, CriterionInput};
use super::effort::{Effort, EffortLimits, WARM_UP_S};
use super::finding::Finding;
use super::heart_rate_doubts::HeartRateDoubts;
use super::outcome::Severity;
use crate::metrics::RunMetrics;
use crate::metrics::judged_time::JudgedTime;
use crate::metrics::series::Series;
use crate::session::Verdict;

/// The verdict alone, for the history of later runs: advisory criteria are not asked.
pub fn verdict(run: &RunMetrics, series: &Series, context: &Context) -> Verdict {
    with_input(run, series, context, |input| Answers(&that_count(input)).verdict())
}

/// The answers of all criteria but the advisory ones.
pub(super) fn that_count(input: &CriterionInput) -> Vec<Finding> {
    let that_count = CRITERIA.iter().filter(|criterion| criterion.severity != Severity::Advisory);
    that_count.map(|criterion| assess(criterion, input)).collect()
}

pub(super) fn with_input<T>(
    run: &RunMetrics,
    series: &Series,
    context: &Context,
    ask: impl FnOnce(&CriterionInput) -> T,
) -> T {
    let judged = JudgedTime::of(series, WARM_UP_S);
    let usual = || context.heart_rate_on_speed();
    let doubts = HeartRateDoubts::of(series, &judged, &context.evidence, context.this, usual);
    let limits = EffortLimits::for_run(context.limits, &doubts);
    let effort = Effort::judge(run, series, &judged, context.lines.as_ref(), &limits, &doubts);
    ask(&CriterionInput { run, series, context, judged: &judged, doubts, effort: &effort })
}

pub(super) fn assess(criterion: &Criterion, input: &CriterionInput) -> Finding {
    Finding {
        criterion: Cow::Borrowed(criterion.id),
        severity: criterion.severity,
        assessment: (criterion.assess)(input),
    }
}
