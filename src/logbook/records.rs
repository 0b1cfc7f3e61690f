//! What is stored of a file: what it was, and what was in it.

use serde::{Deserialize, Serialize};

use super::checksum::Checksum;
use super::row::{NewRow, RowBytes, write_down};
use crate::decode::Problem;
use crate::files::FileStamp;
use crate::ingest::{ArchivedEntry, CacheKey, ContentHash, FileOutcome, FileReading, NewReading};
use crate::review::RunKey;

/// A file on its way into the logbook.
#[derive(Debug)]
pub struct FileRecord {
    /// Its absolute path and its stamp; `None` where it cannot be known again by them.
    pub place: Option<(String, FileStamp)>,
    /// Whether it is an archive of several files.
    pub is_archive: bool,
    /// What was in it.
    pub entries: Vec<EntryRecord>,
}

/// What was in a file.
#[derive(Debug)]
pub struct EntryRecord {
    /// Its name below the file; empty for the file itself.
    pub name: String,
    /// The archive's entry that it comes from.
    pub archived: Option<ArchivedEntry>,
    /// What it is.
    pub content: EntryContent,
}

/// What an entry is.
#[derive(Debug)]
pub enum EntryContent {
    /// A recording that the logbook has: the hash of its bytes.
    Known(ContentHash),
    /// A recording that it has not.
    New(ContentRecord),
    /// Something that is stored with the file, as JSON of [`PathlessReading`].
    Reading(String),
}

/// A recording, as it is stored.
#[derive(Debug)]
pub struct ContentRecord {
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// The id of its format.
    pub format: String,
    /// What was forgiven, as JSON.
    pub warnings: String,
    /// The rows of its sessions.
    pub rows: RowBytes,
    /// What is stored of each session beside them.
    pub sessions: Vec<NewRow>,
}

/// A reading without its path.
#[derive(Debug, Serialize, Deserialize)]
pub struct PathlessReading {
    outcome: FileOutcome,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Problem>,
}

impl PathlessReading {
    /// The reading of the file at this path.
    pub fn at(self, path: String) -> FileReading {
        FileReading { path, outcome: self.outcome, warnings: self.warnings }
    }
}

impl FileRecord {
    /// The checksum of a file at a place with everything in it.
    pub fn checksum(&self, path: &str, stamp: &FileStamp, measuring: &str) -> i64 {
        let entries = self.entries.iter().map(|entry| {
            (entry.name.as_str(), entry.archived.as_ref(), entry.hash(), entry.reading())
        });
        checksum(path, stamp, measuring, self.is_archive, entries)
    }
}

/// Name, place in the archive, recording and reading of an entry.
pub type ChecksummedEntry<'a> =
    (&'a str, Option<&'a ArchivedEntry>, Option<ContentHash>, Option<&'a str>);

/// The checksum of a file with everything that was in it.
pub fn checksum<'a>(
    path: &str,
    stamp: &FileStamp,
    measuring: &str,
    is_archive: bool,
    entries: impl Iterator<Item = ChecksummedEntry<'a>>,
) -> i64 {
    let FileStamp { size, modified_ns, changed_ns, inode, seen_ns } = *stamp;
    let numbers = [size, modified_ns, changed_ns, inode, seen_ns, i64::from(is_archive)];
    let head =
        numbers.into_iter().fold(Checksum::default().text(path).text(measuring), Checksum::number);
    let whole = entries.fold(head, |checksum, (name, archived, hash, reading)| {
        let checksum = checksum.text(name).optional(archived.map(|entry| entry.name.as_str()));
        let checksum = archived.iter().fold(checksum, |checksum, entry| {
            checksum.number(i64::from(entry.crc32)).number(entry.size as i64)
        });
        let hash = hash.map_or([0; 16], |hash| hash.0.to_be_bytes());
        checksum.bytes(&hash).optional(reading)
    });
    whole.value()
}

impl EntryRecord {
    /// The hash of its recording.
    pub fn hash(&self) -> Option<ContentHash> {
        match &self.content {
            EntryContent::Known(hash) => Some(*hash),
            EntryContent::New(record) => Some(record.hash),
            EntryContent::Reading(_) => None,
        }
    }

    /// What is stored of it with its file.
    pub fn reading(&self) -> Option<&str> {
        match &self.content {
            EntryContent::Reading(reading) => Some(reading),
            EntryContent::Known(_) | EntryContent::New(_) => None,
        }
    }

    /// Writes down a reading of something in the file of this name.
    pub fn of(new: &NewReading, file: &str) -> anyhow::Result<Self> {
        let NewReading { reading, entry, key } = new;
        let name = reading.path.strip_prefix(file).unwrap_or(&reading.path).to_owned();
        let content = match (key, &reading.outcome) {
            (CacheKey::KnownBytes(hash), _) => EntryContent::Known(*hash),
            (CacheKey::NewBytes, FileOutcome::Sessions(sessions)) => {
                let (rows, new) = write_down(&sessions.rows)?;
                EntryContent::New(ContentRecord {
                    hash: sessions.content,
                    format: sessions.format.to_string(),
                    warnings: serde_json::to_string(&reading.warnings)?,
                    rows,
                    sessions: new,
                })
            }
            _ => EntryContent::Reading(serde_json::to_string(&PathlessReading {
                outcome: reading.outcome.clone(),
                warnings: reading.warnings.clone(),
            })?),
        };
        Ok(Self { name, archived: entry.clone(), content })
    }
}

/// A run on its way into the logbook.
pub(super) struct JudgementRecord {
    pub(super) name: RunKey,
    pub(super) value: Vec<u8>,
}
