//! What a cache may know a reading by, whatever becomes of it.

use super::{ContentHash, FileOutcome, FileReading};
use crate::decode::{Problem, ProblemKind};
use crate::metrics::RunMetrics;
use crate::unpack::Entry;

/// An entry of an archive as the table of contents has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ArchivedEntry {
    /// Its name in the archive.
    pub name: String,
    /// The checksum of its unpacked bytes.
    pub crc32: u32,
    /// Unpacked bytes.
    pub size: u64,
}

impl ArchivedEntry {
    /// None of an archive without checksums: nothing would tell that such a file was changed.
    pub fn of(entry: &Entry) -> Option<Self> {
        Some(Self { name: entry.name.clone(), crc32: entry.crc32?, size: entry.unpacked })
    }
}

/// What a reading is remembered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheKey {
    /// Its bytes, which the cache knows: their hash.
    KnownBytes(ContentHash),
    /// Its bytes, which are new: sessions follow from sound bytes wherever those lie.
    NewBytes,
    /// Its file: it depends on more than its bytes.
    File,
}

/// A reading that was just made, or found by its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct NewReading {
    /// What became of the file.
    pub reading: FileReading,
    /// The entry of the outermost archive that it comes from.
    pub entry: Option<ArchivedEntry>,
    /// What it is remembered by.
    pub key: CacheKey,
}

impl NewReading {
    /// A reading that is remembered by its file.
    pub fn of_file(reading: FileReading) -> Self {
        Self { reading, entry: None, key: CacheKey::File }
    }

    /// Whether a part of it lies in files beside its own, which may change without it.
    pub fn is_joined(&self) -> bool {
        let joins = |row: &RunMetrics| !row.metadata.joined.is_empty();
        matches!(&self.reading.outcome, FileOutcome::Sessions(sessions) if sessions.rows.iter().any(joins))
    }

    /// Whether reading again may give something else although the file is the same.
    pub fn is_passing(&self) -> bool {
        let passing = |problem: &Problem| {
            // What is missing beside a file may be there the next time.
            let kinds =
                [ProblemKind::Unreadable, ProblemKind::InternalError, ProblemKind::MissingFile];
            kinds.contains(&problem.kind)
        };
        let failed =
            matches!(&self.reading.outcome, FileOutcome::Failed(problem) if passing(problem));
        failed || self.reading.warnings.iter().any(passing)
    }
}
