//! What a cache knows of a file before it is opened, and what it learns of one that was read.

use super::cache::ReadingCache;
use super::file_stamp::FileStamp;
use super::found::FoundFile;
use crate::decode::{Problem, ProblemKind};
use crate::ingest::{ArchivedEntry, ContentHash, FileReading, NewReading, OpenedFile};
use crate::unpack::{Entry, is_named_archive};

/// How often a file is read that changes while it is read.
const ATTEMPTS: usize = 3;

/// Asks a cache, if there is one.
#[derive(Clone, Copy, Default)]
pub(super) struct CacheLookup<'a> {
    pub(super) cache: Option<&'a dyn ReadingCache>,
    /// Whether only some of the files in an archive are read, so that it is never known whole.
    pub(super) is_partial: bool,
}

impl CacheLookup<'_> {
    /// What became of a file that was not touched since.
    pub(super) fn recall(
        &self,
        found: &FoundFile,
        is_asked: &dyn Fn(&str) -> bool,
    ) -> Option<Vec<FileReading>> {
        let cache = self.cache?;
        let is_asked =
            |path: &str, is_archive: bool| is_archive || is_named_archive(path) || is_asked(path);
        cache.recall_file(&absolute(found)?, &found.stamp?, &found.name, &is_asked)
    }

    pub(super) fn entry(&self, found: &FoundFile, entry: &Entry) -> Option<Vec<NewReading>> {
        let cache = self.cache.filter(|_| !self.is_partial)?;
        cache.recall_entry(&absolute(found)?, &found.name, &ArchivedEntry::of(entry)?)
    }

    pub(super) fn bytes(&self, name: &str, hash: ContentHash) -> Option<NewReading> {
        self.cache?.recall_bytes(name, hash)
    }

    /// Reads a file until it stays the same from before to after, and has it remembered; one that
    /// goes on changing is reported, and read anew the next time. `None` where it is not read now.
    pub(super) fn read_stable(
        &self,
        found: &FoundFile,
        goes_on: &dyn Fn() -> bool,
        read: &dyn Fn() -> Option<OpenedFile>,
    ) -> Option<Vec<FileReading>> {
        for _ in 0..ATTEMPTS {
            let before = FileStamp::at(&found.path).ok();
            let opened = read()?;
            let after = FileStamp::at(&found.path).ok();
            let is_same =
                |(before, after): (FileStamp, FileStamp)| before.is_same(&after).then_some(before);
            if let Some(stamp) = before.zip(after).and_then(is_same) {
                // What was left out of an archive on the way out must not be missed for ever.
                self.remember(found, Some(stamp).filter(|_| goes_on()), &opened);
                return Some(readings(opened));
            }
            if after.is_none() {
                return Some(readings(opened));
            }
        }
        let opened = read()?;
        self.remember(found, None, &opened);
        let mut readings = readings(opened);
        if let Some(first) = readings.first_mut() {
            let detail = "it changed while it was read, so it may be incomplete: run again when it is written";
            first.warnings.push(Problem::new(ProblemKind::Unreadable, detail));
        }
        Some(readings)
    }

    fn remember(&self, found: &FoundFile, stamp: Option<FileStamp>, opened: &OpenedFile) {
        let Some(cache) = self.cache else { return };
        let is_whole =
            !opened.readings.is_empty() && !opened.readings.iter().any(NewReading::is_passing);
        // An archive holds all parts of what is in it; those of a file in a folder change without it.
        let is_joined = || opened.readings.iter().any(NewReading::is_joined);
        let is_whole = is_whole && if opened.is_archive { !self.is_partial } else { !is_joined() };
        let place = absolute(found).zip(stamp).filter(|_| is_whole);
        let as_listed = place.as_ref().map(|(_, stamp)| *stamp);
        let as_listed = as_listed.filter(|now| found.stamp.is_some_and(|then| then.is_same(now)));
        cache.remember(place, &found.name, opened.is_archive, &opened.readings);
        if let Some(stamp) = as_listed {
            cache.remembered_as_listed(&stamp);
        }
    }
}

/// What a file is known by; none for a path that is no text.
fn absolute(found: &FoundFile) -> Option<String> {
    std::path::absolute(&found.path).ok()?.into_os_string().into_string().ok()
}

fn readings(opened: OpenedFile) -> Vec<FileReading> {
    opened.readings.into_iter().map(|new| new.reading).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Reads a file that somebody writes to during the first so many readings.
    fn read_while_written(times: usize) -> (usize, Vec<FileReading>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.fit");
        std::fs::write(&path, b"x").unwrap();
        let found =
            FoundFile { name: "a.fit".to_owned(), path: path.clone(), stamp: None, is_link: false };
        let readings = Cell::new(0);
        let read = || {
            readings.set(readings.get() + 1);
            if readings.get() <= times {
                std::fs::write(&path, vec![b'x'; 1 + readings.get()]).unwrap();
            }
            let problem = Problem::new(ProblemKind::Truncated, "cut");
            Some(OpenedFile::failed("a.fit".to_owned(), problem))
        };
        let last = CacheLookup::default().read_stable(&found, &|| true, &read);
        (readings.get(), last.unwrap())
    }

    #[test]
    fn a_file_is_read_until_nobody_writes_to_it() {
        assert_eq!(read_while_written(0).0, 1);
        let (times, last) = read_while_written(2);
        assert_eq!((times, last[0].warnings.len()), (3, 0));
    }

    #[test]
    fn a_file_that_goes_on_changing_is_told() {
        let (_, last) = read_while_written(usize::MAX);
        assert!(last[0].warnings[0].detail.contains("changed while it was read"), "{last:?}");
    }

    #[test]
    fn a_file_that_vanished_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone.fit");
        let found = FoundFile { name: "gone.fit".to_owned(), path, stamp: None, is_link: false };
        let times = Cell::new(0);
        let read = || {
            times.set(times.get() + 1);
            let problem = Problem::new(ProblemKind::Unreadable, "cannot be read");
            Some(OpenedFile::failed("gone.fit".to_owned(), problem))
        };
        let readings = CacheLookup::default().read_stable(&found, &|| true, &read);
        assert_eq!(readings.unwrap().len(), 1);
        assert_eq!(times.get(), 1);
    }
}
