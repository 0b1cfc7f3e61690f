//! The bytes of a file, wherever they lie → the readings of everything in it.
//!
//! Small entries of an archive are read many at a time. Whatever turns out to be large comes
//! afterwards, one after another, so that only one is held at a time.

use std::io::{BufRead, Read, Seek};

use super::new_reading::{ArchivedEntry, CacheKey, NewReading};
use super::progress::Progress;
use super::reading::{self, FileOutcome, FileReading};
use super::{ContentHash, streamed};
use crate::decode::{Limits, Problem, ProblemKind, SiblingFiles};
use crate::export_tables;
use crate::parallel::prelude::*;
use crate::unpack::{
    self, Archive, Budget, Contents, Entry, Origin, Turn, Wishes, is_named_archive,
};

/// What files are read with.
#[derive(Clone, Copy)]
pub struct FileReader<'a> {
    /// The bounds of what is read.
    pub limits: &'a Limits,
    /// Which paths are read at all.
    pub is_asked: &'a (dyn Fn(&str) -> bool + Sync),
    /// What is known of these bytes under this name.
    pub known: &'a (dyn Fn(&str, ContentHash) -> Option<NewReading> + Sync),
    /// Takes what a new reading need not hold in memory.
    pub put_away: &'a (dyn Fn(&mut FileReading) + Sync),
    /// Hears how far it is.
    pub progress: &'a dyn Progress,
    /// Whether to read on; files that are not read are left out.
    pub goes_on: &'a (dyn Fn() -> bool + Sync),
}

/// A file whose bytes can be read.
pub struct OpenFile<'a, R> {
    /// What outputs call it.
    pub name: &'a str,
    /// Its bytes, from the first.
    pub bytes: R,
    /// How many they are.
    pub size: u64,
    /// Who else holds bytes meanwhile.
    pub turn: Turn,
    /// Opens the file at a path beside it, and says how many bytes it has.
    pub beside: &'a dyn Fn(&str) -> Option<(R, u64)>,
    /// What is known of an entry, if it is an archive.
    pub known: &'a (dyn Fn(&Entry) -> Option<Vec<NewReading>> + Sync),
}

/// What was in a file.
pub struct OpenedFile {
    /// Whether it is an archive.
    pub is_archive: bool,
    /// What became of everything in it.
    pub readings: Vec<NewReading>,
}

impl OpenedFile {
    /// A file of which nothing can be used.
    pub fn failed(name: String, problem: Problem) -> Self {
        let readings = vec![NewReading::of_file(FileReading::failed(name, problem))];
        Self { is_archive: false, readings }
    }
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
    /// Reads a file and whatever lies in it; `None` where it is too large for a turn that is shared.
    pub fn read<R: Read + Seek + Clone + Send + Sync>(
        &self,
        file: OpenFile<'_, R>,
    ) -> Option<OpenedFile> {
        let OpenFile { name, mut bytes, size, turn, beside, known } = file;
        let mut head = [0; 512];
        let budget = Budget::while_wanted(self.goes_on);
        let is_archive = bytes.read(&mut head).is_ok_and(|read| unpack::is_archive(&head[..read]));
        if let Err(error) = bytes.rewind() {
            return Some(OpenedFile::failed(name.to_owned(), unreadable(&error)));
        }
        if !is_archive {
            let origin = Origin { packed: size, depth: 0, budget: &budget, turn };
            let is_archive = is_named_archive(name);
            let sibling = |path: &str| {
                let (mut bytes, size) = beside(path)?;
                let origin = Origin { packed: size, turn: Turn::Shared, ..origin };
                whole(&mut bytes, origin, self.limits)
            };
            let readings = if is_archive || (self.is_asked)(name) {
                self.stream(name.to_owned(), &mut bytes, origin, &sibling)?
            } else {
                Vec::new()
            };
            return Some(OpenedFile { is_archive, readings });
        }
        match Archive::open(bytes, self.limits) {
            Ok(archive) => {
                let open = OpenArchive { name, archive, depth: 0, budget: &budget, turn };
                Some(OpenedFile { is_archive, readings: self.archive(&open, known)? })
            }
            Err(problem) => Some(OpenedFile::failed(name.to_owned(), problem)),
        }
    }

    fn stream(
        &self,
        name: String,
        stream: &mut dyn Read,
        origin: Origin<'_>,
        sibling: SiblingFiles<'_>,
    ) -> InTurn {
        let is_wanted = |head: &[u8]| reading::is_wanted(&name, head);
        let mut streamed = None;
        let mut take = |bytes: &mut dyn BufRead| {
            streamed = Some(streamed::read_streamed(name.clone(), bytes, sibling, self.limits));
        };
        let is_streamed = &streamed::is_streamed;
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

    fn streamed(&self, mut reading: FileReading, damage: Option<Problem>) -> NewReading {
        let is_new = damage.is_none() && matches!(reading.outcome, FileOutcome::Sessions(_));
        reading.warnings.extend(damage);
        (self.put_away)(&mut reading);
        let new = NewReading::of_file(reading);
        // What is joined from other files does not follow from these bytes.
        let key = if is_new && !new.is_joined() { CacheKey::NewBytes } else { CacheKey::File };
        NewReading { key, ..new }
    }

    /// Whole bytes of a recording are known again wherever they lie; what a table is depends on
    /// its name too, and what was damaged on the way on its file.
    fn plain(&self, name: String, bytes: &[u8], damage: Option<Problem>) -> NewReading {
        let follows_from_bytes =
            damage.is_none() && export_tables::recognise(&name, bytes).is_none();
        let known = || (self.known)(&name, follows_from_bytes.then(|| ContentHash::of(bytes))?);
        if let Some(known) = known() {
            return known;
        }
        let mut reading = reading::read(name, bytes, damage, self.limits);
        (self.put_away)(&mut reading);
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
            // One that is joined from other entries is not known by its own.
            let with_entry = |new: NewReading| {
                let entry = entry.clone().filter(|_| !new.is_joined());
                NewReading { entry, ..new }
            };
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

/// Why a file cannot be read.
pub fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new(ProblemKind::Unreadable, format!("cannot be read: {error}"))
}
