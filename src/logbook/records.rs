//! What is kept of a file: what it was, and what was in it.

use serde::{Deserialize, Serialize};
use talktest::decode::{Problem, ProblemKind};
use talktest::ingest::{ContentHash, FileReading, Outcome};

use super::checksum::Checksum;
use super::file_stamp::FileStamp;
use super::row::NewRow;

/// An entry of an archive as the table of contents has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// Its name in the archive.
    pub name: String,
    /// The checksum of its unpacked bytes.
    pub crc32: u32,
    /// Unpacked bytes.
    pub size: u64,
}

/// How a reading is known again by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// It came from the logbook: the hash of its bytes.
    CacheLookup(ContentHash),
    /// Its sessions follow from sound bytes, so that they are found again wherever those lie.
    New,
    /// It depends on more than its bytes: kept with its file alone.
    None,
}

/// A reading that was just made or found by its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct NewReading {
    /// What became of the file.
    pub reading: FileReading,
    /// The entry of the outermost archive that it comes from.
    pub part: Option<Part>,
    /// How it is known again.
    pub content: Content,
}

impl NewReading {
    /// A reading that is kept with its file.
    pub fn of_file(reading: FileReading) -> Self {
        Self { reading, part: None, content: Content::None }
    }

    /// Whether another look may give something else although the file is the same.
    pub fn is_passing(&self) -> bool {
        let passing = |problem: &Problem| {
            matches!(problem.kind, ProblemKind::Unreadable | ProblemKind::InternalError)
        };
        let failed = matches!(&self.reading.outcome, Outcome::Failed(problem) if passing(problem));
        failed || self.reading.warnings.iter().any(passing)
    }
}

/// A file on its way into the logbook.
#[derive(Debug)]
pub struct FileRecord {
    /// Its absolute path and what it looked like; `None` where it cannot be known again by them.
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
    pub part: Option<Part>,
    /// What it is.
    pub what: What,
}

/// What an entry is.
#[derive(Debug)]
pub enum What {
    /// Known bytes.
    CacheLookup(ContentHash),
    /// New bytes.
    New(ContentRecord),
    /// Something that is kept with the file, as JSON of [`Bare`].
    Reading(String),
}

/// A recording, as it is kept.
#[derive(Debug)]
pub struct ContentRecord {
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// The id of its format.
    pub format: String,
    /// What was forgiven, as JSON.
    pub warnings: String,
    /// Its sessions.
    pub rows: Vec<NewRow>,
}

/// A reading without its path.
#[derive(Debug, Serialize, Deserialize)]
pub struct Bare {
    outcome: Outcome,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Problem>,
}

impl Bare {
    /// The reading of the file at this path.
    pub fn at(self, path: String) -> FileReading {
        FileReading { path, outcome: self.outcome, warnings: self.warnings }
    }
}

impl FileRecord {
    /// The seal of a file at a place with everything in it.
    pub fn checksum(&self, path: &str, look: &FileStamp, measuring: &str) -> i64 {
        let entries = self.entries.iter().map(|entry| {
            (entry.name.as_str(), entry.part.as_ref(), entry.content(), entry.reading())
        });
        checksum(path, look, measuring, self.is_archive, entries)
    }
}

/// Name, part, recording and reading of an entry.
pub type ChecksummedEntry<'a> = (&'a str, Option<&'a Part>, Option<ContentHash>, Option<&'a str>);

/// The seal of a file with everything that was in it.
pub fn checksum<'a>(
    path: &str,
    look: &FileStamp,
    measuring: &str,
    is_archive: bool,
    entries: impl Iterator<Item = ChecksummedEntry<'a>>,
) -> i64 {
    let FileStamp { size, modified_ns, changed_ns, inode, looked_ns } = *look;
    let numbers = [size, modified_ns, changed_ns, inode, looked_ns, i64::from(is_archive)];
    let head =
        numbers.into_iter().fold(Checksum::default().text(path).text(measuring), Checksum::number);
    let whole = entries.fold(head, |checksum, (name, part, content, reading)| {
        let checksum = checksum.text(name).optional(part.map(|part| part.name.as_str()));
        let checksum = part.iter().fold(checksum, |checksum, part| {
            checksum.number(i64::from(part.crc32)).number(part.size as i64)
        });
        let content = content.map(|content| content.to_string());
        checksum.optional(content.as_deref()).optional(reading)
    });
    whole.value()
}

impl EntryRecord {
    /// The hash of its recording.
    pub fn content(&self) -> Option<ContentHash> {
        match &self.what {
            What::CacheLookup(content) => Some(*content),
            What::New(record) => Some(record.hash),
            What::Reading(_) => None,
        }
    }

    /// What is kept of it with its file.
    pub fn reading(&self) -> Option<&str> {
        match &self.what {
            What::Reading(reading) => Some(reading),
            What::CacheLookup(_) | What::New(_) => None,
        }
    }

    /// Writes down a reading of something in the file of this name.
    pub fn of(fresh: &NewReading, file: &str) -> anyhow::Result<Self> {
        let NewReading { reading, part, content } = fresh;
        let name = reading.path.strip_prefix(file).unwrap_or(&reading.path).to_owned();
        let what = match (content, &reading.outcome) {
            (Content::CacheLookup(content), _) => What::CacheLookup(*content),
            (Content::New, Outcome::Sessions(sessions)) => What::New(ContentRecord {
                hash: sessions.content,
                format: sessions.format.to_string(),
                warnings: serde_json::to_string(&reading.warnings)?,
                rows: sessions.rows.iter().map(NewRow::of).collect::<anyhow::Result<_>>()?,
            }),
            _ => What::Reading(serde_json::to_string(&Bare {
                outcome: reading.outcome.clone(),
                warnings: reading.warnings.clone(),
            })?),
        };
        Ok(Self { name, part: part.clone(), what })
    }
}
