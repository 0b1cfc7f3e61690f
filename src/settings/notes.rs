//! The notes: what the runner says of a run (`date` or `file`, then
//! `label,planned_minutes,rpe,feel,next_morning`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::activity::{Exertion, Rating};
use crate::session::SessionKind;
use crate::units::Seconds;

use super::allowed::Allowed;
use super::plan::PLANNED_MINUTES;
use super::side_file::{self, Cells, KindOf, SideFileProblem, StatedLabel};

/// The notes about runs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notes {
    /// What their file is called; empty where they come from none.
    pub name: String,
    /// In the order of the file.
    pub rows: Vec<NoteRow>,
    /// What was left out because nothing here knows it.
    pub warnings: Vec<SideFileProblem>,
}

/// A note about one run, or about all runs of a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NoteRow {
    /// The line of the file, from 1.
    pub line: usize,
    /// The local date; beside `file` both must match.
    pub date: Option<NaiveDate>,
    /// The name of the file, or the end of its path.
    pub file: Option<String>,
    /// What it was.
    pub label: Option<StatedLabel>,
    /// How long it was meant to be.
    pub planned: Option<Seconds>,
    /// How hard it was and how it felt.
    pub rating: Rating,
    /// How the legs were when waking up.
    pub next_morning: Option<NextMorning>,
}

/// How the legs were on the next morning, compared with before the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NextMorning {
    /// Better than before.
    Better,
    /// As before.
    Same,
    /// Worse than before.
    Worse,
}

impl NextMorning {
    const WORDS: &[(&str, Self)] =
        &[("better", Self::Better), ("same", Self::Same), ("worse", Self::Worse)];

    /// The word used in notes and outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Same => "same",
            Self::Worse => "worse",
        }
    }
}

impl Notes {
    /// The notes about a run, by the paths of its files and its local date: first those that name
    /// a file, then those for the whole day, each in the order of the notes.
    pub fn about(&self, paths: &[&str], date: NaiveDate) -> Vec<&NoteRow> {
        let mut rows: Vec<&NoteRow> =
            self.rows.iter().filter(|row| row.is_about(paths, date)).collect();
        rows.sort_by_key(|row| row.file.is_none());
        rows
    }
}

impl NoteRow {
    /// Whether it is about the run with these files on this local date.
    pub fn is_about(&self, paths: &[&str], date: NaiveDate) -> bool {
        let is_file = |file: &String| paths.iter().any(|path| names_file(file, path));
        self.date.is_none_or(|day| day == date) && self.file.as_ref().is_none_or(is_file)
    }
}

/// Whether `stated` is the path or its last parts. Which way the slashes lean, and whether the
/// file was compressed since, make no difference.
fn names_file(stated: &str, path: &str) -> bool {
    let (stated, path) = (comparable(stated), comparable(path));
    path.strip_suffix(&stated).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

fn comparable(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.trim_start_matches("./");
    path.strip_suffix(".gz").unwrap_or(path).to_owned()
}

const RPE: Allowed = Allowed { what: "an effort on the CR10 scale", from: 0.0, to: 10.0, unit: "" };
const FEEL: Allowed =
    Allowed { what: "a feeling, very weak to very strong", from: 0.0, to: 100.0, unit: "" };

const COLUMNS: [&str; 7] =
    ["date", "file", "label", "planned_minutes", "rpe", "feel", "next_morning"];
const NEEDED: [&str; 2] = ["date", "file"];

/// Whether the first line names columns of notes, so that a file found by chance is meant as such.
pub fn are_notes(bytes: &[u8]) -> bool {
    side_file::has_columns(bytes, &COLUMNS, &NEEDED)
}

/// Reads notes. `kind_of` says what a label means that is not simply the name of a kind: the
/// built-in label words and those of the settings.
pub fn parse_notes(
    bytes: &[u8],
    kind_of: &dyn Fn(&str) -> Option<SessionKind>,
) -> Result<Notes, Vec<SideFileProblem>> {
    let (rows, warnings) =
        side_file::read(bytes, &COLUMNS, &NEEDED, |cells| read_row(cells, kind_of))?;
    Ok(Notes { name: String::new(), rows, warnings })
}

fn read_row(cells: &Cells<'_>, kind_of: KindOf<'_>) -> NoteRow {
    if cells.text("date").is_none() && cells.text("file").is_none() {
        cells.reject("", "neither a date nor a file says which run is meant".to_owned());
    }
    NoteRow {
        line: cells.line,
        date: cells.date("date"),
        file: cells.text("file").map(str::to_owned),
        label: cells.label("label", kind_of),
        planned: cells.number("planned_minutes", &PLANNED_MINUTES).map(Seconds::from_minutes),
        rating: Rating {
            exertion: cells.number("rpe", &RPE).map(Exertion::cr10),
            feel: cells.number("feel", &FEEL).map(|feel| feel.round() as u8),
        },
        next_morning: cells.choice("next_morning", NextMorning::WORDS),
    }
}
