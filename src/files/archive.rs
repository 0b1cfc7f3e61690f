//! A file of the disk → the readings of everything in it, on all cores.
//!
//! Small files are read many at a time. Whatever turns out to be large comes afterwards, one after
//! another, so that only one is held at a time; the entries of a large archive are read by all
//! threads, and those among them that are large one after another again.

use rayon::prelude::*;

use super::cache_lookup::CacheLookup;
use super::found::FoundFile;
use crate::ingest::{FileReader, FileReading, OpenFile, OpenedFile, unreadable};
use crate::unpack::{Entry, LARGE, SharedFile, Turn};

/// What files of the disk are read with.
pub(super) struct DiskReader<'a> {
    pub(super) reader: FileReader<'a>,
    pub(super) cache: CacheLookup<'a>,
}

/// Reads every file of a walk and whatever lies in its archives.
pub(super) fn read(files: &[FoundFile], disk: &DiskReader<'_>) -> Vec<FileReading> {
    let shared = |file| if is_large(file) { None } else { disk.file(file, Turn::Shared) };
    let tried: Vec<_> = files.par_iter().map(|file| (file, shared(file))).collect();
    let alone = |file| disk.file(file, Turn::Alone).unwrap_or_default();
    tried.into_iter().flat_map(|(file, readings)| readings.unwrap_or_else(|| alone(file))).collect()
}

fn is_large(file: &FoundFile) -> bool {
    file.stamp.is_some_and(|stamp| stamp.size > LARGE as i64)
}

impl DiskReader<'_> {
    fn file(&self, found: &FoundFile, turn: Turn) -> Option<Vec<FileReading>> {
        let FileReader { is_asked, progress, goes_on, .. } = self.reader;
        if !goes_on() {
            return Some(Vec::new());
        }
        let readings = match self.cache.recall(found, is_asked) {
            Some(readings) => readings,
            None => self.cache.read_stable(found, goes_on, &|| self.open(found, turn))?,
        };
        progress.done();
        Some(readings)
    }

    fn open(&self, found: &FoundFile, turn: Turn) -> Option<OpenedFile> {
        let name = &found.name;
        let bytes = match SharedFile::open(&found.path) {
            Ok(bytes) => bytes,
            Err(error) => return Some(OpenedFile::failed(name.clone(), unreadable(&error))),
        };
        // What lies beside a recording is small: a large one is not what was meant.
        let beside = |path: &str| {
            let bytes = SharedFile::open(&found.path.parent()?.join(path)).ok()?;
            let size = bytes.size();
            Some((bytes, size))
        };
        let known = |entry: &Entry| self.cache.entry(found, entry);
        let size = bytes.size();
        self.reader.read(OpenFile { name, bytes, size, turn, beside: &beside, known: &known })
    }
}
