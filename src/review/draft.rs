//! A run on its way to its judgement.

use super::cache::RunName;
use super::context::AnchorsOnDay;
use super::context::View;
use super::facts::{PlanAndNotes, past_run};
use super::judged_run::JudgedRun;
use super::scope::Answers;
use super::told::{Days, RunStatements};
use super::{LONGEST_UNLABELLED_MIN, LocalStart, day, is_run};
use crate::history::PastRun;
use crate::ingest::{MeasuredSession, Source};
use crate::metrics::PackedSeries;
use crate::session::SessionKind;
use crate::units::UnixTime;

/// A run on its way.
pub(super) struct Draft {
    pub(super) measured: MeasuredSession,
    pub(super) start: LocalStart,
    pub(super) is_run: bool,
    pub(super) told: RunStatements,
}

impl Draft {
    pub(super) fn of(view: &View, measured: MeasuredSession, days: &Days) -> Self {
        let start = day::local_start(&measured.row.metadata, view.settings.time_zone);
        let told = RunStatements::of(view, &measured, start.date(), days.is_alone(start.date()));
        Self { start, is_run: is_run::is_run(&measured.row, told.kind().is_some()), told, measured }
    }

    pub(super) fn key(&self) -> (UnixTime, &[Source]) {
        (self.measured.row.metadata.start, &self.measured.sources)
    }

    pub(super) fn past_run(&self) -> PastRun {
        let beside = PlanAndNotes {
            day: self.start.date(),
            is_run: self.is_run,
            label: self.told.kind(),
            rating: self.told.rating,
            next_morning: self.told.next_morning,
            sensor: self.told.sensor,
        };
        past_run(&self.measured.row, &beside)
    }

    pub(super) fn is_recovery(&self) -> bool {
        self.is_run && self.told.kind() == Some(SessionKind::Recovery)
    }

    /// Whether it is short enough to be shown where nothing is labelled.
    pub(super) fn is_short(&self) -> bool {
        self.measured.row.durations.moving.minutes() <= LONGEST_UNLABELLED_MIN
    }

    /// What is known by itself of a run, as its history sees it: whatever is looked at when a run
    /// is judged comes from here, from the settings, or from the same of other runs.
    pub(super) fn testimony(&self) -> impl std::fmt::Debug + '_ {
        let MeasuredSession { athlete: _, sources, content, listed, copies, row } = &self.measured;
        let of_row = (content, &row.metadata, row.conditions.air_temperature);
        (sources, of_row, listed, copies, self.start, self.is_run, &self.told)
    }

    pub(super) fn name(&self) -> RunName {
        RunName {
            athlete: self.measured.athlete.clone(),
            content: self.measured.content,
            session: self.measured.row.metadata.session,
        }
    }

    pub(super) fn finish(
        mut self,
        dated: AnchorsOnDay,
        past: PastRun,
        answers: Answers,
    ) -> JudgedRun {
        if answers.seen.is_none() {
            // Nobody looks at the lanes any more, and they are most of what a run takes.
            self.measured.row.channels = PackedSeries::default();
        }
        JudgedRun {
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
