//! A season at a glance: weeks, months, and one sentence where the verdicts repeat themselves.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use super::verdict_counts::VerdictCounts;
use crate::audit::ActualEffort;
use crate::audit::wording::plain;
use crate::history::{Change, Trend, monday};
use crate::metrics::statistics::median;
use crate::review::run::ReviewedRun;
use crate::review::scope::Selection;
use crate::session::Verdict;
use crate::units::BeatsPerMinute;

/// One ISO week of one athlete.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Whether only a part of its days was asked for.
    pub is_cut: bool,
    /// Runs.
    pub runs: usize,
    /// Days with a run.
    pub running_days: usize,
    /// Races, intervals and tempo runs.
    pub quality: usize,
    /// Moving time of all runs, in seconds.
    pub moving_s: f64,
    /// Recovery runs and their verdicts.
    pub recovery: VerdictCounts,
    /// Moving seconds below target, up to ceiling, moderate and hard line, and above it.
    pub band_s: [u32; 5],
}

/// One month of one athlete.
#[derive(Debug, Clone, PartialEq)]
pub struct Month {
    /// Such as `2026-05`.
    pub month: String,
    /// Whether only a part of its days was asked for.
    pub is_cut: bool,
    /// Recovery runs and their verdicts.
    pub recovery: VerdictCounts,
}

/// Moving seconds of one month below target, up to ceiling, moderate and hard line, and above it.
pub type BandsOfMonth = (NaiveDate, [u32; 5]);

/// The bands of every month from the first to the last that has any, empty ones too.
pub(super) fn bands_by_month(runs: &[&ReviewedRun]) -> Vec<BandsOfMonth> {
    let mut of_month: BTreeMap<NaiveDate, [u32; 5]> = BTreeMap::new();
    for run in runs {
        let month = run.start.date().with_day(1);
        if let Some((month, effort)) = month.zip(run.past.effort.as_ref()) {
            let sums = of_month.entry(month).or_default();
            sums.iter_mut().zip(effort.band_s).for_each(|(sum, seconds)| *sum += seconds);
        }
    }
    let (Some((first, _)), Some((last, _))) =
        (of_month.first_key_value(), of_month.last_key_value())
    else {
        return Vec::new();
    };
    let (first, last) = (*first, *last);
    let next = |month: &NaiveDate| month.checked_add_months(Months::new(1));
    std::iter::successors(Some(first), next)
        .take_while(|month| *month <= last)
        .map(|month| (month, of_month.get(&month).copied().unwrap_or_default()))
        .collect()
}

fn recovery_verdict(run: &ReviewedRun) -> Option<Verdict> {
    run.past.verdict.filter(|_| run.is_recovery())
}

/// The weeks with runs, in order.
pub(super) fn weeks(runs: &[&ReviewedRun], selection: &Selection) -> Vec<Week> {
    let mut of_week: BTreeMap<NaiveDate, Vec<&ReviewedRun>> = BTreeMap::new();
    for run in runs {
        of_week.entry(monday(run.start.date())).or_default().push(run);
    }
    of_week.into_iter().map(|(monday, runs)| week(monday, &runs, selection)).collect()
}

fn week(monday: NaiveDate, runs: &[&ReviewedRun], selection: &Selection) -> Week {
    let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(monday);
    let days: BTreeSet<NaiveDate> = runs.iter().map(|run| run.start.date()).collect();
    let mut recovery = VerdictCounts::default();
    runs.iter().filter_map(|run| recovery_verdict(run)).for_each(|verdict| recovery.add(verdict));
    let mut band_s = [0; 5];
    for effort in runs.iter().filter_map(|run| run.past.effort.as_ref()) {
        band_s.iter_mut().zip(effort.band_s).for_each(|(sum, seconds)| *sum += seconds);
    }
    Week {
        monday,
        is_cut: selection.cuts(monday, sunday),
        runs: runs.len(),
        running_days: days.len(),
        quality: runs.iter().filter(|run| run.past.is_quality()).count(),
        moving_s: runs.iter().map(|run| run.measured.row.durations.moving.get()).sum(),
        recovery,
        band_s,
    }
}

/// The months with recovery runs, in order.
pub(super) fn months(runs: &[&ReviewedRun], selection: &Selection) -> Vec<Month> {
    let mut of_month: BTreeMap<NaiveDate, VerdictCounts> = BTreeMap::new();
    for run in runs {
        if let Some(verdict) = recovery_verdict(run) {
            let day = run.start.date();
            of_month.entry(day.with_day(1).unwrap_or(day)).or_default().add(verdict);
        }
    }
    let month = |(first, recovery): (NaiveDate, VerdictCounts)| {
        let next = first.checked_add_months(Months::new(1));
        let last = next.and_then(|next| next.pred_opt()).unwrap_or(first);
        let is_cut = selection.cuts(first, last);
        Month { month: first.format("%Y-%m").to_string(), is_cut, recovery }
    };
    of_month.into_iter().map(month).collect()
}

/// How the share above the ceiling changed over the last judged recovery runs.
pub(super) fn above_ceiling(runs: &[&ReviewedRun]) -> Option<Change> {
    let figure = |run: &&ReviewedRun| {
        let audit = run.audit.as_deref().filter(|_| run.is_recovery())?;
        let is_judged = audit.ruling.verdict != Verdict::CannotJudge;
        let rated = audit.effort.rated.as_ref().filter(|_| is_judged)?;
        Some((run.past.start, Some(rated.times.share_pct())))
    };
    let shares: Vec<_> = runs.iter().filter_map(figure).collect();
    Trend::of(&shares).change
}

/// How many recovery runs were not kept, and how many of them ten minutes and five beats less would
/// have kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ShorterAndCalmer {
    /// Recovery runs that slipped or were not recovery.
    pub not_kept: usize,
    /// Those of them that would have been kept.
    pub would_be_kept: usize,
}

/// What a little less would have changed; `None` where every judged run was kept.
pub(super) fn shorter_and_calmer(runs: &[&ReviewedRun]) -> Option<ShorterAndCalmer> {
    let recovery = runs.iter().filter(|run| run.is_recovery());
    let not_kept: Vec<bool> = recovery
        .filter_map(|run| Some(run.audit.as_deref()?.would_be_kept?.shorter_and_calmer))
        .collect();
    (!not_kept.is_empty()).then(|| ShorterAndCalmer {
        not_kept: not_kept.len(),
        would_be_kept: not_kept.iter().filter(|kept| **kept).count(),
    })
}

/// Recovery runs from which on a season can be summed up.
const LEAST_RUNS: usize = 5;
/// Share of them that must tell the same story.
const SAME: f64 = 0.6;

/// One sentence where most recovery runs were the same other thing.
pub(super) fn in_one_sentence(runs: &[&ReviewedRun]) -> Option<String> {
    let recovery: Vec<&ReviewedRun> =
        runs.iter().copied().filter(|run| run.is_recovery()).collect();
    let was = |run: &ReviewedRun| {
        let ruling = &run.audit.as_deref()?.ruling;
        ruling.was.filter(|_| ruling.verdict == Verdict::NotRecovery)
    };
    let classes = [
        ActualEffort::Easy,
        ActualEffort::Moderate,
        ActualEffort::Hard,
        ActualEffort::EasyButLong,
        ActualEffort::FeltHard,
    ];
    let of_class = |class: ActualEffort| -> Vec<&ReviewedRun> {
        recovery.iter().copied().filter(|run| was(run) == Some(class)).collect()
    };
    let (class, alike) = classes
        .map(|class| (class, of_class(class)))
        .into_iter()
        .max_by_key(|(_, runs)| runs.len())?;
    let enough = recovery.len() >= LEAST_RUNS && alike.len() as f64 >= SAME * recovery.len() as f64;
    enough.then(|| sentence(recovery.len(), class, &alike))
}

fn sentence(all: usize, class: ActualEffort, alike: &[&ReviewedRun]) -> String {
    let figure = |of: &dyn Fn(&ReviewedRun) -> Option<f64>| {
        median(&alike.iter().filter_map(|run| of(run)).collect::<Vec<_>>())
    };
    let minutes = figure(&|run| Some(run.measured.row.durations.moving.minutes()));
    let beats = figure(&|run| run.measured.row.heart_rate.mean.map(BeatsPerMinute::get));
    let ceiling = figure(&|run| run.lines.map(|lines| lines.ceiling.get()));
    let typically = match (minutes, beats, ceiling) {
        (Some(minutes), Some(beats), Some(ceiling)) => format!(
            ": typically {} min at {} bpm; your ceiling is {}",
            plain(minutes, 0),
            plain(beats, 0),
            plain(ceiling, 0)
        ),
        (Some(minutes), ..) => format!(": typically {} min", plain(minutes, 0)),
        _ => String::new(),
    };
    let what = match class {
        ActualEffort::Easy => "were easy runs in effort",
        ActualEffort::Moderate => "turned moderate",
        ActualEffort::Hard => "contained a hard part",
        ActualEffort::EasyButLong => "were easy enough, but too long",
        ActualEffort::FeltHard => "felt hard by your own rating",
        ActualEffort::Recovery => "were recovery runs",
        ActualEffort::Almost => "slipped a little",
    };
    format!("{} of your {all} recovery runs {what}{typically}.", alike.len())
}
