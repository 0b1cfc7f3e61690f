//! Files → rows, in parallel, with progress; a bad file is a line in the report.

use indicatif::ProgressBar;
use talktest::decode::{Problem, ProblemKind};
use talktest::gather::{self, FileProblem, FileReading, Gathered, Owned};
use talktest::settings::Settings;

use super::limits::limits;
use super::progress;
use crate::source::{Closed, Found, Reader, Walk, read};

/// Reads, decodes and measures every file of a walk, of one athlete or of all.
pub fn gather(
    walk: Walk,
    settings: &Settings,
    athlete: Option<&str>,
    show_progress: bool,
) -> Gathered {
    let bar = progress::bar(walk.files.len(), show_progress);
    let readings = readings(&walk.files, settings, athlete, &bar);
    bar.finish_and_clear();
    let files = readings.into_iter().map(|reading| Owned::by_folder(reading, settings)).collect();
    gather::gather(files, walk.closed.into_iter().map(closed).collect(), athlete)
}

/// What becomes of these files, in their order whatever the number of threads.
pub fn readings(
    files: &[Found],
    settings: &Settings,
    athlete: Option<&str>,
    bar: &ProgressBar,
) -> Vec<FileReading> {
    let is_asked = |path: &str| {
        athlete.is_none_or(|name| settings.athlete_of(path).is_ok_and(|owner| owner.name == name))
    };
    let reader = Reader {
        limits: &limits(&settings.reading),
        is_asked: &is_asked,
        found: &|files| bar.inc_length(files as u64),
        done: &|| bar.inc(1),
    };
    read(files, &reader)
}

/// A place that could not be entered.
pub fn closed(closed: Closed) -> FileProblem {
    let problem = Problem::new(ProblemKind::Unreadable, closed.why);
    FileProblem { path: closed.place, problem, fatal: closed.is_lost }
}
