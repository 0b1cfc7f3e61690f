//! One athlete's runs at a glance.

mod calendar_entry;
mod fitness;
mod hints;
mod overview;
mod short_runs;
mod verdict_counts;

use crate::athlete::{AnchorEvidence, AnchorSource, HeartRateThresholds, MaxHeartRate};
use crate::audit::criteria::{time_above_ceiling, time_moderate};
use crate::audit::{Finding, Outcome};
use crate::history::{Change, EasyBaseline, PassedMaximum, Past, PastRun};
use crate::review::anchor_periods::{AnchorPeriod, anchor_periods};
use crate::review::run::ReviewedRun;
use crate::review::scope::Selection;

pub use calendar_entry::CalendarEntry;
pub use fitness::{Fitness, MonthOfMinutes};
pub use hints::Hint;
pub use overview::{BandsOfMonth, Month, ShorterAndCalmer, Week};
pub use short_runs::ShortRuns;
pub use verdict_counts::VerdictCounts;

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
    /// Whether a run failed for its heart rate by lines that are a percentage of an anchor: people
    /// differ from those, so the run may have been easier than it looks.
    pub failed_by_percentage: bool,
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
    /// Moving time in the five bands of every month, from the first to the last.
    pub bands_by_month: Vec<BandsOfMonth>,
    /// How the share above the ceiling changed over the last recovery runs, in percentage points;
    /// `None` where there are too few.
    pub above_ceiling: Option<Change>,
    /// Pace at the same heart rate, and the other way round, by month.
    pub fitness: Option<Fitness>,
    /// What short runs would be as recovery runs; only where nothing is labelled.
    pub short_runs: Option<ShortRuns>,
    /// What ten minutes and five beats less would have changed.
    pub shorter_and_calmer: Option<ShorterAndCalmer>,
    /// The season in one sentence, where most recovery runs were the same other thing.
    pub in_one_sentence: Option<String>,
    /// What is worth a look; only where every run is listed.
    pub hints: Vec<Hint>,
    /// Every session of any sport on any day, in time order.
    pub calendar: Vec<CalendarEntry>,
}

/// An athlete with all runs, of which there is at least one, in time order.
pub(super) fn athlete_review(own: &[Box<ReviewedRun>], selection: &Selection) -> AthleteReview {
    let is_selected = |run: &&ReviewedRun| run.is_run() && selection.includes(&run.start);
    let selected: Vec<&ReviewedRun> = own.iter().map(Box::as_ref).filter(is_selected).collect();
    let mut recovery = VerdictCounts::default();
    let verdicts =
        selected.iter().filter(|run| run.is_recovery()).filter_map(|run| run.past.verdict);
    verdicts.for_each(|verdict| recovery.add(verdict));
    let with_lines = own.iter().rev().find(|run| run.is_run() && run.lines.is_some());
    let newest = with_lines.or_else(|| own.iter().rev().find(|run| run.is_run()));
    AthleteReview {
        name: own[0].measured.athlete.clone(),
        anchors: newest.map_or_else(AnchorEvidence::default, |run| run.evidence),
        lines: newest.and_then(|run| run.lines),
        judged_by: judged_by(&selected),
        failed_by_percentage: selected.iter().any(|run| failed_by_percentage(run)),
        passed_maximum: passed_maximum(own),
        recovery,
        easy: easy_after(own),
        weeks: overview::weeks(&selected, selection),
        months: overview::months(&selected, selection),
        bands_by_month: overview::bands_by_month(&selected),
        above_ceiling: overview::above_ceiling(&selected),
        fitness: Fitness::of(&selected),
        short_runs: short_runs::short_runs(&selected),
        shorter_and_calmer: overview::shorter_and_calmer(&selected),
        in_one_sentence: overview::in_one_sentence(&selected),
        hints: if selection.all { hints::hints(&selected) } else { Vec::new() },
        calendar: own.iter().map(|run| CalendarEntry::of(run)).collect(),
    }
}

fn judged_by(selected: &[&ReviewedRun]) -> Vec<AnchorPeriod> {
    let judged = selected.iter().filter(|run| run.audit.is_some());
    anchor_periods(judged.map(|run| (run.start.date(), &run.evidence, run.lines.as_ref())))
}

fn failed_by_percentage(run: &ReviewedRun) -> bool {
    let by_heart_rate = |finding: &Finding| {
        let criteria = [time_above_ceiling::CRITERION.id, time_moderate::CRITERION.id];
        criteria.contains(&&*finding.criterion) && finding.result() == Outcome::Fail
    };
    let is_percentage = run.lines.is_some_and(|lines| lines.model.is_percentage());
    is_percentage
        && run.audit.as_deref().is_some_and(|audit| audit.findings.iter().any(by_heart_rate))
}

fn passed_maximum(own: &[Box<ReviewedRun>]) -> Option<PassedMaximum> {
    let stated = |run: &ReviewedRun| {
        let is_stated = |max: &MaxHeartRate| max.source == AnchorSource::Settings && !max.guessed;
        run.evidence.max.filter(is_stated).map(|max| max.bpm)
    };
    let runs = own.iter().filter(|run| run.is_run());
    PassedMaximum::of(&runs.map(|run| (&run.past, stated(run))).collect::<Vec<_>>())
}

/// The easy pace as the next run would see it.
fn easy_after(own: &[Box<ReviewedRun>]) -> EasyBaseline {
    let Some(day) = own.last().map(|last| last.past.day) else { return EasyBaseline::TooFew(0) };
    let from = day.checked_sub_days(EasyBaseline::MOST_DAYS);
    let recent = own.iter().map(|run| &run.past).filter(|past| Some(past.day) >= from);
    let sessions: Vec<PastRun> = recent.cloned().collect();
    EasyBaseline::of(&Past { sessions: &sessions, day })
}
