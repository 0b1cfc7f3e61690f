//! Opens the logbook, or says in one sentence why there is none.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::lock::sibling;
use super::schema;

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

/// Puts a damaged logbook where it does no harm, and begins a new one.
pub fn set_aside(path: &Path) -> Result<Opened> {
    let aside = (1..1000)
        .map(|number| sibling(path, &format!("damaged-{number}")))
        .find(|aside| !aside.exists())
        .context("too many damaged logbooks lie beside it")?;
    std::fs::rename(path, &aside).context("it is damaged and cannot be set aside")?;
    for ending in ["-wal", "-shm"] {
        let mut companion = path.as_os_str().to_owned();
        companion.push(ending);
        // What was not yet moved into a damaged database is damaged with it.
        let _ = std::fs::remove_file(companion);
    }
    match connect(path) {
        Ok(connection) => Ok(Opened { connection, set_aside: Some(aside) }),
        Err(Trouble::Other(error)) => Err(error),
        Err(_) => bail!("it cannot be begun anew"),
    }
}
