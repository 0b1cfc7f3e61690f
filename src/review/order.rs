//! Which rows can be read, in which order the runs stand, and how many files they came from.

use std::collections::BTreeMap;

use super::FileCounts;
use super::judged_run::JudgedRun;
use crate::decode::{Problem, ProblemKind};
use crate::ingest::{FileProblem, MeasuredSession};
use crate::parallel::prelude::*;

/// Rows whose lanes cannot be read are problems of their files, not of the batch.
pub(super) fn split_damaged(
    measured: Vec<MeasuredSession>,
) -> (Vec<MeasuredSession>, Vec<FileProblem>) {
    let read = |measured: MeasuredSession| match measured.row.channels.check() {
        Ok(()) => Ok(measured),
        Err(why) => Err(FileProblem {
            path: measured.path().to_owned(),
            problem: Problem::new(ProblemKind::InternalError, why.to_string()),
            fatal: true,
        }),
    };
    let read: Vec<_> = measured.into_par_iter().map(read).collect();
    let (mut sound, mut damaged) = (Vec::with_capacity(read.len()), Vec::new());
    for session in read {
        match session {
            Ok(session) => sound.push(session),
            Err(problem) => damaged.push(problem),
        }
    }
    (sound, damaged)
}

/// The rows of each athlete.
pub(super) fn by_athlete(measured: Vec<MeasuredSession>) -> BTreeMap<String, Vec<MeasuredSession>> {
    let mut of_athlete: BTreeMap<String, Vec<MeasuredSession>> = BTreeMap::new();
    for measured in measured {
        of_athlete.entry(measured.athlete.clone()).or_default().push(measured);
    }
    of_athlete
}

/// Sorts by athlete, start and first path, and gives every run its id.
pub(super) fn put_in_order(runs: &mut [JudgedRun]) {
    runs.sort_by(|left, right| {
        let key = |run: &JudgedRun| (run.measured.athlete.clone(), run.measured.row.metadata.start);
        key(left).cmp(&key(right)).then_with(|| left.measured.sources.cmp(&right.measured.sources))
    });
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for run in runs {
        let said = &run.measured.row.metadata;
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

/// Counts the files that hold runs, other sports only, or nothing but copies.
pub(super) fn count_files(runs: &[JudgedRun]) -> FileCounts {
    let mut of_path: BTreeMap<&str, Sessions> = BTreeMap::new();
    for run in runs {
        for (place, source) in run.measured.sources.iter().enumerate() {
            let sessions = of_path.entry(&source.path).or_default();
            let role = match place {
                0 if run.is_run => Role::Run,
                0 => Role::NotRun,
                _ => Role::Copy,
            };
            *sessions.entry(source.session).or_default().entry(role).or_default() += 1;
        }
    }
    let mut counts = FileCounts::default();
    of_path.values().for_each(|sessions| count(sessions, &mut counts));
    counts
}

/// By number of the session in its file: how many there are in each role.
type Sessions = BTreeMap<u16, BTreeMap<Role, usize>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Run,
    NotRun,
    Copy,
}

/// One name may stand for files of several folders: then a session number comes more than once.
fn count(sessions: &Sessions, counts: &mut FileCounts) {
    let most =
        |of: &dyn Fn(&BTreeMap<Role, usize>) -> usize| sessions.values().map(of).max().unwrap_or(0);
    let in_role =
        |role| most(&|roles: &BTreeMap<Role, usize>| roles.get(&role).copied().unwrap_or(0));
    let files = most(&|roles| roles.values().sum());
    let with_runs = in_role(Role::Run);
    let not_runs = in_role(Role::NotRun).min(files - with_runs);
    counts.with_runs += with_runs;
    counts.not_runs += not_runs;
    counts.duplicates += files - with_runs - not_runs;
}
