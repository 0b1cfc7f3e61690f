//! What is known of a file without reading it.

use std::fs::Metadata;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// A file may change again within the tick of its clock: until so long after it was written, equal
/// times prove nothing.
const SETTLED_NS: i64 = 2_000_000_000;

/// A file at one moment, and which moment that was; times in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    /// Bytes.
    pub size: i64,
    /// When its bytes were written.
    pub modified_ns: i64,
    /// When anything about it changed; 0 where the system has none.
    pub changed_ns: i64,
    /// Its number in its file system; 0 where the system has none.
    pub inode: i64,
    /// When it was seen so.
    pub seen_ns: i64,
}

impl FileStamp {
    /// The stamp of a file now, wherever links lead.
    pub fn at(path: &Path) -> std::io::Result<Self> {
        std::fs::metadata(path).map(|metadata| Self::of(&metadata))
    }

    /// The stamp in metadata that were read just now.
    pub fn of(metadata: &Metadata) -> Self {
        let (changed_ns, inode) = of_the_system(metadata);
        Self {
            size: metadata.len() as i64,
            modified_ns: metadata.modified().map_or(i64::MAX, nanoseconds),
            changed_ns,
            inode,
            seen_ns: nanoseconds(SystemTime::now()),
        }
    }

    /// Whether a later stamp is of the same file, untouched.
    pub fn is_same(&self, later: &Self) -> bool {
        let Self { seen_ns, .. } = *self;
        Self { seen_ns, ..*later } == *self
    }

    /// Whether equal times prove that nothing was written since.
    pub fn is_settled(&self) -> bool {
        self.modified_ns.saturating_add(SETTLED_NS) <= self.seen_ns
    }
}

#[cfg(unix)]
fn of_the_system(metadata: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    let changed_ns =
        metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec());
    (changed_ns, metadata.ino() as i64)
}

#[cfg(not(unix))]
fn of_the_system(_: &Metadata) -> (i64, i64) {
    (0, 0)
}

fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: FileStamp = FileStamp {
        size: 10,
        modified_ns: 5_000_000_000,
        changed_ns: 5_000_000_000,
        inode: 3,
        seen_ns: 9_000_000_000,
    };

    #[test]
    fn any_difference_is_a_change() {
        assert!(STAMP.is_same(&FileStamp { seen_ns: 99_000_000_000, ..STAMP }));
        assert!(!STAMP.is_same(&FileStamp { size: 11, ..STAMP }));
        assert!(!STAMP.is_same(&FileStamp { modified_ns: 5_000_000_001, ..STAMP }));
        assert!(!STAMP.is_same(&FileStamp { changed_ns: 6_000_000_000, ..STAMP }));
        assert!(!STAMP.is_same(&FileStamp { inode: 4, ..STAMP }));
    }

    #[test]
    fn what_was_just_written_or_is_yet_to_be_is_in_doubt() {
        let at = |modified_ns| FileStamp { modified_ns, ..STAMP }.is_settled();
        assert!(at(7_000_000_000));
        assert!(!at(7_000_000_001));
        assert!(!at(9_000_000_000), "in the same moment");
        assert!(!at(60_000_000_000), "in the future");
    }
}
