//! How many files there were, and what they held.

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
pub(super) fn count_files(runs: &[Box<ReviewedRun>]) -> FileCounts {
    let mut counts = FileCounts {
        runs: runs.iter().filter(|run| run.is_run()).count(),
        ..FileCounts::default()
    };
    let mut sessions: Vec<FileSession> = runs.iter().flat_map(|run| FileSession::of(run)).collect();
    sessions.sort_unstable();
    let of_file = sessions.chunk_by(|left, right| left.path == right.path);
    of_file.for_each(|sessions| count(sessions, &mut counts));
    counts
}

/// A session of a file, by path and number.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FileSession<'r> {
    path: &'r str,
    number: u16,
    role: SessionRole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SessionRole {
    Run,
    NotRun,
    Copy,
}

impl<'r> FileSession<'r> {
    /// The sessions of all files that hold a run.
    fn of(run: &'r ReviewedRun) -> impl Iterator<Item = Self> {
        let own = if run.is_run() { SessionRole::Run } else { SessionRole::NotRun };
        let roles = std::iter::once(own).chain(std::iter::repeat(SessionRole::Copy));
        run.measured.sources.iter().zip(roles).map(|(source, role)| Self {
            path: &source.path,
            number: source.session,
            role,
        })
    }
}

/// One name may stand for files of several folders: then a session number comes more than once.
fn count(sessions: &[FileSession], counts: &mut FileCounts) {
    let most = |of: &dyn Fn(&[FileSession]) -> usize| {
        sessions.chunk_by(|left, right| left.number == right.number).map(of).max().unwrap_or(0)
    };
    let in_role = |role| most(&|alike| alike.iter().filter(|one| one.role == role).count());
    let files = most(&|alike| alike.len());
    let with_runs = in_role(SessionRole::Run);
    let not_runs = in_role(SessionRole::NotRun).min(files - with_runs);
    counts.with_runs += with_runs;
    counts.not_runs += not_runs;
    counts.duplicates += files - with_runs - not_runs;
}
