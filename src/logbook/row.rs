//! Rows as they are stored: what files say, figures and channels apart, all in bytes.

use anyhow::{Context, Result, bail};
use rusqlite::{Statement, params};
use serde::{Deserialize, Serialize};

use super::checksum::Checksum;
use super::named::Named;
use crate::activity::Sport;
use crate::ingest::ContentHash;
use crate::metrics::drift::Drift;
use crate::metrics::form::Form;
use crate::metrics::peak_heart_rate::PeakHeartRate;
use crate::metrics::steadiness::Steadiness;
use crate::metrics::{
    Conditions, Distances, Durations, HeartRate, PackedSeries, RecordedMetadata, RouteShape,
    RunMetrics, Unmeasured,
};
use crate::units::{BeatsPerMinute, Metres, UnixTime};

/// A row as it is stored, its channels apart.
#[derive(Debug)]
pub struct StoredRow {
    metadata: RecordedMetadata,
    figures: StoredFigures,
}

/// Everything in a row but what its file says and its channels.
#[derive(Debug, Serialize, Deserialize)]
struct StoredFigures {
    durations: Durations,
    distances: Distances,
    heart_rate: HeartRate,
    steadiness: Result<Steadiness, Unmeasured>,
    drift: Result<Drift, Unmeasured>,
    peak_heart_rate: PeakHeartRate,
    efficiency: Option<f64>,
    form: Option<Form>,
    breathing: Option<f64>,
    conditions: Conditions,
    route_shape: Option<RouteShape>,
    /// What proves its channels.
    channels_checksum: i64,
}

impl StoredFigures {
    fn of(row: &RunMetrics, channels_checksum: i64) -> Self {
        Self {
            durations: row.durations,
            distances: row.distances,
            heart_rate: row.heart_rate.clone(),
            steadiness: row.steadiness.clone(),
            drift: row.drift,
            peak_heart_rate: row.peak_heart_rate,
            efficiency: row.efficiency,
            form: row.form,
            breathing: row.breathing,
            conditions: row.conditions,
            route_shape: row.route_shape.clone(),
            channels_checksum,
        }
    }
}

impl StoredRow {
    /// What proves its channels.
    pub fn channels_checksum(&self) -> i64 {
        self.figures.channels_checksum
    }

    /// The row again; its checksum was right.
    pub fn with(self, channels: PackedSeries) -> RunMetrics {
        let Self { metadata, figures } = self;
        RunMetrics {
            metadata,
            durations: figures.durations,
            distances: figures.distances,
            heart_rate: figures.heart_rate,
            steadiness: figures.steadiness,
            drift: figures.drift,
            peak_heart_rate: figures.peak_heart_rate,
            efficiency: figures.efficiency,
            form: figures.form,
            breathing: figures.breathing,
            conditions: figures.conditions,
            route_shape: figures.route_shape,
            channels,
        }
    }
}

/// The rows of a recording in bytes.
#[derive(Debug)]
pub struct RowBytes {
    /// What the file says of each, in bytes that name it: most files say little of it.
    pub metadata: Vec<u8>,
    /// The figures of each, in bytes that name nothing.
    pub figures: Vec<u8>,
}

impl RowBytes {
    fn of(metadata: &[&RecordedMetadata], figures: &[StoredFigures]) -> Result<Self> {
        let metadata = rmp_serde::to_vec_named(metadata).context("a row cannot be written down")?;
        Ok(Self { metadata, figures: postcard::to_stdvec(figures)? })
    }

    /// The rows again; their checksum was right.
    pub fn read(&self) -> Result<Vec<StoredRow>> {
        let metadata: Vec<RecordedMetadata> = rmp_serde::from_slice(&self.metadata)?;
        let figures: Vec<StoredFigures> = postcard::from_bytes(&self.figures)?;
        if metadata.len() != figures.len() {
            bail!("a stored recording lacks a part of its rows");
        }
        let rows = metadata.into_iter().zip(figures);
        Ok(rows.map(|(metadata, figures)| StoredRow { metadata, figures }).collect())
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
pub fn write_down(rows: &[RunMetrics]) -> Result<(RowBytes, Vec<NewRow>)> {
    let new = |row: &RunMetrics| {
        let channels = row.channels.bytes()?.into_owned();
        Ok(NewRow { columns: SessionColumns::of(row), channels })
    };
    let new: Vec<NewRow> = rows.iter().map(new).collect::<Result<_>>()?;
    let metadata: Vec<&RecordedMetadata> = rows.iter().map(|row| &row.metadata).collect();
    let figures = rows.iter().zip(&new);
    let figures: Vec<StoredFigures> = figures
        .map(|(row, new)| StoredFigures::of(row, channels_checksum(&new.channels)))
        .collect();
    Ok((RowBytes::of(&metadata, &figures)?, new))
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
pub fn checksum(hash: ContentHash, format: &str, warnings: &str, rows: &RowBytes) -> i64 {
    let head = Checksum::default().bytes(&hash.0.to_be_bytes()).text(format).text(warnings);
    head.bytes(&rows.metadata).bytes(&rows.figures).value()
}
