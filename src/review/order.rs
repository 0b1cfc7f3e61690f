//! Which rows can be read, in which order the runs stand, and how many files they came from.

use std::collections::BTreeMap;

use rayon::iter::Either;
use rayon::prelude::*;

use super::{FileProblem, Measured, ReviewedRun};
use crate::decode::{Problem, ProblemKind};

/// Rows whose lanes cannot be read are problems of their files, not of the batch.
pub(super) fn split_damaged(measured: Vec<Measured>) -> (Vec<Measured>, Vec<FileProblem>) {
    let read = |measured: Measured| match measured.row.lanes.unpack() {
        Ok(_) => Either::Left(measured),
        Err(why) => Either::Right(FileProblem {
            path: measured.sources.first().map_or_else(String::new, |source| source.path.clone()),
            problem: Problem::new(ProblemKind::InternalError, why.to_string()),
            fatal: true,
        }),
    };
    measured.into_par_iter().partition_map(read)
}

/// Sorts by athlete, start and first path, and gives every run its id.
pub(super) fn put_in_order(runs: &mut [ReviewedRun]) {
    runs.par_iter_mut().for_each(|run| run.measured.sources.sort());
    runs.sort_by(|left, right| {
        let key = |run: &ReviewedRun| (run.measured.athlete.clone(), run.measured.row.said.start);
        key(left).cmp(&key(right)).then_with(|| left.measured.sources.cmp(&right.measured.sources))
    });
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for run in runs {
        let said = &run.measured.row.said;
        let start = said.start.date_time().map_or_else(
            || said.start.0.to_string(),
            |time| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        );
        let base = format!("{start}-{}", said.sport.name());
        let count = seen.entry((run.measured.athlete.clone(), base.clone())).or_default();
        *count += 1;
        run.id = if *count == 1 { base } else { format!("{base}-{count}") };
    }
}

/// Files with at least one run, and files with sessions of other sports only.
pub(super) fn files_with_runs(runs: &[ReviewedRun]) -> (usize, usize) {
    let mut of_path: BTreeMap<&str, Vec<&ReviewedRun>> = BTreeMap::new();
    for run in runs {
        of_path
            .entry(run.measured.sources.first().map_or("", |source| &source.path))
            .or_default()
            .push(run);
    }
    let (mut with, mut without) = (0, 0);
    for sessions in of_path.values() {
        let any = sessions.iter().any(|session| session.is_run);
        *(if any { &mut with } else { &mut without }) += files_of_one_name(sessions);
    }
    (with, without)
}

/// One name may stand for files of several folders: then a session number comes more than once.
fn files_of_one_name(sessions: &[&ReviewedRun]) -> usize {
    let mut of_number: BTreeMap<u16, usize> = BTreeMap::new();
    for session in sessions {
        *of_number.entry(session.measured.row.said.session).or_default() += 1;
    }
    of_number.into_values().max().unwrap_or(0)
}
