//! One file's bytes → what it is.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

use super::memory::check_memory;
use super::repeated::RepeatedProblems;
use super::time_allowance::TimeAllowance;
use super::{ContentHash, clock_not_set, google_fit};
use crate::activity::{Activity, Repair, RepairKind};
use crate::decode::{self, Decoded, Limits, Problem, ProblemKind, Refusal, keep_few_of_each_kind};
use crate::export_tables::{self, ExportEntry};
use crate::metrics::{RunMetrics, Unmeasurable, measure};
use crate::repair::repair;

/// Names of files that are worth a word when nothing can be read from them.
const ACTIVITY_NAMES: [&str; 15] = [
    ".fit", ".gpx", ".tcx", ".hrm", ".pwx", ".sml", ".gz", ".zip", ".7z", ".rar", ".tar", ".tgz",
    ".xz", ".bz2", ".zst",
];

/// What became of one file: all that is ever needed of it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileReading {
    /// Its path as the user would write it, with `/`.
    pub path: String,
    /// What it is.
    pub outcome: FileOutcome,
    /// What was forgiven on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Problem>,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileOutcome {
    /// A recording: at least one session that could be measured.
    Sessions(Sessions),
    /// The table of an export.
    Table(Vec<ExportEntry>),
    /// Nothing that is judged, and what it is instead.
    NotARun(String),
    /// Nothing that can be used, and why.
    Failed(Problem),
}

/// The measured sessions of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sessions {
    /// The hash of its bytes.
    pub content: ContentHash,
    /// The id of its format.
    pub format: Cow<'static, str>,
    /// The rows in the order of the file.
    pub rows: Vec<RunMetrics>,
}

impl FileReading {
    /// A file of which nothing can be used.
    pub fn failed(path: String, problem: Problem) -> Self {
        Self { path, outcome: FileOutcome::Failed(problem), warnings: Vec::new() }
    }

    /// A file that is read no further, by its name and its first bytes.
    pub fn unwanted(path: String, head: &[u8]) -> Self {
        let refusal = decode::decode(head, &Limits::default()).err();
        Self::refused(path, refusal)
    }

    /// An archive is a file of its own only where it holds none, or hides some.
    pub fn archive(path: &str, is_empty: bool, hidden: Vec<Problem>) -> Option<Self> {
        (is_empty || !hidden.is_empty()).then(|| Self {
            path: path.to_owned(),
            outcome: FileOutcome::NotARun(
                if is_empty { "an empty archive" } else { "an archive" }.to_owned(),
            ),
            warnings: hidden,
        })
    }

    /// A file that ended the reading by a fault of ours.
    pub fn own_fault(path: String) -> Self {
        Self::failed(path, own_fault("reading"))
    }

    fn not_a_run(path: String, what: impl Into<String>) -> Self {
        Self { path, outcome: FileOutcome::NotARun(what.into()), warnings: Vec::new() }
    }

    pub(super) fn refused(path: String, refusal: Option<Refusal>) -> Self {
        match refusal {
            Some(Refusal::Unusable(problem))
                if problem.kind != ProblemKind::UnknownFormat || is_named_like_one(&path) =>
            {
                Self::failed(path, problem)
            }
            Some(Refusal::NotAnActivity(what)) => Self::not_a_run(path, what),
            _ if is_side_file(&path) => Self::not_a_run(path, "a macOS side file"),
            _ => Self::not_a_run(path, "another kind of file"),
        }
    }
}

/// Whether a file with this name and these first bytes is worth reading on.
pub fn is_wanted(path: &str, head: &[u8]) -> bool {
    !is_side_file(path)
        && (decode::recognise(head).is_some_and(|format| format.id != decode::not_read::FORMAT.id)
            || export_tables::recognise(path, head).is_some())
}

/// Reads a whole file; `damage` is what happened to its bytes on the way here.
pub fn read(path: String, bytes: &[u8], damage: Option<Problem>, limits: &Limits) -> FileReading {
    if let Err(problem) = check_memory(bytes.len()) {
        return FileReading::failed(path, problem);
    }
    if let Some(table) = export_tables::recognise(&path, bytes) {
        return match table.read(bytes, &export_tables::Bounds::default()) {
            Ok(listing) => FileReading {
                path,
                outcome: FileOutcome::Table(listing.entries),
                warnings: damage.into_iter().chain(listing.warnings).collect(),
            },
            Err(problem) => FileReading::failed(path, problem),
        };
    }
    match catch_unwind(AssertUnwindSafe(|| decode::decode(bytes, limits))) {
        Ok(Ok((decoded, format))) => {
            measured(path, ContentHash::of(bytes), decoded, format.id, damage)
        }
        Ok(Err(refusal)) => FileReading::refused(path, Some(refusal)),
        Err(_) => FileReading::failed(path, own_fault("reading")),
    }
}

pub(super) fn own_fault(doing: &str) -> Problem {
    let detail = format!("a fault of talktest itself while {doing} this file: please report it");
    Problem::new(ProblemKind::InternalError, detail)
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_side_file(path: &str) -> bool {
    base(path).starts_with("._")
}

fn is_named_like_one(path: &str) -> bool {
    let lower = base(path).to_lowercase();
    !is_side_file(path) && ACTIVITY_NAMES.iter().any(|ending| lower.ends_with(ending))
}

fn measured(
    path: String,
    content: ContentHash,
    decoded: Decoded,
    format: &'static str,
    damage: Option<Problem>,
) -> FileReading {
    let mut activities = decoded.activities;
    google_fit::cut(&path, format, &mut activities);
    if let Some(last) = activities.last_mut() {
        last.breaks_off |= damage.as_ref().is_some_and(|damage| damage.kind.breaks_off());
    }
    let damaged = damage.as_ref().is_some_and(|damage| damage.kind.is_damage());
    activities.iter_mut().for_each(|activity| activity.damaged |= damaged);
    let (mut rows, mut lost) = (Vec::new(), Vec::new());
    let mut repaired = RepeatedProblems::default();
    let mut allowance = TimeAllowance::of(&activities);
    for mut activity in activities {
        match measured_session(&mut activity, &mut allowance) {
            Ok(row) => {
                let problems = row.metadata.repairs.iter().filter_map(repair_problem);
                problems.for_each(|problem| repaired.add(problem));
                rows.push(row);
            }
            Err(problem) => lost.push(problem),
        }
    }
    if rows.is_empty() && lost.iter().all(|problem| problem.kind == ProblemKind::NoWay) {
        return FileReading::not_a_run(path, Unmeasurable::NoWay.to_string());
    }
    let mut warnings: Vec<Problem> =
        damage.into_iter().chain(decoded.warnings).chain(repaired.problems()).collect();
    if clock_not_set::follow_name(&path, &mut rows) {
        warnings.retain(|warning| warning.kind != ProblemKind::ClockNotSet);
        let detail = "the clock of the watch was not set: the day is that in the name of the file";
        warnings.push(Problem::new(ProblemKind::ClockNotSet, detail));
    }
    // One lost session does not make a lost file, and a lost file is lost once.
    let outcome = match lost.first() {
        Some(first) if rows.is_empty() => FileOutcome::Failed(first.clone()),
        _ => FileOutcome::Sessions(Sessions { content, format: format.into(), rows }),
    };
    let told = usize::from(matches!(outcome, FileOutcome::Failed(_)));
    warnings.extend(RepeatedProblems::of(lost.into_iter().skip(told)).problems());
    keep_few_of_each_kind(&mut warnings);
    FileReading { path, outcome, warnings }
}

/// What the user should hear of what was put right.
pub(super) fn repair_problem(repair: &Repair) -> Option<Problem> {
    let kind = match repair.kind {
        RepairKind::StaleRecords | RepairKind::ClockSet | RepairKind::ClockNotSet => {
            ProblemKind::ImplausibleTime
        }
        RepairKind::StatedTotals => ProblemKind::NoRecords,
        _ => ProblemKind::DroppedRecords,
    };
    repair.kind.is_worth_reporting().then(|| Problem::new(kind, repair.sentence()))
}

fn problem_kind(why: Unmeasurable) -> ProblemKind {
    match why {
        Unmeasurable::NoTime => ProblemKind::NoRecords,
        Unmeasurable::NoWay => ProblemKind::NoWay,
        Unmeasurable::TooLong { .. } => ProblemKind::ImplausibleTime,
    }
}

/// What a recorder got wrong is put right first: a clock that was not set is no long time.
pub(super) fn measured_session(
    activity: &mut Activity,
    allowance: &mut TimeAllowance,
) -> Result<RunMetrics, Problem> {
    let measured = catch_unwind(AssertUnwindSafe(|| {
        repair(activity);
        allowance.take(activity)?;
        measure(activity).map_err(|why| Problem::new(problem_kind(why), why.to_string()))
    }));
    match measured {
        Ok(measured) => measured,
        Err(_) => Err(own_fault("measuring")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(path: &str, bytes: &[u8]) -> FileOutcome {
        read(path.to_owned(), bytes, None, &Limits::default()).outcome
    }

    #[test]
    fn only_what_is_named_like_a_run_is_missed() {
        let kind = |outcome| match outcome {
            FileOutcome::Failed(problem) => Some(problem.kind),
            _ => None,
        };
        assert_eq!(kind(read_as("a/b.fit", b"hello")), Some(ProblemKind::UnknownFormat));
        assert_eq!(
            read_as("a/b.txt", b"hello"),
            FileOutcome::NotARun("another kind of file".to_owned())
        );
        assert_eq!(
            read_as("a/._b.fit", b"hello"),
            FileOutcome::NotARun("a macOS side file".to_owned())
        );
        assert_eq!(kind(read_as("empty.gpx", b"")), Some(ProblemKind::Empty));
    }

    #[test]
    fn pictures_and_films_are_not_read_on() {
        assert!(!is_wanted("media/a.jpg", b"\xff\xd8\xff\xe0"));
        assert!(is_wanted("media/a.jpg", b"<?xml version='1.0'?><gpx>"), "names prove nothing");
    }

    #[test]
    fn a_reading_is_kept_whole_in_json() {
        let problem = Problem::new(ProblemKind::Truncated, "cut");
        let failed = FileReading {
            warnings: vec![problem.clone()],
            ..FileReading::failed("a.fit".to_owned(), problem)
        };
        let text = serde_json::to_string(&failed).unwrap();
        assert_eq!(serde_json::from_str::<FileReading>(&text).unwrap(), failed);
    }

    #[test]
    fn a_run_in_a_damaged_archive_breaks_off() {
        let gpx = "<gpx version='1.1' creator='c'><trk><trkseg>\
            <trkpt lat='52' lon='13'><time>2026-05-01T08:00:00Z</time></trkpt>\
            <trkpt lat='52.001' lon='13'><time>2026-05-01T08:00:40Z</time></trkpt>\
            </trkseg></trk></gpx>";
        let damage = Problem::new(ProblemKind::Truncated, "cut");
        let reading =
            read("a.gpx".to_owned(), gpx.as_bytes(), Some(damage.clone()), &Limits::default());
        let FileOutcome::Sessions(sessions) = reading.outcome else { panic!("{reading:?}") };
        assert!(sessions.rows[0].metadata.breaks_off);
        assert_eq!(reading.warnings, [damage]);
    }
}
