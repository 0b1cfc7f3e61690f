//! Tables → readings.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::records::{PathlessReading, checksum};
use super::row::{self, RowBytes, StoredRow};
use crate::decode::Problem;
use crate::files::FileStamp;
use crate::ingest::{ArchivedEntry, ContentHash, FileOutcome, FileReading, Sessions};
use crate::metrics::PackedSeries;

/// A file as it is known.
#[derive(Debug, Clone)]
pub struct KnownFile {
    /// What was known of it without reading it.
    pub stamp: FileStamp,
    /// Whether it is an archive of several files.
    pub is_archive: bool,
    /// What was in it.
    pub entries: Vec<KnownEntry>,
}

/// What is known to be in a file.
#[derive(Debug, Clone)]
pub struct KnownEntry {
    /// Its name below the file.
    pub name: String,
    /// The archive's entry that it comes from.
    pub archived: Option<ArchivedEntry>,
    /// What it is.
    pub content: KnownContent,
}

/// What a known entry is.
#[derive(Debug, Clone)]
pub enum KnownContent {
    /// A recording with this hash.
    Recording(ContentHash),
    /// Something that is stored with its file, as JSON.
    Reading(String),
}

/// Every file that this version measured, by its path.
pub fn files(
    connection: &Connection,
    measuring: &str,
) -> rusqlite::Result<HashMap<String, KnownFile>> {
    let mut statement = connection.prepare(
        "SELECT file.path, file.is_archive, file.size, modified_ns, changed_ns, inode, seen_ns, \
                entry.name, entry.part, entry.crc32, entry.size, entry.content, entry.reading, \
                file.checksum \
         FROM file LEFT JOIN entry ON entry.file = file.id \
         WHERE file.measuring = ? ORDER BY file.id, entry.place",
    )?;
    let mut rows = statement.query([measuring])?;
    let mut files: HashMap<String, (KnownFile, i64)> = HashMap::new();
    while let Some(row) = rows.next()? {
        // A row that makes no sense leaves its file unsealed.
        let Ok(path) = row.get::<_, String>(0) else { continue };
        let Ok(new) = file(row) else { continue };
        let (file, _) = files.entry(path).or_insert(new);
        file.entries.extend(entry(row).unwrap_or_default());
    }
    files.retain(|path, (file, checksum)| file.checksum(path, measuring) == *checksum);
    Ok(files.into_iter().map(|(path, (file, _))| (path, file)).collect())
}

/// How many recordings of other versions there are in each file, by its path.
pub fn outdated(
    connection: &Connection,
    measuring: &str,
) -> rusqlite::Result<HashMap<String, usize>> {
    // Behind the version stand the bounds of reading, which the settings may change.
    let mut statement = connection.prepare(
        "SELECT file.path, count(*) FROM file JOIN entry ON entry.file = file.id \
         WHERE entry.content IS NOT NULL \
           AND substr(file.measuring || '/', 1, length(?1) + 1) <> ?1 || '/' GROUP BY file.id",
    )?;
    let counts = statement
        .query_map([measuring], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))?;
    counts.collect()
}

fn file(row: &Row<'_>) -> rusqlite::Result<(KnownFile, i64)> {
    let file = KnownFile { stamp: stamp(row)?, is_archive: row.get(1)?, entries: Vec::new() };
    Ok((file, row.get(13)?))
}

impl KnownFile {
    fn checksum(&self, path: &str, measuring: &str) -> i64 {
        let entries = self.entries.iter().map(|entry| {
            let (content, reading) = match &entry.content {
                KnownContent::Recording(content) => (Some(*content), None),
                KnownContent::Reading(reading) => (None, Some(reading.as_str())),
            };
            (entry.name.as_str(), entry.archived.as_ref(), content, reading)
        });
        checksum(path, &self.stamp, measuring, self.is_archive, entries)
    }
}

fn stamp(row: &Row<'_>) -> rusqlite::Result<FileStamp> {
    Ok(FileStamp {
        size: row.get(2)?,
        modified_ns: row.get(3)?,
        changed_ns: row.get(4)?,
        inode: row.get(5)?,
        seen_ns: row.get(6)?,
    })
}

/// `None` for a file that nothing was in.
fn entry(row: &Row<'_>) -> rusqlite::Result<Option<KnownEntry>> {
    let Some(name) = row.get(7)? else { return Ok(None) };
    let archived = match (row.get(8)?, row.get(9)?, row.get::<_, Option<i64>>(10)?) {
        (Some(name), Some(crc32), Some(size)) => {
            Some(ArchivedEntry { name, crc32, size: size as u64 })
        }
        _ => None,
    };
    let content = match (row.get::<_, Option<[u8; 16]>>(11)?, row.get(12)?) {
        (Some(hash), _) => KnownContent::Recording(ContentHash(u128::from_be_bytes(hash))),
        (None, Some(reading)) => KnownContent::Reading(reading),
        (None, None) => return Ok(None),
    };
    Ok(Some(KnownEntry { name, archived, content }))
}

/// How rows come to their channels.
pub type ChannelSource<'a> = dyn Fn(ContentHash, usize, &StoredRow) -> Result<PackedSeries> + 'a;

/// A recording as it is stored; nothing of it is checked yet.
pub struct StoredContent {
    hash: ContentHash,
    format: String,
    warnings: String,
    checksum: i64,
    rows: RowBytes,
}

/// The recording with this hash, where there is one.
pub fn content(
    connection: &Connection,
    measuring: &str,
    hash: ContentHash,
) -> rusqlite::Result<Option<StoredContent>> {
    connection
        .prepare_cached(
            "SELECT format, warnings, checksum, metadata, figures FROM content \
             WHERE hash = ? AND measuring = ?",
        )?
        .query_row(params![hash.0.to_be_bytes(), measuring], |row| {
            let (format, warnings, checksum) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let rows = RowBytes { metadata: row.get(3)?, figures: row.get(4)? };
            Ok(StoredContent { hash, format, warnings, checksum, rows })
        })
        .optional()
}

/// The packed channels of one row, where they are as they were written.
pub fn channels(
    connection: &Connection,
    measuring: &str,
    hash: ContentHash,
    place: usize,
    checksum: i64,
) -> rusqlite::Result<Option<Vec<u8>>> {
    let packed: Option<Vec<u8>> = connection
        .prepare_cached(
            "SELECT packed FROM channels JOIN content ON content.id = channels.content \
             WHERE hash = ? AND measuring = ? AND place = ?",
        )?
        .query_row(params![hash.0.to_be_bytes(), measuring, place as i64], |row| row.get(0))
        .optional()?;
    Ok(packed.filter(|packed| row::channels_checksum(packed) == checksum))
}

/// The channels of a row, checked.
pub fn sound_channels(
    connection: &Connection,
    measuring: &str,
    hash: ContentHash,
    place: usize,
    row: &StoredRow,
) -> Result<PackedSeries> {
    let sound = channels(connection, measuring, hash, place, row.channels_checksum())?;
    Ok(PackedSeries::from_sound_bytes(sound.context("stored channels are damaged")?))
}

impl StoredContent {
    /// The reading of a file at this path with these bytes, and these channels.
    pub fn at(self, path: String, channels: &ChannelSource<'_>) -> Result<FileReading> {
        let Self { hash, format, warnings, checksum, rows } = self;
        if row::checksum(hash, &format, &warnings, &rows) != checksum {
            bail!("a stored recording is damaged");
        }
        let restore = |(place, row): (usize, StoredRow)| {
            let channels = channels(hash, place, &row)?;
            Ok(row.with(channels))
        };
        let rows = rows.read()?.into_iter().enumerate().map(restore);
        let rows = rows.collect::<Result<Vec<_>>>()?;
        let warnings: Vec<Problem> = serde_json::from_str(&warnings)?;
        let outcome =
            FileOutcome::Sessions(Sessions { content: hash, format: format.into(), rows });
        Ok(FileReading { path, outcome, warnings })
    }
}

/// The reading of a file at this path, from its JSON.
pub fn pathless(json: &str, path: String) -> Result<FileReading> {
    Ok(serde_json::from_str::<PathlessReading>(json)?.at(path))
}
