//! Tables → readings.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use rusqlite::{Connection, OptionalExtension, Row, params};
use talktest::decode::Problem;
use talktest::gather::{ContentHash, FileReading, Outcome, Sessions};

use super::look::Look;
use super::records::{Bare, Part};
use super::row::StoredRow;

/// A file as it is known.
#[derive(Debug, Clone)]
pub struct KnownFile {
    /// What it looked like.
    pub look: Look,
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
    pub part: Option<Part>,
    /// What it is.
    pub what: KnownWhat,
}

/// What a known entry is.
#[derive(Debug, Clone)]
pub enum KnownWhat {
    /// A recording of this number.
    Content(i64),
    /// Something that is kept with its file, as JSON.
    Reading(String),
    /// It was taken out of the logbook.
    Nothing,
}

/// Every file that this version measured, by its path.
pub fn files(
    connection: &Connection,
    measuring: &str,
) -> rusqlite::Result<HashMap<String, KnownFile>> {
    let mut statement = connection.prepare(
        "SELECT file.path, file.is_archive, file.size, modified_ns, changed_ns, inode, looked_ns, \
                entry.name, entry.part, entry.crc32, entry.size, entry.content, entry.reading \
         FROM file LEFT JOIN entry ON entry.file = file.id \
         WHERE file.measuring = ? ORDER BY file.id, entry.place",
    )?;
    let mut rows = statement.query([measuring])?;
    let mut files: HashMap<String, KnownFile> = HashMap::new();
    while let Some(row) = rows.next()? {
        let path: String = row.get(0)?;
        let new = KnownFile { look: look(row)?, is_archive: row.get(1)?, entries: Vec::new() };
        let file = files.entry(path).or_insert(new);
        file.entries.extend(entry(row)?);
    }
    Ok(files)
}

fn look(row: &Row<'_>) -> rusqlite::Result<Look> {
    Ok(Look {
        size: row.get(2)?,
        modified_ns: row.get(3)?,
        changed_ns: row.get(4)?,
        inode: row.get(5)?,
        looked_ns: row.get(6)?,
    })
}

/// `None` for a file that nothing was in.
fn entry(row: &Row<'_>) -> rusqlite::Result<Option<KnownEntry>> {
    let Some(name) = row.get(7)? else { return Ok(None) };
    let part = match (row.get(8)?, row.get(9)?, row.get::<_, Option<i64>>(10)?) {
        (Some(name), Some(crc32), Some(size)) => Some(Part { name, crc32, size: size as u64 }),
        _ => None,
    };
    let what = match (row.get(11)?, row.get(12)?) {
        (Some(content), _) => KnownWhat::Content(content),
        (None, Some(reading)) => KnownWhat::Reading(reading),
        (None, None) => KnownWhat::Nothing,
    };
    Ok(Some(KnownEntry { name, part, what }))
}

/// A recording as it is stored; nothing of it is checked yet.
pub struct StoredContent {
    hash: Vec<u8>,
    format: String,
    warnings: String,
    rows: Vec<StoredRow>,
}

/// The number of the recording with these bytes.
pub fn content_of(
    connection: &Connection,
    measuring: &str,
    hash: ContentHash,
) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM content WHERE hash = ? AND measuring = ?")?
        .query_row(params![hash.0.to_be_bytes(), measuring], |row| row.get(0))
        .optional()
}

/// The recording of this number.
pub fn content(connection: &Connection, id: i64) -> rusqlite::Result<StoredContent> {
    let mut content = connection
        .prepare_cached("SELECT hash, format, warnings FROM content WHERE id = ?")?
        .query_row([id], |row| {
            let (hash, format, warnings) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(StoredContent { hash, format, warnings, rows: Vec::new() })
        })?;
    let mut statement = connection.prepare_cached(
        "SELECT metrics, lanes, hash FROM session WHERE content = ? ORDER BY place",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok(StoredRow { metrics: row.get(0)?, lanes: row.get(1)?, hash: row.get(2)? })
    })?;
    content.rows = rows.collect::<rusqlite::Result<_>>()?;
    Ok(content)
}

impl StoredContent {
    /// The reading of a file at this path with these bytes.
    pub fn at(self, path: String) -> Result<FileReading> {
        let bytes: [u8; 16] = self.hash.try_into().ok().context("no hash of a content")?;
        let content = ContentHash(u128::from_be_bytes(bytes));
        let rows = self.rows.into_iter().map(StoredRow::restore).collect::<Result<Vec<_>>>()?;
        if rows.is_empty() {
            bail!("a recording without sessions");
        }
        let warnings: Vec<Problem> = serde_json::from_str(&self.warnings)?;
        let outcome = Outcome::Sessions(Sessions { content, format: self.format.into(), rows });
        Ok(FileReading { path, outcome, warnings })
    }
}

/// The reading of a file at this path, from its JSON.
pub fn bare(json: &str, path: String) -> Result<FileReading> {
    Ok(serde_json::from_str::<Bare>(json)?.at(path))
}
