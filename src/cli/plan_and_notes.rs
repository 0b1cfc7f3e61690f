//! Plan and notes: the files that the settings name, else those of the usual names beside the runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use super::output::{name, warn};
use crate::label::Labels;
use crate::review::PlanAndNotes;
use crate::settings::{
    Athlete, Notes, Plan, Settings, SideFileProblem, are_notes, is_plan, parse_notes, parse_plan,
};

/// What plans and notes are called where nobody names them.
const PLAN: &str = "plan.csv";
const NOTES: [&str; 2] = ["notes.csv", "labels.csv"];

/// Plan and notes by athlete, and which files they are.
#[derive(Default)]
pub struct PlansAndNotes {
    pub of_athlete: BTreeMap<String, PlanAndNotes>,
    pub files: Vec<PathBuf>,
}

/// Reads plan and notes of every athlete: named files relative to `folder`, the others from the
/// scanned folders.
pub fn read(
    settings: &Settings,
    folder: &Path,
    scanned: &[PathBuf],
    quiet: bool,
) -> Result<PlansAndNotes> {
    let mut reader =
        Reader { labels: Labels::new(&settings.labels), quiet, beside: PlansAndNotes::default() };
    for athlete in &settings.athletes {
        let files = Files::of(settings, athlete, folder, scanned);
        let plan = files.plan.map(|file| reader.plan(&file)).transpose()?.unwrap_or_default();
        let notes = files.notes.iter().map(|file| reader.notes(file)).collect::<Result<_>>()?;
        reader.beside.of_athlete.insert(athlete.name.clone(), PlanAndNotes { plan, notes });
    }
    Ok(reader.beside)
}

/// Which files are the plan and the notes of one athlete.
struct Files {
    plan: Option<PathBuf>,
    notes: Vec<PathBuf>,
}

impl Files {
    fn of(settings: &Settings, athlete: &Athlete, folder: &Path, scanned: &[PathBuf]) -> Self {
        let stated = |file: &str| folder.join(file);
        // Among several athletes nobody can tell whose an unnamed file is.
        let lying = |file: &str, is_one: fn(&[u8]) -> bool| {
            scanned
                .iter()
                .map(|folder| folder.join(file))
                .filter(|_| athlete.folder.is_none())
                .filter(move |file| std::fs::read(file).is_ok_and(|bytes| is_one(&bytes)))
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

struct Reader {
    labels: Labels,
    quiet: bool,
    beside: PlansAndNotes,
}

impl Reader {
    fn plan(&mut self, file: &Path) -> Result<Plan> {
        let bytes = self.bytes(file)?;
        let plan = told(file, parse_plan(&bytes, &|text| self.labels.kind_of(text)))?;
        self.warn(file, &plan.warnings);
        Ok(Plan { name: base_name(file), ..plan })
    }

    fn notes(&mut self, file: &Path) -> Result<Notes> {
        let bytes = self.bytes(file)?;
        let notes = told(file, parse_notes(&bytes, &|text| self.labels.kind_of(text)))?;
        self.warn(file, &notes.warnings);
        Ok(Notes { name: base_name(file), ..notes })
    }

    fn bytes(&mut self, file: &Path) -> Result<Vec<u8>> {
        let bytes =
            std::fs::read(file).with_context(|| format!("{} cannot be read", name(file)))?;
        self.beside.files.push(file.to_owned());
        Ok(bytes)
    }

    fn warn(&self, file: &Path, warnings: &[SideFileProblem]) {
        if !self.quiet {
            warnings.iter().for_each(|warning| warn(&format!("{}: {warning}", name(file))));
        }
    }
}

fn base_name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn told<T>(file: &Path, parsed: Result<T, Vec<SideFileProblem>>) -> Result<T> {
    parsed.map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        anyhow!("{} has mistakes:\n{}", name(file), lines.join("\n"))
    })
}
