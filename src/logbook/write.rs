//! Records → tables, many at a time: what was committed outlives whatever happens to the job.

use rusqlite::{Transaction, params};

use super::records::{ContentRecord, EntryContent, FileRecord};
use super::row::{SessionColumns, checksum};

/// Writes files down within one transaction.
pub fn write(
    transaction: &Transaction<'_>,
    measuring: &str,
    records: &[FileRecord],
) -> rusqlite::Result<()> {
    records.iter().try_for_each(|record| file(transaction, measuring, record))
}

fn file(
    transaction: &Transaction<'_>,
    measuring: &str,
    record: &FileRecord,
) -> rusqlite::Result<()> {
    for entry in &record.entries {
        if let EntryContent::New(record) = &entry.content {
            content(transaction, measuring, record)?;
        }
    }
    let Some((path, stamp)) = &record.place else { return Ok(()) };
    transaction.prepare_cached("DELETE FROM file WHERE path = ?")?.execute([path])?;
    transaction
        .prepare_cached(
            "INSERT INTO file (path, measuring, is_archive, size, modified_ns, changed_ns, inode, seen_ns, checksum) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            path,
            measuring,
            record.is_archive,
            stamp.size,
            stamp.modified_ns,
            stamp.changed_ns,
            stamp.inode,
            stamp.seen_ns,
            record.checksum(path, stamp, measuring)
        ])?;
    let file = transaction.last_insert_rowid();
    let mut insert = transaction.prepare_cached(
        "INSERT INTO entry (file, place, name, part, crc32, size, content, reading) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (place, entry) in record.entries.iter().enumerate() {
        let archived = entry.archived.as_ref();
        insert.execute(params![
            file,
            place as i64,
            entry.name,
            archived.map(|entry| &entry.name),
            archived.map(|entry| entry.crc32),
            archived.map(|entry| entry.size as i64),
            entry.hash().map(|hash| hash.0.to_be_bytes()),
            entry.reading()
        ])?;
    }
    Ok(())
}

/// A recording. Rows that are already there were not used, so they were damaged, or the same file
/// lies in two places: either way they are written again.
fn content(
    transaction: &Transaction<'_>,
    measuring: &str,
    record: &ContentRecord,
) -> rusqlite::Result<()> {
    let ContentRecord { hash, format, warnings, rows, sessions } = record;
    let bytes = hash.0.to_be_bytes();
    transaction
        .prepare_cached("DELETE FROM content WHERE hash = ? AND measuring = ?")?
        .execute(params![bytes, measuring])?;
    transaction
        .prepare_cached(
            "INSERT INTO content (hash, measuring, format, warnings, checksum, metadata, figures) \
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            bytes,
            measuring,
            format,
            warnings,
            checksum(*hash, format, warnings, rows),
            rows.metadata,
            rows.figures
        ])?;
    let id = transaction.last_insert_rowid();
    let mut columns = transaction.prepare_cached(SessionColumns::INSERT)?;
    let mut channels = transaction
        .prepare_cached("INSERT INTO channels (content, place, packed) VALUES (?, ?, ?)")?;
    for (place, row) in sessions.iter().enumerate() {
        row.columns.insert(&mut columns, id, place as i64)?;
        channels.execute(params![id, place as i64, row.channels])?;
    }
    Ok(())
}
