//! `talktest audit`: the main job.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use talktest::report::html::Site;
use talktest::report::{OUTPUTS, Output};
use talktest::review::{Review, Selection, review};
use talktest::settings::Settings;

use super::args::{AuditArguments, FailOn, Format, Progress};
use super::report::Folder;
use super::settings::Loaded;
use super::{Failure, gather, output, settings};
use crate::source::{self, Walk};

pub fn run(arguments: &AuditArguments) -> Result<(), Failure> {
    let paths = paths(arguments)?;
    let selection = selection(arguments)?;
    let loaded = settings::load(&arguments.common, &paths, arguments.quiet)?;
    let mut walk = source::walk(&paths)?;
    leave_out(&mut walk, &loaded.own_files);
    let folder = arguments.report.as_deref().map(Folder::open).transpose()?;
    if let Some(folder) = &folder {
        folder.leave_out_of(&mut walk);
    }
    if let Some(name) = &arguments.athlete {
        require_known(name, &loaded.settings)?;
    }
    let closing = settings_lines(&loaded, &walk);
    let show_progress = arguments.progress == Progress::Auto && !arguments.quiet;
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.jobs.map_or(0, usize::from))
        .build()
        .context("threads cannot be started")?;
    let review = threads.install(|| {
        let gathered =
            gather::gather(walk, &loaded.settings, arguments.athlete.as_deref(), show_progress);
        review(gathered, &loaded.settings, &loaded.side_files, &selection)
            .map_err(anyhow::Error::from)
    })?;
    let style = output::style(loaded.settings.units, arguments.verbose);
    let mut text = (output_named(arguments.format.id())?.render)(&review, &style);
    if arguments.format == Format::Table {
        text.push_str(&closing);
    }
    output::print(&text)?;
    if let Some(folder) = &folder {
        let site = Site::of(&review, loaded.settings.units);
        threads.install(|| folder.write(&site))?;
        if arguments.format == Format::Table {
            output::print(&format!("Report: {}\n", output::name(&folder.index())))?;
        }
    }
    if arguments.format == Format::Ndjson && !review.has_recovery() && !arguments.quiet {
        output::say(
            "No run here is labelled recovery; `talktest audit` without --format tells how to label one.",
        );
    }
    conditions(&review, &arguments.fail_on)
}

fn paths(arguments: &AuditArguments) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = arguments.paths.clone();
    if let Some(list) = &arguments.files_from {
        paths.extend(source::listed(list, arguments.null)?);
    } else if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    Ok(paths)
}

fn leave_out(walk: &mut Walk, own_files: &[PathBuf]) {
    let own: Vec<PathBuf> = own_files.iter().filter_map(|file| file.canonicalize().ok()).collect();
    walk.files.retain(|file| file.path.canonicalize().map_or(true, |path| !own.contains(&path)));
}

/// Which settings were used, and which lie there unused.
fn settings_lines(loaded: &Loaded, walk: &Walk) -> String {
    let used = loaded
        .file
        .as_deref()
        .map_or_else(|| "none (`talktest init` writes a file for them)".to_owned(), output::name);
    let unused = walk.files.iter().filter(|file| file.path.ends_with(settings::FILE));
    let unused: String = unused
        .map(|file| {
            format!(
                "Not used: {}; --config names another settings file.\n",
                output::name(&file.path)
            )
        })
        .collect();
    format!("Settings: {used}\n{unused}")
}

fn selection(arguments: &AuditArguments) -> anyhow::Result<Selection> {
    if let (Some(since), Some(until)) = (arguments.since, arguments.until)
        && since > until
    {
        bail!("--since {since} lies after --until {until}, so no day is left");
    }
    Ok(Selection {
        all: arguments.all,
        as_recovery: arguments.as_recovery,
        since: arguments.since,
        until: arguments.until,
    })
}

/// Files of other athletes are not even looked at, so a wrong name would find nothing.
fn require_known(name: &str, settings: &Settings) -> anyhow::Result<()> {
    settings.athlete(name).map(|_| ()).ok_or_else(|| {
        let known: Vec<&str> =
            settings.athletes.iter().map(|athlete| athlete.name.as_str()).collect();
        anyhow!("the settings know no athlete `{name}`, only {}", known.join(", "))
    })
}

fn output_named(id: &str) -> anyhow::Result<&'static Output> {
    OUTPUTS
        .iter()
        .copied()
        .find(|output| output.id == id)
        .ok_or_else(|| anyhow!("no output `{id}`"))
}

fn conditions(review: &Review, fail_on: &[FailOn]) -> Result<(), Failure> {
    let count = |condition: &FailOn| -> (usize, &str) {
        let sum = |of: fn(&talktest::review::VerdictCounts) -> usize| {
            review.athletes.iter().map(|athlete| of(&athlete.recovery)).sum()
        };
        match condition {
            FailOn::Slipped => (sum(|recovery| recovery.slipped), "slipped"),
            FailOn::NotRecovery => (sum(|recovery| recovery.not_recovery), "not recovery"),
            FailOn::CannotJudge => (sum(|recovery| recovery.cannot_judge), "cannot be judged"),
            FailOn::Problems => (review.files.failed, "files could not be used"),
        }
    };
    let holding: Vec<String> = fail_on
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
