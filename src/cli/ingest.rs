//! Files → rows, in parallel, with progress; a bad file is a line in the report.

use indicatif::ProgressBar;
use talktest::decode::{Problem, ProblemKind};
use talktest::ingest::{self, FileProblem, FileReading, Ingested, Owned};
use talktest::settings::Settings;

use super::limits::limits;
use super::progress;
use crate::logbook::Logbook;
use crate::source::{CacheLookup, Found, Inaccessible, Reader, Spool, Walk, read};

/// How files are gathered.
#[derive(Clone, Copy)]
pub struct Gathering<'a> {
    /// Whose files are whose, and the bounds of what is read.
    pub settings: &'a Settings,
    /// The one athlete whose files are read; all if none is named.
    pub athlete: Option<&'a str>,
    /// Whether somebody wants to see how far it is.
    pub show_progress: bool,
    /// What earlier jobs know.
    pub logbook: Option<&'a Logbook>,
    /// Whether to read on.
    pub goes_on: &'a (dyn Fn() -> bool + Sync),
}

/// Reads, decodes and measures every file of a walk, of one athlete or of all.
pub fn ingest(
    walk: &Walk,
    settings: &Settings,
    athlete: Option<&str>,
    show_progress: bool,
) -> Ingested {
    let goes_on = &|| true;
    gather_known(walk, &Gathering { settings, athlete, show_progress, logbook: None, goes_on })
}

/// Reads what the logbook does not know, and takes the rest from there.
pub fn gather_known(walk: &Walk, gathering: &Gathering<'_>) -> Ingested {
    let Gathering { settings, athlete, .. } = *gathering;
    let bar = progress::bar(walk.files.len(), gathering.show_progress);
    let readings = readings_known(&walk.files, gathering, Some(&Spool::default()), &bar);
    bar.finish_and_clear();
    let files = readings.into_iter().map(|reading| Owned::by_folder(reading, settings)).collect();
    ingest::ingest(files, walk.closed.iter().cloned().map(closed).collect(), athlete)
}

/// What becomes of these files, in their order whatever the number of threads.
pub fn readings(
    files: &[Found],
    settings: &Settings,
    athlete: Option<&str>,
    bar: &ProgressBar,
) -> Vec<FileReading> {
    let goes_on = &|| true;
    let gathering = Gathering { settings, athlete, show_progress: false, logbook: None, goes_on };
    readings_known(files, &gathering, None, bar)
}

fn readings_known(
    files: &[Found],
    gathering: &Gathering<'_>,
    spool: Option<&Spool>,
    bar: &ProgressBar,
) -> Vec<FileReading> {
    let Gathering { settings, athlete, .. } = *gathering;
    let is_asked = |path: &str| {
        athlete.is_none_or(|name| settings.athlete_of(path).is_ok_and(|owner| owner.name == name))
    };
    let reader = Reader {
        limits: &limits(&settings.reading),
        is_asked: &is_asked,
        known: CacheLookup { logbook: gathering.logbook, is_partial: athlete.is_some() },
        spool,
        goes_on: gathering.goes_on,
        found: &|files| bar.inc_length(files as u64),
        done: &|| bar.inc(1),
    };
    read(files, &reader)
}

/// A place that could not be entered.
pub fn closed(closed: Inaccessible) -> FileProblem {
    let problem = Problem::new(ProblemKind::Unreadable, closed.why);
    FileProblem { path: closed.place, problem, fatal: closed.is_lost }
}
