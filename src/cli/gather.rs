//! Files → rows, in parallel; a bad file is a line in the report.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use talktest::activity::{LabelSource, LabelText};
use talktest::decode::{Decoded, Format, Limits, Problem, ProblemKind, Refusal, decode};
use talktest::metrics::measure;
use talktest::review::{FileProblem, Gathered, Measured, NotRun, Source};
use talktest::settings::Settings;
use xxhash_rust::xxh3::xxh3_128;

use super::progress;
use crate::source::{Found, Walk};

/// Names of files that are worth a word when nothing can be read from them.
const ACTIVITY_NAMES: [&str; 5] = [".fit", ".gpx", ".tcx", ".gz", ".zip"];

/// What became of one file.
#[derive(Default)]
struct FileResult {
    hash: u128,
    measured: Vec<Measured>,
    not_run: Option<NotRun>,
    problems: Vec<FileProblem>,
}

/// Reads, decodes and measures every file of a walk.
pub fn gather(walk: Walk, settings: &Settings, limits: &Limits, show_progress: bool) -> Gathered {
    let bar = progress::bar(walk.files.len(), show_progress);
    // A place that cannot be used was looked at like a file, so that all counts add up.
    let seen = walk.files.len() + walk.closed.iter().filter(|closed| closed.is_lost).count();
    let results: Vec<FileResult> = walk
        .files
        .par_iter()
        .map(|file| {
            let result = read(file, settings, limits);
            bar.inc(1);
            result
        })
        .collect();
    bar.finish_and_clear();
    let closed = walk.closed.into_iter().map(|closed| FileProblem {
        path: closed.place,
        problem: Problem::new(ProblemKind::Unreadable, closed.why),
        fatal: closed.is_lost,
    });
    merge(seen, results, closed.collect())
}

/// Puts the results together in the order of the files; copies become further sources.
fn merge(seen: usize, results: Vec<FileResult>, problems: Vec<FileProblem>) -> Gathered {
    let mut gathered = Gathered { seen, problems, ..Gathered::default() };
    let mut first_with: BTreeMap<(u128, String), std::ops::Range<usize>> = BTreeMap::new();
    for result in results {
        gathered.not_runs.extend(result.not_run);
        gathered.problems.extend(result.problems);
        let Some(athlete) = result.measured.first().map(|first| first.athlete.clone()) else {
            continue;
        };
        if let Some(range) = first_with.get(&(result.hash, athlete.clone())) {
            gathered.duplicates += 1;
            let originals = &mut gathered.measured[range.clone()];
            for (original, copy) in originals.iter_mut().zip(result.measured) {
                original.sources.extend(copy.sources);
            }
        } else {
            let start = gathered.measured.len();
            gathered.measured.extend(result.measured);
            first_with.insert((result.hash, athlete), start..gathered.measured.len());
        }
    }
    gathered
}

fn read(file: &Found, settings: &Settings, limits: &Limits) -> FileResult {
    let refused = |problem: Problem| FileResult {
        problems: vec![FileProblem { path: file.name.clone(), problem, fatal: true }],
        ..FileResult::default()
    };
    let base = file.name.rsplit('/').next().unwrap_or(&file.name);
    if base.starts_with("._") {
        return not_a_run(file, "a macOS side file");
    }
    let athlete = match settings.athlete_of(&file.name) {
        Ok(athlete) => athlete.name.clone(),
        Err(why) => return refused(Problem::new(ProblemKind::NoAthlete, why.to_string())),
    };
    let bytes = match bytes(file, limits) {
        Ok(bytes) => bytes,
        Err(problem) => return refused(problem),
    };
    let decoded = catch_unwind(AssertUnwindSafe(|| decode(&bytes, limits)));
    match decoded {
        Ok(Ok((decoded, format))) => {
            FileResult { hash: xxh3_128(&bytes), ..measured(file, &athlete, decoded, format) }
        }
        Ok(Err(Refusal::NotAnActivity(what))) => not_a_run(file, &what),
        Ok(Err(Refusal::Unusable(problem))) => {
            if problem.kind == ProblemKind::UnknownFormat && !is_named_like_one(base) {
                return not_a_run(file, "another kind of file");
            }
            refused(problem)
        }
        Err(_) => refused(Problem::new(
            ProblemKind::InternalError,
            "a fault of talktest itself while reading this file: please report it",
        )),
    }
}

fn is_named_like_one(base: &str) -> bool {
    let lower = base.to_lowercase();
    ACTIVITY_NAMES.iter().any(|ending| lower.ends_with(ending))
}

fn not_a_run(file: &Found, what: &str) -> FileResult {
    let not_run = NotRun { what: what.to_owned(), path: file.name.clone() };
    FileResult { not_run: Some(not_run), ..FileResult::default() }
}

fn bytes(file: &Found, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: std::io::Error| {
        Problem::new(ProblemKind::Unreadable, format!("cannot be read: {error}"))
    };
    let size = std::fs::metadata(&file.path).map_err(unreadable)?.len();
    if size > limits.max_bytes {
        let detail =
            format!("{size} bytes are more than the limit of {} (max_bytes)", limits.max_bytes);
        return Err(Problem::new(ProblemKind::LimitExceeded, detail));
    }
    std::fs::read(&file.path).map_err(unreadable)
}

fn measured(file: &Found, athlete: &str, decoded: Decoded, format: &'static Format) -> FileResult {
    let mut result = FileResult::default();
    let problem = |problem| FileProblem { path: file.name.clone(), problem, fatal: false };
    result.problems.extend(decoded.warnings.into_iter().map(problem));
    let mut lost = Vec::new();
    for mut activity in decoded.activities {
        activity.texts.push(LabelText { source: LabelSource::FileName, text: stem(&file.name) });
        if let Some(folder) = file.name.rsplit('/').nth(1) {
            activity.texts.push(LabelText { source: LabelSource::Folder, text: folder.to_owned() });
        }
        let source =
            Source { path: file.name.clone(), format: format.id, session: activity.session };
        match catch_unwind(AssertUnwindSafe(|| measure(&activity))) {
            Ok(Ok(row)) => {
                result.measured.push(Measured {
                    athlete: athlete.to_owned(),
                    sources: vec![source],
                    row,
                });
            }
            Ok(Err(why)) => lost.push(Problem::new(ProblemKind::NoRecords, why.to_string())),
            Err(_) => {
                let detail =
                    "a fault of talktest itself while measuring this file: please report it";
                lost.push(Problem::new(ProblemKind::InternalError, detail));
            }
        }
    }
    let mut lost: Vec<FileProblem> = lost.into_iter().map(problem).collect();
    // One lost session does not make a lost file, and a lost file is lost once.
    if let Some(first) = lost.first_mut() {
        first.fatal = result.measured.is_empty();
    }
    result.problems.extend(lost);
    result
}

/// The name of a file without folders and ending.
fn stem(name: &str) -> String {
    let base = name.rsplit('/').next().unwrap_or(name);
    base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_owned()
}
