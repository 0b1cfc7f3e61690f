//! Channels that stay in the logbook until somebody reads them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::read;
use super::readers::Readers;
use super::row::StoredRow;
use crate::ingest::ContentHash;
use crate::metrics::{DamagedChannels, PackedSeries, StoredChannels};

/// Where the logbook is read from.
#[derive(Debug)]
pub struct ChannelStore {
    pub(super) readers: Readers,
    /// The version whose rows may be used.
    pub(super) measuring: String,
    /// Whether channels were not what they should be.
    is_in_doubt: AtomicBool,
}

/// The channels of one row in the logbook.
#[derive(Debug)]
struct StoredInLogbook {
    store: Arc<ChannelStore>,
    content: ContentHash,
    place: usize,
    checksum: i64,
}

impl ChannelStore {
    pub(super) fn new(readers: Readers, measuring: String) -> Self {
        Self { readers, measuring, is_in_doubt: AtomicBool::new(false) }
    }

    /// Whether channels were asked for that are damaged or gone.
    pub fn is_in_doubt(&self) -> bool {
        self.is_in_doubt.load(Ordering::Relaxed)
    }

    /// The channels of a row. As long as nothing is in doubt they are checked when they are read.
    ///
    /// # Errors
    /// Where they are checked now, and damaged.
    pub fn channels(
        self: &Arc<Self>,
        content: ContentHash,
        place: usize,
        row: &StoredRow,
    ) -> Result<PackedSeries, DamagedChannels> {
        let stored = StoredInLogbook {
            store: Arc::clone(self),
            content,
            place,
            checksum: row.channels_checksum(),
        };
        if self.is_in_doubt() {
            stored.fetch()?;
        }
        Ok(PackedSeries::stored(Arc::new(stored)))
    }
}

impl StoredChannels for StoredInLogbook {
    fn fetch(&self) -> Result<Vec<u8>, DamagedChannels> {
        let Self { store, content, place, checksum } = self;
        let sound = store
            .readers
            .ask(|reader| read::channels(reader, &store.measuring, *content, *place, *checksum));
        sound.ok().flatten().ok_or_else(|| {
            store.is_in_doubt.store(true, Ordering::Relaxed);
            DamagedChannels::because("the logbook does not have them as they were written")
        })
    }
}
