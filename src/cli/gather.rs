//! Files → rows, in parallel, with progress; a bad file is a line in the report.

use talktest::decode::{Limits, Problem, ProblemKind};
use talktest::gather::{self, FileProblem, Gathered};
use talktest::settings::Settings;

use super::progress;
use crate::logbook::Logbook;
use crate::source::{Known, Reader, Walk, read};

/// How files are gathered.
pub struct Gathering<'a> {
    /// Whose files are whose.
    pub settings: &'a Settings,
    /// The one athlete whose files are read; all if none is named.
    pub athlete: Option<&'a str>,
    /// Bounds for what is read.
    pub limits: &'a Limits,
    /// Whether somebody wants to see how far it is.
    pub show_progress: bool,
    /// What earlier jobs know.
    pub logbook: Option<&'a Logbook>,
    /// Whether to read on.
    pub goes_on: &'a (dyn Fn() -> bool + Sync),
}

/// Reads, decodes and measures every file of a walk, of one athlete or of all.
pub fn gather(
    walk: Walk,
    settings: &Settings,
    athlete: Option<&str>,
    limits: &Limits,
    show_progress: bool,
) -> Gathered {
    let goes_on = &|| true;
    gather_known(
        walk,
        &Gathering { settings, athlete, limits, show_progress, logbook: None, goes_on },
    )
}

/// Reads what the logbook does not know, and takes the rest from there.
pub fn gather_known(walk: Walk, gathering: &Gathering<'_>) -> Gathered {
    let Gathering { settings, athlete, limits, .. } = *gathering;
    let bar = progress::bar(walk.files.len(), gathering.show_progress);
    let is_asked = |path: &str| {
        athlete.is_none_or(|name| settings.athlete_of(path).is_ok_and(|owner| owner.name == name))
    };
    let reader = Reader {
        limits,
        is_asked: &is_asked,
        known: Known { logbook: gathering.logbook, is_partial: athlete.is_some() },
        goes_on: gathering.goes_on,
        found: &|files| bar.inc_length(files as u64),
        done: &|| bar.inc(1),
    };
    let readings = read(&walk.files, &reader);
    bar.finish_and_clear();
    let mut gathered = gather::gather(readings, settings);
    for closed in walk.closed {
        // A place that cannot be used was looked at like a file, so that all counts add up.
        gathered.seen += usize::from(closed.is_lost);
        gathered.problems.push(FileProblem {
            path: closed.place,
            problem: Problem::new(ProblemKind::Unreadable, closed.why),
            fatal: closed.is_lost,
        });
    }
    gathered
}
