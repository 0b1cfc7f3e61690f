//! Why recovery runs were not kept, counted over a season.

use crate::audit::{Audit, Outcome, Verdict};
use crate::review::ReviewedRun;

/// A reason in words, and the criteria that stand for it.
type Cause = (&'static str, &'static [&'static str]);

/// Every reason, in the order of its weight.
const CAUSES: [Cause; 6] = [
    ("too hard", &["time-above-ceiling", "longest-above-ceiling", "time-moderate", "time-hard"]),
    ("too long", &["duration"]),
    ("rated too hard by you", &["effort-rating"]),
    ("past the planned end", &["planned-end"]),
    ("with strides or surges", &["surges"]),
    ("with a fast finish", &["fast-finish"]),
];

/// The reasons of a season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Causes {
    /// Recovery runs that could be judged.
    pub(super) judged: usize,
    /// Each reason with the number of runs that it holds for, the commonest first; a run may have
    /// several.
    pub(super) counts: Vec<(&'static str, usize)>,
}

impl Causes {
    /// The reasons of these runs, of which only judged recovery runs count.
    pub(super) fn of<'a>(runs: impl Iterator<Item = &'a ReviewedRun>) -> Self {
        let recovery = runs.filter(|run| run.is_recovery());
        let audits = recovery.filter_map(|run| run.audit.as_deref());
        let judged: Vec<&Audit> =
            audits.filter(|audit| audit.ruling.verdict != Verdict::CannotJudge).collect();
        let count = |criteria| judged.iter().filter(|audit| has(audit, criteria)).count();
        let mut counts: Vec<(&'static str, usize)> =
            CAUSES.iter().map(|(name, criteria)| (*name, count(criteria))).collect();
        counts.retain(|(_, count)| *count > 0);
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self { judged: judged.len(), counts }
    }

    /// The reasons in a sentence; `None` where every judged run was kept.
    pub(super) fn sentence(&self) -> Option<String> {
        let reasons: Vec<String> =
            self.counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
        (!reasons.is_empty())
            .then(|| format!("Of {} judged recovery runs: {}.", self.judged, reasons.join(", ")))
    }
}

/// Whether one of these criteria was not passed.
fn has(audit: &Audit, criteria: &[&str]) -> bool {
    audit.findings.iter().any(|finding| {
        criteria.contains(&finding.criterion.as_ref())
            && matches!(finding.result(), Outcome::Slip | Outcome::Fail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::CRITERIA;

    #[test]
    fn every_cause_is_one_of_known_criteria() {
        let known = |id: &&str| CRITERIA.iter().any(|criterion| criterion.id == *id);
        for (name, criteria) in CAUSES {
            assert!(criteria.iter().all(known), "{name}");
        }
    }

    #[test]
    fn the_commonest_cause_comes_first() {
        let causes = Causes { judged: 46, counts: vec![("too hard", 43), ("too long", 38)] };
        assert_eq!(
            causes.sentence().unwrap(),
            "Of 46 judged recovery runs: 43 too hard, 38 too long."
        );
        assert_eq!(Causes { judged: 3, counts: Vec::new() }.sentence(), None);
    }
}
