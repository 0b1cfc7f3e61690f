//! [`RunMetrics`](crate::metrics::RunMetrics) → [`Audit`]: was it really a recovery run?
//!
//! ```text
//! row ─unpack─▶ Series ─┬─▶ JudgedTime ─▶ Effort ──┐
//!                       └──▶ CriterionInput ◀──────┘ ─criteria─▶ findings ─▶ Ruling
//! ```
//!
//! Judging opens no file and knows only what happened before the run.

mod advice;
mod answers;
mod at_lines;
mod certainty;
mod combine;
pub mod criteria;
mod criterion;
mod criterion_input;
mod duration_limits;
pub mod effort;
mod finding;
mod heart_rate_doubts;
mod heart_rate_quality;
mod judge;
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
pub mod what_if;
pub mod wording;

use crate::settings::{LimitCatalogue, LimitSpec, ReplacedLimit};

pub use crate::session::Verdict;
pub use advice::Advice;
pub use criteria::CRITERIA;
pub use criterion::{Criterion, Reference, Strength};
pub use criterion_input::{Context, CriterionInput};
pub use effort::{Effort, EffortLimits, NoVerdictReason, Rated, Ratings, Times};
pub use finding::{Assessment, Finding};
pub use heart_rate_doubts::HeartRateDoubts;
pub use heart_rate_quality::{Grade, HeartRateQuality, describe as describe_removal};
pub use judge::{Audit, judge};
pub use limit::{Limit, LimitDefinition};
pub use low_heart_rate::{TooLow, too_low};
pub use outcome::{Outcome, Severity};
pub use ruling::{ActualEffort, Certainty, Leaning, Ruling};
pub use sensitivity::Alternative;
pub use verdict::verdict;

/// The version of the rules that a verdict was found by.
pub const RULES: &str = "2026.2";

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
