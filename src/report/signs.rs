//! Signs of verdicts and answers: the same on the terminal, in mails and on pages, so that colour
//! alone never carries a meaning.

use crate::audit::{Outcome, Verdict};

/// The sign of a verdict.
pub(super) fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "✓",
        Verdict::Slipped => "~",
        Verdict::NotRecovery => "✗",
        Verdict::CannotJudge => "?",
    }
}

/// The sign of an answer.
pub(super) fn of_outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "✓",
        Outcome::Note => "!",
        Outcome::Slip => "~",
        Outcome::Fail => "✗",
        Outcome::Cannot => "?",
    }
}
