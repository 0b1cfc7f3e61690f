//! Rows → [`Review`]: every run of every athlete in its day, with its label, judged where it is
//! labelled recovery.
//!
//! ```text
//! rows ─activities─▶ ─pipeline─▶ reviewed runs ─ids, counts, athletes─▶ Review
//! ```

mod activities;
mod anchor_periods;
mod athlete;
mod cache;
mod classify;
mod context;
mod file_counts;
mod gone;
mod ids;
mod inputs;
mod labels;
mod past_run;
mod people;
mod pipeline;
mod run;
mod scope;
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
use inputs::Inputs;

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
    let Ingested { seen, measured, mut not_runs, mut problems, unrecorded } = ingested;
    let (measured, damaged) = activities::split_damaged(measured);
    problems.extend(damaged);
    let measured = activities::activities(measured)?;
    let mut runs = pipeline::review_runs(&inputs, measured, selection, cache)?;
    ids::put_in_order(&mut runs);
    let of_runs = file_counts::count_files(&runs);
    let files = FileCounts {
        seen,
        runs: runs.iter().filter(|run| run.is_run()).count(),
        not_runs: not_runs.len() + of_runs.not_runs,
        failed: problems.iter().filter(|problem| problem.fatal).count(),
        unrecorded,
        ..of_runs
    };
    not_runs.extend(runs.iter().filter(|run| !run.is_run()).map(not_run));
    not_runs.sort();
    // The sessions of one file are one file.
    not_runs.dedup();
    problems.extend(unmatched::unmatched_rows(plans_and_notes, &runs));
    problems.extend(people::several(settings, &runs));
    problems.sort_by(|left, right| left.path.cmp(&right.path));
    let is_outside = |run: &&ReviewedRun| run.is_run() && !selection.includes(&run.start);
    Ok(Review {
        settings_hash: inputs.hash(),
        files,
        selection: *selection,
        outside: runs.iter().filter(is_outside).count(),
        problems,
        left_out: None,
        gone: Vec::new(),
        not_runs,
        athletes: athlete::athletes(&runs, selection),
        unlabelled: unlabelled(&runs, selection),
        runs: runs.into_iter().filter_map(|run| listed(run, selection)).collect(),
    })
}

/// The newest short runs where no run is labelled recovery, which were judged as if they were.
fn unlabelled(runs: &[ReviewedRun], selection: &Selection) -> Vec<ReviewedRun> {
    if selection.as_recovery {
        return Vec::new();
    }
    let is_judged = |run: &&ReviewedRun| !run.is_recovery() && run.audit.is_some();
    let mut newest: Vec<ReviewedRun> = runs.iter().filter(is_judged).cloned().collect();
    newest.sort_by_key(|run| Reverse(run.measured.row.metadata.start));
    newest
}

/// A run as it stands in the list, with no judgement that nobody asked for.
fn listed(mut run: ReviewedRun, selection: &Selection) -> Option<ReviewedRun> {
    let is_judged = run.is_recovery() || (selection.as_recovery && run.is_run());
    if !is_judged {
        run.audit = None;
    }
    let is_wanted = is_judged || (selection.all && run.is_run());
    (is_wanted && selection.includes(&run.start)).then_some(run)
}

fn not_run(run: &ReviewedRun) -> NotRun {
    let path = run.measured.path().to_owned();
    let what = match &run.measured.row.metadata.sport {
        Sport::Unspecified => "no sport is stated, and it does not move like a run".to_owned(),
        sport => format!("another sport: {}", sport.name()),
    };
    NotRun { what, path }
}
