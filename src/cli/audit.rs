//! `talktest audit`: the main job.

use std::cell::LazyCell;
use std::time::Instant;

use anyhow::{Context, anyhow};
use rayon::prelude::*;

use super::args::{AuditArguments, ProgressChoice, ReviewArguments, Since};
use super::failure::Failure;
use super::job::{self, CacheCounts};
use super::job_counts::JobCounts;
use super::output::{self, Notice};
use super::own_files::OwnFiles;
use super::report::ReportFolder;
use super::result_copy::ResultCopy;
use super::stop::Stop;
use super::unchanged_job::{self, JobInputs, JobResult};
use super::{clock, inputs, present, progress, settings};
use crate::files::{self, Ingestion, ReadingCache, Walk};
use crate::folder_settings::FolderSettings;
use crate::label::Labels;
use crate::logbook::{JobKey, LastJob, LockedLogbook, Logbook, SavedJob, Unchanged};
use crate::report::machine::json::findings_text;
use crate::review::{JudgementCache, NoCache, Review, Selection};

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
    let scanned = inputs::scanned(inputs, &paths);
    let (loaded, settings_hash) = settings::load_hashed(&asked.common, &scanned, asked.quiet)?;
    let selection = present::selection(asked, &loaded.settings)?;
    files::require(&paths).map_err(inputs::missing)?;
    let folder = asked.report.as_deref().map(ReportFolder::open).transpose()?;
    let (walk, locked) = side_by_side(
        || files::walk_while(&paths, inputs.root.as_deref(), &|| stop.goes_on()),
        || job::lock(asked_job, &loaded.settings, &stop),
    );
    stopped_early(&stop)?;
    let (mut walk, locked) = (walk.map_err(inputs::missing)?, locked?);
    OwnFiles::of(&loaded.own_files)
        .with(folder.iter().flat_map(ReportFolder::pages))
        .with_logbook(locked.as_ref().map(LockedLogbook::path))
        .leave_out(&mut walk);
    let locked = locked.map(|locked| {
        let (paths, walk, loaded, measuring) = (&paths, &walk, &loaded, locked.measuring());
        let inputs = JobInputs { paths, walk, loaded, settings_hash, measuring };
        (unchanged_job::key(&inputs), locked)
    });
    let may_be_known = locked.as_ref().filter(|_| unchanged_job::is_kept(asked));
    let known = may_be_known.and_then(|(key, locked)| unchanged_job::recalled(locked, key));
    let kept = match (known, locked) {
        (Some(result), Some((key, locked))) => {
            let files = walk.files.len();
            return unchanged(asked, result, files, begun, || job::end_unchanged(locked, &key));
        }
        (_, locked) => read(locked)?,
    };
    let audit = AuditJob {
        arguments,
        loaded: &loaded,
        kept: kept.as_ref(),
        stop: &stop,
        selection,
        folder: folder.as_ref(),
        begun,
    };
    let ended = audit.run(&walk)?;
    job::close(kept.map(|(logbook, _)| logbook))?;
    ended
}

/// Lists the folder and opens the logbook.
fn side_by_side<W: Send, L>(walk: impl FnOnce() -> W + Send, open: impl FnOnce() -> L) -> (W, L) {
    std::thread::scope(|scope| {
        let walk = scope.spawn(walk);
        let logbook = open();
        (walk.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), logbook)
    })
}

/// Reads the logbook while the words of labels are compiled: a night with news waits for nothing
/// longer than for these.
fn read(locked: Option<(JobKey, LockedLogbook)>) -> Result<Option<(Logbook, JobKey)>, Failure> {
    std::thread::scope(|scope| {
        scope.spawn(Labels::prepare);
        let Some((key, locked)) = locked else { return Ok(None) };
        Ok(job::read(locked)?.map(|logbook| (logbook, key)))
    })
}

/// Writes what the last job wrote.
fn unchanged(
    asked: &ReviewArguments,
    result: JobResult,
    files: usize,
    begun: Instant,
    end: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let read = result.write()?;
    if !asked.quiet {
        output::info(&result.line(files, begun.elapsed().as_secs_f64()));
    }
    if read.is_continue() {
        end()?;
    }
    result.ended()
}

/// Whoever waited for another job and was told to end did not fail.
fn stopped_early(stop: &Stop) -> Result<(), Failure> {
    stop.code().map_or(Ok(()), |code| Err(Failure::Stopped(code, "Nothing was saved.")))
}

/// What one job works with.
struct AuditJob<'a> {
    arguments: &'a AuditArguments,
    loaded: &'a FolderSettings,
    kept: Option<&'a (Logbook, JobKey)>,
    stop: &'a Stop,
    selection: Selection,
    folder: Option<&'a ReportFolder>,
    begun: Instant,
}

impl AuditJob<'_> {
    fn logbook(&self) -> Option<&Logbook> {
        self.kept.map(|(logbook, _)| logbook)
    }

    /// Reviews, and writes what was found; the inner result is whether a condition holds.
    fn run(&self, walk: &Walk) -> Result<Result<(), Failure>, Failure> {
        let AuditArguments { inputs, review: asked, .. } = self.arguments;
        let threads = inputs::threads(inputs)?;
        let mut review = threads.install(|| job::proven(self.logbook(), || self.attempt(walk)))?;
        let last = LazyCell::new(|| self.last_job());
        let unchanged = match asked.since {
            Some(Since::Last) => {
                if asked.is_whole() {
                    review.gone = last.gone(&review);
                }
                last.take_unchanged(&mut review)
            }
            _ => Unchanged::default(),
        };
        let known = self.logbook().map(job::known);
        let mut copy = ResultCopy::wanted_if(known.is_some() && unchanged_job::is_kept(asked));
        let read = present::write(&review, self.loaded, asked, &mut copy)?;
        let messages = present::messages(&review, asked);
        messages.iter().for_each(Notice::print);
        let ended = present::conditions(&review, asked);
        let counts = JobCounts::of(&review);
        let result = copy.whole().map(|text| JobResult::of(text, messages, counts, &ended));
        unchanged.put_back(&mut review);
        if let Some(folder) = self.folder {
            threads.install(|| present::report(&review, self.loaded, asked, folder))?;
            present::point_to(folder, asked)?;
        }
        self.report_counts(counts, known);
        // What was shown counts as reported, but only where somebody read it to its end.
        if read.is_continue() && asked.is_whole() {
            self.save(walk, &last, &review, result);
        }
        Ok(ended)
    }

    /// Writes the job down for the next one; one that was repeated changes nothing but its time.
    fn save(&self, walk: &Walk, last: &LastJob, review: &Review, result: Option<JobResult>) {
        let Some((logbook, key)) = self.kept else { return };
        // A file that could not be read once, or a run that was to come, shows in no stamp.
        let will_be_the_same = unchanged_job::will_be_the_same(walk, logbook, &review.problems);
        let is_repeated = will_be_the_same && logbook.is_repeated(key);
        if is_repeated {
            logbook.end_repeated(key);
        } else {
            let job = SavedJob { key, will_be_the_same };
            logbook.save_job(&job, last, review, &findings_text);
        }
        // What is news this time is none the next.
        let is_final = is_repeated || self.arguments.review.since != Some(Since::Last);
        if let Some(result) = result.filter(|_| is_final && will_be_the_same) {
            unchanged_job::keep(logbook, key, &result);
        }
    }

    /// One line about the job.
    fn report_counts(&self, counts: JobCounts, known: Option<CacheCounts>) {
        // Without a logbook it is no job of a row of them, and the result says it all.
        let Some(known) = known.filter(|_| !self.arguments.review.quiet) else { return };
        if let Some(why) = job::measured_again(known) {
            output::info(&why);
        }
        output::info(&counts.line(known, self.begun.elapsed().as_secs_f64()));
    }

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
            cache: self.logbook().map(|logbook| logbook as &dyn ReadingCache),
            progress: &bar,
            goes_on: &|| self.stop.goes_on(),
        };
        let ingested = ingestion.ingest(walk);
        bar.finish_and_clear();
        if let Some(logbook) = self.logbook() {
            logbook.flush();
        }
        self.stopped()?;
        let cache: &dyn JudgementCache = self.logbook().map_or(&NoCache, |logbook| logbook);
        let sign = progress::sign("Judging …", show_progress);
        let review = present::review(ingested, self.loaded, &self.selection, self.folder, cache);
        sign.finish_and_clear();
        self.stopped()?;
        Ok(review?)
    }

    fn stopped(&self) -> Result<(), Failure> {
        match (self.stop.code(), self.logbook()) {
            (Some(code), Some(_)) => Err(Failure::Stopped(
                code,
                "The files that were read are in the logbook; the next audit goes on from there.",
            )),
            (Some(code), None) => Err(Failure::Stopped(code, "Nothing was saved.")),
            (None, _) => Ok(()),
        }
    }

    /// What the last job over the same paths reported; where that is not known, everything is new.
    fn last_job(&self) -> LastJob {
        let Some((logbook, JobKey { scope, .. })) = self.kept else { return LastJob::default() };
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
