//! Folders that look like those of several people although the settings know of one.

use std::collections::BTreeMap;

use super::run::ReviewedRun;
use crate::decode::{Problem, ProblemKind};
use crate::ingest::FileProblem;
use crate::settings::Settings;

/// A shorter recording is no activity, in seconds.
const SHORTEST_S: f64 = 600.0;
/// Recordings that overlap by this share of the shorter one were made at the same time.
const OVERLAP: f64 = 0.5;
/// So many of them are no chance.
const PAIRS: usize = 2;

/// A recording of a folder, in seconds since 1970.
struct RecordedSpan<'r> {
    folder: &'r str,
    from: f64,
    to: f64,
}

/// Says which folders hold recordings of the same times that are not copies of each other, where nobody
/// said whose they are.
pub(super) fn several(settings: &Settings, runs: &[Box<ReviewedRun>]) -> Vec<FileProblem> {
    if settings.athletes.iter().any(|athlete| athlete.folder.is_some()) {
        return Vec::new();
    }
    let mut spans: Vec<RecordedSpan<'_>> = runs
        .iter()
        .map(|run| RecordedSpan::of(run))
        .filter(|span| span.to - span.from >= SHORTEST_S)
        .collect();
    spans.sort_by(|left, right| left.from.total_cmp(&right.from));
    let mut together: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, one) in spans.iter().enumerate() {
        let later = spans[index + 1..].iter().take_while(|other| other.from < one.to);
        for other in later.filter(|other| one.is_elsewhere_meanwhile(other)) {
            let folders = (one.folder.min(other.folder), one.folder.max(other.folder));
            *together.entry(folders).or_default() += 1;
        }
    }
    let problem = |((one, other), count): ((&str, &str), usize)| {
        let detail = format!(
            "{count} recordings were made at the same times as others in {}: if they are another person's, \
             give each an `[athletes.NAME]` with a `folder`",
            shown(other)
        );
        let problem = Problem::new(ProblemKind::NoAthlete, detail);
        FileProblem { path: shown(one).to_owned(), problem, fatal: false }
    };
    together.into_iter().filter(|(_, count)| *count >= PAIRS).map(problem).collect()
}

fn shown(folder: &str) -> &str {
    if folder.is_empty() { "this folder" } else { folder }
}

impl<'r> RecordedSpan<'r> {
    fn of(run: &'r ReviewedRun) -> Self {
        let row = &run.measured.row;
        let from = row.metadata.start.0 as f64 / 1000.0;
        let folder = run.measured.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        Self { folder, from, to: from + row.durations.elapsed.get() }
    }

    fn is_elsewhere_meanwhile(&self, other: &Self) -> bool {
        let both = self.to.min(other.to) - self.from.max(other.from);
        let shorter = (self.to - self.from).min(other.to - other.from);
        self.folder != other.folder && both >= OVERLAP * shorter
    }
}
