//! A note about one run: the line that says it, and the notes as they are read with it.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::base_name::base_name;
use super::note_edit::{Cell, Edited, edit};
use crate::csv_table;
use crate::label::Labels;
use crate::review::{PlanAndNotes, Review, ReviewedRun};
use crate::settings::{NoteRow, Notes, Settings, SideFileProblem, parse_notes};

/// The notes with a line that was changed or added.
#[derive(Debug, Clone)]
pub struct NewNote {
    /// Their whole text, and the line.
    pub edited: Edited,
    /// What is read of it.
    pub notes: Notes,
}

/// By athlete.
type ByAthlete = BTreeMap<String, PlanAndNotes>;

impl NewNote {
    /// What is said of a run, by column, in the line that speaks of this run alone, else in a new
    /// one. `bytes` are what `file` holds so far.
    ///
    /// # Errors
    /// With all that the next audit would not read.
    pub fn about(
        run: &ReviewedRun,
        review: &Review,
        settings: &Settings,
        plans_and_notes: &ByAthlete,
        (file, bytes): (&Path, &[u8]),
        said: Vec<Cell>,
    ) -> Result<Self, Vec<SideFileProblem>> {
        let name = base_name(file);
        let old = notes_of(run, plans_and_notes).iter().find(|notes| notes.name == name);
        let line = old.and_then(|notes| row_about(notes, run, review)).map(|row| row.line);
        let edited = edit(&csv_table::decode(bytes).text, line, &cells(run, review, said));
        let notes = parsed(&edited, &Labels::new(&settings.labels))?;
        Ok(Self { edited, notes: Notes { name, ..notes } })
    }

    /// Plans and notes of all athletes with these notes in the place of the former ones.
    pub fn put_in(self, plans_and_notes: &ByAthlete, athlete: &str) -> ByAthlete {
        let mut plans_and_notes = plans_and_notes.clone();
        let of_athlete = &mut plans_and_notes.entry(athlete.to_owned()).or_default().notes;
        match of_athlete.iter_mut().find(|old| old.name == self.notes.name) {
            Some(old) => *old = self.notes,
            None => of_athlete.push(self.notes),
        }
        plans_and_notes
    }
}

/// The row that speaks of a run alone, in the notes that a new note would go into.
pub fn note_about<'n>(
    run: &ReviewedRun,
    review: &Review,
    plans_and_notes: &'n ByAthlete,
) -> Option<&'n NoteRow> {
    row_about(notes_of(run, plans_and_notes).first()?, run, review)
}

fn notes_of<'n>(run: &ReviewedRun, plans_and_notes: &'n ByAthlete) -> &'n [Notes] {
    plans_and_notes.get(&run.measured.athlete).map_or(&[], |beside| &beside.notes)
}

fn row_about<'n>(notes: &'n Notes, run: &ReviewedRun, review: &Review) -> Option<&'n NoteRow> {
    let paths: Vec<&str> = run.measured.sources.iter().map(|source| source.path.as_str()).collect();
    let rows = notes.about(&paths, run.start.time.date_naive());
    let is_own = |row: &&NoteRow| row.file.is_some() || same_day(run, review).count() == 1;
    rows.into_iter().find(is_own)
}

/// All runs of the athlete on the day of this one.
fn same_day<'r>(run: &'r ReviewedRun, review: &'r Review) -> impl Iterator<Item = &'r ReviewedRun> {
    review.runs.iter().filter(|other| {
        other.measured.athlete == run.measured.athlete
            && other.start.time.date_naive() == run.start.time.date_naive()
    })
}

/// What is written: which run it is, and what was said of it.
fn cells(run: &ReviewedRun, review: &Review, said: Vec<Cell>) -> Vec<Cell> {
    let path = run.measured.path();
    let base = |path: &str| base_name(Path::new(path));
    let alike = same_day(run, review).filter(|other| base(other.measured.path()) == base(path));
    let file = if alike.count() == 1 { base(path) } else { path.to_owned() };
    let day: NaiveDate = run.start.time.date_naive();
    let mut cells = vec![("date", day.to_string()), ("file", file)];
    cells.extend(said);
    cells
}

/// The notes as the next audit reads them; what it would not read is refused.
fn parsed(edited: &Edited, labels: &Labels) -> Result<Notes, Vec<SideFileProblem>> {
    let notes = parse_notes(edited.text.as_bytes(), &|text| labels.kind_of(text))?;
    let of_line = |warning: &&SideFileProblem| warning.line == edited.number;
    let new: Vec<SideFileProblem> = notes.warnings.iter().filter(of_line).cloned().collect();
    if new.is_empty() { Ok(notes) } else { Err(new) }
}
