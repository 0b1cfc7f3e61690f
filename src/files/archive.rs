//! A file of the disk → the readings of everything in it, on all cores.
//!
//! Small archives are read like files, many at a time. Large ones come one after another, so that
//! only one is held in memory, and their entries are read by all threads.

use std::io::{Read, Seek};

use rayon::prelude::*;

use super::cache::{ArchivedEntry, CacheKey, NewReading};
use super::cache_lookup::{CacheLookup, OpenedFile};
use super::folder::FoundFile;
use super::progress::Progress;
use super::shared_file::SharedFile;
use super::spool::Spool;
use crate::decode::{Limits, Problem, ProblemKind};
use crate::export_tables;
use crate::ingest::{self, ContentHash, FileOutcome, FileReading};
use crate::unpack::{self, Archive, Budget, Contents, Entry, Origin, is_named_zip};

/// Packed bytes from which an archive is large.
const LARGE: i64 = 16 << 20;

/// What files are read with.
pub(super) struct FileReader<'a> {
    pub(super) limits: &'a Limits,
    /// Which paths are read at all.
    pub(super) is_asked: &'a (dyn Fn(&str) -> bool + Sync),
    pub(super) cache: CacheLookup<'a>,
    /// Where the channels of what is measured are put, if it is held for long.
    pub(super) spool: Option<&'a Spool>,
    pub(super) progress: &'a dyn Progress,
    /// Whether to read on; files that are not read are left out.
    pub(super) goes_on: &'a (dyn Fn() -> bool + Sync),
}

/// Reads every file of a walk and whatever lies in its archives.
pub(super) fn read(files: &[FoundFile], reader: &FileReader<'_>) -> Vec<FileReading> {
    let (large, small): (Vec<&FoundFile>, Vec<&FoundFile>) =
        files.iter().partition(|file| is_large(file));
    let mut readings: Vec<FileReading> =
        small.par_iter().flat_map_iter(|file| reader.file(file)).collect();
    readings.extend(large.into_iter().flat_map(|file| reader.file(file)));
    readings
}

/// Whether it is an archive that is read by all threads.
fn is_large(file: &FoundFile) -> bool {
    let head = || {
        let mut head = [0; 4];
        SharedFile::open(&file.path)?.read_exact(&mut head).map(|()| head)
    };
    file.stamp.is_some_and(|stamp| stamp.size >= LARGE)
        && head().is_ok_and(|head| unpack::is_zip(&head))
}

impl FileReader<'_> {
    fn file(&self, found: &FoundFile) -> Vec<FileReading> {
        if !(self.goes_on)() {
            return Vec::new();
        }
        let readings = match self.cache.recall(found, self.is_asked) {
            Some(readings) => readings,
            None => self.cache.read_stable(found, self.goes_on, &|| self.open(found)),
        };
        self.progress.done();
        readings
    }

    fn open(&self, found: &FoundFile) -> OpenedFile {
        let name = found.name.clone();
        match SharedFile::open(&found.path) {
            Ok(file) => self.opened(found, file),
            Err(error) => OpenedFile::failed(name, unreadable(&error)),
        }
    }

    fn opened(&self, found: &FoundFile, mut file: SharedFile) -> OpenedFile {
        let mut head = [0; 4];
        let name = found.name.clone();
        let budget = Budget::default();
        let is_archive = file.read(&mut head).is_ok_and(|read| unpack::is_zip(&head[..read]));
        if let Err(error) = file.rewind() {
            return OpenedFile::failed(name, unreadable(&error));
        }
        if !is_archive {
            let origin = Origin { packed: file.len(), depth: 0, budget: &budget };
            let is_asked = (self.is_asked)(&name);
            let readings = if is_asked { self.stream(name, &mut file, origin) } else { Vec::new() };
            return OpenedFile { is_archive, readings };
        }
        match Archive::open(file, self.limits) {
            Ok(archive) => {
                let known = |entry: &Entry| self.cache.entry(found, entry);
                let readings = self.archive(&name, &archive, 0, &budget, &known);
                OpenedFile { is_archive, readings }
            }
            Err(problem) => OpenedFile::failed(name, problem),
        }
    }

    fn stream(&self, name: String, stream: &mut dyn Read, origin: Origin<'_>) -> Vec<NewReading> {
        let is_wanted = |head: &[u8]| ingest::is_wanted(&name, head);
        match unpack::read(stream, origin, self.limits, &is_wanted) {
            Ok(Contents::Plain(bytes, damage)) => vec![self.plain(name, &bytes, damage)],
            Ok(Contents::Unwanted(head)) => {
                vec![NewReading::of_file(FileReading::unwanted(name, &head))]
            }
            Ok(Contents::Archive(archive)) => {
                self.archive(&name, &archive, origin.depth, origin.budget, &|_| None)
            }
            Err(problem) => vec![NewReading::of_file(FileReading::failed(name, problem))],
        }
    }

    /// Whole bytes of a recording are known again wherever they lie; what a table is depends on
    /// its name too, and what was damaged on the way on its file.
    fn plain(&self, name: String, bytes: &[u8], damage: Option<Problem>) -> NewReading {
        let follows_from_bytes =
            damage.is_none() && export_tables::recognise(&name, bytes).is_none();
        let known = || self.cache.bytes(&name, follows_from_bytes.then(|| ContentHash::of(bytes))?);
        if let Some(known) = known() {
            return known;
        }
        let mut reading = ingest::read(name, bytes, damage, self.limits);
        if let Some(spool) = self.spool {
            spool.put_away(&mut reading);
        }
        let is_new = follows_from_bytes && matches!(reading.outcome, FileOutcome::Sessions(_));
        let key = if is_new { CacheKey::NewBytes } else { CacheKey::File };
        NewReading { reading, entry: None, key }
    }

    fn archive<R: Read + Seek + Clone + Send + Sync>(
        &self,
        name: &str,
        archive: &Archive<R>,
        depth: usize,
        budget: &Budget,
        known: &(dyn Fn(&Entry) -> Option<Vec<NewReading>> + Sync),
    ) -> Vec<NewReading> {
        let entries = archive.entries();
        self.progress.found(entries.len());
        let read = |entry: &Entry| {
            let origin = Origin { packed: entry.packed, depth: depth + 1, budget };
            let path = format!("{name}/{}", entry.name);
            let readings = match known(entry) {
                _ if !(self.goes_on)() => Vec::new(),
                Some(known) => known,
                None => self.entry(archive, entry, path, origin),
            };
            self.progress.done();
            let entry = ArchivedEntry::from(entry);
            readings.into_iter().map(move |new| NewReading { entry: Some(entry.clone()), ..new })
        };
        let (large, small): (Vec<&Entry>, Vec<&Entry>) = entries
            .iter()
            .partition(|entry| entry.packed >= LARGE as u64 && is_named_zip(&entry.name));
        let mut readings: Vec<NewReading> = small.into_par_iter().flat_map_iter(read).collect();
        readings.extend(large.into_iter().flat_map(read));
        let own = FileReading::archive(name, entries.is_empty(), archive.hidden());
        readings.extend(own.map(NewReading::of_file));
        readings
    }

    fn entry<R: Read + Seek + Clone>(
        &self,
        archive: &Archive<R>,
        entry: &Entry,
        path: String,
        origin: Origin<'_>,
    ) -> Vec<NewReading> {
        if !is_named_zip(&path) && !(self.is_asked)(&path) {
            return Vec::new();
        }
        let read = archive.read(entry, |stream| Ok(self.stream(path.clone(), stream, origin)));
        read.unwrap_or_else(|problem| vec![NewReading::of_file(FileReading::failed(path, problem))])
    }
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new(ProblemKind::Unreadable, format!("cannot be read: {error}"))
}
