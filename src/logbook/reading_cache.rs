//! What became of files, as far as it still holds.

use std::sync::atomic::Ordering;

use anyhow::Result;

use super::Logbook;
use super::channel_store::ChannelStore;
use super::read::{self, KnownContent};
use super::records::{EntryRecord, FileRecord};
use crate::files::{FileStamp, ReadingCache};
use crate::ingest::{ArchivedEntry, CacheKey, ContentHash, FileReading, NewReading};

impl ReadingCache for Logbook {
    fn recall_file(
        &self,
        path: &str,
        stamp: &FileStamp,
        name: &str,
        is_asked: &dyn Fn(&str, bool) -> bool,
    ) -> Option<Vec<FileReading>> {
        if let Some(recordings) = self.outdated.get(path) {
            self.tally.outdated.fetch_add(*recordings, Ordering::Relaxed);
        }
        let known = self.files.get(path)?;
        if !(known.stamp.is_same(stamp) && known.stamp.is_settled()) {
            return None;
        }
        let readings = known
            .entries
            .iter()
            .map(|entry| (format!("{name}{}", entry.name), &entry.content))
            .filter(|(path, _)| is_asked(path, known.is_archive && path == name))
            .map(|(path, content)| self.reading(path, content))
            .collect::<Option<Vec<_>>>()?;
        self.tally.unchanged.fetch_add(1, Ordering::Relaxed);
        Some(readings)
    }

    fn recall_entry(
        &self,
        path: &str,
        name: &str,
        entry: &ArchivedEntry,
    ) -> Option<Vec<NewReading>> {
        let known = self.files.get(path)?;
        let same = known.entries.iter().filter(|known| known.archived.as_ref() == Some(entry));
        let readings = same.map(|known| {
            let reading = self.reading(format!("{name}{}", known.name), &known.content)?;
            let key = match known.content {
                KnownContent::Recording(hash) => CacheKey::KnownBytes(hash),
                KnownContent::Reading(_) => CacheKey::File,
            };
            Some(NewReading { reading, entry: Some(entry.clone()), key })
        });
        let readings = readings.collect::<Option<Vec<_>>>()?;
        self.tally.recognised.fetch_add(readings.len(), Ordering::Relaxed);
        (!readings.is_empty()).then_some(readings)
    }

    fn recall_bytes(&self, name: &str, hash: ContentHash) -> Option<NewReading> {
        let reading = self.reading(name.to_owned(), &KnownContent::Recording(hash))?;
        self.tally.recognised.fetch_add(1, Ordering::Relaxed);
        Some(NewReading { reading, entry: None, key: CacheKey::KnownBytes(hash) })
    }

    /// Where writing fails, the job goes on without.
    fn remember(
        &self,
        place: Option<(String, FileStamp)>,
        name: &str,
        is_archive: bool,
        readings: &[NewReading],
    ) {
        let entries = readings.iter().map(|new| EntryRecord::of(new, name)).collect::<Result<_>>();
        match entries {
            Ok(entries) => self.add(FileRecord { place, is_archive, entries }),
            Err(error) => self.fail(error),
        }
    }

    fn remembered_as_listed(&self, stamp: &FileStamp) {
        if stamp.is_settled() {
            self.tally.settled.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Logbook {
    /// What cannot be used any more is read again from its file, which mends the logbook.
    fn reading(&self, path: String, content: &KnownContent) -> Option<FileReading> {
        match content {
            KnownContent::Recording(hash) => {
                let ChannelStore { readers, measuring, .. } = &*self.channels;
                let stored = readers.ask(|reader| read::content(reader, measuring, *hash));
                let channels =
                    |hash, place, row: &_| Ok(self.channels.channels(hash, place, row)?);
                stored.ok()??.at(path, &channels).ok()
            }
            KnownContent::Reading(json) => read::pathless(json, path).ok(),
        }
    }
}
