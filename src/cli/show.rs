//! `talktest show`: one run, judged as if it were a recovery run, as the audit of its folder would.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chrono::{Days, NaiveDate};

use super::args::{ShowArguments, ShownRun, WhatIf};
use super::failure::Failure;
use super::output::name;
use super::run_file::{folder_of, is_of_file, lies_in, put_in};
use super::{clock, inputs, job, output, settings, what_if};
use crate::files::{self, Ingestion, ReadingCache, Walk};
use crate::folder_settings::FolderSettings;
use crate::ingest::Ingested;
use crate::logbook::Logbook;
use crate::metrics::DamagedChannels;
use crate::report::Style;
use crate::report::terminal::run_list::run_list;
use crate::report::terminal::run_view::run_view;
use crate::review::{JudgementCache, NoCache, Review, ReviewedRun, Selection, review};

pub fn run(arguments: &ShowArguments) -> Result<(), Failure> {
    let file = &arguments.file;
    if file.is_dir() {
        let why = format!("{} is a folder; `talktest audit` reads folders", name(file));
        return Err(anyhow::anyhow!(why).into());
    }
    let mut alone = files::walk(std::slice::from_ref(file)).map_err(inputs::missing)?;
    let folder = (!arguments.alone).then(|| folder_of(file));
    let paths: Vec<PathBuf> = folder.into_iter().collect();
    let loaded = settings::load(&arguments.common, &paths, true)?;
    let mut walk = inputs::walk(&paths, None, &loaded)?;
    put_in(&mut walk, &mut alone);
    let logbook = if arguments.alone {
        None
    } else {
        job::open_if_free(&arguments.logbook, &loaded.settings)?
    };
    let show = Show {
        file,
        asked: &arguments.what_if,
        run: arguments.run.as_ref(),
        all: arguments.all,
        alone: &alone,
        walk: &walk,
        loaded: &loaded,
        logbook: logbook.as_ref(),
    };
    let text = job::proven(logbook.as_ref(), || show.text());
    job::close(logbook)?;
    output::print(&text?)
}

/// What is shown, and what it is judged with.
struct Show<'a> {
    file: &'a Path,
    /// The limits that are moved.
    asked: &'a [WhatIf],
    /// Which of several runs is meant.
    run: Option<&'a ShownRun>,
    /// Whether all of several runs are shown.
    all: bool,
    /// The file.
    alone: &'a Walk,
    /// The file and everything that it is judged beside.
    walk: &'a Walk,
    loaded: &'a FolderSettings,
    logbook: Option<&'a Logbook>,
}

impl Show<'_> {
    fn text(&self) -> Result<String> {
        let FolderSettings { settings, plans_and_notes, .. } = self.loaded;
        let ingestion = Ingestion {
            now: Some(clock::now()),
            cache: self.logbook.map(|logbook| logbook as &dyn ReadingCache),
            ..Ingestion::new(settings)
        };
        let own = ingestion.ingest(self.alone);
        let paths: Vec<String> =
            own.measured.iter().map(|session| session.path().to_owned()).collect();
        self.require_sessions(&own)?;
        let cache: &dyn JudgementCache = self.logbook.map_or(&NoCache, |logbook| logbook);
        let selection = Selection { what_if: !self.asked.is_empty(), ..selection(&own) };
        let ingested = ingestion.ingest(self.walk);
        let mut review = review(ingested, settings, plans_and_notes, &selection, cache)?;
        self.keep_own(&mut review);
        self.keep_meant(&mut review)?;
        if self.is_listed(&review) {
            let style = output::style(settings.units, false);
            return Ok(run_list(&review.runs, &name(self.file), &style));
        }
        self.views(&review, &paths, &output::style(settings.units, true))
    }

    /// Says what is wrong with the file.
    fn require_sessions(&self, own: &Ingested) -> Result<()> {
        for problem in &own.problems {
            output::warn(&format!("{}: {}", name(Path::new(&problem.path)), problem.problem));
        }
        match own.not_runs.first() {
            _ if !own.measured.is_empty() => Ok(()),
            Some(not_run) => bail!("{} is not a run: {}", name(self.file), not_run.what),
            None => bail!("{} holds no run that can be used", name(self.file)),
        }
    }

    /// Leaves in the review what the file holds, whichever of its copies was read.
    fn keep_own(&self, review: &mut Review) {
        let Some(file) = self.alone.files.first() else { return };
        review.runs.retain(|run| is_of_file(run, &file.name));
        review.not_runs.retain(|not_run| lies_in(&not_run.path, &file.name));
    }

    /// Leaves in the review the run that is meant.
    fn keep_meant(&self, review: &mut Review) -> Result<()> {
        let Some(meant) = self.run.filter(|_| !review.runs.is_empty()) else { return Ok(()) };
        review.runs.retain(|run| meant.is(run));
        if review.runs.is_empty() {
            let what = match meant {
                ShownRun::Day(day) => format!("of {day}"),
                ShownRun::Name(text) => format!("that is called `{text}`"),
            };
            bail!("{} holds no run {what}; without --run its runs are listed", name(self.file));
        }
        Ok(())
    }

    /// Whether several recordings are there and nobody wants to see them all: the sessions of one
    /// recording belong together.
    fn is_listed(&self, review: &Review) -> bool {
        let paths: BTreeSet<&str> = review.runs.iter().map(|run| run.measured.path()).collect();
        paths.len() > 1 && !self.all
    }

    fn views(&self, review: &Review, paths: &[String], style: &Style) -> Result<String> {
        if review.runs.is_empty() {
            let what = review.not_runs.first().map_or("", |not_run| not_run.what.as_str());
            bail!("{} is not a run: {what}", name(self.file));
        }
        let view = |run: &ReviewedRun| {
            let sessions = paths.iter().filter(|path| *path == run.measured.path()).count();
            let text = run_view(run, sessions, &run.evidence, style)?;
            Ok::<_, DamagedChannels>(text + &what_if::text(run, self.asked))
        };
        let views = review.runs.iter().map(view);
        Ok(views.collect::<Result<Vec<_>, _>>().context("the run cannot be drawn")?.join("\n"))
    }
}

/// The days of the file's sessions, with a day on either side for every time zone.
fn selection(own: &Ingested) -> Selection {
    let starts = own.measured.iter().map(|session| session.row.metadata.start.date_time());
    let days: Option<Vec<NaiveDate>> =
        starts.map(|start| start.map(|start| start.date_naive())).collect();
    let days = days.unwrap_or_default();
    let first = days.iter().min().and_then(|day| day.checked_sub_days(Days::new(1)));
    let last = days.iter().max().and_then(|day| day.checked_add_days(Days::new(1)));
    Selection { as_recovery: true, since: first, until: last, ..Selection::default() }
}
