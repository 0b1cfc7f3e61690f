//! Rows → [`Review`]: every run of every athlete in its day, with its label, judged where it is
//! labelled recovery.
//!
//! ```text
//! rows ─activities─▶ ─seasons, pipeline─▶ reviewed runs ─ids, counts, athletes─▶ Review
//! ```

mod activities;
mod anchor_periods;
mod athlete;
mod bases;
mod cache;
mod classify;
mod context;
mod digest;
mod file_counts;
mod gone;
mod ids;
mod inputs;
mod labels;
#[cfg(feature = "files")]
mod packed_sessions;
mod past_run;
mod people;
mod pipeline;
mod run;
mod scope;
mod seasons;
mod shared_basis;
mod statements;
mod unmatched;
mod unpacked_runs;
mod zones;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::activity::Sport;
use crate::ingest::{FileProblem, Ingested, NotRun};
use crate::metrics::DamagedChannels;
use crate::settings::Settings;
use inputs::{AthleteInputs, Inputs};

pub use activities::{LocalStart, OffsetSource};
pub use anchor_periods::AnchorPeriod;
pub use athlete::{
    AthleteReview, BandsOfMonth, CalendarEntry, Fitness, Hint, Month, MonthOfMinutes, ShortRuns,
    ShorterAndCalmer, VerdictCounts, Week,
};
pub use cache::{CachedJudgement, JudgementCache, NoCache, RunKey};
pub use file_counts::FileCounts;
pub use gone::{GoneReason, GoneVerdict};
pub use inputs::PlanAndNotes;
pub use labels::{LabelledRun, labels};
pub use past_run::past_run;
pub use run::ReviewedRun;
pub use scope::Selection;
pub use statements::RunStatements;
pub use unpacked_runs::UnpackedRuns;
pub use zones::DisplayedZones;

/// What is no news, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct LeftOut {
    /// Runs.
    pub runs: usize,
    /// Problems of files.
    pub problems: usize,
}

/// The whole review.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// What a verdict depends on beside the run, as a hash.
    pub settings_hash: String,
    /// How many files there were.
    pub files: FileCounts,
    /// What was asked for.
    pub selection: Selection,
    /// Runs on other days than those asked for.
    pub outside: usize,
    /// What was wrong with files, by path.
    pub problems: Vec<FileProblem>,
    /// What the last job told already and the lists leave out; `None` where they are whole.
    pub left_out: Option<LeftOut>,
    /// What the last job judged and this one does not, by athlete and id; empty where nothing is told
    /// to be new.
    pub gone: Vec<GoneVerdict>,
    /// What was no run, by what it is.
    pub not_runs: Vec<NotRun>,
    /// The athletes by name.
    pub athletes: Vec<AthleteReview>,
    /// The listed runs by athlete, start and id.
    pub runs: Vec<ReviewedRun>,
    /// Where nothing is labelled recovery: the newest short runs, judged as if they were, outside
    /// all counts.
    pub unlabelled: Vec<ReviewedRun>,
}

impl Review {
    /// Whether there is no run on the days asked for.
    pub fn is_empty(&self) -> bool {
        self.files.runs == self.outside
    }

    /// Whether a session began on a day asked for.
    pub fn is_asked_for(&self, start: &LocalStart) -> bool {
        self.selection.includes(start)
    }

    /// Whether any run on the days asked for is labelled recovery.
    pub fn has_recovery(&self) -> bool {
        self.athletes.iter().any(|athlete| athlete.recovery.runs > 0)
    }
}

/// Reviews what was ingested, with the help of earlier reviews, which changes nothing in the result.
///
/// # Errors
/// Where the channels of a row are damaged.
pub fn review(
    ingested: Ingested,
    settings: &Settings,
    plans_and_notes: &BTreeMap<String, PlanAndNotes>,
    selection: &Selection,
    cache: &dyn JudgementCache,
) -> Result<Review, DamagedChannels> {
    let inputs = Inputs::new(settings, plans_and_notes);
    let Ingested { seen, mut measured, not_runs, mut problems, unrecorded } = ingested;
    problems.extend(activities::take_damaged(&mut measured));
    let measured = activities::activities(measured)?;
    let files = FileCounts {
        seen,
        not_runs: not_runs.len(),
        failed: problems.iter().filter(|problem| problem.fatal).count(),
        unrecorded,
        ..FileCounts::default()
    };
    let mut review = Review {
        settings_hash: inputs.hash(),
        files,
        selection: *selection,
        outside: 0,
        problems,
        left_out: None,
        gone: Vec::new(),
        not_runs,
        athletes: Vec::new(),
        runs: Vec::new(),
        unlabelled: Vec::new(),
    };
    seasons::review_seasons(&inputs, measured, selection, cache, |of_athlete, runs| {
        review.add(of_athlete, runs);
    })?;
    review.put_in_order();
    Ok(review)
}

impl Review {
    /// Adds the runs of one athlete, of which only the listed ones are kept.
    #[expect(clippy::vec_box, reason = "they come as the review of a season leaves them")]
    fn add(&mut self, inputs: &AthleteInputs, mut own: Vec<Box<ReviewedRun>>) {
        let selection = self.selection;
        ids::give_ids(&mut own);
        self.files.add(&file_counts::count_files(&own));
        self.not_runs.extend(own.iter().filter(|run| !run.is_run()).map(|run| not_run(run)));
        self.problems.extend(unmatched::unmatched_rows(inputs.plan_and_notes, &own));
        self.problems.extend(people::several(inputs.settings, &own));
        let runs = own.iter().filter(|run| run.is_run());
        self.outside += runs.filter(|run| !selection.includes(&run.start)).count();
        self.athletes.push(athlete::athlete_review(&own, &selection));
        let unlabelled = own.iter().filter(|run| is_unlabelled(run, &selection));
        self.unlabelled.extend(unlabelled.map(|run| ReviewedRun::clone(run)));
        own.retain_mut(|run| is_listed(run, &selection));
        self.runs.extend(own.into_iter().map(|run| *run));
    }

    fn put_in_order(&mut self) {
        self.not_runs.sort();
        // The sessions of one file are one file.
        self.not_runs.dedup();
        self.problems.sort_by(|left, right| left.path.cmp(&right.path));
        self.unlabelled.sort_by_key(|run| Reverse(run.measured.row.metadata.start));
    }
}

/// Whether it is one of the newest short runs where no run is labelled recovery, which were judged as if they were.
fn is_unlabelled(run: &ReviewedRun, selection: &Selection) -> bool {
    !selection.as_recovery && !run.is_recovery() && run.audit.is_some()
}

/// Whether a run stands in the list; there it has no judgement that nobody asked for, nor one that
/// depends on whether other athletes label theirs.
fn is_listed(run: &mut ReviewedRun, selection: &Selection) -> bool {
    let is_judged = run.is_recovery() || (selection.as_recovery && run.is_run());
    if !is_judged {
        (run.audit, run.moved_limits) = (None, None);
    }
    let is_wanted = is_judged || (selection.all && run.is_run());
    is_wanted && selection.includes(&run.start)
}

fn not_run(run: &ReviewedRun) -> NotRun {
    let path = run.measured.path().to_owned();
    let what = match &run.measured.row.metadata.sport {
        Sport::Unspecified => "no sport is stated, and it does not move like a run".to_owned(),
        sport => format!("another sport: {}", sport.name()),
    };
    NotRun { what, path }
}
