//! What may be remembered of files, so that only what changed is read again.

use super::file_stamp::FileStamp;
use crate::ingest::{ArchivedEntry, ContentHash, FileReading, NewReading};

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

    /// Hears that what it just took note of is a file as the walk listed it, with this stamp.
    fn remembered_as_listed(&self, stamp: &FileStamp);
}
