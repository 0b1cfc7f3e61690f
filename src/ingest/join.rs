//! Which recording a line of a table is about.
//!
//! By the name of its file where the table gives one, else by the start, give or take a minute, else by
//! the day.
//! Nothing that is said about one athlete's run ever reaches another's.

use std::collections::BTreeMap;

use super::{FileProblem, Ingested, MeasuredSession, clock_not_set, join_by_day};
use crate::activity::{Sport, is_before_clocks};
use crate::decode::{Location, Problem, ProblemKind};
use crate::export_tables::{ExportEntry, Recording};
use crate::units::{Seconds, UnixTime};

/// A table and where it lies.
pub(super) struct LocatedTable {
    pub(super) path: String,
    /// Whose it is; `None` where its own folder does not tell: then only the files right beside it
    /// are meant.
    pub(super) athlete: Option<String>,
    pub(super) entries: Vec<ExportEntry>,
}

/// How far apart the lengths of one activity may be stated, in seconds.
const SAME_LENGTH_S: f64 = 2.0;
/// How far apart the starts of one activity may be stated, in milliseconds.
const SAME_START_MS: i64 = 60_000;

/// The rows by what a table may know them by.
#[derive(Default)]
struct Index {
    path: BTreeMap<String, Vec<usize>>,
    base_name: BTreeMap<String, Vec<usize>>,
    start: Vec<(i64, usize)>,
}

/// Hands everything that tables say to the rows it is about.
pub(super) fn join(tables: &[LocatedTable], gathered: &mut Ingested) {
    if tables.is_empty() {
        return;
    }
    let index = Index::of(&gathered.measured);
    let mut unmatched = Vec::new();
    for table in tables {
        let mut missing = Vec::new();
        for listed in &table.entries {
            let found = index.find(table, listed, &gathered.measured);
            annotate(table, listed, &found, gathered);
            match listed.recording {
                _ if !found.is_empty() => {}
                Recording::File(_) => missing.push(listed.line),
                Recording::ByStart => unmatched.push((table, listed)),
                Recording::ByDay | Recording::None => gathered.unrecorded += 1,
            }
        }
        gathered.problems.extend(not_there(&table.path, &missing));
    }
    join_without_clock(&unmatched, gathered);
}

/// Hands what one line says to the rows that it is about, and its date too where their clock was not set.
fn annotate(table: &LocatedTable, listed: &ExportEntry, rows: &[usize], gathered: &mut Ingested) {
    for &row in rows {
        let mut annotations = listed.annotations.clone();
        annotations.by.clone_from(&table.path);
        gathered.measured[row].listed.push(annotations);
    }
    let recorded = rows.iter().map(|&row| gathered.measured[row].row.metadata.start).min();
    let Some((recorded, start)) =
        recorded.zip(listed.start).filter(|_| listed.recording != Recording::ByDay)
    else {
        return;
    };
    let is_by_name = rows.iter().any(|&row| clock_not_set::is_moved(&gathered.measured[row].row));
    if !is_by_name && !clock_not_set::table_decides(recorded, start) {
        return;
    }
    for &row in rows {
        let run = &mut gathered.measured[row];
        let own = run.row.metadata.start.0 - recorded.0;
        clock_not_set::move_to(&mut run.row, UnixTime(start.0 + own));
        let path = run.path().to_owned();
        let is_old =
            |old: &FileProblem| old.path == path && old.problem.kind == ProblemKind::ClockNotSet;
        gathered.problems.retain(|old| !is_old(old));
        let detail =
            format!("the clock of the watch was not set: the day is that in {}", table.path);
        let problem = Problem::new(ProblemKind::ClockNotSet, detail);
        gathered.problems.push(FileProblem { path, problem, fatal: false });
    }
}

/// Lines that no start leads to may be about recordings whose clock was not set: the length tells, where
/// one line and one recording of an athlete fit each other alone.
fn join_without_clock(unmatched: &[(&LocatedTable, &ExportEntry)], gathered: &mut Ingested) {
    let rows: Vec<usize> = (0..gathered.measured.len())
        .filter(|&row| is_before_clocks(gathered.measured[row].row.metadata.start))
        .collect();
    let lasts_as_long = |(table, listed): &(&LocatedTable, &ExportEntry), row: usize| {
        let run = &gathered.measured[row];
        let durations = &run.row.durations;
        let is_near = |seconds: Seconds| {
            listed.elapsed.is_some_and(|stated| {
                (stated.get() - seconds.get()).abs() <= SAME_LENGTH_S.max(0.002 * seconds.get())
            })
        };
        table.is_about(run)
            && same_sport(listed.annotations.sport.as_ref(), &run.row.metadata.sport)
            && (is_near(durations.elapsed) || is_near(durations.timer))
    };
    let fits: Vec<Vec<usize>> = unmatched
        .iter()
        .map(|line| rows.iter().copied().filter(|&row| lasts_as_long(line, row)).collect())
        .collect();
    for ((table, listed), own) in unmatched.iter().zip(&fits) {
        let alone = own.len() == 1 && fits.iter().filter(|other| *other == own).count() == 1;
        if alone {
            annotate(table, listed, own, gathered);
        } else {
            gathered.unrecorded += 1;
        }
    }
}

fn not_there(path: &str, lines: &[usize]) -> Option<FileProblem> {
    let first = *lines.first()?;
    let detail = match lines.len() {
        1 => "1 activity names a file that is not here".to_owned(),
        several => format!("{several} activities name files that are not here, the first of them"),
    };
    let problem = Problem::at(Location::Line(first as u32), ProblemKind::MissingFile, detail);
    Some(FileProblem { path: path.to_owned(), problem, fatal: false })
}

/// A path as tables write it: whether a file was unpacked since makes no difference.
fn comparable(path: &str) -> String {
    let path = path.replace('\\', "/").to_lowercase();
    path.strip_suffix(".gz").map_or(path.clone(), str::to_owned)
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

impl Index {
    fn of(measured: &[MeasuredSession]) -> Self {
        let mut index = Self::default();
        for (row, run) in measured.iter().enumerate() {
            let path = comparable(run.path());
            index.base_name.entry(base(&path).to_owned()).or_default().push(row);
            index.path.entry(path).or_default().push(row);
            index.start.push((run.row.metadata.start.0, row));
        }
        index.start.sort_unstable();
        index
    }

    fn find(
        &self,
        table: &LocatedTable,
        listed: &ExportEntry,
        measured: &[MeasuredSession],
    ) -> Vec<usize> {
        let mut found = match &listed.recording {
            Recording::File(name) => self.named(table, name, measured),
            Recording::ByStart => {
                listed.start.map_or_else(Vec::new, |start| self.begun(start.0, table, measured))
            }
            Recording::ByDay => self.on_day(listed, table, measured),
            Recording::None => Vec::new(),
        };
        let fits = |row: &usize| {
            same_sport(listed.annotations.sport.as_ref(), &measured[*row].row.metadata.sport)
        };
        // Of the legs of a multisport file a line is about those of its sport, but a single
        // recording may be called what its owner likes.
        if found.len() > 1 && found.iter().any(fits) {
            found.retain(fits);
        }
        found.sort_unstable();
        found
    }

    /// The sessions of the file of this name beside the table, or the only one of that name.
    fn named(&self, table: &LocatedTable, name: &str, measured: &[MeasuredSession]) -> Vec<usize> {
        let folder = table.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = comparable(&format!("{folder}/{name}"));
        let beside = beside.trim_start_matches('/');
        if let Some(rows) = self.path.get(beside) {
            return rows.clone();
        }
        let anywhere = self.base_name.get(base(&comparable(name))).map_or(&[][..], Vec::as_slice);
        let own: Vec<usize> =
            anywhere.iter().copied().filter(|&row| table.is_about(&measured[row])).collect();
        let mut paths = own.iter().map(|&row| measured[row].path());
        let first = paths.next();
        if paths.all(|path| Some(path) == first) { own } else { Vec::new() }
    }

    /// The recordings of the stated day that fit, if all are of one run.
    fn on_day(
        &self,
        listed: &ExportEntry,
        table: &LocatedTable,
        measured: &[MeasuredSession],
    ) -> Vec<usize> {
        let Some((from, to)) = join_by_day::window(listed) else { return Vec::new() };
        let first = self.start.partition_point(|(start, _)| *start < from);
        let near = self.start[first..].iter().take_while(|(start, _)| *start <= to);
        let fits = |(_, row): &&(i64, usize)| {
            let run = &measured[*row];
            table.is_about(run) && join_by_day::fits(listed, run)
        };
        let found: Vec<&(i64, usize)> = near.filter(fits).collect();
        let ends = found.first().zip(found.last());
        let is_one_run = ends.is_some_and(|(first, last)| last.0 - first.0 <= SAME_START_MS);
        if is_one_run { found.into_iter().map(|(_, row)| *row).collect() } else { Vec::new() }
    }

    fn begun(
        &self,
        start_ms: i64,
        table: &LocatedTable,
        measured: &[MeasuredSession],
    ) -> Vec<usize> {
        let (from, to) =
            (start_ms.saturating_sub(SAME_START_MS), start_ms.saturating_add(SAME_START_MS));
        let first = self.start.partition_point(|(start, _)| *start < from);
        let near = self.start[first..].iter().take_while(|(start, _)| *start <= to);
        near.map(|(_, row)| *row).filter(|&row| table.is_about(&measured[row])).collect()
    }
}

impl LocatedTable {
    fn is_about(&self, run: &MeasuredSession) -> bool {
        self.athlete.as_deref() == Some(run.athlete.as_str())
    }
}

/// A line about one leg of a multisport file is not about the others.
fn same_sport(stated: Option<&Sport>, recorded: &Sport) -> bool {
    match (stated, recorded) {
        (None | Some(Sport::Unspecified), _) | (_, Sport::Unspecified) => true,
        (Some(stated), recorded) => stated == recorded,
    }
}
