//! What is asked about which run.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::activities::LocalStart;
use super::run::StatedRun;
use crate::ingest::Source;
use crate::session::SessionKind;
use crate::units::UnixTime;

/// What is to be listed and judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    /// List every run, not only the recovery runs.
    pub all: bool,
    /// Judge every listed run as if it were labelled recovery.
    pub as_recovery: bool,
    /// Judge every judged run at moved limits too, and write it for machines.
    pub what_if: bool,
    /// Write the splits of every run, and its time at each heart rate, for machines.
    pub splits: bool,
    /// Judge them so for the pages of a report.
    pub for_pages: bool,
    /// The first local day.
    pub since: Option<NaiveDate>,
    /// The last local day.
    pub until: Option<NaiveDate>,
}

impl Selection {
    /// Whether a session began on a day asked for.
    pub fn includes(&self, start: &LocalStart) -> bool {
        let day = start.date();
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether only a part of these days is asked for.
    pub(super) fn cuts(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.since.is_some_and(|since| first < since && since <= last)
            || self.until.is_some_and(|until| first <= until && until < last)
    }
}

/// Runs shown where nothing is labelled.
const SHOWN_UNLABELLED: usize = 10;
/// Days up to the newest of them that are summed up.
const YEAR: Days = Days::new(365);
/// Their longest moving time, in minutes.
const LONGEST_UNLABELLED_MIN: f64 = 60.0;

/// Which runs are judged: a judgement is large, and most of them nobody would see.
pub(super) struct Scope {
    selection: Selection,
    /// The newest short runs of all athletes, where nothing is labelled recovery.
    unlabelled: BTreeSet<(UnixTime, Vec<Source>)>,
    /// Where nothing is labelled recovery, the first day of the year up to the newest short run.
    year_from: Option<NaiveDate>,
}

impl Scope {
    /// The scope of a review of these runs of all athletes.
    pub(super) fn of<'a>(
        runs: &(impl Iterator<Item = &'a StatedRun> + Clone),
        selection: &Selection,
    ) -> Self {
        let mut scope =
            Self { selection: *selection, unlabelled: BTreeSet::new(), year_from: None };
        if !Self::has_recovery(runs.clone(), selection) {
            let is_short = |run: &&StatedRun| scope.is_asked(run) && is_short(run);
            let mut newest: Vec<&StatedRun> = runs.clone().filter(is_short).collect();
            newest.sort_by_key(|run| std::cmp::Reverse(run.measured.row.metadata.start));
            scope.year_from =
                newest.first().and_then(|run| run.start.date().checked_sub_days(YEAR));
            scope.unlabelled = newest.into_iter().take(SHOWN_UNLABELLED).map(owned_key).collect();
        }
        scope
    }

    /// Whether any of these runs is labelled recovery: then it is those that are judged, whatever
    /// other athletes ran.
    pub(super) fn has_recovery<'a>(
        mut runs: impl Iterator<Item = &'a StatedRun>,
        selection: &Selection,
    ) -> bool {
        runs.any(|run| is_asked(run, selection) && run.session.is_recovery())
    }

    /// Whether the whole judgement of a run is asked for.
    pub(super) fn is_judged(&self, run: &StatedRun) -> bool {
        let is_unlabelled =
            || !self.unlabelled.is_empty() && self.unlabelled.contains(&owned_key(run));
        self.is_asked(run)
            && (run.session.is_recovery() || self.selection.as_recovery || is_unlabelled())
    }

    /// Whether it is to be judged at moved limits too.
    pub(super) fn is_moved(&self, run: &StatedRun) -> bool {
        (self.selection.what_if || self.selection.for_pages) && self.is_judged(run)
    }

    /// Whether somebody reads about a run.
    pub(super) fn is_displayed(&self, run: &StatedRun) -> bool {
        (self.selection.all && self.is_asked(run)) || self.is_judged(run)
    }

    /// Whether to find out if a run could have been labelled recovery.
    pub(super) fn is_candidate(&self, run: &StatedRun) -> bool {
        let is_searched = self.selection.all
            && run.stated.label.is_none()
            && (is_short(run) || self.selection.as_recovery);
        self.is_asked(run) && (is_searched || self.is_summed_up(run))
    }

    /// Whether it is one of the short runs of a year without any recovery run; workouts are none.
    fn is_summed_up(&self, run: &StatedRun) -> bool {
        let is_workout = matches!(
            run.session.kind(),
            Some(SessionKind::Race | SessionKind::Interval | SessionKind::Tempo)
        );
        let is_of_the_year = self.year_from.is_some_and(|first| run.start.date() > first);
        is_of_the_year && is_short(run) && !is_workout
    }

    fn is_asked(&self, run: &StatedRun) -> bool {
        is_asked(run, &self.selection)
    }
}

/// Whether it is a run on a day asked for.
fn is_asked(run: &StatedRun, selection: &Selection) -> bool {
    run.session.is_run() && selection.includes(&run.start)
}

fn is_short(run: &StatedRun) -> bool {
    run.measured.row.durations.moving.minutes() <= LONGEST_UNLABELLED_MIN
}

fn owned_key(run: &StatedRun) -> (UnixTime, Vec<Source>) {
    let (start, sources) = run.key();
    (start, sources.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_cut_where_a_part_of_them_is_asked_for() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
        let cuts = |since: Option<u32>, until: Option<u32>| {
            let (since, until) = (since.map(day), until.map(day));
            // The week from the 4th to the 10th.
            Selection { since, until, ..Selection::default() }.cuts(day(4), day(10))
        };
        assert!(!cuts(None, None) && !cuts(Some(4), Some(10)) && !cuts(Some(1), Some(31)));
        assert!(cuts(Some(5), None) && cuts(Some(10), None) && cuts(None, Some(9)));
        assert!(cuts(None, Some(4)) && cuts(Some(6), Some(8)));
        assert!(!cuts(Some(11), None) && !cuts(None, Some(3)), "none of its days is asked for");
    }
}
