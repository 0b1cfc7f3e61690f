//! What the logbook knows of a file before it is opened, and what it learns of one that was read.

use talktest::decode::{Problem, ProblemKind};
use talktest::ingest::{ContentHash, FileReading};
use talktest::unpack::Entry;

use super::archive::{Opened, is_named_zip, part};
use super::folder::Found;
use crate::logbook::{FileStamp, Logbook, NewReading};

/// How often a file is read that changes while it is read.
const ATTEMPTS: usize = 3;

/// What earlier jobs know; nothing without a logbook.
#[derive(Clone, Copy, Default)]
pub struct CacheLookup<'a> {
    /// The logbook.
    pub logbook: Option<&'a Logbook>,
    /// Whether only some of the files in an archive are read, so that it is never known whole.
    pub is_partial: bool,
}

impl CacheLookup<'_> {
    /// What became of a file that was not touched since.
    pub(super) fn recall(
        &self,
        found: &Found,
        is_asked: &dyn Fn(&str) -> bool,
    ) -> Option<Vec<FileReading>> {
        let logbook = self.logbook?;
        let is_asked =
            |path: &str, is_archive: bool| is_archive || is_named_zip(path) || is_asked(path);
        logbook.recall(&key(found)?, &found.look?, &found.name, &is_asked)
    }

    pub(super) fn part(&self, found: &Found, entry: &Entry) -> Option<Vec<NewReading>> {
        let logbook = self.logbook.filter(|_| !self.is_partial)?;
        logbook.recall_part(&key(found)?, &found.name, &part(entry))
    }

    pub(super) fn content(&self, name: &str, hash: ContentHash) -> Option<NewReading> {
        self.logbook?.recall_content(name, hash)
    }

    /// Reads a file until it stays the same from before to after, and has it written down; one
    /// that goes on changing is told, and looked at anew the next time.
    pub(super) fn watched(
        &self,
        found: &Found,
        goes_on: &dyn Fn() -> bool,
        read: &dyn Fn() -> Opened,
    ) -> Vec<FileReading> {
        for _ in 0..ATTEMPTS {
            let before = FileStamp::at(&found.path).ok();
            let opened = read();
            let after = FileStamp::at(&found.path).ok();
            let is_same =
                |(before, after): (FileStamp, FileStamp)| before.is_same(&after).then_some(before);
            if let Some(look) = before.zip(after).and_then(is_same) {
                // What was left out of an archive on the way out must not be missed for ever.
                self.remember(found, Some(look).filter(|_| goes_on()), &opened);
                return readings(opened);
            }
            if after.is_none() {
                return readings(opened);
            }
        }
        let opened = read();
        self.remember(found, None, &opened);
        let mut readings = readings(opened);
        if let Some(first) = readings.first_mut() {
            let detail = "it changed while it was read, so it may be incomplete: run again when it is written";
            first.warnings.push(Problem::new(ProblemKind::Unreadable, detail));
        }
        readings
    }

    fn remember(&self, found: &Found, look: Option<FileStamp>, opened: &Opened) {
        let Some(logbook) = self.logbook else { return };
        let is_whole = !opened.fresh.is_empty() && !opened.fresh.iter().any(NewReading::is_passing);
        let is_whole = is_whole && !(self.is_partial && opened.is_archive);
        let place = key(found).zip(look).filter(|_| is_whole);
        logbook.remember(place, &found.name, opened.is_archive, &opened.fresh);
    }
}

/// What a file is known by; none for a path that is no text.
fn key(found: &Found) -> Option<String> {
    std::path::absolute(&found.path).ok()?.into_os_string().into_string().ok()
}

fn readings(opened: Opened) -> Vec<FileReading> {
    opened.fresh.into_iter().map(|fresh| fresh.reading).collect()
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
            Found { name: "a.fit".to_owned(), path: path.clone(), look: None, is_link: false };
        let readings = Cell::new(0);
        let read = || {
            readings.set(readings.get() + 1);
            if readings.get() <= times {
                std::fs::write(&path, vec![b'x'; 1 + readings.get()]).unwrap();
            }
            let problem = Problem::new(ProblemKind::Truncated, "cut");
            let reading = FileReading::failed("a.fit".to_owned(), problem);
            Opened { is_archive: false, fresh: vec![NewReading::of_file(reading)] }
        };
        let told = CacheLookup::default().watched(&found, &|| true, &read);
        (readings.get(), told)
    }

    #[test]
    fn a_file_is_read_until_nobody_writes_to_it() {
        assert_eq!(read_while_written(0).0, 1);
        let (times, told) = read_while_written(2);
        assert_eq!((times, told[0].warnings.len()), (3, 0));
    }

    #[test]
    fn a_file_that_goes_on_changing_is_told() {
        let (_, told) = read_while_written(usize::MAX);
        assert!(told[0].warnings[0].detail.contains("changed while it was read"), "{told:?}");
    }

    #[test]
    fn a_file_that_vanished_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone.fit");
        let found = Found { name: "gone.fit".to_owned(), path, look: None, is_link: false };
        let times = Cell::new(0);
        let read = || {
            times.set(times.get() + 1);
            let problem = Problem::new(ProblemKind::Unreadable, "cannot be read");
            let reading = FileReading::failed("gone.fit".to_owned(), problem);
            Opened { is_archive: false, fresh: vec![NewReading::of_file(reading)] }
        };
        assert_eq!(CacheLookup::default().watched(&found, &|| true, &read).len(), 1);
        assert_eq!(times.get(), 1);
    }
}
