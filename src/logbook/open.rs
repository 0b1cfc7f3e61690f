//! Opens the logbook, or says in one sentence why there is none.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::lock::sibling;
use super::schema;
use crate::files::{Disk, FileSystem};

/// How long to wait for somebody who reads or writes with another tool.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was opened.
pub struct Opened {
    /// The database.
    pub connection: Connection,
    /// A damaged one was put there.
    pub set_aside: Option<PathBuf>,
}

/// Opens the logbook for writing, making it where there is none. A damaged one is set aside;
/// anything else that lies there is left alone.
pub fn open(path: &Path, is_usual_place: bool) -> Result<Opened> {
    match connect(path) {
        Ok(connection) => Ok(Opened { connection, set_aside: None }),
        Err(Trouble::Damaged) => set_aside(path),
        Err(Trouble::Foreign) if is_usual_place => set_aside(path),
        Err(Trouble::Foreign) => bail!("the file there is no logbook, and is left as it is"),
        Err(Trouble::Other(error)) => Err(error),
    }
}

/// Opens an existing logbook to inspect it.
pub fn open_existing(path: &Path) -> Result<Connection> {
    if !path.is_file() {
        bail!("there is none yet: an audit makes it");
    }
    connect(path).map_err(|trouble| match trouble {
        Trouble::Damaged => anyhow!("it is damaged; the next audit sets it aside and begins anew"),
        Trouble::Foreign => anyhow!("the file there is no logbook"),
        Trouble::Other(error) => error,
    })
}

enum Trouble {
    /// It was a logbook once.
    Damaged,
    /// It is something else.
    Foreign,
    Other(anyhow::Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::NotADatabase) => Self::Foreign,
            _ => Self::Other(error.into()),
        }
    }
}

fn connect(path: &Path) -> Result<Connection, Trouble> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    if !is_ours(&connection)? {
        return Err(Trouble::Foreign);
    }
    if schema::version(&connection)? > schema::VERSION {
        return Err(Trouble::Other(anyhow!(
            "it was written by a newer talktest, and is left as it is"
        )));
    }
    // A row fits into a page, most often with its neighbour.
    connection.pragma_update(None, "page_size", 16_384)?;
    // Readers never wait, and what was committed outlives the job; only a machine that loses its
    // power loses the last seconds, which are read again.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    keep_plans(&connection)?;
    schema::migrate(&mut connection)?;
    Ok(connection)
}

/// Plans a statement once, instead of anew for every value that is asked for.
pub fn keep_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

/// A logbook, or a database that nothing was written into yet.
fn is_ours(connection: &Connection) -> rusqlite::Result<bool> {
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(application == schema::APPLICATION || (application == 0 && tables == 0))
}

/// Moves a damaged logbook out of the way, for good.
fn move_away(disk: &dyn FileSystem, path: &Path, aside: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    // What was not yet moved into a damaged database is damaged with it. It goes first: beside a
    // new database of this name it would be taken for a part of it.
    for ending in ["-wal", "-shm"] {
        let mut companion = path.as_os_str().to_owned();
        companion.push(ending);
        disk.remove(Path::new(&companion))?;
    }
    disk.sync_folder(folder)?;
    disk.rename(path, aside)?;
    disk.sync_folder(folder)
}

/// Puts a damaged logbook where it does no harm, and begins a new one.
pub fn set_aside(path: &Path) -> Result<Opened> {
    let aside = (1..1000)
        .map(|number| sibling(path, &format!("damaged-{number}")))
        .find(|aside| !aside.exists())
        .context("too many damaged logbooks lie beside it")?;
    move_away(&Disk, path, &aside).context("it is damaged and cannot be set aside")?;
    match connect(path) {
        Ok(connection) => Ok(Opened { connection, set_aside: Some(aside) }),
        Err(Trouble::Other(error)) => Err(error),
        Err(_) => bail!("it cannot be begun anew"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::testing::FailingDisk;

    /// Whatever step fails: the damaged logbook lies at one of its two places, and nothing of it
    /// beside the place where a new one begins.
    #[test]
    fn a_disk_that_fails_while_a_logbook_is_set_aside_loses_nothing() {
        let mut failures = 0;
        for step in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("logbook.sqlite");
            let (aside, rest) =
                (sibling(&path, "damaged-1"), folder.path().join("logbook.sqlite-wal"));
            std::fs::write(&path, "damaged").unwrap();
            std::fs::write(&rest, "of the damaged one").unwrap();
            let disk = FailingDisk::from(step);
            let moved = move_away(&disk, &path, &aside);
            assert!(path.exists() != aside.exists(), "step {step}");
            assert!(path.exists() || !rest.exists(), "step {step}");
            if !disk.has_failed() {
                moved.unwrap();
                assert!(aside.exists());
                break;
            }
            assert_eq!(moved.unwrap_err().kind(), io::ErrorKind::StorageFull, "step {step}");
            failures += 1;
        }
        // Two files go, the folder is synced, the name is changed, the folder is synced.
        assert_eq!(failures, 5);
    }
}
