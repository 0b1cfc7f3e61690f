//! The verdict of a run at other heart-rate lines, everything else being as it was.

use super::answers::Answers;
use super::criteria::surges::{self, HeartRateAnswer};
use super::criterion_input::CriterionInput;
use super::effort::{EffortLimits, worst_answer};
use super::finding::Finding;
use super::outcome::Outcome;
use crate::athlete::HeartRateThresholds;
use crate::metrics::span::Span;
use crate::session::Verdict;

/// One judged run, to be asked about any lines. Surges are the only rule beside those of the heart
/// rate that looks at the lines.
pub(super) struct AtLines<'a> {
    input: &'a CriterionInput<'a>,
    limits: EffortLimits,
    surges: Vec<Span>,
    with_surges: Vec<Finding>,
    without_surges: Vec<Finding>,
}

impl<'a> AtLines<'a> {
    /// The run with its findings at its own lines.
    pub(super) fn of(input: &'a CriterionInput<'a>, findings: &[Finding]) -> Self {
        let with = |outcome: Outcome| {
            let mut findings = findings.to_vec();
            for finding in &mut findings {
                let is_surges = finding.criterion == surges::CRITERION.id;
                if is_surges && finding.result() != Outcome::Cannot {
                    finding.assessment.result = outcome;
                }
            }
            findings
        };
        let surges = findings.iter().find(|found| found.criterion == surges::CRITERION.id);
        Self {
            input,
            limits: EffortLimits::for_run(input.context.limits, &input.doubts),
            surges: surges.map_or_else(Vec::new, |found| found.assessment.spans.to_vec()),
            with_surges: with(Outcome::Slip),
            without_surges: with(Outcome::Pass),
        }
    }

    /// The verdict at these lines; without any, as if there were no heart rate.
    pub(super) fn verdict(&self, lines: Option<&HeartRateThresholds>) -> Verdict {
        let CriterionInput { run, channels, series, doubts, context, .. } = self.input;
        let effort = worst_answer(run, channels, lines, &self.limits, doubts);
        let answer = HeartRateAnswer::of(series, &self.surges, lines);
        let surges = surges::rate(context.limits, &self.surges, &answer);
        let findings =
            if surges == Outcome::Slip { &self.with_surges } else { &self.without_surges };
        Answers(findings).verdict_with(effort)
    }
}
