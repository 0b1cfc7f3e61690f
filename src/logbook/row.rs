//! Rows as they are stored: figures as JSON, lanes as bytes, and a hash over both.

use anyhow::{Context, Result, bail};
use talktest::metrics::{PackedSeries, RunMetrics};
use xxhash_rust::xxh3::Xxh3;

/// A row as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRow {
    /// The row as JSON, its lanes left empty.
    pub metrics: String,
    /// The packed lanes.
    pub lanes: Vec<u8>,
    /// The hash of both.
    pub hash: i64,
}

impl StoredRow {
    /// Writes a row down.
    pub fn of(row: &RunMetrics) -> Result<Self> {
        let bare = RunMetrics { lanes: PackedSeries::default(), ..row.clone() };
        let metrics = serde_json::to_string(&bare).context("a row cannot be written down")?;
        let lanes = row.lanes.as_bytes().to_vec();
        let hash = hash_of(&metrics, &lanes);
        Ok(Self { metrics, lanes, hash })
    }

    /// The row again; an error where it is not what was written.
    pub fn restore(self) -> Result<RunMetrics> {
        if hash_of(&self.metrics, &self.lanes) != self.hash {
            bail!("a stored row is damaged");
        }
        let mut row: RunMetrics = serde_json::from_str(&self.metrics)?;
        row.lanes = PackedSeries::from_sound_bytes(self.lanes);
        Ok(row)
    }
}

fn hash_of(metrics: &str, lanes: &[u8]) -> i64 {
    let mut hasher = Xxh3::new();
    hasher.update(&metrics.len().to_le_bytes());
    hasher.update(metrics.as_bytes());
    hasher.update(lanes);
    hasher.digest() as i64
}
