//! What one file of the disk may unpack to, however it is nested, and whether to go on at all.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::decode::{Limits, Problem, ProblemKind};

/// Unpacked bytes of one file of the disk, counted over all threads.
pub struct Budget<'a> {
    spent: AtomicU64,
    goes_on: &'a (dyn Fn() -> bool + Sync),
}

impl Default for Budget<'_> {
    fn default() -> Self {
        Self::while_wanted(&|| true)
    }
}

impl<'a> Budget<'a> {
    /// Nothing is unpacked any more once this says so.
    pub fn while_wanted(goes_on: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self { spent: AtomicU64::new(0), goes_on }
    }

    /// Whether to read on.
    pub(super) fn check_wanted(&self) -> Result<(), Problem> {
        let stopped = || Problem::new(ProblemKind::Unreadable, "the job was stopped");
        (self.goes_on)().then_some(()).ok_or_else(stopped)
    }

    /// Counts so many more unpacked bytes.
    pub(super) fn spend(&self, bytes: u64, limits: &Limits) -> Result<(), Problem> {
        let spent = self.spent.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if spent <= limits.max_unpacked_bytes {
            return Ok(());
        }
        let detail = format!(
            "its archive unpacks to more than the limit of {} bytes (max_unpacked_bytes)",
            limits.max_unpacked_bytes
        );
        Err(Problem::new(ProblemKind::LimitExceeded, detail))
    }
}
