//! Files ⇄ lines of JSON: the border between measuring and judging, which may lie between two
//! machines.
//!
//! ```text
//! FileReading ──write──▶ a line for each session, or one ──read──▶ Line ──collect──▶ Gathered
//! ```
//!
//! Lines may come in any order and from several measurings; each says all that is needed of it.

#[cfg(feature = "columnar")]
mod channel_columns;
mod collect;
mod read;
mod schema;
#[cfg(feature = "columnar")]
mod table;
mod write;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decode::Problem;
use crate::export_tables::ExportEntry;
use crate::ingest::{ContentHash, FileProblem, FileReading};
use crate::metrics::RunMetrics;

#[cfg(feature = "columnar")]
pub use channel_columns::{CHANNEL_COLUMNS, ChannelColumn};
pub use collect::{Collected, Collector};
pub use read::read;
pub use schema::schema;
#[cfg(feature = "columnar")]
pub use table::{TableForm, row_columns};
pub use write::{closed_line, lines};

/// The name and version of the form of the lines.
pub const SCHEMA: &str = "talktest/row/2";

/// What one line says.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// A file, or one session of it.
    File {
        /// What became of it; of a recording, no more than this one session.
        reading: FileReading,
        /// As whose file it was measured, where that was known.
        athlete: Option<String>,
    },
    /// A place that could not be entered.
    Inaccessible(FileProblem),
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// One measured session of a file.
    Session,
    /// A table of an export.
    Table,
    /// A file that is no run and is not meant to be one.
    NotARun,
    /// A file of which nothing can be used.
    Failed,
    /// A place that could not be entered.
    Inaccessible,
}

impl Kind {
    /// Every kind, the most frequent first.
    const ALL: [Self; 5] =
        [Self::Session, Self::Table, Self::NotARun, Self::Failed, Self::Inaccessible];

    /// The word in the line.
    const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Table => "table",
            Self::NotARun => "not_a_run",
            Self::Failed => "failed",
            Self::Inaccessible => "closed",
        }
    }
}

/// What every line begins with.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
struct Head {
    /// The name and version of the form of the line.
    schema: String,
    /// The version of everything that decides what is in a row.
    measuring: String,
    /// What the line is about.
    kind: String,
    /// The path of the file as the user would write it, relative to what was named, with `/`.
    path: String,
    /// The athlete whose file it is by the settings that it was measured with; null where it is
    /// nobody's.
    athlete: Option<String>,
    /// Why it is nobody's file.
    nobody: Option<String>,
    /// What was forgiven of the file: on the first of its lines.
    warnings: Vec<Problem>,
}

/// One measured session.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
struct SessionBody<'a> {
    /// The XXH3 hash (128 bits) of the bytes of the file, in 32 hexadecimal digits.
    #[schemars(with = "String")]
    content: ContentHash,
    /// The format of the file.
    format: Cow<'static, str>,
    /// Which session of the file this is, from 0.
    session: u16,
    /// The measured session.
    row: Cow<'a, RunMetrics>,
}

/// The table of an export.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
struct TableBody<'a> {
    /// What it says of each activity.
    entries: Cow<'a, [ExportEntry]>,
}

/// A file that is no run.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
struct NotARunBody {
    /// What it is.
    what: String,
}

/// A file of which nothing can be used.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
struct FailedBody {
    /// Why.
    problem: Problem,
}

/// A place that could not be entered.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
struct ClosedBody {
    /// Why.
    problem: Problem,
    /// Whether runs may be missing because of it.
    lost: bool,
}
