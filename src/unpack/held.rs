//! The bytes of an archive that lies in another one, while its files are read.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

#[cfg(feature = "files")]
use super::shared_file::SharedFile;

/// Bytes that can be read at any place; clones share them.
#[derive(Debug, Clone)]
pub enum HeldArchive {
    /// A small archive.
    Memory(Cursor<Arc<[u8]>>),
    /// A large one, in a file without a name.
    #[cfg(feature = "files")]
    Disk(SharedFile),
}

impl From<Vec<u8>> for HeldArchive {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Memory(Cursor::new(Arc::from(bytes)))
    }
}

impl Read for HeldArchive {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Memory(bytes) => bytes.read(buffer),
            #[cfg(feature = "files")]
            Self::Disk(file) => file.read(buffer),
        }
    }
}

impl Seek for HeldArchive {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Memory(bytes) => bytes.seek(to),
            #[cfg(feature = "files")]
            Self::Disk(file) => file.seek(to),
        }
    }
}
