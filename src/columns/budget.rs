//! What a table may take, whatever it declares: each step says beforehand what it is about to take.

use std::sync::atomic::{AtomicU64, Ordering};

use super::error::ColumnError;

/// Bytes of a batch of an Arrow stream, as it comes and unpacked; likewise of all its dictionaries.
pub const MOST_BATCH: u64 = 512 << 20;
/// Bytes that describe a batch of an Arrow stream, or a Parquet file.
pub const MOST_DESCRIPTION: u64 = 16 << 20;
/// Bytes that the pages of a Parquet file may take for the rows that are read together.
pub const MOST_PAGES: u64 = 256 << 20;
/// Bytes of the records of the rows that are read together.
pub const MOST_RECORDS: u64 = 64 << 20;
/// Nesting of the columns of a Parquet file.
pub const MOST_NESTED: usize = 64;

/// Bytes that may be taken, and how many are.
#[derive(Debug)]
pub struct TableBudget {
    what: &'static str,
    most: u64,
    taken: AtomicU64,
}

impl TableBudget {
    /// So many bytes for this.
    pub const fn new(what: &'static str, most: u64) -> Self {
        Self { what, most, taken: AtomicU64::new(0) }
    }

    /// Takes so many bytes of it.
    ///
    /// # Errors
    /// Where they are not left.
    pub fn take(&self, bytes: u64) -> Result<(), ColumnError> {
        let before = self.taken.fetch_add(bytes.min(self.most + 1), Ordering::Relaxed);
        if before.saturating_add(bytes) > self.most { Err(self.exceeded()) } else { Ok(()) }
    }

    /// What is said where there is not enough.
    pub fn exceeded(&self) -> ColumnError {
        ColumnError::TooLarge { what: self.what, most: self.most }
    }

    /// Whether more was asked for than there is.
    pub fn is_exceeded(&self) -> bool {
        self.taken.load(Ordering::Relaxed) > self.most
    }

    /// Everything was given back.
    pub fn renew(&self) {
        self.taken.store(0, Ordering::Relaxed);
    }
}
