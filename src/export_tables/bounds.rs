//! How much of a table is read.

use crate::decode::{Location, Problem, ProblemKind};

/// Bounds that keep a hostile table from taking the machine; each is named when it is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Activities of one table.
    pub max_entries: usize,
    /// Bytes of one table; those of busy accounts have been met with more than 100 MB.
    pub max_bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { max_entries: 200_000, max_bytes: 256 << 20 }
    }
}

impl Bounds {
    pub(super) fn check_size(&self, bytes: &[u8]) -> Result<(), Problem> {
        if bytes.len() <= self.max_bytes {
            return Ok(());
        }
        let detail = format!("{} bytes, more than the {} allowed", bytes.len(), self.max_bytes);
        Err(Problem::new(ProblemKind::LimitExceeded, detail))
    }

    pub(super) fn too_many(&self, place: Option<Location>) -> Problem {
        let detail =
            format!("more than {} activities: those behind are left out", self.max_entries);
        Problem { kind: ProblemKind::LimitExceeded, place, detail }
    }
}
