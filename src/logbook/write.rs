//! Records → tables, many at a time: what was committed outlives whatever happens to the job.

use rusqlite::{OptionalExtension, Transaction, params};

use super::records::{ContentRecord, EntryRecord, FileRecord, What};

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
    let contents = record
        .entries
        .iter()
        .map(|entry| content_of(transaction, measuring, entry))
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let Some((path, look)) = &record.place else { return Ok(()) };
    transaction.prepare_cached("DELETE FROM file WHERE path = ?")?.execute([path])?;
    transaction
        .prepare_cached(
            "INSERT INTO file (path, measuring, is_archive, size, modified_ns, changed_ns, inode, looked_ns) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            path,
            measuring,
            record.is_archive,
            look.size,
            look.modified_ns,
            look.changed_ns,
            look.inode,
            look.looked_ns
        ])?;
    let file = transaction.last_insert_rowid();
    let mut insert = transaction.prepare_cached(
        "INSERT INTO entry (file, place, name, part, crc32, size, content, reading) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (place, (entry, content)) in record.entries.iter().zip(contents).enumerate() {
        let part = entry.part.as_ref();
        let reading = match &entry.what {
            What::Reading(reading) => Some(reading),
            What::Known(_) | What::New(_) => None,
        };
        insert.execute(params![
            file,
            place as i64,
            entry.name,
            part.map(|part| &part.name),
            part.map(|part| part.crc32),
            part.map(|part| part.size as i64),
            content,
            reading
        ])?;
    }
    Ok(())
}

fn content_of(
    transaction: &Transaction<'_>,
    measuring: &str,
    entry: &EntryRecord,
) -> rusqlite::Result<Option<i64>> {
    match &entry.what {
        What::Known(content) => Ok(Some(*content)),
        What::New(record) => content(transaction, measuring, record).map(Some),
        What::Reading(_) => Ok(None),
    }
}

/// The number of a recording. Rows that are already there were not used, so they were damaged, or
/// the same file lies in two places: either way they are written again.
fn content(
    transaction: &Transaction<'_>,
    measuring: &str,
    record: &ContentRecord,
) -> rusqlite::Result<i64> {
    let hash = record.hash.0.to_be_bytes();
    let known: Option<i64> = transaction
        .prepare_cached("SELECT id FROM content WHERE hash = ? AND measuring = ?")?
        .query_row(params![hash, measuring], |row| row.get(0))
        .optional()?;
    let id = if let Some(id) = known {
        transaction.prepare_cached("DELETE FROM session WHERE content = ?")?.execute([id])?;
        id
    } else {
        transaction
            .prepare_cached(
                "INSERT INTO content (hash, measuring, format, warnings) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![hash, measuring, record.format, record.warnings])?;
        transaction.last_insert_rowid()
    };
    let mut insert = transaction.prepare_cached(
        "INSERT INTO session (content, place, metrics, lanes, hash) VALUES (?, ?, ?, ?, ?)",
    )?;
    for (place, row) in record.rows.iter().enumerate() {
        insert.execute(params![id, place as i64, row.metrics, row.lanes, row.hash])?;
    }
    Ok(id)
}
