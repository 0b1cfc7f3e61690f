//! `talktest logbook`: inspects the logbook, or removes files from it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use rusqlite::Connection;

use super::args::{Common, ForgetArguments, LogbookArguments, LogbookTask};
use super::failure::Failure;
use super::logbook_path::place;
use super::output::name;
use super::{output, settings};
use crate::ingest::{FileOutcome, FileReading};
use crate::logbook::{Lock, NoLock, maintenance, open_existing};
use crate::settings::Settings;
use crate::units::counted;

pub fn run(arguments: &LogbookArguments) -> Result<(), Failure> {
    let place = place(arguments.logbook.as_deref())?;
    let path =
        place.context("the environment says that there is no logbook: --logbook names one")?.path;
    let open = || {
        open_existing(&path).with_context(|| format!("the logbook {} cannot be used", name(&path)))
    };
    match &arguments.task {
        LogbookTask::Info => output::print(&info(&path, &open()?)?),
        LogbookTask::Verify => verify(&path, &open()?),
        LogbookTask::Export => export(&open()?),
        LogbookTask::Forget(forget) => forget_files(&path, forget, &open),
    }
}

fn info(path: &Path, connection: &Connection) -> anyhow::Result<String> {
    let info = maintenance::info(connection)?;
    let mut text = format!(
        "{}\n{}, {} with {}, {:.1} MB, layout {}\n",
        name(path),
        counted(info.files, "file"),
        counted(info.contents, "recording"),
        counted(info.sessions, "session"),
        info.bytes as f64 / 1e6,
        info.layout
    );
    // Writing into a string cannot fail.
    for (version, recordings) in &info.versions {
        let _ = writeln!(text, "Measured by {version}: {}", counted(*recordings, "recording"));
    }
    for (scope, ended) in &info.jobs {
        let paths: Vec<String> = scope.lines().map(|path| name(Path::new(path))).collect();
        let _ = writeln!(text, "Last audit of {}: {ended}", paths.join(", "));
    }
    Ok(text)
}

fn verify(path: &Path, connection: &Connection) -> Result<(), Failure> {
    let check = maintenance::verify(connection).context("the logbook cannot be read")?;
    if check.damage.is_empty() {
        return output::print(&format!(
            "{}: sound ({} checked)\n",
            name(path),
            counted(check.sound, "recording")
        ));
    }
    let damage: String = check.damage.iter().map(|line| format!("  {line}\n")).collect();
    output::print(&format!(
        "{}: damaged; {} sound\n{damage}",
        name(path),
        counted(check.sound, "recording")
    ))?;
    Err(Failure::Condition(
        "The logbook is damaged. Delete it: it holds nothing that the files do not.".to_owned(),
    ))
}

fn export(connection: &Connection) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let exported = maintenance::export(connection, &mut out).and_then(|lost| {
        out.flush()?;
        Ok(lost)
    });
    match exported {
        Ok(0) => Ok(()),
        Ok(lost) => {
            output::warn(&format!("Left out because of damage: {lost}."));
            Ok(())
        }
        Err(error) => match error.downcast::<std::io::Error>() {
            Ok(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Ok(error) => Err(error.into()),
            Err(error) => Err(error.into()),
        },
    }
}

/// Which files are forgotten: all conditions that are given have to hold.
struct Forget {
    paths: Vec<PathBuf>,
    owner: Option<Owner>,
    before: Option<NaiveDate>,
    missing: bool,
}

/// An athlete, and the settings that know the folders.
struct Owner {
    name: String,
    settings: Settings,
    folder: PathBuf,
}

fn forget_files(
    path: &Path,
    arguments: &ForgetArguments,
    open: &dyn Fn() -> anyhow::Result<Connection>,
) -> Result<(), Failure> {
    let forget = Forget::of(arguments)?;
    let _lock = Lock::take(path, Duration::ZERO, &|| true).map_err(|why| match why {
        NoLock::Held => Failure::Busy(format!("another job holds the logbook {}", name(path))),
        NoLock::Failed(error) => Failure::Logbook(anyhow!(error).context("it cannot be locked")),
    })?;
    let mut connection = open()?;
    let chosen = |path: &str, readings: &[FileReading]| forget.holds(path, readings);
    let count = maintenance::forget(&mut connection, &chosen)
        .map_err(|error| Failure::Logbook(error.context("the logbook cannot be written")))?;
    output::print(&format!("Forgot {}.\n", counted(count, "file")))
}

impl Forget {
    fn of(arguments: &ForgetArguments) -> anyhow::Result<Self> {
        let paths = arguments.paths.iter().map(std::path::absolute);
        let owner = arguments.athlete.as_ref().map(|athlete| {
            let common = Common { config: arguments.config.clone(), units: None };
            let loaded = settings::load(&common, &[PathBuf::from(".")], true)?;
            let known: BTreeSet<&str> =
                loaded.settings.athletes.iter().map(|one| one.name.as_str()).collect();
            if !known.contains(athlete.as_str()) {
                anyhow::bail!("the settings know no athlete `{athlete}`");
            }
            let folder = loaded.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
            let folder = if folder == Path::new("") { Path::new(".") } else { folder };
            let folder = folder.canonicalize()?;
            Ok(Owner { name: athlete.clone(), settings: loaded.settings, folder })
        });
        Ok(Self {
            paths: paths.collect::<Result<_, _>>()?,
            owner: owner.transpose()?,
            before: arguments.before,
            missing: arguments.missing,
        })
    }

    fn holds(&self, path: &str, readings: &[FileReading]) -> bool {
        let named = self.paths.is_empty()
            || self.paths.iter().any(|root| maintenance::is_below(path, root));
        named
            && self.owner.as_ref().is_none_or(|owner| owner.has(path))
            && self.before.is_none_or(|day| ended_before(day, readings))
            && (!self.missing || !Path::new(path).exists())
    }
}

impl Owner {
    fn has(&self, path: &str) -> bool {
        let path = Path::new(path);
        let relative = path.strip_prefix(&self.folder).unwrap_or(path).to_string_lossy();
        self.settings.athlete_of(&relative).is_ok_and(|athlete| athlete.name == self.name)
    }
}

/// Whether it holds sessions, all from before a day.
fn ended_before(day: NaiveDate, readings: &[FileReading]) -> bool {
    let sessions = readings.iter().filter_map(|reading| match &reading.outcome {
        FileOutcome::Sessions(sessions) => Some(&sessions.rows),
        _ => None,
    });
    let mut starts = sessions.flatten().map(|row| row.metadata.start.date_time()).peekable();
    starts.peek().is_some()
        && starts.all(|start| start.is_some_and(|start| start.date_naive() < day))
}
