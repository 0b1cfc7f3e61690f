//! Findings → ruling.

use std::borrow::Cow;

use super::answers::Answers;
use super::certainty::certainty;
use super::criterion_input::CriterionInput;
use super::finding::Finding;
use super::leaning::leaning;
use super::reason::{because, reasons, was};
use super::ruling::Ruling;
use crate::session::Verdict;

/// Combines the findings of a run.
pub(super) fn rule(input: &CriterionInput, findings: &[Finding]) -> Ruling {
    let answers = Answers(findings);
    let verdict = answers.verdict();
    let is_judged = verdict != Verdict::CannotJudge;
    let reasons = reasons(input, answers, verdict);
    Ruling {
        verdict,
        certainty: is_judged.then(|| certainty(input, answers, verdict)),
        leaning: if is_judged { None } else { leaning(input, answers) },
        was: was(input, answers, verdict),
        because: because(input, answers, verdict, &reasons),
        reasons: reasons.into_iter().map(Cow::Borrowed).collect(),
    }
}
