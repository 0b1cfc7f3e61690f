//! Packed lanes that lie outside of memory: rows are many, and the lanes of one are read at a time.

use std::fmt::Debug;

use super::DamagedChannels;

/// Where the packed lanes of one row lie.
pub trait StoredChannels: Debug + Send + Sync {
    /// The bytes as they were packed.
    ///
    /// # Errors
    /// Where they are no longer there, or no longer the same.
    fn fetch(&self) -> Result<Vec<u8>, DamagedChannels>;
}
