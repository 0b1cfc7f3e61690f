//! Files → rows, in parallel; a bad file is a line in the report.

use super::archive::{DiskReader, read};
use super::cache::ReadingCache;
use super::cache_lookup::CacheLookup;
use super::found::{FoundFile, Walk};
use super::spool::Spool;
use crate::ingest::{
    self, FileProblem, FileReader, FileReading, Ingested, NoProgress, Owned, Progress, limits,
};
use crate::settings::Settings;
use crate::units::UnixTime;

/// How files are read.
#[derive(Clone, Copy)]
pub struct Ingestion<'a> {
    /// Whose files are whose, and the bounds of what is read.
    pub settings: &'a Settings,
    /// The one athlete whose files are read; all if none is named.
    pub athlete: Option<&'a str>,
    /// The moment of the job; where it is known, runs that are still to come are left out.
    pub now: Option<UnixTime>,
    /// What is remembered of earlier jobs.
    pub cache: Option<&'a dyn ReadingCache>,
    /// Hears how far it is.
    pub progress: &'a dyn Progress,
    /// Asked before every file whether to read on; files that are not read are left out.
    pub goes_on: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Ingestion<'a> {
    /// Reads the files of every athlete of these settings to the end, unwatched and without a
    /// cache.
    pub fn new(settings: &'a Settings) -> Self {
        Self {
            settings,
            athlete: None,
            now: None,
            cache: None,
            progress: &NoProgress,
            goes_on: &|| true,
        }
    }

    /// Reads, decodes and measures every file of a walk. What the rows need of memory beside
    /// their figures goes into a file without a name.
    pub fn ingest(&self, walk: &Walk) -> Ingested {
        let readings = self.read(&walk.files, Some(&Spool::default()));
        let own = |reading| Owned::by_folder(reading, self.settings);
        let files = readings.into_iter().map(own).collect();
        let inaccessible = walk.inaccessible.iter().cloned().map(FileProblem::from).collect();
        let mut ingested = ingest::ingest(files, inaccessible, self.athlete);
        if let Some(now) = self.now {
            ingested.leave_out_future(now.max(newest(walk)));
        }
        ingested
    }

    /// What becomes of these files, in their order whatever the number of threads.
    pub fn readings(&self, files: &[FoundFile]) -> Vec<FileReading> {
        self.read(files, None)
    }

    fn read(&self, files: &[FoundFile], spool: Option<&Spool>) -> Vec<FileReading> {
        let Self { settings, athlete, cache, progress, goes_on, .. } = *self;
        let is_asked = |path: &str| {
            let is_owner = |name| settings.athlete_of(path).is_ok_and(|owner| owner.name == name);
            athlete.is_none_or(is_owner)
        };
        let cache = CacheLookup { cache, is_partial: athlete.is_some() };
        let reader = FileReader {
            limits: &limits(&settings.reading),
            is_asked: &is_asked,
            known: &|name, hash| cache.bytes(name, hash),
            put_away: &|reading| {
                if let Some(spool) = spool {
                    spool.put_away(reading);
                }
            },
            progress,
            goes_on,
        };
        read(files, &DiskReader { reader, cache })
    }
}

/// When the newest file was written: a clock that says less was never set.
fn newest(walk: &Walk) -> UnixTime {
    let stamps = walk.files.iter().filter_map(|file| file.stamp.as_ref());
    let written = stamps.map(|stamp| stamp.modified_ns).filter(|written| *written != i64::MAX);
    UnixTime(written.max().unwrap_or(0) / 1_000_000)
}
