//! A file of the disk → the readings of everything in it, on all cores.
//!
//! Small archives are read like files, many at a time. Large ones come one after another, so that
//! only one is held in memory, and their entries are read by all threads.

use std::io::{Read, Seek};

use rayon::prelude::*;
use talktest::decode::{Limits, Problem, ProblemKind};
use talktest::gather::{self, FileReading};
use talktest::unpack::{self, Archive, Budget, Contents, Entry, Origin};

use super::folder::Found;
use super::shared_file::SharedFile;

/// Packed bytes from which an archive is large.
const LARGE: u64 = 16 << 20;

/// What reading is done with, and who hears of its progress.
pub struct Reader<'a> {
    pub limits: &'a Limits,
    /// Which paths are read at all.
    pub is_asked: &'a (dyn Fn(&str) -> bool + Sync),
    /// Called with the number of files that turn up in an archive.
    pub found: &'a (dyn Fn(usize) + Sync),
    /// Called when a file is done.
    pub done: &'a (dyn Fn() + Sync),
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
    let length = std::fs::metadata(&file.path).map_or(0, |metadata| metadata.len());
    length >= LARGE && head().is_ok_and(|head| unpack::is_zip(&head))
}

impl Reader<'_> {
    fn file(&self, found: &Found) -> Vec<FileReading> {
        let name = found.name.clone();
        let readings = match SharedFile::open(&found.path) {
            Ok(file) => self.open(name, file),
            Err(error) => vec![FileReading::failed(name, unreadable(&error))],
        };
        (self.done)();
        readings
    }

    fn open(&self, name: String, mut file: SharedFile) -> Vec<FileReading> {
        let mut head = [0; 4];
        let budget = Budget::default();
        let is_archive = file.read(&mut head).is_ok_and(|read| unpack::is_zip(&head[..read]));
        if let Err(error) = file.rewind() {
            return vec![FileReading::failed(name, unreadable(&error))];
        }
        if is_archive {
            return match Archive::open(file, self.limits) {
                Ok(archive) => self.archive(&name, &archive, 0, &budget),
                Err(problem) => vec![FileReading::failed(name, problem)],
            };
        }
        if !(self.is_asked)(&name) {
            return Vec::new();
        }
        let origin = Origin { packed: file.len(), depth: 0, budget: &budget };
        self.stream(name, &mut file, origin)
    }

    fn stream(&self, name: String, stream: &mut dyn Read, origin: Origin<'_>) -> Vec<FileReading> {
        let is_wanted = |head: &[u8]| gather::is_wanted(&name, head);
        match unpack::read(stream, origin, self.limits, &is_wanted) {
            Ok(Contents::Plain(bytes, damage)) => {
                vec![gather::read(name, &bytes, damage, self.limits)]
            }
            Ok(Contents::Unwanted(head)) => vec![FileReading::unwanted(name, &head)],
            Ok(Contents::Archive(archive)) => {
                self.archive(&name, &archive, origin.depth, origin.budget)
            }
            Err(problem) => vec![FileReading::failed(name, problem)],
        }
    }

    fn archive<R: Read + Seek + Clone + Send + Sync>(
        &self,
        name: &str,
        archive: &Archive<R>,
        depth: usize,
        budget: &Budget,
    ) -> Vec<FileReading> {
        let mut entries = archive.entries();
        entries.iter_mut().for_each(|entry| entry.name = format!("{name}/{}", entry.name));
        (self.found)(entries.len());
        let read = |entry: &Entry| {
            let origin = Origin { packed: entry.packed, depth: depth + 1, budget };
            let readings = self.entry(archive, entry, origin);
            (self.done)();
            readings
        };
        let (large, small): (Vec<&Entry>, Vec<&Entry>) =
            entries.iter().partition(|entry| entry.packed >= LARGE && is_named_zip(&entry.name));
        let mut readings: Vec<FileReading> = small.into_par_iter().flat_map_iter(read).collect();
        readings.extend(large.into_iter().flat_map(read));
        readings.extend(FileReading::archive(name, entries.is_empty(), archive.hidden()));
        readings
    }

    fn entry<R: Read + Seek + Clone>(
        &self,
        archive: &Archive<R>,
        entry: &Entry,
        origin: Origin<'_>,
    ) -> Vec<FileReading> {
        let name = entry.name.clone();
        if !is_named_zip(&name) && !(self.is_asked)(&name) {
            return Vec::new();
        }
        let read = archive.read(entry, |stream| Ok(self.stream(name.clone(), stream, origin)));
        read.unwrap_or_else(|problem| vec![FileReading::failed(name, problem)])
    }
}

fn is_named_zip(name: &str) -> bool {
    name.len() >= 4 && name.as_bytes()[name.len() - 4..].eq_ignore_ascii_case(b".zip")
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new(ProblemKind::Unreadable, format!("cannot be read: {error}"))
}
