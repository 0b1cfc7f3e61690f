//! `talktest audit`: the main job.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, anyhow, bail};
use talktest::decode::Limits;
use talktest::report::{OUTPUTS, Output};
use talktest::review::memory::{Forgetful, Memory};
use talktest::review::{Review, ReviewedRun, Selection, VerdictCounts, review_with};
use talktest::settings::Settings;

use super::args::{AuditArguments, FailOn, Format, Progress, Since};
use super::gather::{Gathering, gather_known};
use super::job::{self, Known};
use super::own_files::OwnFiles;
use super::settings::Loaded;
use super::stop::Stop;
use super::{Failure, output, settings};
use crate::logbook::{LastJob, Logbook};
use crate::source::{self, Walk};

pub fn run(arguments: &AuditArguments) -> Result<(), Failure> {
    output::log_as(arguments.log_format);
    let begun = Instant::now();
    let stop = Stop::listen().context("signals cannot be listened to")?;
    let paths = paths(arguments)?;
    let selection = selection(arguments)?;
    let loaded = settings::load(&arguments.common, &paths, arguments.quiet)?;
    let mut walk = source::walk(&paths)?;
    if let Some(name) = &arguments.athlete {
        require_known(name, &loaded.settings)?;
    }
    let logbook = job::open(arguments, &stop)?;
    OwnFiles::of(&loaded.own_files, logbook.as_ref().map(Logbook::path)).leave_out(&mut walk);
    let closing = settings_lines(&loaded, &walk);
    let mut review = reviewed(arguments, walk, &loaded, &selection, logbook.as_ref(), &stop)?;
    let scope = job::scope(&paths);
    let old = match arguments.since {
        Some(Since::Last) => take_old(&mut review, logbook.as_ref(), &scope, arguments)?,
        _ => Vec::new(),
    };
    let known = logbook.as_ref().map(job::known);
    let style = output::style(loaded.settings.units, arguments.verbose);
    let mut text = (output_named(arguments.format.id())?.render)(&review, &style);
    if arguments.format == Format::Table {
        text.push_str(&closing);
    }
    output::print(&text)?;
    tell(arguments, &review, known, begun);
    let ended = conditions(&review, arguments);
    if let Some(logbook) = logbook.as_ref().filter(|_| is_whole(arguments)) {
        // What was shown is no news any more, but only after it was shown.
        review.runs.extend(old);
        logbook.keep_judged(&scope, &review);
    }
    job::close(logbook)?;
    ended
}

/// Reads and judges, on as many threads as are asked for.
fn reviewed(
    arguments: &AuditArguments,
    walk: Walk,
    loaded: &Loaded,
    selection: &Selection,
    logbook: Option<&Logbook>,
    stop: &Stop,
) -> Result<Review, Failure> {
    let gathering = Gathering {
        settings: &loaded.settings,
        athlete: arguments.athlete.as_deref(),
        limits: &Limits::default(),
        show_progress: arguments.progress == Progress::Auto && !arguments.quiet,
        logbook,
        goes_on: &|| stop.goes_on(),
    };
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.jobs.map_or(0, usize::from))
        .build()
        .context("threads cannot be started")?;
    let review = threads.install(|| {
        let gathered = gather_known(walk, &gathering);
        if let Some(logbook) = logbook {
            logbook.flush();
        }
        let settings = &loaded.settings;
        let memory: &dyn Memory = logbook.map_or(&Forgetful, |logbook| logbook);
        let review =
            |gathered| review_with(gathered, settings, &loaded.side_files, selection, memory);
        stop.goes_on().then(|| review(gathered))
    });
    let stopped = || match (stop.code(), logbook) {
        (Some(code), Some(_)) => Some(Failure::Stopped(
            code,
            "The files that were read are in the logbook; the next job goes on from there.",
        )),
        (Some(code), None) => Some(Failure::Stopped(code, "Nothing was kept.")),
        (None, _) => None,
    };
    match (stopped(), review) {
        (Some(stopped), _) => Err(stopped),
        (None, Some(review)) => Ok(review.map_err(anyhow::Error::from)?),
        (None, None) => Err(anyhow!("the job was stopped").into()),
    }
}

/// Whether every run was judged, so that the result may stand for the folder.
fn is_whole(arguments: &AuditArguments) -> bool {
    let by_day = matches!(arguments.since, Some(Since::Day(_))) || arguments.until.is_some();
    arguments.athlete.is_none() && !by_day
}

/// Takes out of the list what the last job over the same paths judged so already.
fn take_old(
    review: &mut Review,
    logbook: Option<&Logbook>,
    scope: &str,
    arguments: &AuditArguments,
) -> Result<Vec<ReviewedRun>, Failure> {
    let last = match logbook {
        Some(logbook) => logbook.last_job(scope).map_err(Failure::Logbook)?,
        // Where there should be one and is none, everything is news.
        None if !arguments.logbook.no_logbook => LastJob::default(),
        None => {
            return Err(anyhow!("--since last needs the logbook, so not with --no-logbook").into());
        }
    };
    let (news, old) =
        std::mem::take(&mut review.runs).into_iter().partition(|run| last.is_news(run));
    review.runs = news;
    Ok(old)
}

/// One line about the job, and with --verbose what was skipped and why.
fn tell(arguments: &AuditArguments, review: &Review, known: Option<Known>, begun: Instant) {
    if arguments.quiet {
        return;
    }
    if arguments.format == Format::Ndjson && !review.has_recovery() {
        output::say(
            "No run here is labelled recovery; `talktest audit` without --format tells how to label one.",
        );
    }
    if arguments.verbose {
        for not_run in &review.not_runs {
            output::tell(&format!("skipped {}: {}", not_run.path, not_run.what));
        }
    }
    // Without a logbook it is no job of a row of them, and the result says it all.
    let Some(known) = known else { return };
    let files = review.files;
    let sum = |of: fn(&VerdictCounts) -> usize| -> usize {
        review.athletes.iter().map(|athlete| of(&athlete.recovery)).sum()
    };
    output::tell(&format!(
        "{} files: {} unchanged, {} known by their bytes, {} failed; {} runs, {} recovery: {} kept, {} slipped, \
         {} not recovery, {} cannot be judged; {:.1} s.",
        files.seen,
        known.unchanged,
        known.recognised,
        files.failed,
        files.runs,
        sum(|recovery| recovery.runs),
        sum(|recovery| recovery.kept),
        sum(|recovery| recovery.slipped),
        sum(|recovery| recovery.not_recovery),
        sum(|recovery| recovery.cannot_judge),
        begun.elapsed().as_secs_f64()
    ));
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
    let since = match arguments.since {
        Some(Since::Day(day)) => Some(day),
        Some(Since::Last) | None => None,
    };
    if let (Some(since), Some(until)) = (since, arguments.until)
        && since > until
    {
        bail!("--since {since} lies after --until {until}, so no day is left");
    }
    Ok(Selection {
        all: arguments.all,
        as_recovery: arguments.as_recovery,
        since,
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

fn conditions(review: &Review, arguments: &AuditArguments) -> Result<(), Failure> {
    let mut recovery = VerdictCounts::default();
    if arguments.since == Some(Since::Last) {
        let verdicts = review.runs.iter().filter(|run| run.is_recovery());
        verdicts.filter_map(|run| run.past.verdict).for_each(|verdict| recovery.add(verdict));
    } else {
        review.athletes.iter().for_each(|athlete| recovery.add_all(&athlete.recovery));
    }
    let count = |condition: &FailOn| match condition {
        FailOn::Slipped => (recovery.slipped, "slipped"),
        FailOn::NotRecovery => (recovery.not_recovery, "not recovery"),
        FailOn::CannotJudge => (recovery.cannot_judge, "cannot be judged"),
        FailOn::Problems => (review.files.failed, "files could not be used"),
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
