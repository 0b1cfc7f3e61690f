//! From what was read to what is written: the same for files read here and for rows that were
//! measured elsewhere.

use std::io::Write;
use std::ops::ControlFlow;

use anyhow::{Result, anyhow, bail};

use super::args::{FailOn, ReviewArguments, Since};
use super::failure::Failure;
use super::output::{self, Notice};
use super::report::ReportFolder;
use super::result_copy::ResultCopy;
use crate::files::Disk;
use crate::folder_settings::{FolderSettings, SETTINGS_FILE};
use crate::ingest::{Ingested, NotRun};
use crate::report::OutputKind;
use crate::report::html::Site;
use crate::report::since_last_job;
use crate::review::{self, JudgementCache, Review, Selection, VerdictCounts};
use crate::settings::Settings;

/// What is asked for; `Err` where it cannot hold anything.
pub fn selection(arguments: &ReviewArguments, settings: &Settings) -> Result<Selection> {
    let since = match arguments.since {
        Some(Since::Day(day)) => Some(day),
        Some(Since::Last) | None => None,
    };
    if let (Some(since), Some(until)) = (since, arguments.until)
        && since > until
    {
        bail!("--since {since} lies after --until {until}, so no day is left");
    }
    if let Some(name) = &arguments.athlete {
        require_known(name, settings)?;
    }
    Ok(Selection {
        all: arguments.all,
        as_recovery: arguments.as_recovery,
        what_if: arguments.what_if,
        splits: arguments.splits,
        for_pages: arguments.report.is_some(),
        since,
        until: arguments.until,
    })
}

/// Files of other athletes are not even read, so a wrong name would find nothing.
fn require_known(name: &str, settings: &Settings) -> Result<()> {
    settings.athlete(name).map(|_| ()).ok_or_else(|| {
        let known: Vec<&str> =
            settings.athletes.iter().map(|athlete| athlete.name.as_str()).collect();
        anyhow!("the settings know no athlete `{name}`, only {}", known.join(", "))
    })
}

/// Judges what was read; beside an earlier report, what is new is marked.
pub fn review(
    ingested: Ingested,
    loaded: &FolderSettings,
    selection: &Selection,
    report: Option<&ReportFolder>,
    cache: &dyn JudgementCache,
) -> Result<Review> {
    let FolderSettings { settings, plans_and_notes, .. } = loaded;
    let mut review = review::review(ingested, settings, plans_and_notes, selection, cache)?;
    if let Some(folder) = report {
        folder.mark_changes(&mut review);
    }
    Ok(review)
}

/// Writes the review, and a copy of it; breaks where nobody reads it to its end.
pub fn write(
    review: &Review,
    loaded: &FolderSettings,
    arguments: &ReviewArguments,
    copy: &mut ResultCopy,
) -> Result<ControlFlow<()>, Failure> {
    let style = output::style(loaded.settings.units, arguments.verbose);
    let form = arguments.format;
    output::print_with(|out| {
        let out = &mut copy.writer(out);
        (form.write)(review, &style, out)?;
        match form.kind {
            OutputKind::Terminal => out.write_all(settings_lines(review, loaded).as_bytes()),
            OutputKind::Document | OutputKind::Rows => Ok(()),
        }
    })
}

/// What is said beside the review.
pub fn messages(review: &Review, arguments: &ReviewArguments) -> Vec<Notice> {
    let mut messages = Vec::new();
    if arguments.verbose {
        let skipped = |not_run: &NotRun| format!("skipped {}: {}", not_run.path, not_run.what);
        messages.extend(review.not_runs.iter().map(skipped).map(Notice::Info));
    }
    let is_rows = arguments.format.kind == OutputKind::Rows;
    if is_rows && !review.has_recovery() && !arguments.quiet {
        let text = "No run here is labelled recovery; `talktest audit` without --format says how to label one.";
        messages.push(Notice::Warning(text.to_owned()));
    }
    // A line per run has no place for runs that are gone.
    if is_rows && !review.gone.is_empty() && !arguments.quiet {
        messages.extend(since_last_job(review).map(Notice::Info));
    }
    messages
}

/// Writes the pages of the review.
pub fn report(
    review: &Review,
    loaded: &FolderSettings,
    arguments: &ReviewArguments,
    folder: &ReportFolder,
) -> Result<(), Failure> {
    folder.write(&Disk, &Site::of(review, loaded.settings.units).with_map(arguments.with_map))
}

/// Says where the pages begin, to whoever reads the table.
pub fn point_to(folder: &ReportFolder, arguments: &ReviewArguments) -> Result<(), Failure> {
    if arguments.format.kind == OutputKind::Terminal {
        output::print(&format!("Report: {}\n", output::name(&folder.index())))?;
    }
    Ok(())
}

/// Which settings were used, and which lie there unused.
fn settings_lines(review: &Review, loaded: &FolderSettings) -> String {
    let used = loaded
        .file
        .as_deref()
        .map_or_else(|| "none (`talktest init` writes a file for them)".to_owned(), output::name);
    let paths = review.not_runs.iter().map(|not_run| std::path::Path::new(&not_run.path));
    let unused: String = paths
        .filter(|path| path.ends_with(SETTINGS_FILE))
        .map(|path| {
            format!("Not used: {}; --config names another settings file.\n", output::name(path))
        })
        .collect();
    format!("Settings: {used}\n{unused}")
}

/// Ends with exit code 1 where a condition holds.
pub fn conditions(review: &Review, arguments: &ReviewArguments) -> Result<(), Failure> {
    let recovery = counted(review);
    let count = |condition: &FailOn| match condition {
        FailOn::Slipped => (recovery.slipped, "slipped"),
        FailOn::NotRecovery => (recovery.not_recovery, "not recovery"),
        FailOn::CannotJudge => (recovery.cannot_judge, "cannot be judged"),
        FailOn::Problems => (failed(review), "files could not be used"),
    };
    let holding: Vec<String> = arguments
        .fail_on
        .iter()
        .map(count)
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if holding.is_empty() {
        Ok(())
    } else {
        Err(Failure::Condition(format!("--fail-on: {}", holding.join(", "))))
    }
}

/// Files of which nothing could be used; since the last audit only those that changed.
fn failed(review: &Review) -> usize {
    match review.left_out {
        Some(_) => review.problems.iter().filter(|problem| problem.fatal).count(),
        None => review.files.failed,
    }
}

/// The verdicts that conditions are asked of: since the last audit only those that changed.
fn counted(review: &Review) -> VerdictCounts {
    let mut recovery = VerdictCounts::default();
    if review.left_out.is_some() {
        let verdicts = review.runs.iter().filter(|run| run.is_recovery());
        verdicts.filter_map(|run| run.past.verdict).for_each(|verdict| recovery.add(verdict));
    } else {
        review.athletes.iter().for_each(|athlete| recovery.add_all(&athlete.recovery));
    }
    recovery
}
