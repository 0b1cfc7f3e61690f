//! One athlete's runs at a glance.

mod calendar_entry;
mod hints;
mod overview;
mod verdict_counts;

use crate::athlete::{AnchorEvidence, HeartRateThresholds};
use crate::history::{EasyBaseline, Past, PastRun};
use crate::review::run::ReviewedRun;
use crate::review::scope::Selection;

pub use calendar_entry::CalendarEntry;
pub use hints::Hint;
pub use overview::{Month, Week};
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
    /// Verdicts of the runs labelled recovery.
    pub recovery: VerdictCounts,
    /// The runner's own easy pace after the newest run.
    pub easy: EasyBaseline,
    /// The weeks with runs.
    pub weeks: Vec<Week>,
    /// The months with recovery runs.
    pub months: Vec<Month>,
    /// The season in one sentence, where most recovery runs were the same other thing.
    pub in_one_sentence: Option<String>,
    /// What is worth a look; only where every run is listed.
    pub hints: Vec<Hint>,
    /// Every session of any sport on any day, in time order.
    pub calendar: Vec<CalendarEntry>,
}

/// The athletes of runs that stand in order.
pub(super) fn athletes(runs: &[ReviewedRun], selection: &Selection) -> Vec<AthleteReview> {
    runs.chunk_by(|left, right| left.measured.athlete == right.measured.athlete)
        .map(|own| athlete_review(own, selection))
        .collect()
}

fn athlete_review(own: &[ReviewedRun], selection: &Selection) -> AthleteReview {
    let selected: Vec<&ReviewedRun> =
        own.iter().filter(|run| run.is_run() && selection.includes(&run.start)).collect();
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
        recovery,
        easy: easy_after(own),
        weeks: overview::weeks(&selected),
        months: overview::months(&selected),
        in_one_sentence: overview::in_one_sentence(&selected),
        hints: if selection.all { hints::hints(&selected) } else { Vec::new() },
        calendar: own.iter().map(CalendarEntry::of).collect(),
    }
}

/// The easy pace as the next run would see it.
fn easy_after(own: &[ReviewedRun]) -> EasyBaseline {
    let sessions: Vec<PastRun> = own.iter().map(|run| run.past.clone()).collect();
    match sessions.last().map(|last| last.day) {
        Some(day) => EasyBaseline::of(&Past { sessions: &sessions, day }),
        None => EasyBaseline::TooFew(0),
    }
}
