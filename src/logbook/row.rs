//! Rows as they are stored: figures as JSON, lanes as bytes.

use anyhow::{Context, Result};
use talktest::gather::ContentHash;
use talktest::metrics::{PackedSeries, RunMetrics};

use super::seal::Seal;

/// A row as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRow {
    /// The row as JSON, its lanes left empty.
    pub metrics: String,
    /// The packed lanes.
    pub lanes: Vec<u8>,
}

impl StoredRow {
    /// Writes a row down.
    pub fn of(row: &RunMetrics) -> Result<Self> {
        let bare = RunMetrics { lanes: PackedSeries::default(), ..row.clone() };
        let metrics = serde_json::to_string(&bare).context("a row cannot be written down")?;
        Ok(Self { metrics, lanes: row.lanes.as_bytes().to_vec() })
    }

    /// The row again; its seal was found whole.
    pub fn restore(self) -> Result<RunMetrics> {
        let mut row: RunMetrics = serde_json::from_str(&self.metrics)?;
        row.lanes = PackedSeries::from_sound_bytes(self.lanes);
        Ok(row)
    }
}

/// The seal of a recording with its rows.
pub fn seal(hash: ContentHash, format: &str, warnings: &str, rows: &[StoredRow]) -> i64 {
    let head = Seal::default().bytes(&hash.0.to_be_bytes()).text(format).text(warnings);
    let whole = rows.iter().fold(head, |seal, row| seal.text(&row.metrics).bytes(&row.lanes));
    whole.value()
}
