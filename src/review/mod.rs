//! Rows → [`Review`]: every run of every athlete in its day, with its label, judged where it is
//! labelled recovery.
//!
//! ```text
//! rows ─kind, day, id─▶ runs in time order ─label, context─▶ judge ─▶ ReviewedRun
//! ```

mod anchor_periods;
mod athlete;
pub mod cache;
mod calendar_entry;
mod context;
mod day;
mod draft;
mod duplicates;
pub mod facts;
mod fill_missing;
mod hints;
mod is_run;
mod judged_run;
mod labels;
mod order;
mod overview;
mod pipeline;
mod quotes;
mod scope;
mod told;
mod unmatched;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::activity::Sport;
use crate::athlete::{AnchorEvidence, HeartRateThresholds};
use crate::audit::{Audit, HeartRateQuality};
use crate::history::{Change, EasyBaseline, PassedMaximum, PastRun};
use crate::ingest::{FileProblem, Ingested, MeasuredSession, NotRun};
use crate::label::Label;
use crate::metrics::DamagedChannels;
use crate::metrics::zones::TimeInZone;
use crate::session::{Session, SessionKind, Verdict};
use crate::settings::{Notes, Plan, Settings};
use crate::units::BeatsPerMinute;
use crate::zones::{self, ZoneModel};
use cache::{JudgementCache, NoCache};
use judged_run::JudgedRun;

pub use anchor_periods::AnchorPeriod;
pub use calendar_entry::CalendarEntry;
pub use day::{LocalStart, OffsetSource};
pub use hints::Hint;
pub use labels::{LabelledRun, labels};
pub use overview::{Month, Week};

/// How many files there were: `seen` is the sum of all others but `runs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct FileCounts {
    /// Files looked at.
    pub seen: usize,
    /// Runs found; a file may hold several.
    pub runs: usize,
    /// Files with at least one run.
    pub with_runs: usize,
    /// Files that hold no run.
    pub not_runs: usize,
    /// Copies of files already read.
    pub duplicates: usize,
    /// Files of which nothing could be used.
    pub failed: usize,
    /// Activities that a table of an export lists and that nothing was recorded of; no files.
    pub unrecorded: usize,
}

/// Plan and notes of one athlete.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SideFiles {
    /// The plan.
    pub plan: Plan,
    /// The notes of all files.
    pub notes: Vec<Notes>,
}

/// What is to be listed and judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    /// List every run, not only the recovery runs.
    pub all: bool,
    /// Judge every listed run as if it were labelled recovery.
    pub as_recovery: bool,
    /// The first local day.
    pub since: Option<NaiveDate>,
    /// The last local day.
    pub until: Option<NaiveDate>,
}

/// One run in the review.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewedRun {
    /// `<start UTC>-<sport>[-n]`.
    pub id: String,
    /// The hash of everything that its judgement depends on.
    pub basis: u128,
    /// The measured session.
    pub measured: MeasuredSession,
    /// When it began where it was run.
    pub start: LocalStart,
    /// Its label, where it has one.
    pub label: Option<Label>,
    /// What kind of session it was.
    pub session: Session,
    /// Whether it is a run at all.
    pub is_run: bool,
    /// The athlete's anchors on its day.
    pub evidence: AnchorEvidence,
    /// The lines drawn from them.
    pub lines: Option<HeartRateThresholds>,
    /// How far its heart rate can be trusted.
    pub trust: HeartRateQuality,
    /// Coverage of the judged time, in percent.
    pub coverage_pct: f64,
    /// Who measured the heart rate.
    pub sensor: crate::athlete::Sensor,
    /// Time in the displayed zones; `None` where the model has no boundaries.
    pub zones: Option<DisplayedZones>,
    /// The run as later runs see it.
    pub past: PastRun,
    /// The judgement; `None` unless labelled recovery or asked for.
    pub audit: Option<Audit>,
    /// Whether the last report lacks it; `None` where there was none.
    pub is_new: Option<bool>,
}

impl ReviewedRun {
    /// Whether it is labelled recovery.
    pub fn is_recovery(&self) -> bool {
        self.is_run
            && self.label.as_ref().is_some_and(|label| label.kind == Some(SessionKind::Recovery))
    }
}

/// Time in the zones of one model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisplayedZones {
    /// The model.
    #[serde(deserialize_with = "zones::deserialize")]
    pub model: &'static ZoneModel,
    /// Its boundaries.
    pub bounds: Vec<BeatsPerMinute>,
    /// The time.
    pub time: TimeInZone,
}

/// Verdicts counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct VerdictCounts {
    /// Runs labelled recovery.
    pub runs: usize,
    /// Of which kept.
    pub kept: usize,
    /// Slipped.
    pub slipped: usize,
    /// Not recovery.
    pub not_recovery: usize,
    /// Not to be judged.
    pub cannot_judge: usize,
}

impl VerdictCounts {
    /// Counts what another count has.
    pub fn add_all(&mut self, other: &Self) {
        self.runs += other.runs;
        self.kept += other.kept;
        self.slipped += other.slipped;
        self.not_recovery += other.not_recovery;
        self.cannot_judge += other.cannot_judge;
    }

    /// Counts one verdict.
    pub fn add(&mut self, verdict: Verdict) {
        self.runs += 1;
        match verdict {
            Verdict::Kept => self.kept += 1,
            Verdict::Slipped => self.slipped += 1,
            Verdict::NotRecovery => self.not_recovery += 1,
            Verdict::CannotJudge => self.cannot_judge += 1,
        }
    }
}

/// One athlete in the review.
#[derive(Debug, Clone, PartialEq)]
pub struct AthleteReview {
    /// The name.
    pub name: String,
    /// The anchors of the newest run.
    pub anchors: AnchorEvidence,
    /// The lines of the newest run that has any.
    pub lines: Option<HeartRateThresholds>,
    /// By what its judged runs were judged, in time order.
    pub judged_by: Vec<AnchorPeriod>,
    /// The newest stated maximum that runs went beyond.
    pub passed_maximum: Option<PassedMaximum>,
    /// Verdicts of the runs labelled recovery.
    pub recovery: VerdictCounts,
    /// The runner's own easy pace after the newest run.
    pub easy: EasyBaseline,
    /// The weeks with runs.
    pub weeks: Vec<Week>,
    /// The months with recovery runs.
    pub months: Vec<Month>,
    /// How the share above the ceiling changed over the last recovery runs, in percentage points;
    /// `None` where there are too few.
    pub above_ceiling: Option<Change>,
    /// The season in one sentence, where most recovery runs were the same other thing.
    pub in_one_sentence: Option<String>,
    /// What is worth a look; only where every run is listed.
    pub hints: Vec<Hint>,
    /// Every session of any sport on any day, in time order.
    pub outings: Vec<CalendarEntry>,
}

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
        within(start, &self.selection)
    }

    /// Whether any run on the days asked for is labelled recovery.
    pub fn has_recovery(&self) -> bool {
        self.athletes.iter().any(|athlete| athlete.recovery.runs > 0)
    }
}

/// Runs shown where nothing is labelled.
const SHOWN_UNLABELLED: usize = 10;
/// Their longest moving time, in minutes.
const LONGEST_UNLABELLED_MIN: f64 = 60.0;

/// Reviews what was gathered.
///
/// # Errors
/// Where the lanes of a row are damaged.
pub fn review(
    gathered: Ingested,
    settings: &Settings,
    side_files: &BTreeMap<String, SideFiles>,
    selection: &Selection,
) -> Result<Review, DamagedChannels> {
    review_with(gathered, settings, side_files, selection, &NoCache)
}

/// Reviews what was gathered, with the help of earlier reviews: the result is the same.
///
/// # Errors
/// Where the lanes of a row are damaged.
pub fn review_with(
    gathered: Ingested,
    settings: &Settings,
    side_files: &BTreeMap<String, SideFiles>,
    selection: &Selection,
    memory: &dyn JudgementCache,
) -> Result<Review, DamagedChannels> {
    let reviewer = pipeline::Reviewer::new(settings, side_files, selection, memory);
    let Ingested { seen, measured, mut not_runs, mut problems, unrecorded } = gathered;
    let (measured, damaged) = order::split_damaged(measured);
    let measured = activities(measured)?;
    problems.extend(damaged);
    let failed = problems.iter().filter(|problem| problem.fatal).count();
    let mut runs = reviewer.review(measured)?;
    order::put_in_order(&mut runs);
    let of_runs = order::count_files(&runs);
    let files = FileCounts {
        seen,
        runs: runs.iter().filter(|run| run.is_run).count(),
        not_runs: not_runs.len() + of_runs.not_runs,
        failed,
        unrecorded,
        ..of_runs
    };
    not_runs.extend(runs.iter().filter(|run| !run.is_run).map(not_run));
    not_runs.sort();
    problems.extend(unmatched::unmatched_rows(side_files, &runs));
    problems.sort_by(|left, right| left.path.cmp(&right.path));
    let outside = runs.iter().filter(|run| run.is_run && !within(&run.start, selection)).count();
    let athletes = athlete::athletes(&runs, selection);
    let unlabelled = shown(unlabelled(&runs, selection));
    let runs = shown(runs.into_iter().filter_map(|run| listed(run, selection)).collect());
    let settings_hash = context::settings_hash(settings, side_files);
    let selection = *selection;
    Ok(Review {
        settings_hash,
        files,
        selection,
        outside,
        problems,
        left_out: None,
        not_runs,
        athletes,
        runs,
        unlabelled,
    })
}

/// One row for each activity, however often it was recorded.
fn activities(measured: Vec<MeasuredSession>) -> Result<Vec<MeasuredSession>, DamagedChannels> {
    let mut activities = duplicates::merge(measured)?;
    activities.iter_mut().for_each(fill_missing::fill_missing);
    Ok(activities)
}

fn shown(runs: Vec<JudgedRun>) -> Vec<ReviewedRun> {
    runs.into_iter().filter_map(JudgedRun::shown).collect()
}

/// The newest short runs where no run is labelled recovery, which were judged as if they were.
fn unlabelled(runs: &[JudgedRun], selection: &Selection) -> Vec<JudgedRun> {
    if selection.as_recovery {
        return Vec::new();
    }
    let judged = |run: &&JudgedRun| !run.is_recovery() && run.audit.is_some();
    let mut newest: Vec<JudgedRun> = runs.iter().filter(judged).cloned().collect();
    newest.sort_by_key(|run| std::cmp::Reverse(run.measured.row.metadata.start));
    newest
}

fn within(start: &LocalStart, selection: &Selection) -> bool {
    let day = start.date();
    selection.since.is_none_or(|since| since <= day)
        && selection.until.is_none_or(|until| day <= until)
}

/// A run as it stands in the list, with no judgement that nobody asked for.
fn listed(mut run: JudgedRun, selection: &Selection) -> Option<JudgedRun> {
    let is_judged = run.is_recovery() || (selection.as_recovery && run.is_run);
    if !is_judged {
        run.audit = None;
    }
    let is_wanted = is_judged || (selection.all && run.is_run);
    (is_wanted && within(&run.start, selection)).then_some(run)
}

fn not_run(run: &JudgedRun) -> NotRun {
    let path = run.measured.path().to_owned();
    let what = match &run.measured.row.metadata.sport {
        Sport::Unspecified => "no sport is stated, and it does not move like a run".to_owned(),
        sport => format!("another sport: {}", sport.name()),
    };
    NotRun { what, path }
}
