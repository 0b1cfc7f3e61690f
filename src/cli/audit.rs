//! `talktest audit`: the main job.

use std::cell::LazyCell;
use std::time::Instant;

use anyhow::{Context, anyhow};
use rayon::prelude::*;

use super::args::{AuditArguments, ProgressChoice, ReviewArguments, Since};
use super::failure::Failure;
use super::job::{self, CacheCounts};
use super::own_files::OwnFiles;
use super::report::ReportFolder;
use super::stop::Stop;
use super::{clock, inputs, output, present, progress, settings};
use crate::files::{self, Ingestion, ReadingCache, Walk};
use crate::folder_settings::FolderSettings;
use crate::label::Labels;
use crate::logbook::{LastJob, Logbook, Unchanged};
use crate::report::machine::json::run_text;
use crate::review::{JudgementCache, NoCache, Review, Selection, VerdictCounts};
use crate::units::counted;

pub fn run(arguments: &AuditArguments) -> Result<(), Failure> {
    let AuditArguments { inputs, review: asked, job: asked_job } = arguments;
    output::log_as(asked_job.log_format);
    let begun = Instant::now();
    let stop = Stop::listen().context("signals cannot be listened to")?;
    if asked.since == Some(Since::Last) && asked_job.logbook.no_logbook {
        let why = "--since last needs the logbook, so not with --no-logbook";
        return Err(anyhow!(why).into());
    }
    let paths = inputs::paths(inputs)?;
    let loaded = settings::load(&asked.common, &inputs::scanned(inputs, &paths), asked.quiet)?;
    let selection = present::selection(asked, &loaded.settings)?;
    files::require(&paths).map_err(inputs::missing)?;
    let folder = asked.report.as_deref().map(ReportFolder::open).transpose()?;
    let (walk, logbook) = side_by_side(
        || files::walk_while(&paths, inputs.root.as_deref(), &|| stop.goes_on()),
        || job::open(asked_job, &loaded.settings, &stop),
    );
    stopped_early(&stop)?;
    let (mut walk, logbook) = (walk.map_err(inputs::missing)?, logbook?);
    OwnFiles::of(&loaded.own_files)
        .with(folder.iter().flat_map(ReportFolder::pages))
        .with_logbook(logbook.as_ref().map(Logbook::path))
        .leave_out(&mut walk);
    let audit = AuditJob {
        arguments,
        loaded: &loaded,
        logbook: logbook.as_ref(),
        stop: &stop,
        selection,
        folder: folder.as_ref(),
    };
    let threads = inputs::threads(inputs)?;
    let mut review = threads.install(|| job::proven(logbook.as_ref(), || audit.attempt(&walk)))?;
    let scope = job::scope(&paths);
    let last = LazyCell::new(|| audit.last_job(&scope));
    let unchanged = match asked.since {
        Some(Since::Last) => last.take_unchanged(&mut review),
        _ => Unchanged::default(),
    };
    let known = logbook.as_ref().map(job::known);
    let read = present::write(&review, &loaded, asked)?;
    let ended = present::conditions(&review, asked);
    unchanged.put_back(&mut review);
    if let Some(folder) = &folder {
        threads.install(|| present::report(&review, &loaded, asked, folder))?;
        present::point_to(folder, asked)?;
    }
    report_counts(asked, &review, known, begun);
    // What was shown counts as reported, but only where somebody read it to its end.
    let is_reported = read.is_continue() && is_whole(asked);
    if let Some(logbook) = logbook.as_ref().filter(|_| is_reported) {
        logbook.save_job(&scope, &last, &review, &run_text);
    }
    // Its rows still have channels in the logbook.
    drop(review);
    job::close(logbook)?;
    ended
}

/// Lists the folder and opens the logbook, while the words of labels are compiled: a night waits
/// for nothing longer than for these.
fn side_by_side<W: Send, L>(walk: impl FnOnce() -> W + Send, open: impl FnOnce() -> L) -> (W, L) {
    std::thread::scope(|scope| {
        scope.spawn(Labels::prepare);
        let walk = scope.spawn(walk);
        let logbook = open();
        (walk.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), logbook)
    })
}

/// Whoever waited for another job and was told to end did not fail.
fn stopped_early(stop: &Stop) -> Result<(), Failure> {
    stop.code().map_or(Ok(()), |code| Err(Failure::Stopped(code, "Nothing was saved.")))
}

/// What one job works with.
struct AuditJob<'a> {
    arguments: &'a AuditArguments,
    loaded: &'a FolderSettings,
    logbook: Option<&'a Logbook>,
    stop: &'a Stop,
    selection: Selection,
    folder: Option<&'a ReportFolder>,
}

impl AuditJob<'_> {
    /// Reviews everything, and reads the channels that the pages will need.
    fn attempt(&self, walk: &Walk) -> Result<Review, Failure> {
        let review = self.reviewed(walk)?;
        if self.folder.is_some() {
            let shown = review.runs.par_iter().chain(&review.unlabelled);
            let proven = shown.try_for_each(|run| run.measured.row.channels.bytes().map(|_| ()));
            proven.map_err(anyhow::Error::from)?;
        }
        Ok(review)
    }

    /// Reads and judges, as far as nobody wants it to stop.
    fn reviewed(&self, walk: &Walk) -> Result<Review, Failure> {
        let AuditArguments { inputs, review: asked, .. } = self.arguments;
        let show_progress = inputs.progress == ProgressChoice::Auto && !asked.quiet;
        let bar = progress::bar(walk.files.len(), show_progress);
        let ingestion = Ingestion {
            settings: &self.loaded.settings,
            athlete: asked.athlete.as_deref(),
            now: Some(clock::now()),
            cache: self.logbook.map(|logbook| logbook as &dyn ReadingCache),
            progress: &bar,
            goes_on: &|| self.stop.goes_on(),
        };
        let ingested = ingestion.ingest(walk);
        bar.finish_and_clear();
        if let Some(logbook) = self.logbook {
            logbook.flush();
        }
        self.stopped()?;
        let cache: &dyn JudgementCache = self.logbook.map_or(&NoCache, |logbook| logbook);
        let sign = progress::sign("Judging …", show_progress);
        let review = present::review(ingested, self.loaded, &self.selection, self.folder, cache);
        sign.finish_and_clear();
        self.stopped()?;
        Ok(review?)
    }

    fn stopped(&self) -> Result<(), Failure> {
        match (self.stop.code(), self.logbook) {
            (Some(code), Some(_)) => Err(Failure::Stopped(
                code,
                "The files that were read are in the logbook; the next audit goes on from there.",
            )),
            (Some(code), None) => Err(Failure::Stopped(code, "Nothing was saved.")),
            (None, _) => Ok(()),
        }
    }

    /// What the last job over the same paths reported; where that is not known, everything is new.
    fn last_job(&self, scope: &str) -> LastJob {
        let Some(logbook) = self.logbook else { return LastJob::default() };
        logbook.last_job(scope).unwrap_or_else(|error| {
            if self.arguments.review.since == Some(Since::Last) {
                output::warn(&format!(
                    "What the last audit reported cannot be read, so everything is reported: {error:#}"
                ));
            }
            logbook.forget_job(scope);
            LastJob::default()
        })
    }
}

/// Whether every run was judged, so that the result may stand for the folder.
fn is_whole(asked: &ReviewArguments) -> bool {
    let by_day = matches!(asked.since, Some(Since::Day(_))) || asked.until.is_some();
    asked.athlete.is_none() && !by_day
}

/// One line about the job.
fn report_counts(
    asked: &ReviewArguments,
    review: &Review,
    known: Option<CacheCounts>,
    begun: Instant,
) {
    if asked.quiet {
        return;
    }
    // Without a logbook it is no job of a row of them, and the result says it all.
    let Some(known) = known else { return };
    if let Some(why) = job::measured_again(known) {
        output::info(&why);
    }
    let files = review.files;
    let sum = |of: fn(&VerdictCounts) -> usize| -> usize {
        review.athletes.iter().map(|athlete| of(&athlete.recovery)).sum()
    };
    output::info(&format!(
        "{}: {} unchanged, {} known by their bytes, {} failed; {}, {} recovery: {} kept, {} slipped, \
         {} not recovery, {} cannot be judged; {:.1} s.",
        counted(files.seen, "file"),
        known.unchanged,
        known.recognised,
        files.failed,
        counted(files.runs, "run"),
        sum(|recovery| recovery.runs),
        sum(|recovery| recovery.kept),
        sum(|recovery| recovery.slipped),
        sum(|recovery| recovery.not_recovery),
        sum(|recovery| recovery.cannot_judge),
        begun.elapsed().as_secs_f64()
    ));
}
