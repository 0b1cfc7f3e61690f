//! Verdicts counted.

use serde::Serialize;

use crate::session::Verdict;

/// Verdicts counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct VerdictCounts {
    /// Runs labelled recovery.
    pub runs: usize,
    /// Of which kept.
    pub kept: usize,
    /// Slipped.
    pub slipped: usize,
    /// Not recovery.
    pub not_recovery: usize,
    /// Not to be judged.
    pub cannot_judge: usize,
}

impl VerdictCounts {
    /// Counts what another count has.
    pub fn add_all(&mut self, other: &Self) {
        self.runs += other.runs;
        self.kept += other.kept;
        self.slipped += other.slipped;
        self.not_recovery += other.not_recovery;
        self.cannot_judge += other.cannot_judge;
    }

    /// Counts one verdict.
    pub fn add(&mut self, verdict: Verdict) {
        self.runs += 1;
        match verdict {
            Verdict::Kept => self.kept += 1,
            Verdict::Slipped => self.slipped += 1,
            Verdict::NotRecovery => self.not_recovery += 1,
            Verdict::CannotJudge => self.cannot_judge += 1,
        }
    }

    /// Share of the judged runs that were kept, in percent; `None` where none was judged.
    pub fn kept_pct(&self) -> Option<f64> {
        let judged = self.runs - self.cannot_judge;
        (judged > 0).then(|| 100.0 * self.kept as f64 / judged as f64)
    }
}
