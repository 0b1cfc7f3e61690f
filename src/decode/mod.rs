//! Bytes → [`Activity`]: the registry of formats and what every decoder owes.
//!
//! A decoder is pure: it gets all the bytes of one file and says what is in them. It never
//! panics, never allocates without bound, forgives only aloud (each thing forgiven is a
//! [`Problem`] among the warnings) and names the place of what it refuses.

pub mod fit;
pub mod gpx;
pub mod sport;
pub mod tcx;
mod text;
mod time_order;
mod xml;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::activity::Activity;

/// One format that can be read: its file stem in this folder is its id.
#[derive(Debug)]
pub struct Format {
    /// The name used in every output.
    pub id: &'static str,
    /// Whether the first bytes are of this format; names of files prove nothing.
    pub recognises: fn(&[u8]) -> bool,
    /// Reads a whole file.
    pub decode: fn(&[u8], &Limits) -> Result<Decoded, Refusal>,
}

/// Every format, in the order in which they are tried.
pub static FORMATS: &[&Format] = &[&fit::FORMAT, &gpx::FORMAT, &tcx::FORMAT];

/// What was in a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decoded {
    /// The sessions, in the file's order; never empty.
    pub activities: Vec<Activity>,
    /// Everything that was forgiven on the way.
    pub warnings: Vec<Problem>,
}

/// Why nothing came out of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A sound file that holds no recorded activity: a course, a settings file, a day's steps.
    #[error("not an activity: {0}")]
    NotAnActivity(String),
    /// A file that cannot be used.
    #[error("{0}")]
    Unusable(Problem),
}

/// One thing wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// What kind of thing.
    pub kind: ProblemKind,
    /// Where in the file, if it has a place.
    pub place: Option<Place>,
    /// One plain sentence with the numbers.
    pub detail: String,
}

impl Problem {
    /// A problem without a place.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, place: None, detail: detail.into() }
    }

    /// A problem at a place.
    pub fn at(place: Place, kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, place: Some(place), detail: detail.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(f, "{} ({place})", self.detail),
            None => f.write_str(&self.detail),
        }
    }
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// So many bytes from the beginning.
    Byte(u64),
    /// A line of a text, from 1.
    Line(u32),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Byte(offset) => write!(f, "at byte {offset}"),
            Self::Line(line) => write!(f, "at line {line}"),
        }
    }
}

/// The kinds of things wrong with files.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// No bytes at all.
    Empty,
    /// None of the formats that can be read.
    UnknownFormat,
    /// The file ends before it says it does.
    Truncated,
    /// The checksum does not match the bytes.
    BadChecksum,
    /// The file breaks its format's rules.
    Malformed,
    /// The file breaks its format's rules, and was read whole nevertheless.
    Irregular,
    /// The file holds something behind its end.
    TrailingBytes,
    /// Some records were left out because they make no sense.
    DroppedRecords,
    /// Some messages that describe the session could not be read.
    DroppedMessages,
    /// Some lines of a table were left out.
    DroppedEntries,
    /// Some cells of a table could not be read.
    UnreadCells,
    /// Time runs backwards.
    TimeBackwards,
    /// The clock was plainly wrong.
    ImplausibleTime,
    /// Nothing says when the points were recorded.
    NoTimes,
    /// No record at all.
    NoRecords,
    /// Time passes, but no way is made.
    NoWay,
    /// More records, nesting or bytes than the limit allows.
    LimitExceeded,
    /// The text is not in an encoding that can be read, or is damaged.
    BadText,
    /// The file lies in no athlete's folder, or in several.
    NoAthlete,
    /// The file cannot be opened or read.
    Unreadable,
    /// The file is locked with a password.
    Encrypted,
    /// A line of an export's table names a file that is not there.
    MissingFile,
    /// A row that another version of this program wrote, or something else.
    ForeignRow,
    /// A fault of this program: the file is named so that it can be reported.
    InternalError,
}

impl ProblemKind {
    /// Whether what follows in the file is lost.
    pub fn breaks_off(self) -> bool {
        matches!(self, Self::Truncated | Self::Malformed | Self::LimitExceeded)
    }
}

/// Bounds that keep a hostile file from taking the machine; each is named when it is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Records of one file.
    pub max_records: usize,
    /// Nesting of elements in a text format.
    pub max_depth: usize,
    /// Bytes of one file, unpacked.
    pub max_bytes: u64,
    /// Archives within archives.
    pub max_archive_depth: usize,
    /// Files in one archive.
    pub max_archive_entries: usize,
    /// Bytes of one archive within another, unpacked: it is held in memory as a whole.
    pub max_archive_bytes: u64,
    /// Bytes that everything in one file of the disk may unpack to.
    pub max_unpacked_bytes: u64,
    /// How many times longer a file may be unpacked than packed, beyond the first mebibyte.
    pub max_unpacked_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_records: 1_000_000,
            max_depth: 64,
            max_bytes: 256 << 20,
            max_archive_depth: 3,
            max_archive_entries: 500_000,
            max_archive_bytes: 2 << 30,
            max_unpacked_bytes: 64 << 30,
            max_unpacked_ratio: 250,
        }
    }
}

/// The format of these bytes, told by their content.
pub fn recognise(bytes: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| (format.recognises)(bytes))
}

/// Reads one file of any known format.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<(Decoded, &'static Format), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Unusable(Problem::new(ProblemKind::Empty, "the file is empty")));
    }
    let format = recognise(bytes).ok_or_else(|| {
        Refusal::Unusable(Problem::new(ProblemKind::UnknownFormat, advice(bytes)))
    })?;
    let mut decoded = (format.decode)(bytes, limits)?;
    let breaks_off = decoded.warnings.iter().any(|warning| warning.kind.breaks_off());
    if let Some(last) = decoded.activities.last_mut() {
        last.breaks_off |= breaks_off;
    }
    Ok((decoded, format))
}

/// What is to be done about a file of no known format.
fn advice(bytes: &[u8]) -> &'static str {
    let is_tar = bytes.get(257..262) == Some(b"ustar");
    match bytes {
        [b'7', b'z', 0xbc, 0xaf, ..]
        | [b'R', b'a', b'r', b'!', ..]
        | [0xfd, b'7', b'z', b'X', ..]
        | [b'B', b'Z', b'h', ..]
        | [0x28, 0xb5, 0x2f, 0xfd, ..] => OTHER_ARCHIVE,
        _ if is_tar => OTHER_ARCHIVE,
        _ => "not a format that can be read (FIT, GPX, TCX)",
    }
}

const OTHER_ARCHIVE: &str = "an archive of another kind than .zip and .gz: unpack it first";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_says_what_to_do() {
        let told = |bytes: &[u8]| match decode(bytes, &Limits::default()) {
            Err(Refusal::Unusable(problem)) => (problem.kind, problem.detail),
            other => panic!("{other:?}"),
        };
        let tar = [&[0; 257][..], b"ustar\0"].concat();
        for (bytes, word) in [
            (&b"7z\xbc\xaf\x27\x1c"[..], "unpack it"),
            (&tar, "unpack it"),
            (b"hello", "FIT, GPX, TCX"),
        ] {
            let (kind, detail) = told(bytes);
            assert_eq!(kind, ProblemKind::UnknownFormat);
            assert!(detail.contains(word), "{detail}");
        }
    }
}
