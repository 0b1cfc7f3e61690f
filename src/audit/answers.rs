//! The answers of all criteria together, and the verdict that they make.

use super::duration_limits::DURATION;
use super::effort::limits::{LONGEST_ABOVE_CEILING, TIME_ABOVE_CEILING, TIME_HARD, TIME_MODERATE};
use super::finding::Finding;
use super::outcome::{Outcome, Severity};
use crate::session::Verdict;

/// The heart-rate rules.
const EFFORT: [&str; 4] = [TIME_ABOVE_CEILING, LONGEST_ABOVE_CEILING, TIME_MODERATE, TIME_HARD];

/// The answers for one run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answers<'a>(pub(super) &'a [Finding]);

impl<'a> Answers<'a> {
    fn find(self, id: &str) -> Option<&'a Finding> {
        self.0.iter().find(|finding| finding.criterion == id)
    }

    /// The answer of one criterion; `cannot` where it was not asked.
    pub(super) fn result(self, id: &str) -> Outcome {
        self.find(id).map_or(Outcome::Cannot, Finding::result)
    }

    /// Its sentence.
    pub(super) fn text(self, id: &str) -> &'a str {
        self.find(id).map_or("", |finding| &*finding.assessment.text)
    }

    /// The worst answer of the heart-rate rules; `cannot` where they decide nothing.
    pub(super) fn effort(self) -> Outcome {
        Outcome::worst(EFFORT.into_iter().map(|id| self.result(id)))
    }

    /// The verdict if the heart-rate rules together had given this answer.
    pub(super) fn verdict_with(self, effort: Outcome) -> Verdict {
        let others =
            || self.0.iter().filter(|finding| !EFFORT.contains(&finding.criterion.as_ref()));
        let of = |severity: Severity| {
            others().filter(move |finding| finding.severity == severity).map(Finding::result)
        };
        let decisive = || of(Severity::Decisive).chain([effort]);
        let any = |outcome: Outcome| decisive().any(|result| result == outcome);
        match () {
            () if any(Outcome::Fail) => Verdict::NotRecovery,
            () if effort == Outcome::Cannot || self.result(DURATION) == Outcome::Cannot => {
                Verdict::CannotJudge
            }
            () if any(Outcome::Slip) => Verdict::Slipped,
            () if of(Severity::Lowering).any(|result| result == Outcome::Slip) => Verdict::Slipped,
            () => Verdict::Kept,
        }
    }

    /// The verdict.
    pub(super) fn verdict(self) -> Verdict {
        self.verdict_with(self.effort())
    }
}
