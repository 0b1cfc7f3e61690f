//! Plan and notes: the files that the settings name, else those of the usual names beside the runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::base_name::base_name;
use super::error::{FileError, FileErrorKind};
use super::text_files::TextFiles;
use crate::label::Labels;
use crate::review::PlanAndNotes;
use crate::settings::{
    Athlete, Notes, Plan, Settings, SideFileProblem, are_notes, is_plan, parse_notes, parse_plan,
};

/// What plans and notes are called where nobody names them.
const PLAN: &str = "plan.csv";
const NOTES: [&str; 2] = ["notes.csv", "labels.csv"];

/// Plan and notes by athlete, where they lie, and what was left out of them.
#[derive(Debug, Default)]
pub(super) struct PlansAndNotes {
    pub(super) of_athlete: BTreeMap<String, PlanAndNotes>,
    pub(super) files: Vec<PathBuf>,
    pub(super) warnings: Vec<(PathBuf, SideFileProblem)>,
}

/// Reads plan and notes of every athlete: named files relative to `folder`, the others from the
/// scanned folders.
pub(super) fn read(
    files: &dyn TextFiles,
    settings: &Settings,
    folder: &Path,
    scanned: &[PathBuf],
) -> Result<PlansAndNotes, FileError> {
    let missing = missing(files, settings, folder);
    let mut reader = PlanAndNotesReader {
        files,
        labels: Labels::new(&settings.labels),
        read: PlansAndNotes::default(),
    };
    let is_there = |file: &PathBuf| !missing.contains(file);
    let mut errors: Vec<FileError> = all_missing(&missing).into_iter().collect();
    for athlete in &settings.athletes {
        let found = PlanAndNoteFiles::of(files, settings, athlete, folder, scanned);
        let plan = found.plan.filter(is_there).map(|file| reader.plan(&file)).transpose();
        let plan = plan.unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        let mut notes = Vec::new();
        for file in found.notes.iter().filter(|file| is_there(file)) {
            match reader.notes(file) {
                Ok(read) => notes.push(read),
                Err(error) => errors.push(error),
            }
        }
        let plan = plan.unwrap_or_default();
        reader.read.of_athlete.insert(athlete.name.clone(), PlanAndNotes { plan, notes });
    }
    FileError::together(errors).map_or(Ok(reader.read), Err)
}

/// The files that the settings name and that are not there.
fn missing(files: &dyn TextFiles, settings: &Settings, folder: &Path) -> Vec<PathBuf> {
    let named = settings.athletes.iter().flat_map(|athlete| {
        [settings.plan_file_of(athlete), settings.notes_file_of(athlete)].into_iter().flatten()
    });
    let mut missing: Vec<PathBuf> =
        named.map(|file| folder.join(file)).filter(|file| !files.exists(file)).collect();
    missing.dedup();
    missing
}

/// All of them as one error.
fn all_missing(missing: &[PathBuf]) -> Option<FileError> {
    let (path, others) = missing.split_first()?;
    let others = others.to_vec();
    let kind =
        if others.is_empty() { FileErrorKind::Missing } else { FileErrorKind::MissingWith(others) };
    Some(FileError::of(path, kind))
}

/// Which files are the plan and the notes of one athlete.
struct PlanAndNoteFiles {
    plan: Option<PathBuf>,
    notes: Vec<PathBuf>,
}

impl PlanAndNoteFiles {
    fn of(
        files: &dyn TextFiles,
        settings: &Settings,
        athlete: &Athlete,
        folder: &Path,
        scanned: &[PathBuf],
    ) -> Self {
        let stated = |file: &str| folder.join(file);
        // Among several athletes nobody knows whose an unnamed file is.
        let lying = |file: &str, is_one: fn(&[u8]) -> bool| {
            scanned
                .iter()
                .map(|folder| folder.join(file))
                .filter(|_| athlete.folder.is_none())
                .filter(move |file| files.read(file).is_ok_and(|bytes| is_one(&bytes)))
                .collect::<Vec<_>>()
        };
        let notes = match settings.notes_file_of(athlete) {
            Some(file) => vec![stated(file)],
            None => NOTES.iter().flat_map(|file| lying(file, are_notes)).collect(),
        };
        let plan = match settings.plan_file_of(athlete) {
            Some(file) => Some(stated(file)),
            None => lying(PLAN, is_plan).into_iter().next(),
        };
        Self { plan, notes }
    }
}

/// The file that notes about an athlete's runs are written into: the one that is read, else a new
/// one in the folder of the runs. Settings name files relative to `folder`.
///
/// # Errors
/// Where the settings would have to name one, or the new one would replace a file of another kind.
pub fn notes_file(
    files: &dyn TextFiles,
    settings: &Settings,
    athlete: &Athlete,
    folder: &Path,
    runs: &Path,
) -> Result<PathBuf, FileError> {
    let found = PlanAndNoteFiles::of(files, settings, athlete, folder, &[runs.to_owned()]);
    if let Some(file) = found.notes.into_iter().next() {
        return Ok(file);
    }
    let path = runs.join(NOTES[0]);
    let refused =
        |mistake: String| Err(FileError::of(&path, FileErrorKind::Mistakes(vec![mistake])));
    if athlete.folder.is_some() {
        let name = &athlete.name;
        return refused(format!(
            "the settings name no notes of {name}: add `notes = {{ file = … }}`"
        ));
    }
    if files.exists(&path) {
        return refused("its first line does not name columns of notes".to_owned());
    }
    Ok(path)
}

struct PlanAndNotesReader<'a> {
    files: &'a dyn TextFiles,
    labels: Labels,
    read: PlansAndNotes,
}

impl PlanAndNotesReader<'_> {
    fn plan(&mut self, file: &Path) -> Result<Plan, FileError> {
        let bytes = self.bytes(file)?;
        let plan = parse_plan(&bytes, &|text| self.labels.kind_of(text))
            .map_err(|mistakes| FileError::mistakes(file, &mistakes))?;
        self.warn(file, &plan.warnings);
        Ok(Plan { name: base_name(file), ..plan })
    }

    fn notes(&mut self, file: &Path) -> Result<Notes, FileError> {
        let bytes = self.bytes(file)?;
        let notes = parse_notes(&bytes, &|text| self.labels.kind_of(text))
            .map_err(|mistakes| FileError::mistakes(file, &mistakes))?;
        self.warn(file, &notes.warnings);
        Ok(Notes { name: base_name(file), ..notes })
    }

    fn bytes(&mut self, file: &Path) -> Result<Vec<u8>, FileError> {
        let bytes = self.files.read(file).map_err(|error| FileError::unreadable(file, error))?;
        self.read.files.push(file.to_owned());
        Ok(bytes)
    }

    fn warn(&mut self, file: &Path, warnings: &[SideFileProblem]) {
        let of_file = warnings.iter().map(|warning| (file.to_owned(), warning.clone()));
        self.read.warnings.extend(of_file);
    }
}
