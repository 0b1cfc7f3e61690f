//! The tables that exports keep beside their files: bytes → what they say of each activity.
//!
//! A table says what no recording holds: the title, the runner's own tags and ratings, the
//! weather. Which recording a line is about is found by the name of its file, or by its start.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decode::Problem;
use crate::remarks::Remarks;
use crate::units::{Seconds, UnixTime};

/// One kind of table that can be read: its file stem in this folder is its id.
#[derive(Debug)]
pub struct Table {
    /// The name used in every output.
    pub id: &'static str,
    /// Whether a file of this name that begins so is such a table.
    pub recognises: fn(&str, &[u8]) -> bool,
    /// Reads a whole table.
    pub read: fn(&[u8]) -> Result<Listing, Problem>,
}

/// Every kind of table, in the order in which they are tried.
pub static TABLES: &[&Table] = &[];

/// What was in a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// The activities in the order of the table.
    pub entries: Vec<Listed>,
    /// Everything that was forgiven on the way.
    pub warnings: Vec<Problem>,
}

/// The kind of table that these bytes are.
pub fn recognise(name: &str, bytes: &[u8]) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| (table.recognises)(name, bytes))
}

/// One activity as a table lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Listed {
    /// The line of the table, or the number of the entry, from 1.
    pub line: usize,
    /// Which recording it is about.
    pub recording: Recording,
    /// When it began, where the table says so in a way that can be read.
    pub start: Option<UnixTime>,
    /// From first to last second, where the table says so.
    pub elapsed: Option<Seconds>,
    /// What is said; who says it is filled in by whoever knows where the table lies.
    pub remarks: Remarks,
}

/// Which recording a line of a table is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recording {
    /// The file of this name, relative to the table, with `/`.
    File(String),
    /// The one that began at the start that the line states, give or take a minute.
    ByStart,
    /// None: the activity was written down by hand.
    None,
}
