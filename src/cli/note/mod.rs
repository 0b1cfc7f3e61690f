//! `talktest note`: writes down what only the runner knows of a run, and says what it changes.

mod edit;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use chrono::NaiveDate;

use self::edit::{Cell, Edited, edit};
use super::args::{NoteArguments, NotedRun};
use super::failure::Failure;
use super::output::{base_name, name};
use super::run_file::{folder_of, is_of_file, put_in};
use super::settings::sentence;
use super::{atomic, clock, inputs, job, output, settings};
use crate::audit::Ruling;
use crate::files::{self, Disk, Ingestion, ReadingCache, Walk};
use crate::folder_settings::{FolderSettings, notes_file};
use crate::ingest::Ingested;
use crate::label::Labels;
use crate::logbook::Logbook;
use crate::review::{JudgementCache, NoCache};
use crate::review::{PlanAndNotes, Review, ReviewedRun, Selection, review};
use crate::settings::{NoteRow, Notes, SideFileProblem, parse_notes};

pub fn run(arguments: &NoteArguments) -> Result<(), Failure> {
    let season = NotedFolder::read(arguments)?;
    let logbook = job::open_if_free(&arguments.logbook, &season.loaded.settings)?;
    let noted = job::proven(logbook.as_ref(), || note(arguments, &season, logbook.as_ref()));
    job::close(logbook)?;
    let noted = noted?;
    atomic::replace(&Disk, &noted.file, noted.edited.text.as_bytes())
        .map_err(|error| Failure::Output(atomic::at(&noted.file, &error)))?;
    output::print(&noted.text())
}

/// The folder that the run lies in, and what its settings say.
struct NotedFolder {
    folder: PathBuf,
    walk: Walk,
    /// How the walk calls the file that was named.
    file: Option<String>,
    loaded: FolderSettings,
}

impl NotedFolder {
    fn read(arguments: &NoteArguments) -> Result<Self> {
        let file = match &arguments.run {
            Some(NotedRun::File(file)) => Some(file),
            Some(NotedRun::Day(_)) | None => None,
        };
        let folder = match (&arguments.folder, file) {
            (Some(folder), _) => folder.clone(),
            (None, Some(file)) => folder_of(file),
            (None, None) => PathBuf::from("."),
        };
        let paths = [folder.clone()];
        let loaded = settings::load(&arguments.common, &paths, true)?;
        let mut walk = inputs::walk(&paths, None, &loaded)?;
        let file = file.map(|file| {
            let mut alone = files::walk(std::slice::from_ref(file)).map_err(inputs::missing)?;
            put_in(&mut walk, &mut alone);
            let found = alone.files.first();
            found
                .map(|found| found.name.clone())
                .with_context(|| format!("{} is no file", name(file)))
        });
        Ok(Self { folder, walk, file: file.transpose()?, loaded })
    }

    /// The runs that may be meant.
    fn candidates<'r>(
        &self,
        arguments: &NoteArguments,
        review: &'r Review,
    ) -> Vec<&'r ReviewedRun> {
        let day_of = |run: &ReviewedRun| run.start.time.date_naive();
        let newest = || review.runs.iter().map(day_of).max();
        let day = match arguments.run {
            Some(NotedRun::Day(day)) => Some(day),
            _ => newest().filter(|_| self.file.is_none()),
        };
        let is_meant = |run: &&ReviewedRun| {
            let of_file = self.file.as_deref().is_none_or(|file| is_of_file(run, file));
            of_file && day.is_none_or(|day| day_of(run) == day)
        };
        review.runs.iter().filter(is_meant).collect()
    }

    fn none(&self, arguments: &NoteArguments) -> String {
        let folder = if self.folder == Path::new(".") {
            "this folder".to_owned()
        } else {
            name(&self.folder)
        };
        match &arguments.run {
            Some(NotedRun::Day(day)) => format!("no run of {day} lies in {folder}"),
            Some(NotedRun::File(file)) => format!("{} holds no run that can be used", name(file)),
            None => format!("no run lies in {folder}"),
        }
    }

    fn one<'r>(&self, arguments: &NoteArguments, review: &'r Review) -> Result<&'r ReviewedRun> {
        match self.candidates(arguments, review)[..] {
            [run] => Ok(run),
            [] => bail!("{}", self.none(arguments)),
            ref several => {
                let lines: Vec<String> = several.iter().map(|run| described(run)).collect();
                bail!(
                    "{} runs may be meant; name the file of one:\n{}",
                    several.len(),
                    lines.join("\n")
                )
            }
        }
    }
}

fn described(run: &ReviewedRun) -> String {
    let minutes = run.measured.row.durations.moving.get() / 60.0;
    let start = run.start.time.format("%Y-%m-%d %H:%M");
    format!("  {start} · {minutes:.0} min · {}", name(Path::new(run.measured.path())))
}

/// A note that is ready to be written, and what it changes.
struct Noted {
    file: PathBuf,
    edited: Edited,
    before: String,
    after: String,
}

impl Noted {
    fn text(&self) -> String {
        let Self { file, edited, before, after } = self;
        let Edited { line, number, .. } = edited;
        let change = if before == after {
            format!("Unchanged: {after}\n")
        } else {
            format!("Before: {before}\nNow:    {after}\n")
        };
        format!("{}, line {number}: {line}\n{change}", name(file))
    }
}

fn note(
    arguments: &NoteArguments,
    season: &NotedFolder,
    logbook: Option<&Logbook>,
) -> Result<Noted> {
    let settings = &season.loaded.settings;
    let ingestion = Ingestion {
        now: Some(clock::now()),
        cache: logbook.map(|logbook| logbook as &dyn ReadingCache),
        ..Ingestion::new(settings)
    };
    let ingested = ingestion.ingest(&season.walk);
    let reviewed = |ingested: Ingested, plans_and_notes: &BTreeMap<String, PlanAndNotes>| {
        let cache: &dyn JudgementCache = logbook.map_or(&NoCache, |logbook| logbook);
        let selection = Selection { all: true, ..Selection::default() };
        review(ingested, settings, plans_and_notes, &selection, cache)
    };
    let before = reviewed(ingested.clone(), &season.loaded.plans_and_notes)?;
    let run = season.one(arguments, &before)?;
    let NewNotes { file, edited, notes } = NewNotes::about(run, &before, season, arguments)?;
    let mut plans_and_notes = season.loaded.plans_and_notes.clone();
    let of_athlete = &mut plans_and_notes.entry(run.measured.athlete.clone()).or_default().notes;
    match of_athlete.iter_mut().find(|old| old.name == notes.name) {
        Some(old) => *old = notes,
        None => of_athlete.push(notes),
    }
    let after = reviewed(ingested, &plans_and_notes)?;
    let same =
        |other: &&ReviewedRun| other.id == run.id && other.measured.athlete == run.measured.athlete;
    let after = after.runs.iter().find(same).context("the run is gone")?;
    Ok(Noted { file, edited, before: verdict(run), after: verdict(after) })
}

/// The verdict in one sentence.
fn verdict(run: &ReviewedRun) -> String {
    match &run.audit {
        Some(audit) => {
            let Ruling { verdict, because, .. } = &audit.ruling;
            format!("{}. {because}", verdict.title())
        }
        None => "not labelled recovery, so not judged".to_owned(),
    }
}

/// The notes with the new line.
struct NewNotes {
    file: PathBuf,
    edited: Edited,
    notes: Notes,
}

impl NewNotes {
    fn about(
        run: &ReviewedRun,
        review: &Review,
        season: &NotedFolder,
        arguments: &NoteArguments,
    ) -> Result<Self> {
        let FolderSettings { settings, file: settings_file, plans_and_notes, .. } = &season.loaded;
        let athlete = settings.athlete(&run.measured.athlete).context("the athlete is unknown")?;
        let beside = settings_file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let file = notes_file(settings, athlete, beside, &season.folder).map_err(sentence)?;
        let text = match std::fs::read(&file) {
            Ok(bytes) => csv_text(&bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(anyhow!(error).context(format!("{} cannot be read", name(&file))));
            }
        };
        let old = plans_and_notes.get(&athlete.name).into_iter().flat_map(|beside| &beside.notes);
        let old = old.into_iter().find(|notes| notes.name == base_name(&file));
        let line = old.and_then(|notes| line_about(notes, run, review));
        let edited = edit(&text, line, &cells(run, review, arguments));
        let notes = parsed(&edited, &file, &Labels::new(&settings.labels))?;
        Ok(Self { file, edited, notes })
    }
}

fn csv_text(bytes: &[u8]) -> String {
    crate::csv_table::decode(bytes).text.into_owned()
}

/// The line that speaks of this run alone.
fn line_about(notes: &Notes, run: &ReviewedRun, review: &Review) -> Option<usize> {
    let paths: Vec<&str> = run.measured.sources.iter().map(|source| source.path.as_str()).collect();
    let rows = notes.about(&paths, run.start.time.date_naive());
    let is_own = |row: &&&NoteRow| row.file.is_some() || same_day(run, review).count() == 1;
    rows.iter().find(is_own).map(|row| row.line)
}

/// All runs of the athlete on the day of this one.
fn same_day<'r>(run: &'r ReviewedRun, review: &'r Review) -> impl Iterator<Item = &'r ReviewedRun> {
    review.runs.iter().filter(|other| {
        other.measured.athlete == run.measured.athlete
            && other.start.time.date_naive() == run.start.time.date_naive()
    })
}

/// What is written: which run it is, and what was said of it.
fn cells(run: &ReviewedRun, review: &Review, arguments: &NoteArguments) -> Vec<Cell> {
    let path = run.measured.path();
    let base = |path: &str| base_name(Path::new(path));
    let alike = same_day(run, review).filter(|other| base(other.measured.path()) == base(path));
    let file = if alike.count() == 1 { base(path) } else { path.to_owned() };
    let day: NaiveDate = run.start.time.date_naive();
    let mut cells = vec![("date", day.to_string()), ("file", file)];
    cells.extend(arguments.noted());
    cells
}

/// The notes as the next audit reads them; what it would not read is refused.
fn parsed(edited: &Edited, file: &Path, labels: &Labels) -> Result<Notes> {
    let bytes = edited.text.as_bytes();
    let refused = |problems: Vec<SideFileProblem>| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        anyhow!("nothing was written:\n{}", lines.join("\n"))
    };
    let notes = parse_notes(bytes, &|text| labels.kind_of(text)).map_err(refused)?;
    let of_line = |warning: &&SideFileProblem| warning.line == edited.number;
    let new: Vec<SideFileProblem> = notes.warnings.iter().filter(of_line).cloned().collect();
    if new.is_empty() { Ok(Notes { name: base_name(file), ..notes }) } else { Err(refused(new)) }
}
