//! The logbook of one job: opened before it, closed after it.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::anyhow;

use super::args::{JobArguments, LogbookChoice};
use super::failure::Failure;
use super::logbook_path::place;
use super::output::{self, name};
use super::stop::Stop;
use crate::logbook::{JobKey, LockedLogbook, Logbook, NoLogbook};
use crate::settings::{ReadingLimits, Settings};
use crate::units::counted;

/// Opens the logbook of a job, and holds it. Where there can be none the job goes on without it,
/// unless it was asked for by name.
pub fn lock(
    arguments: &JobArguments,
    settings: &Settings,
    stop: &Stop,
) -> Result<Option<LockedLogbook>, Failure> {
    let wait = Duration::from_secs(arguments.wait);
    locked(&arguments.logbook, settings, wait, &|| stop.goes_on())
}

/// Reads the logbook of a job.
pub fn read(locked: LockedLogbook) -> Result<Option<Logbook>, Failure> {
    let (path, is_asked_for) = (name(locked.path()), locked.is_asked_for());
    match locked.read() {
        Ok(logbook) => {
            if let Some(aside) = &logbook.set_aside {
                output::warn(&format!(
                    "The logbook {path} was damaged: it is now called {}, and every file is read again.",
                    name(aside)
                ));
            }
            Ok(Some(logbook))
        }
        Err(error) => unusable(&path, is_asked_for, &error),
    }
}

/// Opens the logbook unless another job holds it: then everything is read anew.
pub fn open_if_free(
    choice: &LogbookChoice,
    settings: &Settings,
) -> Result<Option<Logbook>, Failure> {
    match locked(choice, settings, Duration::ZERO, &|| true) {
        Err(Failure::Busy(_)) => Ok(None),
        locked => locked?.map_or(Ok(None), read),
    }
}

fn locked(
    choice: &LogbookChoice,
    settings: &Settings,
    wait: Duration,
    goes_on: &dyn Fn() -> bool,
) -> Result<Option<LockedLogbook>, Failure> {
    if choice.no_logbook {
        return Ok(None);
    }
    let place = match place(choice.logbook.as_deref()) {
        Ok(Some(place)) => place,
        Ok(None) => return Ok(None),
        Err(error) => return Ok(without(&format!("{error:#}"))),
    };
    let path = name(&place.path);
    let is_asked_for = !place.is_usual;
    match LockedLogbook::open(place, &bounds(settings), wait, goes_on) {
        Ok(locked) => Ok(Some(locked)),
        Err(NoLogbook::Held) => Err(Failure::Busy(format!(
            "another job holds the logbook {path}: wait for it with --wait SECONDS, or go without by --no-logbook"
        ))),
        Err(NoLogbook::Unusable(error)) => unusable(&path, is_asked_for, &error),
    }
}

/// Goes on without a logbook that nobody asked for.
fn unusable<T>(
    path: &str,
    is_asked_for: bool,
    error: &anyhow::Error,
) -> Result<Option<T>, Failure> {
    if is_asked_for {
        return Err(Failure::Logbook(anyhow!("the logbook {path} cannot be used: {error:#}")));
    }
    Ok(without(&format!("{path}: {error:#}")))
}

/// The bounds of reading, where the settings change them.
fn bounds(settings: &Settings) -> String {
    let usual = ReadingLimits::default();
    if settings.reading == usual { String::new() } else { format!("/{:?}", settings.reading) }
}

fn without<T>(why: &str) -> Option<T> {
    output::warn(&format!("The logbook cannot be used, so every file is read: {why}"));
    None
}

/// Does something with the help of the logbook. Channels stay in it until they are read, so it may
/// come to light late that they are damaged: then all is done anew, and what is damaged is read
/// from its file.
pub fn proven<T>(logbook: Option<&Logbook>, attempt: impl Fn() -> T) -> T {
    let first = attempt();
    match logbook {
        Some(logbook) if logbook.is_in_doubt() => {
            drop(first);
            logbook.tally.reset();
            attempt()
        }
        _ => first,
    }
}

/// What a job found in its logbook.
#[derive(Debug, Clone, Copy)]
pub struct CacheCounts {
    /// Files that were not opened, because nothing about them changed.
    pub unchanged: usize,
    /// Recordings that were known by their bytes.
    pub recognised: usize,
    /// Recordings whose rows were of another version, and are measured again.
    pub outdated: usize,
}

/// Ends the use of a logbook; what cannot be written is reported.
pub fn close(logbook: Option<Logbook>) -> Result<(), Failure> {
    let Some(logbook) = logbook else { return Ok(()) };
    let (path, is_asked_for) = (name(logbook.path()), logbook.is_asked_for());
    written(&path, is_asked_for, logbook.close().map_or(Ok(()), Err))
}

/// Ends a job of which nothing changed; what cannot be written is reported.
pub fn end_unchanged(locked: LockedLogbook, key: &JobKey) -> Result<(), Failure> {
    let (path, is_asked_for) = (name(locked.path()), locked.is_asked_for());
    written(&path, is_asked_for, locked.end_unchanged(key))
}

fn written(path: &str, is_asked_for: bool, written: anyhow::Result<()>) -> Result<(), Failure> {
    match written {
        Ok(()) => Ok(()),
        Err(error) if is_asked_for => {
            Err(Failure::Logbook(anyhow!("the logbook {path} could not be written: {error:#}")))
        }
        Err(error) => {
            output::warn(&format!(
                "The logbook {path} could not be written, so the next job reads more: {error:#}"
            ));
            Ok(())
        }
    }
}

/// What was known so far.
pub fn known(logbook: &Logbook) -> CacheCounts {
    CacheCounts {
        unchanged: logbook.tally.unchanged.load(Ordering::Relaxed),
        recognised: logbook.tally.recognised.load(Ordering::Relaxed),
        outdated: logbook.tally.outdated.load(Ordering::Relaxed),
    }
}

/// Why a job took longer than the last one; `None` where no row was of another version.
pub fn measured_again(known: CacheCounts) -> Option<String> {
    let are = if known.outdated == 1 { "is" } else { "are" };
    (known.outdated > 0).then(|| {
        format!(
            "{} {are} measured again because another version of talktest wrote the logbook, and its rows lack \
             what this version judges by.",
            counted(known.outdated, "recording")
        )
    })
}

/// What makes two jobs the same one on two nights: the paths that they are given.
pub fn scope(paths: &[PathBuf]) -> String {
    let absolute = |path: &PathBuf| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        path.components().collect::<PathBuf>().to_string_lossy().into_owned()
    };
    paths.iter().map(absolute).collect::<Vec<_>>().join("\n")
}
