//! Everything that a judgement says.

use serde::{Deserialize, Serialize};

use super::advice::{self, Advice};
use super::combine::rule;
use super::criteria::CRITERIA;
use super::criterion_input::Context;
use super::effort::Effort;
use super::finding::Finding;
use super::ruling::Ruling;
use super::sensitivity::{Alternative, sensitivity};
use super::verdict::{assess, with_input};
use super::what_if::WouldBeKept;
use crate::athlete::HeartRateThresholds;
use crate::metrics::{RunMetrics, UnpackedRun};

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
    /// What would have kept it; `None` where it was kept, or nothing could be judged.
    pub would_be_kept: Option<WouldBeKept>,
    /// The answer of every criterion, in the order of [`CRITERIA`].
    pub findings: Vec<Finding>,
    /// What the heart-rate rules saw.
    pub effort: Effort,
}

/// Judges a run, whose channels are unpacked, as a recovery run.
pub fn judge(run: &RunMetrics, channels: &UnpackedRun, context: &Context) -> Audit {
    with_input(run, channels, context, |input| {
        let findings: Vec<Finding> =
            CRITERIA.iter().map(|criterion| assess(criterion, input)).collect();
        let ruling = rule(input, &findings);
        let sensitivity = sensitivity(input, &findings);
        let next_time = advice::next_time(input, &findings);
        Audit {
            lines: context.lines,
            would_be_kept: WouldBeKept::of(input, &findings, ruling.verdict),
            ruling,
            next_time,
            sensitivity,
            findings,
            effort: input.effort.clone(),
        }
    })
}
