//! A logbook that one job holds, before anything in it was read.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Error, Result};
use rusqlite::Connection;

use super::channel_store::ChannelStore;
use super::lock::{Lock, NoLock};
use super::readers::Readers;
use super::{Logbook, LogbookPath, NoLogbook, Tally, is_damage, measuring, open, read};

/// A logbook that one job holds. What the last job wrote can be asked for at once; all else only of
/// the [`Logbook`] that it becomes.
pub struct LockedLogbook {
    place: LogbookPath,
    /// The version whose rows may be used.
    measuring: String,
    pub(super) connection: Connection,
    set_aside: Option<std::path::PathBuf>,
    lock: Lock,
}

impl LockedLogbook {
    /// Opens the logbook for one job; waits so long for another to end, as long as `goes_on`.
    ///
    /// `bounds` names the changed bounds of reading: what is read under others is no answer.
    ///
    /// # Errors
    /// Where another job holds it, or it cannot be used.
    pub fn open(
        place: LogbookPath,
        bounds: &str,
        wait: Duration,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Self, NoLogbook> {
        if let Some(folder) = place.path.parent().filter(|_| place.is_usual) {
            std::fs::create_dir_all(folder)
                .context("its folder cannot be made")
                .map_err(NoLogbook::Unusable)?;
        }
        let lock = Lock::take(&place.path, wait, goes_on).map_err(|why| match why {
            NoLock::Held => NoLogbook::Held,
            NoLock::Failed(error) => NoLogbook::Unusable(
                Error::new(error).context("the file that locks it cannot be opened"),
            ),
        })?;
        let opened = open::open(&place.path, place.is_usual).map_err(NoLogbook::Unusable)?;
        let open::Opened { connection, set_aside } = opened;
        Ok(Self { place, measuring: measuring() + bounds, connection, set_aside, lock })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.place.path
    }

    /// Whether its owner asked for it by name.
    pub fn is_asked_for(&self) -> bool {
        !self.place.is_usual
    }

    /// The version that measures, with the bounds of reading: rows of any other are no answer.
    pub fn measuring(&self) -> &str {
        &self.measuring
    }

    /// Reads which files it knows.
    ///
    /// # Errors
    /// Where it cannot be used.
    pub fn read(self) -> Result<Logbook> {
        let Self { place, measuring, mut connection, mut set_aside, lock } = self;
        let files = match read::files(&connection, &measuring) {
            Err(error) if is_damage(&error) => {
                drop(connection);
                let anew = open::set_aside(&place.path)?;
                (connection, set_aside) = (anew.connection, anew.set_aside);
                HashMap::new()
            }
            files => files?,
        };
        let outdated = read::outdated(&connection, &self::measuring()).unwrap_or_default();
        let readers = Readers::open(&place.path)?;
        Ok(Logbook {
            place,
            channels: Arc::new(ChannelStore::new(readers, measuring)),
            connection: Mutex::new(connection),
            files,
            outdated,
            pending: Mutex::default(),
            pending_judgements: Mutex::default(),
            failure: Mutex::default(),
            set_aside,
            tally: Tally::default(),
            _lock: lock,
        })
    }
}
