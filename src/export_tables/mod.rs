//! The tables that exports keep beside their files: bytes → what they say of each activity.
//!
//! A table says what no recording holds: the title, the runner's own tags and ratings, the
//! weather. Which recording a line is about is found by the name of its file, or by its start.
//! As decoders, the readers are pure, never panic, and forgive only aloud.

mod clock;
mod dates;
mod fields;
mod garmin;
mod garmin_activity;
mod garmin_entry;
mod months;
mod strava;
#[cfg(test)]
mod tests;
mod text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::annotations::Annotations;
use crate::decode::{Location, Problem, ProblemKind};
use crate::units::{Seconds, UnixTime};

/// One kind of table that can be read: its file stem in this folder is its id.
#[derive(Debug)]
pub struct Table {
    /// The name used in every output.
    pub id: &'static str,
    /// Whether a file of this name (without folders) that begins with these bytes, of which
    /// [`HEAD_BYTES`] are enough, is such a table. The content decides; the name spares looking.
    pub recognises: fn(name: &str, head: &[u8]) -> bool,
    /// Reads a whole file.
    pub read: fn(&[u8], &Bounds) -> Result<ExportEntries, Problem>,
}

/// Every kind of table, in the order in which they are tried.
pub static TABLES: &[&Table] = &[&strava::TABLE, &garmin::TABLE, &garmin_activity::TABLE];

/// So much of a file is enough to recognise it.
pub const HEAD_BYTES: usize = 64 << 10;

/// What a table says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExportEntries {
    /// The activities, in the table's order.
    pub entries: Vec<ExportEntry>,
    /// Everything that was forgiven or left out on the way.
    pub warnings: Vec<Problem>,
}

/// One activity as a table lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExportEntry {
    /// The line of the table, or the number of the entry, from 1.
    pub line: usize,
    /// Which recording it is about.
    pub recording: Recording,
    /// When it began, where the table says so in a way that can be read.
    #[serde(rename = "start_unix_ms")]
    pub start: Option<UnixTime>,
    /// From first to last second, where the table says so.
    #[serde(rename = "elapsed_s")]
    pub elapsed: Option<Seconds>,
    /// What is said; who says it is filled in by whoever knows where the table lies.
    pub remarks: Annotations,
}

/// Which recording a line of a table is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", content = "file", rename_all = "snake_case")]
pub enum Recording {
    /// The file of this name, relative to the table, with `/`: untrusted.
    File(String),
    /// The one that began at the start that the line states, give or take a minute.
    #[serde(rename = "start")]
    ByStart,
    /// None: the activity was written down by hand.
    None,
}

/// Bounds that keep a hostile table from taking the machine; each is named when it is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Activities of one table.
    pub max_entries: usize,
    /// Bytes of one table; those of busy accounts have been met with more than 100 MB.
    pub max_bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { max_entries: 200_000, max_bytes: 256 << 20 }
    }
}

impl Bounds {
    fn check_size(&self, bytes: &[u8]) -> Result<(), Problem> {
        if bytes.len() <= self.max_bytes {
            return Ok(());
        }
        let detail = format!("{} bytes, more than the {} allowed", bytes.len(), self.max_bytes);
        Err(Problem::new(ProblemKind::LimitExceeded, detail))
    }

    fn too_many(&self, place: Option<Location>) -> Problem {
        let detail =
            format!("more than {} activities: those behind are left out", self.max_entries);
        Problem { kind: ProblemKind::LimitExceeded, place, detail }
    }
}

fn beginning(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD_BYTES)]
}

/// The kind of table that a file is.
pub fn recognise(name: &str, head: &[u8]) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| (table.recognises)(name, head))
}

/// The places of one kind of fault: each is counted, the first ones are named.
#[derive(Debug, Default)]
struct Faults {
    lines: Vec<usize>,
    count: usize,
}

impl Faults {
    const NAMED: usize = 5;

    fn add(&mut self, line: usize) {
        self.count += 1;
        if self.lines.len() < Self::NAMED {
            self.lines.push(line);
        }
    }

    /// `what` follows the number, as in “3 rows without a date (lines 2, 7, 9)”.
    fn warning(&self, kind: ProblemKind, one: &str, many: &str, what: &str) -> Option<Problem> {
        let first = *self.lines.first()?;
        let noun = if self.count == 1 { one } else { many };
        let lines = self.lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
        let more = if self.count > self.lines.len() { " …" } else { "" };
        let detail = format!("{} {noun} {what}: {lines}{more}", self.count);
        Some(Problem::at(Location::Line(first as u32), kind, detail))
    }
}
