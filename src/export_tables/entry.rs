//! What a table says of each activity.

use chrono::{NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::annotations::Annotations;
use crate::decode::Problem;
use crate::units::{Seconds, UnixTime};

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
    #[serde(rename = "remarks")]
    pub annotations: Annotations,
}

impl ExportEntry {
    /// What a line says of the recording of its day.
    pub(super) fn by_day(line: usize, day: NaiveDate, annotations: Annotations) -> Self {
        let midnight = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        let start = Some(UnixTime(midnight));
        Self { line, recording: Recording::ByDay, start, elapsed: None, annotations }
    }
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
    /// The one of its sport that began on the local day that the line states, as if that began in
    /// Greenwich, and lasted as long.
    #[serde(rename = "day")]
    ByDay,
    /// None: the activity was written down by hand.
    None,
}
