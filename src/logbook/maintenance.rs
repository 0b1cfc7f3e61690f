//! What its owner may ask of a logbook: how much it holds, whether it is sound, to forget, and to
//! hand everything out.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::Connection;

use super::measuring;
use super::read::{self, KnownContent, KnownFile};
use crate::ingest::{ContentHash, FileOutcome, FileReading};

/// How much a logbook holds.
#[derive(Debug)]
pub struct Info {
    /// The layout of its tables.
    pub layout: i32,
    /// Files of the disk.
    pub files: usize,
    /// Recordings.
    pub contents: usize,
    /// Sessions in them.
    pub sessions: usize,
    /// Recordings by the version that measured them.
    pub versions: Vec<(String, usize)>,
    /// When a job last came to its end, for each set of paths.
    pub jobs: Vec<(String, String)>,
    /// Bytes that `SQLite` takes.
    pub bytes: i64,
}

/// How much it holds.
pub fn info(connection: &Connection) -> Result<Info> {
    let count = |table: &str| {
        let question = format!("SELECT count(*) FROM {table}");
        connection.query_row(&question, [], |row| row.get::<_, u32>(0)).map(|count| count as usize)
    };
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    Ok(Info {
        layout: super::schema::version(connection)?,
        files: count("file")?,
        contents: count("content")?,
        sessions: count("session")?,
        versions: versions(connection)?,
        jobs: pairs(connection, "SELECT scope, ended FROM job ORDER BY scope")?,
        bytes: pragma("page_count")? * pragma("page_size")?,
    })
}

fn versions(connection: &Connection) -> rusqlite::Result<Vec<(String, usize)>> {
    let question = "SELECT measuring, count(*) FROM content GROUP BY measuring ORDER BY measuring";
    let counted: Vec<(String, u32)> = pairs(connection, question)?;
    Ok(counted.into_iter().map(|(version, count)| (version, count as usize)).collect())
}

fn pairs<T: rusqlite::types::FromSql>(
    connection: &Connection,
    question: &str,
) -> rusqlite::Result<Vec<(String, T)>> {
    let mut statement = connection.prepare(question)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Check {
    /// Recordings that are as they were written.
    pub sound: usize,
    /// What is wrong, in plain words.
    pub damage: Vec<String>,
}

/// Reads every row again, and lets `SQLite` check its pages.
pub fn verify(connection: &Connection) -> Result<Check> {
    let mut check = Check::default();
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    for line in lines {
        match line {
            Ok(line) if line == "ok" => {}
            Ok(line) => check.damage.push(line),
            Err(error) => check.damage.push(error.to_string()),
        }
    }
    let mut statement =
        connection.prepare("SELECT hash, measuring FROM content ORDER BY hash, measuring")?;
    let mut names = statement.query([])?;
    while let Some(name) = names.next()? {
        match named(name).and_then(|(hash, measuring)| sound(connection, &measuring, hash)) {
            Ok(()) => check.sound += 1,
            Err(error) => check.damage.push(format!("{error:#}")),
        }
    }
    Ok(check)
}

fn named(row: &rusqlite::Row<'_>) -> Result<(ContentHash, String)> {
    let hash: [u8; 16] = row.get(0)?;
    Ok((ContentHash(u128::from_be_bytes(hash)), row.get(1)?))
}

fn sound(connection: &Connection, measuring: &str, hash: ContentHash) -> Result<()> {
    let channels =
        |hash, place, row: &_| read::sound_channels(connection, measuring, hash, place, row);
    let content = read::content(connection, measuring, hash)?;
    content
        .context("it cannot be found")
        .and_then(|content| whole(content, &channels))
        .with_context(|| format!("recording {hash}"))
}

/// Whether a recording has its rows, and they their channels.
fn whole(content: read::StoredContent, channels: &read::ChannelSource<'_>) -> Result<()> {
    match content.at(String::new(), channels)?.outcome {
        FileOutcome::Sessions(sessions) => {
            sessions.rows.iter().try_for_each(|row| row.channels.unpack().map(|_| ()))?;
        }
        _ => anyhow::bail!("no sessions"),
    }
    Ok(())
}

/// Which files to forget.
pub type Choice<'a> = dyn Fn(&str, &[FileReading]) -> bool + 'a;

/// Forgets the files that are chosen, by path and by what is in them, and every recording that no
/// file holds any more; how many files that were.
pub fn forget(connection: &mut Connection, chosen: &Choice) -> Result<usize> {
    let transaction = connection.transaction()?;
    let mut files: Vec<String> = Vec::new();
    for (path, file) in stored(&transaction)? {
        if chosen(&path, &readings(&transaction, &file, &path)) {
            files.push(path);
        }
    }
    for path in &files {
        transaction.execute("DELETE FROM file WHERE path = ?", [path])?;
    }
    if !files.is_empty() {
        forget_reported(&transaction, &files)?;
    }
    transaction.execute(
        "DELETE FROM content WHERE hash NOT IN \
         (SELECT content FROM entry WHERE content IS NOT NULL)",
        [],
    )?;
    transaction
        .execute("DELETE FROM judgement WHERE content NOT IN (SELECT hash FROM content)", [])?;
    transaction.commit()?;
    connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(files.len())
}

/// What was reported of files that are forgotten. Jobs name files as they were given them.
fn forget_reported(connection: &Connection, files: &[String]) -> rusqlite::Result<()> {
    // Which of these sessions came from which file is not known any more.
    connection.execute("DELETE FROM reported_run", [])?;
    let mut statement =
        connection.prepare("SELECT path FROM verdict UNION SELECT path FROM reported_problem")?;
    let paths = statement.query_map([], |row| row.get::<_, String>(0))?;
    for path in paths {
        let path = path?;
        // A run in an archive has the archive among what it lies below.
        let mut parts = Path::new(&path).ancestors().filter(|part| *part != Path::new(""));
        if parts.any(|part| files.iter().any(|file| Path::new(file).ends_with(part))) {
            connection.execute("DELETE FROM verdict WHERE path = ?", [&path])?;
            connection.execute("DELETE FROM reported_problem WHERE path = ?", [&path])?;
        }
    }
    Ok(())
}

/// Writes every reading that this version can use as a line of JSON; how many were left out
/// because they cannot be read.
pub fn export(connection: &Connection, out: &mut dyn Write) -> Result<usize> {
    let mut lost = 0;
    for (path, file) in stored(connection)? {
        let readings = readings(connection, &file, &path);
        lost += file.entries.len() - readings.len();
        for reading in readings {
            serde_json::to_writer(&mut *out, &reading)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(lost)
}

/// The files by path.
fn stored(connection: &Connection) -> Result<Vec<(String, KnownFile)>> {
    let mut files: Vec<_> = read::files(connection, &measuring())?.into_iter().collect();
    files.sort_by(|left, right| left.0.cmp(&right.0));
    Ok(files)
}

fn readings(connection: &Connection, file: &KnownFile, path: &str) -> Vec<FileReading> {
    let measuring = measuring();
    let channels =
        |hash, place, row: &_| read::sound_channels(connection, &measuring, hash, place, row);
    let reading = |entry: &read::KnownEntry| {
        let path = format!("{path}{}", entry.name);
        match &entry.content {
            KnownContent::Recording(hash) => {
                read::content(connection, &measuring, *hash).ok()??.at(path, &channels).ok()
            }
            KnownContent::Reading(json) => read::pathless(json, path).ok(),
        }
    };
    file.entries.iter().filter_map(reading).collect()
}

/// Whether a path lies at or below another.
pub fn is_below(path: &str, root: &Path) -> bool {
    Path::new(path).starts_with(root)
}
