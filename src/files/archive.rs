//! A file of the disk → the readings of everything in it, on all cores.
//!
//! Small files are read many at a time. Whatever turns out to be large comes afterwards, one after
//! another, so that only one is held at a time; the entries of a large archive are read by all
//! threads, and those among them that are large one after another again.

use std::io::{BufRead, Read, Seek};

use rayon::prelude::*;

use super::cache::{ArchivedEntry, CacheKey, NewReading};
use super::cache_lookup::{CacheLookup, OpenedFile};
use super::found::FoundFile;
use super::progress::Progress;
use super::spool::Spool;
use crate::decode::{Limits, Problem, ProblemKind, SiblingFiles};
use crate::export_tables;
use crate::ingest::{self, ContentHash, FileOutcome, FileReading};
use crate::unpack::{
    self, Archive, Budget, Contents, Entry, LARGE, Origin, SharedFile, Turn, Wishes,
    is_named_archive,
};

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
    let shared = |file| if is_large(file) { None } else { reader.file(file, Turn::Shared) };
    let tried: Vec<_> = files.par_iter().map(|file| (file, shared(file))).collect();
    let alone = |file| reader.file(file, Turn::Alone).unwrap_or_default();
    tried.into_iter().flat_map(|(file, readings)| readings.unwrap_or_else(|| alone(file))).collect()
}

fn is_large(file: &FoundFile) -> bool {
    file.stamp.is_some_and(|stamp| stamp.size > LARGE as i64)
}

/// What became of a file or an entry; `None` where it is too large for a turn that is shared.
type InTurn = Option<Vec<NewReading>>;

/// An archive that is being read.
struct OpenArchive<'a, R> {
    name: &'a str,
    archive: Archive<R>,
    depth: usize,
    budget: &'a Budget<'a>,
    turn: Turn,
}

impl FileReader<'_> {
    fn file(&self, found: &FoundFile, turn: Turn) -> Option<Vec<FileReading>> {
        if !(self.goes_on)() {
            return Some(Vec::new());
        }
        let readings = match self.cache.recall(found, self.is_asked) {
            Some(readings) => readings,
            None => self.cache.read_stable(found, self.goes_on, &|| self.open(found, turn))?,
        };
        self.progress.done();
        Some(readings)
    }

    fn open(&self, found: &FoundFile, turn: Turn) -> Option<OpenedFile> {
        let name = found.name.clone();
        match SharedFile::open(&found.path) {
            Ok(file) => self.opened(found, file, turn),
            Err(error) => Some(OpenedFile::failed(name, unreadable(&error))),
        }
    }

    fn opened(&self, found: &FoundFile, mut file: SharedFile, turn: Turn) -> Option<OpenedFile> {
        let mut head = [0; 512];
        let name = found.name.clone();
        let budget = Budget::while_wanted(self.goes_on);
        let is_archive = file.read(&mut head).is_ok_and(|read| unpack::is_archive(&head[..read]));
        if let Err(error) = file.rewind() {
            return Some(OpenedFile::failed(name, unreadable(&error)));
        }
        if !is_archive {
            let origin = Origin { packed: file.size(), depth: 0, budget: &budget, turn };
            let is_archive = is_named_archive(&name);
            let is_asked = is_archive || (self.is_asked)(&name);
            let sibling = |path: &str| self.sibling(found, path, &budget);
            let readings =
                if is_asked { self.stream(name, &mut file, origin, &sibling)? } else { Vec::new() };
            return Some(OpenedFile { is_archive, readings });
        }
        match Archive::open(file, self.limits) {
            Ok(archive) => {
                let known = |entry: &Entry| self.cache.entry(found, entry);
                let open = OpenArchive { name: &name, archive, depth: 0, budget: &budget, turn };
                Some(OpenedFile { is_archive, readings: self.archive(&open, &known)? })
            }
            Err(problem) => Some(OpenedFile::failed(name, problem)),
        }
    }

    fn stream(
        &self,
        name: String,
        stream: &mut dyn Read,
        origin: Origin<'_>,
        sibling: SiblingFiles<'_>,
    ) -> InTurn {
        let is_wanted = |head: &[u8]| ingest::is_wanted(&name, head);
        let mut streamed = None;
        let mut take = |bytes: &mut dyn BufRead| {
            streamed = Some(ingest::read_streamed(name.clone(), bytes, sibling, self.limits));
        };
        let is_streamed = &ingest::is_streamed;
        let wishes = Wishes { is_wanted: &is_wanted, is_streamed, take: &mut take };
        let Origin { depth, budget, turn, .. } = origin;
        match unpack::read_as_wished(stream, origin, self.limits, wishes) {
            Ok(Contents::Streamed(damage)) => Some(
                streamed
                    .into_iter()
                    .map(|reading| self.streamed(reading, damage.clone()))
                    .collect(),
            ),
            Ok(Contents::Plain(bytes, damage)) => Some(vec![self.plain(name, &bytes, damage)]),
            Ok(Contents::Unwanted(head)) => {
                Some(vec![NewReading::of_file(FileReading::unwanted(name, &head))])
            }
            Ok(Contents::Archive(archive)) => {
                self.archive(&OpenArchive { name: &name, archive, depth, budget, turn }, &|_| None)
            }
            Ok(Contents::Large) => None,
            Err(problem) => Some(vec![NewReading::of_file(FileReading::failed(name, problem))]),
        }
    }

    /// A file beside one that is being read. It is small: a large one is not what was meant.
    fn sibling(&self, found: &FoundFile, path: &str, budget: &Budget<'_>) -> Option<Vec<u8>> {
        let mut file = SharedFile::open(&found.path.parent()?.join(path)).ok()?;
        let origin = Origin { packed: file.size(), depth: 0, budget, turn: Turn::Shared };
        whole(&mut file, origin, self.limits)
    }

    fn streamed(&self, mut reading: FileReading, damage: Option<Problem>) -> NewReading {
        let is_new = damage.is_none() && matches!(reading.outcome, FileOutcome::Sessions(_));
        reading.warnings.extend(damage);
        if let Some(spool) = self.spool {
            spool.put_away(&mut reading);
        }
        let key = if is_new { CacheKey::NewBytes } else { CacheKey::File };
        NewReading { reading, entry: None, key }
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

    /// Reads the entries of an archive by all threads; in a turn of its own, those that are large
    /// one after another behind them.
    fn archive<R: Read + Seek + Clone + Send + Sync>(
        &self,
        open: &OpenArchive<'_, R>,
        known: &(dyn Fn(&Entry) -> Option<Vec<NewReading>> + Sync),
    ) -> InTurn {
        let entries = open.archive.entries();
        self.progress.found(entries.len());
        let read = |entry: &Entry, turn| {
            let readings = match known(entry) {
                _ if !(self.goes_on)() => Vec::new(),
                Some(known) => known,
                None => self.entry(open, &entries, entry, turn)?,
            };
            self.progress.done();
            let entry = ArchivedEntry::of(entry);
            let with_entry = |new| NewReading { entry: entry.clone(), ..new };
            Some(readings.into_iter().map(with_entry).collect::<Vec<_>>())
        };
        let tried: Vec<_> =
            entries.par_iter().map(|entry| (entry, read(entry, Turn::Shared))).collect();
        let mut readings = Vec::new();
        for (entry, shared) in tried {
            match shared {
                Some(shared) => readings.extend(shared),
                None if open.turn == Turn::Shared => return None,
                None => readings.extend(read(entry, Turn::Alone).unwrap_or_default()),
            }
        }
        let own = FileReading::archive(open.name, entries.is_empty(), open.archive.hidden());
        readings.extend(own.map(NewReading::of_file));
        Some(readings)
    }

    fn entry<R: Read + Seek + Clone>(
        &self,
        open: &OpenArchive<'_, R>,
        entries: &[Entry],
        entry: &Entry,
        turn: Turn,
    ) -> InTurn {
        let path = format!("{}/{}", open.name, entry.name);
        if !is_named_archive(&path) && !(self.is_asked)(&path) {
            return Some(Vec::new());
        }
        let OpenArchive { depth, budget, .. } = *open;
        let origin = Origin { packed: entry.packed, depth: depth + 1, budget, turn };
        let sibling = |path: &str| {
            let folder = entry.name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let name = format!("{folder}/{path}");
            let other = entries.iter().find(|other| other.name == name.trim_start_matches('/'))?;
            let origin = Origin { packed: other.packed, turn: Turn::Shared, ..origin };
            let read = |stream: &mut dyn Read| Ok(whole(stream, origin, self.limits));
            open.archive.read(other, read).ok().flatten()
        };
        let read = |stream: &mut dyn Read| Ok(self.stream(path.clone(), stream, origin, &sibling));
        let read = open.archive.read(entry, read);
        read.unwrap_or_else(|problem| {
            Some(vec![NewReading::of_file(FileReading::failed(path, problem))])
        })
    }
}

/// All bytes of a small file.
fn whole(stream: &mut dyn Read, origin: Origin<'_>, limits: &Limits) -> Option<Vec<u8>> {
    match unpack::read(stream, origin, limits, &|_| true) {
        Ok(Contents::Plain(bytes, _)) => Some(bytes),
        _ => None,
    }
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new(ProblemKind::Unreadable, format!("cannot be read: {error}"))
}
