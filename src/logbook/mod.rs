//! The logbook: what became of every file, from night to night, so that only what changed is
//! read again.
//!
//! ```text
//! size, times, inode ──▶ file ──▶ entries ─┬─▶ content ──▶ rows
//! bytes ───────────────────hash───────────┘
//! ```
//!
//! It holds nothing that the files do not: it may be deleted at any time. Whatever in it cannot be
//! used is read again from its file.

#![allow(clippy::disallowed_methods, reason = "the logbook is a file, and times its jobs")]

mod changes;
mod channel_store;
mod checksum;
mod job_result;
mod judgement_cache;
mod last_job;
mod lock;
mod locked;
pub mod maintenance;
mod named;
mod open;
mod read;
mod readers;
mod reading_cache;
mod records;
mod row;
mod schema;
mod write;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Error;
use rusqlite::{Connection, ErrorCode, Transaction};
use xxhash_rust::xxh3::xxh3_64;

use self::channel_store::ChannelStore;
use self::read::KnownFile;
use self::records::{FileRecord, JudgementRecord};
use crate::decode::{FORMATS, STREAMED_FORMATS};
use crate::export_tables::TABLES;
use crate::metrics::MEASURING;
use crate::parallel::held;

pub use self::changes::{LastJob, Unchanged};
pub use self::job_result::JobKey;
pub use self::last_job::SavedJob;
pub use self::lock::{Lock, NoLock};
pub use self::locked::LockedLogbook;
pub use self::open::open_existing;

/// Files that are written down at a time: what a job that is killed loses at most.
const AT_A_TIME: usize = 256;

/// The version that made the rows that may be used again.
pub fn measuring() -> String {
    let formats = FORMATS.iter().map(|format| format.id);
    let streamed = STREAMED_FORMATS.iter().map(|format| format.id);
    measuring_of(formats.chain(streamed).chain(TABLES.iter().map(|table| table.id)))
}

/// What nothing could read is remembered too, until there is another format or table.
fn measuring_of<'a>(readable: impl Iterator<Item = &'a str>) -> String {
    let readable = xxh3_64(readable.collect::<Vec<_>>().join(" ").as_bytes()) as u16;
    format!("{MEASURING}/{}-{readable:04x}", env!("CARGO_PKG_VERSION"))
}

/// Which logbook, and whether it was asked for by name.
#[derive(Debug, Clone)]
pub struct LogbookPath {
    /// Its path.
    pub path: PathBuf,
    /// Whether it is where the logbook lies if nobody says otherwise.
    pub is_usual: bool,
}

/// Why there is no logbook for a job.
#[derive(Debug)]
pub enum NoLogbook {
    /// Another job has it.
    Held,
    /// It cannot be used, and why.
    Unusable(Error),
}

/// The logbook of a running job.
pub struct Logbook {
    place: LogbookPath,
    connection: Mutex<Connection>,
    channels: Arc<ChannelStore>,
    files: HashMap<String, KnownFile>,
    /// Recordings in files that another version measured, by their path.
    outdated: HashMap<String, usize>,
    pending: Mutex<Vec<FileRecord>>,
    pending_judgements: Mutex<Vec<JudgementRecord>>,
    failure: Mutex<Option<Error>>,
    /// Where a damaged one was put.
    pub set_aside: Option<PathBuf>,
    /// How often something was known.
    pub tally: Tally,
    _lock: Lock,
}

/// How files were known.
#[derive(Debug, Default)]
pub struct Tally {
    /// Files of the disk that were not opened.
    pub unchanged: AtomicUsize,
    /// Files of the disk that were read, and that the next job will not open unless they change.
    pub settled: AtomicUsize,
    /// Recordings that were known by their bytes.
    pub recognised: AtomicUsize,
    /// Recordings that another version measured, so that their rows cannot be used.
    pub outdated: AtomicUsize,
}

impl Tally {
    /// How many files of the disk the next job knows by their stamps alone.
    pub fn known_next_time(&self) -> usize {
        self.unchanged.load(Ordering::Relaxed) + self.settled.load(Ordering::Relaxed)
    }

    /// Counts from the beginning.
    pub fn reset(&self) {
        self.unchanged.store(0, Ordering::Relaxed);
        self.settled.store(0, Ordering::Relaxed);
        self.recognised.store(0, Ordering::Relaxed);
        self.outdated.store(0, Ordering::Relaxed);
    }
}

impl Logbook {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.place.path
    }

    /// Whether its owner asked for it by name.
    pub fn is_asked_for(&self) -> bool {
        !self.place.is_usual
    }

    /// Whether channels that were asked for turned out to be damaged. From then on no row is taken
    /// from here whose channels were not checked, so that doing it all again mends the logbook.
    pub fn is_in_doubt(&self) -> bool {
        self.channels.is_in_doubt()
    }

    fn add(&self, record: FileRecord) {
        let full = {
            let mut pending = held(&self.pending);
            pending.push(record);
            (pending.len() >= AT_A_TIME).then(|| std::mem::take(&mut *pending))
        };
        full.into_iter().for_each(|records| self.write(&records));
    }

    /// Writes down everything that is still on its way.
    pub fn flush(&self) {
        let records = std::mem::take(&mut *held(&self.pending));
        self.write(&records);
        self.flush_judgements();
    }

    fn write(&self, records: &[FileRecord]) {
        if !records.is_empty() {
            self.change(|transaction| write::write(transaction, &self.channels.measuring, records));
        }
    }

    /// Changes the database in one step. Once that fails nothing is written any more.
    fn change(&self, change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>) {
        if held(&self.failure).is_some() {
            return;
        }
        let mut connection = self.connection();
        let changed = connection.transaction().and_then(|transaction| {
            change(&transaction)?;
            transaction.commit()
        });
        drop(connection);
        match changed {
            Ok(()) => self.channels.readers.changed(),
            Err(error) => self.fail(error.into()),
        }
    }

    fn fail(&self, error: Error) {
        held(&self.failure).get_or_insert(error);
    }

    /// Ends the job: why the logbook could not be written, and where it was put if it is damaged.
    pub fn close(self) -> Option<Error> {
        self.flush();
        let Self { failure, connection, channels, place, _lock, .. } = self;
        drop((channels, connection));
        let failure = failure.into_inner().unwrap_or_else(PoisonError::into_inner)?;
        let damaged = failure.downcast_ref::<rusqlite::Error>().is_some_and(is_damage);
        if damaged && let Ok(opened) = open::set_aside(&place.path) {
            let aside = opened.set_aside.unwrap_or_default();
            let name = aside.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Some(failure.context(format!("it was damaged and is now called {name}")));
        }
        Some(failure)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        held(&self.connection)
    }
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_is_tried_again_with_a_new_format() {
        let ids = || FORMATS.iter().map(|format| format.id);
        assert_ne!(measuring_of(ids()), measuring_of(ids().chain(["new-format"])));
        assert_eq!(measuring_of(ids()), measuring_of(ids()));
    }
}
