//! `talktest note`: writes down what only the runner knows of a run, and says what it changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::{NoteArguments, NotedRun};
use super::failure::Failure;
use super::output::name;
use super::run_file::{folder_of, is_of_file, put_in, with_settings};
use super::settings::sentence;
use super::{atomic, clock, inputs, job, output, settings};
use crate::audit::Ruling;
use crate::files::{self, Disk, Ingestion, ReadingCache, Walk};
use crate::folder_settings::{Edited, FolderSettings, NewNote, OnDisk, notes_file};
use crate::ingest::Ingested;
use crate::logbook::Logbook;
use crate::review::{JudgementCache, NoCache};
use crate::review::{PlanAndNotes, Review, ReviewedRun, Selection, review};
use crate::settings::SideFileProblem;
use anyhow::{Context, Result, anyhow, bail};

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
    /// The folder below it that was asked for, as the walk calls it.
    within: Option<String>,
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
            (Some(folder), _) => with_settings(folder),
            (None, Some(file)) => folder_of(file),
            (None, None) => with_settings(Path::new(".")),
        };
        let asked = arguments.folder.as_deref().or(file.is_none().then_some(Path::new(".")));
        let within = asked.and_then(|asked| below(&folder, asked));
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
        Ok(Self { folder, within, walk, file: file.transpose()?, loaded })
    }

    fn is_within(&self, run: &ReviewedRun) -> bool {
        self.within.as_deref().is_none_or(|folder| is_of_file(run, folder))
    }

    /// The runs that may be meant.
    fn candidates<'r>(
        &self,
        arguments: &NoteArguments,
        review: &'r Review,
    ) -> Vec<&'r ReviewedRun> {
        let day_of = |run: &ReviewedRun| run.start.time.date_naive();
        let newest = || review.runs.iter().filter(|run| self.is_within(run)).map(day_of).max();
        let day = match arguments.run {
            Some(NotedRun::Day(day)) => Some(day),
            _ => newest().filter(|_| self.file.is_none()),
        };
        let is_meant = |run: &&ReviewedRun| {
            let of_file = self.file.as_deref().is_none_or(|file| is_of_file(run, file));
            of_file && self.is_within(run) && day.is_none_or(|day| day_of(run) == day)
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

/// How a walk of a folder calls one below it; `None` for itself.
fn below(folder: &Path, asked: &Path) -> Option<String> {
    let [folder, asked] = [folder, asked].map(|path| path.canonicalize().ok());
    let below = asked?.strip_prefix(folder?).ok()?.to_string_lossy().replace('\\', "/");
    (!below.is_empty()).then_some(below)
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
    let (file, new) = new_note(run, &before, season, arguments)?;
    let edited = new.edited.clone();
    let plans_and_notes = new.put_in(&season.loaded.plans_and_notes, &run.measured.athlete);
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

/// The file that the note goes into, and the note.
fn new_note(
    run: &ReviewedRun,
    review: &Review,
    season: &NotedFolder,
    arguments: &NoteArguments,
) -> Result<(PathBuf, NewNote)> {
    let FolderSettings { settings, file: settings_file, plans_and_notes, .. } = &season.loaded;
    let athlete = settings.athlete(&run.measured.athlete).context("the athlete is unknown")?;
    let beside = settings_file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let file = notes_file(&OnDisk, settings, athlete, beside, &season.folder).map_err(sentence)?;
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            return Err(anyhow!(error).context(format!("{} cannot be read", name(&file))));
        }
    };
    let old = (file.as_path(), bytes.as_slice());
    let new = NewNote::about(run, review, settings, plans_and_notes, old, arguments.noted());
    Ok((file, new.map_err(|problems| refused(&problems))?))
}

fn refused(problems: &[SideFileProblem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
    anyhow!("nothing was written:\n{}", lines.join("\n"))
}
