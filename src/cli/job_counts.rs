//! The one line about a job.

use serde::{Deserialize, Serialize};

use super::job::CacheCounts;
use crate::review::{Review, VerdictCounts};
use crate::units::counted;

/// What a job counted, whether it read its files or knew them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobCounts {
    files: usize,
    failed: usize,
    runs: usize,
    recovery: usize,
    kept: usize,
    slipped: usize,
    not_recovery: usize,
    cannot_judge: usize,
}

impl JobCounts {
    pub fn of(review: &Review) -> Self {
        let mut recovery = VerdictCounts::default();
        review.athletes.iter().for_each(|athlete| recovery.add_all(&athlete.recovery));
        Self {
            files: review.files.seen,
            failed: review.files.failed,
            runs: review.files.runs,
            recovery: recovery.runs,
            kept: recovery.kept,
            slipped: recovery.slipped,
            not_recovery: recovery.not_recovery,
            cannot_judge: recovery.cannot_judge,
        }
    }

    /// The line, with what was known and how many seconds it took.
    pub fn line(&self, known: CacheCounts, seconds: f64) -> String {
        format!(
            "{}: {} unchanged, {} known by their bytes, {} failed; {}, {} recovery: {} kept, {} slipped, \
             {} not recovery, {} cannot be judged; {seconds:.1} s.",
            counted(self.files, "file"),
            known.unchanged,
            known.recognised,
            self.failed,
            counted(self.runs, "run"),
            self.recovery,
            self.kept,
            self.slipped,
            self.not_recovery,
            self.cannot_judge,
        )
    }
}
