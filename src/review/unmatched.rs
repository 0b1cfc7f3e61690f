//! Rows of notes and plans that are about no run, or about no single one: each is pointed out with
//! its line.

use chrono::NaiveDate;

use super::inputs::PlanAndNotes;
use super::run::ReviewedRun;
use crate::decode::{Location, Problem, ProblemKind};
use crate::ingest::FileProblem;
use crate::settings::{NoteRow, Notes, Plan, PlanRow};

/// A session as notes and plans know it.
struct DatedSession<'r> {
    paths: Vec<&'r str>,
    date: NaiveDate,
}

/// The rows of an athlete's notes and plan that fit no run, or several.
pub(super) fn unmatched_rows(
    plan_and_notes: &PlanAndNotes,
    own: &[Box<ReviewedRun>],
) -> Vec<FileProblem> {
    let PlanAndNotes { plan, notes } = plan_and_notes;
    let sessions: Vec<DatedSession> = own.iter().map(|run| DatedSession::of(run)).collect();
    let notes = notes.iter().flat_map(|notes| unmatched_notes(notes, &sessions));
    notes.chain(unmatched_plan(plan, &sessions)).collect()
}

impl<'r> DatedSession<'r> {
    fn of(run: &'r ReviewedRun) -> Self {
        let paths = run.measured.sources.iter().map(|source| source.path.as_str()).collect();
        Self { paths, date: run.start.date() }
    }
}

/// How many runs a row fits, as far as that is a fault.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    NoRun,
    SeveralRuns,
}

fn unmatched_notes(notes: &Notes, sessions: &[DatedSession]) -> Vec<FileProblem> {
    let lines = |fault| -> Vec<usize> {
        let rows = notes.rows.iter().filter(|row| fault_of(row, sessions) == Some(fault));
        rows.map(|row| row.line).collect()
    };
    let none = problem(&notes.name, &lines(Fault::NoRun), "matches no run", "match no run");
    let several = problem(
        &notes.name,
        &lines(Fault::SeveralRuns),
        "is about a day or a name with several runs; name the file",
        "are about a day or a name with several runs; name the file",
    );
    none.into_iter().chain(several).collect()
}

/// Of a single session nothing can be said: the other rows are about runs that were not looked at.
fn fault_of(row: &NoteRow, sessions: &[DatedSession]) -> Option<Fault> {
    let mut fitting = sessions.iter().filter(|session| row.is_about(&session.paths, session.date));
    let Some(first) = fitting.next() else {
        return (sessions.len() > 1).then_some(Fault::NoRun);
    };
    // The sessions of one file are one recording.
    fitting
        .any(|other| row.file.is_none() || other.paths != first.paths)
        .then_some(Fault::SeveralRuns)
}

/// A plan goes on behind the last session, and may have begun before the first one that was looked at.
fn unmatched_plan(plan: &Plan, sessions: &[DatedSession]) -> Option<FileProblem> {
    let is_run = |row: &&PlanRow| row.label.as_ref().is_some_and(|label| label.kind.is_some());
    let is_missing =
        |date| is_within(date, sessions) && !sessions.iter().any(|session| session.date == date);
    let rows = plan.rows.iter().filter(is_run).filter(|row| is_missing(row.date));
    let lines: Vec<usize> = rows.map(|row| row.line).collect();
    problem(&plan.name, &lines, "is for a day without a run", "are for days without a run")
}

fn is_within(date: NaiveDate, sessions: &[DatedSession]) -> bool {
    let dates = || sessions.iter().map(|session| session.date);
    dates().min().is_some_and(|first| first <= date)
        && dates().max().is_some_and(|last| date <= last)
}

/// Lines that are named one by one.
const MOST_NAMED: usize = 20;

fn problem(name: &str, lines: &[usize], one: &str, several: &str) -> Option<FileProblem> {
    let place = Location::Line(*lines.first()? as u32);
    let named: Vec<String> = lines.iter().take(MOST_NAMED).map(usize::to_string).collect();
    let more = if lines.len() > MOST_NAMED { " …" } else { "" };
    let detail = match lines.len() {
        1 => format!("a row {one}: line {}", named.join(", ")),
        count => format!("{count} rows {several}: lines {}{more}", named.join(", ")),
    };
    let problem = Problem::at(place, ProblemKind::DroppedEntries, detail);
    Some(FileProblem { path: name.to_owned(), problem, fatal: false })
}
