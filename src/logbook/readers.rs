//! Connections that only read, one for each thread, so that none waits for another.
//!
//! Each sees the logbook as it was at one moment, for asking the system's locks anew with every
//! question takes longer than the answer. From time to time the moment is a new one, or what is
//! written meanwhile could not be moved from the log into the database.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::{Connection, OpenFlags};

use super::open::keep_plans;
use crate::parallel::held;

/// Changes of the logbook after which its readers see it anew.
const CHANGES: usize = 64;
/// More threads than this read together.
const MOST: usize = 16;

/// The connections.
#[derive(Debug)]
pub struct Readers {
    connections: Vec<Mutex<ReadConnection>>,
    changes: AtomicUsize,
}

#[derive(Debug)]
struct ReadConnection {
    connection: Connection,
    /// Which moment it sees; 0 before the first.
    moment: usize,
}

impl Readers {
    /// Opens a logbook that is there.
    pub fn open(path: &Path) -> rusqlite::Result<Self> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST);
        let connections = (0..threads).map(|_| {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(path, flags)?;
            keep_plans(&connection)?;
            Ok(Mutex::new(ReadConnection { connection, moment: 0 }))
        });
        let connections = connections.collect::<rusqlite::Result<_>>()?;
        Ok(Self { connections, changes: AtomicUsize::new(0) })
    }

    /// Reads on the connection of this thread.
    pub fn ask<T>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let thread = rayon::current_thread_index().unwrap_or(0) % self.connections.len();
        let mut reader = held(&self.connections[thread]);
        let now = 1 + self.changes.load(Ordering::Relaxed) / CHANGES;
        if reader.moment != now {
            let end = if reader.moment == 0 { "" } else { "COMMIT;" };
            reader.connection.execute_batch(&format!("{end} BEGIN"))?;
            reader.moment = now;
        }
        question(&reader.connection)
    }

    /// Counts a change.
    pub fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Relaxed);
    }
}
