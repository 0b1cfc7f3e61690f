//! A run on its way to its judgement.

use super::context::Dated;
use super::context::View;
use super::facts::{Beside, past_run};
use super::judging::Answers;
use super::memory::RunName;
use super::outline::Outline;
use super::told::{Days, Told};
use super::{LONGEST_UNLABELLED_MIN, LocalStart, day, kind};
use crate::gather::{Measured, Source};
use crate::history::PastRun;
use crate::metrics::PackedSeries;
use crate::session::SessionKind;
use crate::units::UnixTime;

/// A run on its way.
pub(super) struct Draft {
    pub(super) measured: Measured,
    pub(super) start: LocalStart,
    pub(super) is_run: bool,
    pub(super) told: Told,
}

impl Draft {
    pub(super) fn of(view: &View, measured: Measured, days: &Days) -> Self {
        let start = day::local_start(&measured.row.said, view.settings.time_zone);
        let told = Told::of(view, &measured, start.date(), days.is_alone(start.date()));
        Self { start, is_run: kind::is_run(&measured.row, told.kind().is_some()), told, measured }
    }

    pub(super) fn key(&self) -> (UnixTime, &[Source]) {
        (self.measured.row.said.start, &self.measured.sources)
    }

    pub(super) fn past_run(&self) -> PastRun {
        let beside = Beside {
            day: self.start.date(),
            is_run: self.is_run,
            label: self.told.kind(),
            rating: self.told.rating,
            next_morning: self.told.next_morning,
        };
        past_run(&self.measured.row, &beside)
    }

    pub(super) fn is_recovery(&self) -> bool {
        self.is_run && self.told.kind() == Some(SessionKind::Recovery)
    }

    /// Whether it is short enough to be shown where nothing is labelled.
    pub(super) fn is_short(&self) -> bool {
        self.measured.row.clocks.moving.minutes() <= LONGEST_UNLABELLED_MIN
    }

    /// What is known by itself of a run, as its history sees it: whatever is looked at when a run
    /// is judged comes from here, from the settings, or from the same of other runs.
    pub(super) fn testimony(&self) -> impl std::fmt::Debug + '_ {
        let Measured { athlete: _, sources, content, listed, copies, row } = &self.measured;
        let of_row = (content, &row.said, row.conditions.air_temperature);
        (sources, of_row, listed, copies, self.start, self.is_run, &self.told)
    }

    pub(super) fn name(&self) -> RunName {
        RunName {
            athlete: self.measured.athlete.clone(),
            content: self.measured.content,
            session: self.measured.row.said.session,
        }
    }

    pub(super) fn finish(mut self, dated: Dated, past: PastRun, answers: Answers) -> Outline {
        if answers.seen.is_none() {
            // Nobody looks at the lanes any more, and they are most of what a run takes.
            self.measured.row.lanes = PackedSeries::default();
        }
        Outline {
            id: String::new(),
            basis: answers.basis,
            seen: answers.seen,
            session: past.session,
            is_run: self.is_run,
            evidence: dated.evidence,
            lines: dated.lines,
            sensor: self.told.sensor,
            label: self.told.label,
            past,
            audit: answers.audit,
            if_recovery: answers.if_recovery,
            start: self.start,
            measured: self.measured,
        }
    }
}
