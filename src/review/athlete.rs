//! One athlete's runs at a glance.

use super::anchor_periods::{AnchorPeriod, anchor_periods};
use super::judged_run::JudgedRun;
use super::{AthleteReview, CalendarEntry, Selection, VerdictCounts, hints, overview, within};
use crate::athlete::{AnchorEvidence, AnchorSource, MaxHeartRate};
use crate::history::{EasyBaseline, PassedMaximum, Past, PastRun};

/// The athletes of runs that stand in order.
pub(super) fn athletes(runs: &[JudgedRun], selection: &Selection) -> Vec<AthleteReview> {
    runs.chunk_by(|left, right| left.measured.athlete == right.measured.athlete)
        .map(|own| athlete_review(own, selection))
        .collect()
}

fn athlete_review(own: &[JudgedRun], selection: &Selection) -> AthleteReview {
    let selected: Vec<&JudgedRun> =
        own.iter().filter(|run| run.is_run && within(&run.start, selection)).collect();
    let mut recovery = VerdictCounts::default();
    let verdicts =
        selected.iter().filter(|run| run.is_recovery()).filter_map(|run| run.past.verdict);
    verdicts.for_each(|verdict| recovery.add(verdict));
    let with_lines = own.iter().rev().find(|run| run.is_run && run.lines.is_some());
    let newest = with_lines.or_else(|| own.iter().rev().find(|run| run.is_run));
    AthleteReview {
        name: own[0].measured.athlete.clone(),
        anchors: newest.map_or_else(AnchorEvidence::default, |run| run.evidence),
        lines: newest.and_then(|run| run.lines),
        judged_by: judged_by(&selected),
        passed_maximum: passed_maximum(own),
        recovery,
        easy: easy_after(own),
        weeks: overview::weeks(&selected),
        months: overview::months(&selected),
        above_ceiling: overview::above_ceiling(&selected),
        in_one_sentence: overview::in_one_sentence(&selected),
        hints: if selection.all { hints::hints(&selected) } else { Vec::new() },
        outings: own.iter().map(CalendarEntry::of).collect(),
    }
}

fn judged_by(selected: &[&JudgedRun]) -> Vec<AnchorPeriod> {
    let judged = selected.iter().filter(|run| run.audit.is_some());
    anchor_periods(judged.map(|run| (run.start.date(), &run.evidence, run.lines.as_ref())))
}

fn passed_maximum(own: &[JudgedRun]) -> Option<PassedMaximum> {
    let stated = |run: &JudgedRun| {
        let is_stated = |max: &MaxHeartRate| max.source == AnchorSource::Settings && !max.guessed;
        run.evidence.max.filter(is_stated).map(|max| max.bpm)
    };
    let runs = own.iter().filter(|run| run.is_run);
    PassedMaximum::of(&runs.map(|run| (&run.past, stated(run))).collect::<Vec<_>>())
}

/// The easy pace as the next run would see it.
fn easy_after(own: &[JudgedRun]) -> EasyBaseline {
    let sessions: Vec<PastRun> = own.iter().map(|run| run.past.clone()).collect();
    match sessions.last().map(|last| last.day) {
        Some(day) => EasyBaseline::of(&Past { sessions: &sessions, day }),
        None => EasyBaseline::TooFew(0),
    }
}
