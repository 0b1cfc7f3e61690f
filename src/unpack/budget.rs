//! What one file of the disk may unpack to, however it is nested.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::decode::{Limits, Problem, ProblemKind};

/// Unpacked bytes of one file of the disk, counted over all threads.
#[derive(Debug, Default)]
pub struct Budget(AtomicU64);

impl Budget {
    /// Counts so many more unpacked bytes.
    pub(super) fn spend(&self, bytes: u64, limits: &Limits) -> Result<(), Problem> {
        let spent = self.0.fetch_add(bytes, Ordering::Relaxed) + bytes;
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
