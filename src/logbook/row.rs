//! Rows as they are stored: figures as JSON, channels as bytes.

use anyhow::{Context, Result};

use super::checksum::Checksum;
use crate::ingest::ContentHash;
use crate::metrics::{PackedSeries, RunMetrics};

/// The figures of a row as they are stored, and the checksum of its channels.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRow {
    /// The row as JSON, its channels left empty.
    pub metrics: String,
    /// What proves its channels.
    pub channels_checksum: i64,
}

/// A row that is to be stored.
#[derive(Debug)]
pub struct NewRow {
    /// Its figures.
    pub figures: StoredRow,
    /// The packed channels.
    pub channels: Vec<u8>,
}

impl NewRow {
    /// Writes a row down.
    pub fn of(row: &RunMetrics) -> Result<Self> {
        let bare = RunMetrics { channels: PackedSeries::default(), ..row.clone() };
        let metrics = serde_json::to_string(&bare).context("a row cannot be written down")?;
        let channels = row.channels.bytes()?.into_owned();
        Ok(Self {
            figures: StoredRow { metrics, channels_checksum: channels_checksum(&channels) },
            channels,
        })
    }
}

impl StoredRow {
    /// The row again; its checksum was right.
    pub fn restore(&self, channels: PackedSeries) -> Result<RunMetrics> {
        let row: RunMetrics = serde_json::from_str(&self.metrics)?;
        Ok(RunMetrics { channels, ..row })
    }
}

/// The checksum of packed channels.
pub fn channels_checksum(packed: &[u8]) -> i64 {
    Checksum::default().bytes(packed).value()
}

/// The checksum of a recording with its rows.
pub fn checksum<'a>(
    hash: ContentHash,
    format: &str,
    warnings: &str,
    rows: impl Iterator<Item = &'a StoredRow>,
) -> i64 {
    let head = Checksum::default().bytes(&hash.0.to_be_bytes()).text(format).text(warnings);
    rows.fold(head, |checksum, row| checksum.text(&row.metrics).number(row.channels_checksum))
        .value()
}
