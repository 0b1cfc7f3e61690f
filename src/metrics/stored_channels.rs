//! Packed lanes that lie outside of memory: rows are many, and the lanes of one are read at a time.

use std::fmt::Debug;

/// Why a packed series cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the channels of this row are damaged: {0}")]
pub struct DamagedChannels(String);

impl DamagedChannels {
    /// Says what is wrong with them.
    pub fn because(why: impl std::fmt::Display) -> Self {
        Self(why.to_string())
    }
}

/// Where the packed lanes of one row lie.
pub trait StoredChannels: Debug + Send + Sync {
    /// The bytes as they were packed.
    ///
    /// # Errors
    /// Where they are no longer there, or no longer the same.
    fn fetch(&self) -> Result<Vec<u8>, DamagedChannels>;
}
