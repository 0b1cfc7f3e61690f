//! Files → rows, in parallel, with progress; a bad file is a line in the report.

use talktest::decode::{Problem, ProblemKind};
use talktest::gather::{self, FileProblem, Gathered};
use talktest::settings::Settings;

use super::limits::limits;
use super::progress;
use crate::source::{Reader, Walk, read};

/// Reads, decodes and measures every file of a walk, of one athlete or of all.
pub fn gather(
    walk: Walk,
    settings: &Settings,
    athlete: Option<&str>,
    show_progress: bool,
) -> Gathered {
    let bar = progress::bar(walk.files.len(), show_progress);
    let is_asked = |path: &str| {
        athlete.is_none_or(|name| settings.athlete_of(path).is_ok_and(|owner| owner.name == name))
    };
    let reader = Reader {
        limits: &limits(&settings.reading),
        is_asked: &is_asked,
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
