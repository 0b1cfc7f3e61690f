//! How many files there were, and what they held.

use std::collections::BTreeMap;

use serde::Serialize;

use super::run::ReviewedRun;

/// How many files there were: `seen` is the sum of all others but `runs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FileCounts {
    /// Files looked at.
    pub seen: usize,
    /// Runs found; a file may hold several.
    pub runs: usize,
    /// Files with at least one run.
    pub with_runs: usize,
    /// Files that hold no run.
    pub not_runs: usize,
    /// Copies of files already read.
    pub duplicates: usize,
    /// Files of which nothing could be used.
    pub failed: usize,
    /// Activities that a table of an export lists and that nothing was recorded of; no files.
    pub unrecorded: usize,
}

impl FileCounts {
    /// Adds what the files of one athlete hold to what was seen.
    pub(super) fn add(&mut self, other: &Self) {
        let Self { seen, runs, with_runs, not_runs, duplicates, failed, unrecorded } = self;
        *seen += other.seen;
        *runs += other.runs;
        *with_runs += other.with_runs;
        *not_runs += other.not_runs;
        *duplicates += other.duplicates;
        *failed += other.failed;
        *unrecorded += other.unrecorded;
    }
}

/// Counts the files that hold runs, other sports only, or nothing but copies.
pub(super) fn count_files(runs: &[ReviewedRun]) -> FileCounts {
    let mut of_path: BTreeMap<&str, SessionCounts> = BTreeMap::new();
    for run in runs {
        for (place, source) in run.measured.sources.iter().enumerate() {
            let sessions = of_path.entry(&source.path).or_default();
            let role = match place {
                0 if run.is_run() => SessionRole::Run,
                0 => SessionRole::NotRun,
                _ => SessionRole::Copy,
            };
            *sessions.entry(source.session).or_default().entry(role).or_default() += 1;
        }
    }
    let runs = runs.iter().filter(|run| run.is_run()).count();
    let mut counts = FileCounts { runs, ..FileCounts::default() };
    of_path.values().for_each(|sessions| count(sessions, &mut counts));
    counts
}

/// By number of the session in its file: how many there are in each role.
type SessionCounts = BTreeMap<u16, BTreeMap<SessionRole, usize>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SessionRole {
    Run,
    NotRun,
    Copy,
}

/// One name may stand for files of several folders: then a session number comes more than once.
fn count(sessions: &SessionCounts, counts: &mut FileCounts) {
    let most = |of: &dyn Fn(&BTreeMap<SessionRole, usize>) -> usize| {
        sessions.values().map(of).max().unwrap_or(0)
    };
    let in_role =
        |role| most(&|roles: &BTreeMap<SessionRole, usize>| roles.get(&role).copied().unwrap_or(0));
    let files = most(&|roles| roles.values().sum());
    let with_runs = in_role(SessionRole::Run);
    let not_runs = in_role(SessionRole::NotRun).min(files - with_runs);
    counts.with_runs += with_runs;
    counts.not_runs += not_runs;
    counts.duplicates += files - with_runs - not_runs;
}
