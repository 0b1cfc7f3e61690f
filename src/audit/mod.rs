//! [`RunMetrics`] → [`Audit`]: was it really a recovery run?
//!
//! ```text
//! row ─unpack─▶ Series ─┬─▶ Judged ─▶ Effort ─┐
//!                       └──────────▶ Case ◀───┘ ─criteria─▶ findings ─▶ Ruling
//! ```
//!
//! Judging opens no file and knows only what happened before the run.

mod advice;
mod answers;
mod certainty;
pub mod criteria;
mod criterion;
mod criterion_input;
mod duration_limits;
pub mod effort;
mod finding;
mod heart_rate_doubts;
mod heart_rate_quality;
mod leaning;
mod limit;
mod low_heart_rate;
mod neighbours;
mod outcome;
mod pace;
mod reason;
mod round_number;
mod ruling;
mod sensitivity;
#[cfg(test)]
pub(crate) mod testing;
mod verdict;
pub mod wording;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::athlete::HeartRateThresholds;
use crate::metrics::RunMetrics;
use crate::metrics::judged_time::JudgedTime;
use crate::metrics::series::Series;
use crate::settings::{LimitCatalogue, LimitSpec, ReplacedLimit};
use sensitivity::sensitivity;

pub use crate::session::Verdict;
pub use advice::Advice;
pub use criteria::CRITERIA;
pub use criterion::{Criterion, Reference, Strength};
pub use criterion_input::{Context, CriterionInput};
pub use effort::{Effort, EffortLimits, NoVerdictReason, Rated, Ratings, Times, WARM_UP_S};
pub use finding::{Assessment, Finding};
pub use heart_rate_doubts::HeartRateDoubts;
pub use heart_rate_quality::{Grade, HeartRateQuality, describe as describe_removal};
pub use limit::{Limit, LimitDefinition};
pub use low_heart_rate::{TooLow, too_low};
pub use outcome::{Outcome, Severity};
pub use ruling::{ActualEffort, Certainty, Leaning, Ruling};
pub use sensitivity::Alternative;

/// The version of the rules that a verdict was found by.
pub const RULES: &str = "2026.2";

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
        let ruling = verdict::rule(input, &findings);
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
        answers::Answers(&findings).verdict()
    })
}

fn with_input<T>(
    run: &RunMetrics,
    series: &Series,
    context: &Context,
    ask: impl FnOnce(&CriterionInput) -> T,
) -> T {
    let judged = JudgedTime::of(series, WARM_UP_S);
    let doubts =
        HeartRateDoubts::of(series, &judged, &context.evidence, context.this, &context.past);
    let limits = EffortLimits::for_run(context.limits, &doubts);
    let effort = Effort::judge(run, series, &judged, context.lines.as_ref(), &limits, &doubts);
    ask(&CriterionInput { run, series, context, judged: &judged, doubts, effort: &effort })
}

fn assess(criterion: &Criterion, input: &CriterionInput) -> Finding {
    Finding {
        criterion: Cow::Borrowed(criterion.id),
        severity: criterion.severity,
        assessment: (criterion.assess)(input),
    }
}

/// Limits of earlier versions of the rules.
const REPLACED: [ReplacedLimit; 2] = [
    ReplacedLimit {
        criterion: effort::limits::TIME_ABOVE_CEILING,
        key: "slip_percent",
        successor: effort::limits::EASY_LINE_SLIP.key,
        meaning: effort::limits::EASY_LINE_SLIP.meaning,
    },
    ReplacedLimit {
        criterion: duration_limits::DURATION,
        key: "fail_factor",
        successor: duration_limits::SLIP.key,
        meaning: duration_limits::SLIP.meaning,
    },
];

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
    LimitCatalogue::new(specs.collect()).replacing(&REPLACED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::parse;

    #[test]
    fn a_limit_of_the_earlier_rules_names_its_successor() {
        for (limit, successor) in [
            ("time-above-ceiling = { slip_percent = 25 }", "`easy_line_percent`"),
            ("duration = { fail_factor = 1.3 }", "`slip_minutes`"),
        ] {
            let errors = parse(&format!("[limits]\n{limit}\n"), &limit_catalogue()).unwrap_err();
            assert_eq!(errors.len(), 1, "{errors:?}");
            assert!(errors[0].problem.contains(successor), "{errors:?}");
            assert_eq!(errors[0].line, 2);
        }
    }

    #[test]
    fn every_replaced_limit_is_gone_and_its_successor_there() {
        for replaced in REPLACED {
            let criterion = CRITERIA.iter().find(|one| one.id == replaced.criterion).unwrap();
            let knows = |key: &str| criterion.limits.iter().any(|limit| limit.key == key);
            assert!(!knows(replaced.key) && knows(replaced.successor), "{replaced:?}");
        }
    }

    #[test]
    fn the_rules_that_are_combined_by_name_have_that_name() {
        use super::criteria::{
            duration, longest_above_ceiling, time_above_ceiling, time_hard, time_moderate,
        };
        assert_eq!(effort::limits::TIME_ABOVE_CEILING, time_above_ceiling::CRITERION.id);
        assert_eq!(effort::limits::LONGEST_ABOVE_CEILING, longest_above_ceiling::CRITERION.id);
        assert_eq!(effort::limits::TIME_MODERATE, time_moderate::CRITERION.id);
        assert_eq!(effort::limits::TIME_HARD, time_hard::CRITERION.id);
        assert_eq!(duration_limits::DURATION, duration::CRITERION.id);
    }
}
