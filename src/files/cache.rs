//! What may be remembered of files, so that only what changed is read again.

use super::file_stamp::FileStamp;
use crate::decode::{Problem, ProblemKind};
use crate::ingest::{ContentHash, FileOutcome, FileReading};
use crate::unpack::Entry;

/// Remembers what became of files. What it does not know, or cannot use any more, is read anew.
pub trait ReadingCache: Sync {
    /// What became of the file at this absolute path, if it was not touched since; `name` is what
    /// outputs call it. `is_asked` takes the name of an entry, and whether it is the archive itself.
    fn recall_file(
        &self,
        path: &str,
        stamp: &FileStamp,
        name: &str,
        is_asked: &dyn Fn(&str, bool) -> bool,
    ) -> Option<Vec<FileReading>>;

    /// What became of one entry of the archive at this path, whatever else changed in it.
    fn recall_entry(
        &self,
        path: &str,
        name: &str,
        entry: &ArchivedEntry,
    ) -> Option<Vec<NewReading>>;

    /// What became of these bytes, wherever they lay.
    fn recall_bytes(&self, name: &str, hash: ContentHash) -> Option<NewReading>;

    /// Takes note of what became of a file; `place` is its absolute path and its stamp,
    /// or `None` where it cannot be known again by them.
    fn remember(
        &self,
        place: Option<(String, FileStamp)>,
        name: &str,
        is_archive: bool,
        readings: &[NewReading],
    );
}

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
