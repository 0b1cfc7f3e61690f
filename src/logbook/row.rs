//! Rows as they are stored: figures in bytes that name them, channels apart.

use anyhow::{Context, Result};
use rusqlite::{Statement, params};
use serde::{Deserialize, Serialize};

use super::checksum::Checksum;
use super::named::Named;
use crate::activity::Sport;
use crate::ingest::ContentHash;
use crate::metrics::{Distances, Durations, HeartRate, PackedSeries, RunMetrics};
use crate::units::{BeatsPerMinute, Metres, UnixTime};

/// The figures of a row as they are stored, and the checksum of its channels.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredRow {
    /// The row, its channels left empty.
    figures: RunMetrics,
    /// What proves its channels.
    pub channels_checksum: i64,
}

impl StoredRow {
    /// The row again; its checksum was right.
    pub fn with(self, channels: PackedSeries) -> RunMetrics {
        RunMetrics { channels, ..self.figures }
    }
}

/// A row that is to be stored.
#[derive(Debug)]
pub struct NewRow {
    /// What the views show of it.
    pub columns: SessionColumns,
    /// The packed channels.
    pub channels: Vec<u8>,
}

/// Writes rows down: their figures together, and each with its channels.
pub fn write_down(rows: &[RunMetrics]) -> Result<(Vec<u8>, Vec<NewRow>)> {
    let new = |row: &RunMetrics| {
        let channels = row.channels.bytes()?.into_owned();
        Ok(NewRow { columns: SessionColumns::of(row), channels })
    };
    let new: Vec<NewRow> = rows.iter().map(new).collect::<Result<_>>()?;
    let stored = |(row, new): (&RunMetrics, &NewRow)| {
        let figures = RunMetrics { channels: PackedSeries::default(), ..row.clone() };
        StoredRow { figures, channels_checksum: channels_checksum(&new.channels) }
    };
    let stored: Vec<StoredRow> = rows.iter().zip(&new).map(stored).collect();
    let figures = rmp_serde::to_vec_named(&stored).context("a row cannot be written down")?;
    Ok((figures, new))
}

/// The rows of a recording; its checksum was right.
pub fn read_back(figures: &[u8]) -> Result<Vec<StoredRow>> {
    Ok(rmp_serde::from_slice(figures)?)
}

/// What the views show of a session.
#[derive(Debug)]
pub struct SessionColumns {
    start: UnixTime,
    sport: Sport,
    device: Option<String>,
    durations: Durations,
    distance: Option<Metres>,
    ascent: Option<Metres>,
    mean: Option<BeatsPerMinute>,
    max: Option<BeatsPerMinute>,
}

impl SessionColumns {
    fn of(row: &RunMetrics) -> Self {
        let (Distances { distance, ascent, .. }, HeartRate { mean, max, .. }) =
            (row.distances, &row.heart_rate);
        Self {
            start: row.metadata.start,
            sport: row.metadata.sport.clone(),
            device: row.metadata.device.clone(),
            durations: row.durations,
            distance,
            ascent,
            mean: *mean,
            max: *max,
        }
    }

    /// The statement that `insert` is made of.
    pub const INSERT: &'static str = "INSERT INTO session (content, place, start_unix_ms, sport, device, \
         elapsed_s, timer_s, moving_s, distance_m, ascent_m, mean_bpm, max_bpm) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /// Writes them down as those of a session of a recording.
    pub fn insert(
        &self,
        statement: &mut Statement<'_>,
        content: i64,
        place: i64,
    ) -> rusqlite::Result<()> {
        let Durations { elapsed, timer, moving, .. } = self.durations;
        let inserted = statement.execute(params![
            content,
            place,
            self.start.0,
            Named(&self.sport),
            self.device,
            elapsed.get(),
            timer.get(),
            moving.get(),
            self.distance.map(Metres::get),
            self.ascent.map(Metres::get),
            self.mean.map(BeatsPerMinute::get),
            self.max.map(BeatsPerMinute::get)
        ]);
        inserted.map(|_| ())
    }
}

/// The checksum of packed channels.
pub fn channels_checksum(packed: &[u8]) -> i64 {
    Checksum::default().bytes(packed).value()
}

/// The checksum of a recording with its rows.
pub fn checksum(hash: ContentHash, format: &str, warnings: &str, figures: &[u8]) -> i64 {
    let head = Checksum::default().bytes(&hash.0.to_be_bytes()).text(format).text(warnings);
    head.bytes(figures).value()
}
