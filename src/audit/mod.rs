//! [`RunMetrics`] → [`Audit`]: was it really a recovery run?
//!
//! ```text
//! row ─unpack─▶ Series ─┬─▶ Judged ─▶ Effort ─┐
//!                       └──────────▶ Case ◀───┘ ─criteria─▶ findings ─▶ Ruling
//! ```
//!
//! Judging opens no file and knows only what happened before the run.

mod advice;
pub mod criteria;
mod criterion;
mod criterion_input;
pub mod effort;
mod finding;
mod heart_rate_quality;
mod limit;
mod low_heart_rate;
mod neighbours;
mod outcome;
mod sensitivity;
#[cfg(test)]
pub(crate) mod testing;
mod verdict;
pub mod wording;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::athlete::HeartRateThresholds;
use crate::metrics::RunMetrics;
use crate::metrics::judged_time::Judged;
use crate::metrics::series::Series;
use crate::settings::{LimitCatalogue, LimitSpec};
use sensitivity::sensitivity;

pub use crate::session::Verdict;
pub use advice::Advice;
pub use criteria::CRITERIA;
pub use criterion::{Criterion, Source, Strength};
pub use criterion_input::{Context, CriterionInput};
pub use effort::{Effort, EffortLimits, NoVerdictReason, Rated, Ratings, Times, WARM_UP_S};
pub use finding::{Assessment, Finding};
pub use heart_rate_quality::{Grade, HeartRateQuality, describe as describe_removal};
pub use limit::{Limit, LimitDefinition};
pub use low_heart_rate::{TooLow, too_low};
pub use outcome::{Outcome, Severity};
pub use sensitivity::Alternative;
pub use verdict::{ActualEffort, Certainty, Leaning, Ruling};

/// The version of the rules that a verdict was found by.
pub const RULES: &str = "2026.1";

/// A judged run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    /// The verdict.
    pub ruling: Ruling,
    /// The lines it was judged by; `None` where no anchor is known.
    pub lines: Option<HeartRateThresholds>,
    /// What to do next time.
    pub next_time: Option<Advice>,
    /// The verdict under other assumptions.
    pub sensitivity: Vec<Alternative>,
    /// The answer of every criterion, in the order of [`CRITERIA`].
    pub findings: Vec<Finding>,
    /// What the heart-rate rules saw.
    pub effort: Effort,
}

/// Judges a run, whose unpacked lanes are `series`, as a recovery run.
pub fn judge(run: &RunMetrics, series: &Series, context: &Context) -> Audit {
    with_input(run, series, context, |input| {
        let findings: Vec<Finding> =
            CRITERIA.iter().map(|criterion| assess(criterion, input)).collect();
        let ruling = Ruling::of(input, &findings);
        let sensitivity = sensitivity(input, &findings);
        let next_time = advice::next_time(input, &findings);
        Audit {
            ruling,
            lines: context.lines,
            next_time,
            sensitivity,
            findings,
            effort: input.effort.clone(),
        }
    })
}

/// The verdict alone, for the history of later runs: advisory criteria are not asked.
pub fn verdict(run: &RunMetrics, series: &Series, context: &Context) -> Verdict {
    with_input(run, series, context, |input| {
        let that_count =
            CRITERIA.iter().filter(|criterion| criterion.severity != Severity::Advisory);
        let findings: Vec<Finding> = that_count.map(|criterion| assess(criterion, input)).collect();
        Ruling::of(input, &findings).verdict
    })
}

fn with_input<T>(
    run: &RunMetrics,
    series: &Series,
    context: &Context,
    ask: impl FnOnce(&CriterionInput) -> T,
) -> T {
    let judged = Judged::of(series, WARM_UP_S);
    let limits = EffortLimits::under(context.limits);
    let effort = Effort::judge(run, series, &judged, context.lines.as_ref(), &limits);
    ask(&CriterionInput { run, series, context, judged: &judged, effort: &effort })
}

fn assess(criterion: &Criterion, input: &CriterionInput) -> Finding {
    Finding {
        criterion: Cow::Borrowed(criterion.id),
        severity: criterion.severity,
        assessment: (criterion.assess)(input),
    }
}

/// Every limit that the settings may change.
pub fn limit_catalogue() -> LimitCatalogue {
    let specs = CRITERIA.iter().flat_map(|criterion| {
        criterion.limits.iter().map(|limit| LimitSpec {
            criterion: criterion.id,
            key: limit.key,
            default: limit.default,
            range: limit.range.clone(),
            unit: limit.unit,
        })
    });
    LimitCatalogue::new(specs.collect())
}
