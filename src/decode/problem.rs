//! What can be wrong with a file, and where.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// What kind of thing.
    pub kind: ProblemKind,
    /// Where in the file, if it has a place.
    pub place: Option<Location>,
    /// One plain sentence with the numbers.
    pub detail: String,
}

impl Problem {
    /// A problem without a place.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, place: None, detail: detail.into() }
    }

    /// A problem at a place.
    pub fn at(place: Location, kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, place: Some(place), detail: detail.into() }
    }
}

/// More problems of one kind than anybody reads about one file.
const MOST_OF_A_KIND: usize = 100;

/// Leaves out what would only be more of the same, and says so; every kind stays.
pub fn keep_few_of_each_kind(problems: &mut Vec<Problem>) {
    let mut counts: BTreeMap<ProblemKind, usize> = BTreeMap::new();
    problems.retain_mut(|problem| {
        let count = counts.entry(problem.kind).or_default();
        *count += 1;
        if *count == MOST_OF_A_KIND {
            *problem = Problem::new(problem.kind, "and more of this kind in this file");
        }
        *count <= MOST_OF_A_KIND
    });
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
pub enum Location {
    /// So many bytes from the beginning.
    Byte(u64),
    /// A line of a text, from 1.
    Line(u32),
}

impl fmt::Display for Location {
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
    /// A part in the middle of the file makes no sense and was passed over.
    Damaged,
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
    /// The clock was never set: the day is unknown, or comes from elsewhere.
    ClockNotSet,
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
    /// Whether something that the file said may be lost or changed.
    pub fn is_damage(self) -> bool {
        self.breaks_off() || matches!(self, Self::BadChecksum | Self::BadText | Self::Damaged)
    }

    /// Whether what follows in the file is lost.
    pub fn breaks_off(self) -> bool {
        matches!(self, Self::Truncated | Self::Malformed | Self::LimitExceeded)
    }
}
