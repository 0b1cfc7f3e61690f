//! A file of the disk → the readings of everything in it, on all cores.
//!
//! Small archives are read like files, many at a time. Large ones come one after another, so that
//! only one is held in memory, and their entries are read by all threads.

use std::io::{Read, Seek};

use rayon::prelude::*;
use talktest::decode::{Limits, Problem, ProblemKind};
use talktest::export_tables;
use talktest::ingest::{self, ContentHash, FileReading, Outcome};
use talktest::unpack::{self, Archive, Budget, Contents, Entry, Origin};

use super::cache_lookup::CacheLookup;
use super::folder::Found;
use super::shared_file::SharedFile;
use super::spool::Spool;
use crate::logbook::{Content, NewReading, Part};

/// Packed bytes from which an archive is large.
const LARGE: i64 = 16 << 20;

/// What reading is done with, and who hears of its progress.
pub struct Reader<'a> {
    pub limits: &'a Limits,
    /// Which paths are read at all.
    pub is_asked: &'a (dyn Fn(&str) -> bool + Sync),
    /// What is known from earlier jobs.
    pub known: CacheLookup<'a>,
    /// Where the lanes of what is measured are put, if it is kept for long.
    pub spool: Option<&'a Spool>,
    /// Whether to read on; what is not read is not told of.
    pub goes_on: &'a (dyn Fn() -> bool + Sync),
    /// Called with the number of files that turn up in an archive.
    pub found: &'a (dyn Fn(usize) + Sync),
    /// Called when a file is done.
    pub done: &'a (dyn Fn() + Sync),
}

/// What was in a file of the disk.
pub(super) struct Opened {
    pub(super) is_archive: bool,
    pub(super) fresh: Vec<NewReading>,
}

impl Opened {
    fn failed(name: String, problem: Problem) -> Self {
        let fresh = vec![NewReading::of_file(FileReading::failed(name, problem))];
        Self { is_archive: false, fresh }
    }
}

/// Reads every file of a walk and whatever lies in its archives.
pub fn read(files: &[Found], reader: &Reader<'_>) -> Vec<FileReading> {
    let (large, small): (Vec<&Found>, Vec<&Found>) = files.iter().partition(|file| is_large(file));
    let mut readings: Vec<FileReading> =
        small.par_iter().flat_map_iter(|file| reader.file(file)).collect();
    readings.extend(large.into_iter().flat_map(|file| reader.file(file)));
    readings
}

/// Whether it is an archive that is read by all threads.
fn is_large(file: &Found) -> bool {
    let head = || {
        let mut head = [0; 4];
        SharedFile::open(&file.path)?.read_exact(&mut head).map(|()| head)
    };
    file.look.is_some_and(|look| look.size >= LARGE)
        && head().is_ok_and(|head| unpack::is_zip(&head))
}

impl Reader<'_> {
    fn file(&self, found: &Found) -> Vec<FileReading> {
        if !(self.goes_on)() {
            return Vec::new();
        }
        let readings = match self.known.recall(found, self.is_asked) {
            Some(readings) => readings,
            None => self.known.watched(found, self.goes_on, &|| self.open(found)),
        };
        (self.done)();
        readings
    }

    fn open(&self, found: &Found) -> Opened {
        let name = found.name.clone();
        match SharedFile::open(&found.path) {
            Ok(file) => self.opened(found, file),
            Err(error) => Opened::failed(name, unreadable(&error)),
        }
    }

    fn opened(&self, found: &Found, mut file: SharedFile) -> Opened {
        let mut head = [0; 4];
        let name = found.name.clone();
        let budget = Budget::default();
        let is_archive = file.read(&mut head).is_ok_and(|read| unpack::is_zip(&head[..read]));
        if let Err(error) = file.rewind() {
            return Opened::failed(name, unreadable(&error));
        }
        if !is_archive {
            let origin = Origin { packed: file.len(), depth: 0, budget: &budget };
            let is_asked = (self.is_asked)(&name);
            let fresh = if is_asked { self.stream(name, &mut file, origin) } else { Vec::new() };
            return Opened { is_archive, fresh };
        }
        match Archive::open(file, self.limits) {
            Ok(archive) => {
                let part = |entry: &Entry| self.known.part(found, entry);
                let fresh = self.archive(&name, &archive, 0, &budget, &part);
                Opened { is_archive, fresh }
            }
            Err(problem) => Opened::failed(name, problem),
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

    /// Whole bytes of a recording are known again wherever they lie; a table is told by its name
    /// too, and what was damaged on the way by its file.
    fn plain(&self, name: String, bytes: &[u8], damage: Option<Problem>) -> NewReading {
        let is_told_by_bytes = damage.is_none() && export_tables::recognise(&name, bytes).is_none();
        let known = || self.known.content(&name, is_told_by_bytes.then(|| ContentHash::of(bytes))?);
        if let Some(fresh) = known() {
            return fresh;
        }
        let mut reading = ingest::read(name, bytes, damage, self.limits);
        if let Some(spool) = self.spool {
            spool.put_away(&mut reading);
        }
        let is_new = is_told_by_bytes && matches!(reading.outcome, Outcome::Sessions(_));
        let content = if is_new { Content::New } else { Content::None };
        NewReading { reading, part: None, content }
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
        (self.found)(entries.len());
        let read = |entry: &Entry| {
            let origin = Origin { packed: entry.packed, depth: depth + 1, budget };
            let path = format!("{name}/{}", entry.name);
            let fresh = match known(entry) {
                _ if !(self.goes_on)() => Vec::new(),
                Some(fresh) => fresh,
                None => self.entry(archive, entry, path, origin),
            };
            (self.done)();
            let part = part(entry);
            fresh.into_iter().map(move |fresh| NewReading { part: Some(part.clone()), ..fresh })
        };
        let (large, small): (Vec<&Entry>, Vec<&Entry>) = entries
            .iter()
            .partition(|entry| entry.packed >= LARGE as u64 && is_named_zip(&entry.name));
        let mut fresh: Vec<NewReading> = small.into_par_iter().flat_map_iter(read).collect();
        fresh.extend(large.into_iter().flat_map(read));
        let own = FileReading::archive(name, entries.is_empty(), archive.hidden());
        fresh.extend(own.map(NewReading::of_file));
        fresh
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

pub(super) fn part(entry: &Entry) -> Part {
    Part { name: entry.name.clone(), crc32: entry.crc32, size: entry.unpacked }
}

pub(super) fn is_named_zip(name: &str) -> bool {
    name.len() >= 4 && name.as_bytes()[name.len() - 4..].eq_ignore_ascii_case(b".zip")
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new(ProblemKind::Unreadable, format!("cannot be read: {error}"))
}
