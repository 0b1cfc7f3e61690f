//! What is said about one run by notes, plan, tables, its own file and its copies.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::context::View;
use super::day;
use super::quotes::Names;
use crate::activity::{PlannedEnd, Rating};
use crate::annotations::Annotations;
use crate::athlete::Sensor;
use crate::ingest::MeasuredSession;
use crate::label::{AttributedText, Evidence, Label, Statement};
use crate::session::SessionKind;
use crate::settings::{NextMorning, NoteRow, Notes, PlanRow};
use crate::units::Seconds;

/// What is said about one run, before any history.
#[derive(Debug)]
pub(super) struct RunStatements {
    pub(super) label: Option<Label>,
    pub(super) sensor: Sensor,
    pub(super) rating: Rating,
    pub(super) next_morning: Option<NextMorning>,
    pub(super) planned_end: Option<PlannedEnd>,
    /// The time that a row of the plan or a timed workout asks for.
    pub(super) scheduled: Option<Seconds>,
}

/// Everything that somebody says about one run, before it is weighed.
struct Statements<'a> {
    notes: Vec<(&'a Notes, &'a NoteRow)>,
    plans: Vec<&'a PlanRow>,
    plan: &'a str,
    quotes: Vec<AttributedText<'a>>,
}

impl<'a> Statements<'a> {
    /// On a day with several sessions a row for the day alone is not enough.
    fn of(
        view: &View<'a>,
        measured: &'a MeasuredSession,
        names: &'a Names,
        day: NaiveDate,
        alone: bool,
    ) -> Self {
        let paths: Vec<&str> = measured.sources.iter().map(|source| source.path.as_str()).collect();
        let about = |notes: &'a Notes| {
            notes.about(&paths, day).into_iter().map(move |row| (notes, row)).collect::<Vec<_>>()
        };
        let mut notes: Vec<_> = view.beside.notes.iter().flat_map(about).collect();
        notes.retain(|(_, row)| alone || row.file.is_some());
        notes.sort_by_key(|(_, row)| row.file.is_none());
        let quotes = names.quotes(measured);
        let own = || view.labels.resolve(&[], &quotes).and_then(|label| label.kind);
        let plans: Vec<&PlanRow> = match (alone, view.beside.plan.on(day)) {
            (true, rows) | (false, rows @ []) => rows.iter().collect(),
            (false, rows) => {
                let kind = own();
                let matches = |row: &&PlanRow| {
                    kind.is_some() && row.label.as_ref().and_then(|l| l.kind) == kind
                };
                rows.iter().filter(matches).collect()
            }
        };
        Self { notes, plans, plan: &view.beside.plan.name, quotes }
    }

    fn stated(&self) -> Vec<Statement<'a>> {
        let noted = self.notes.iter().filter_map(|(notes, row)| {
            Some(Statement::of_notes(&notes.name, row.line, row.label.as_ref()?))
        });
        let planned = self
            .plans
            .iter()
            .filter_map(|row| Some(Statement::of_plan(self.plan, row.line, row.label.as_ref()?)));
        noted.chain(planned).collect()
    }

    /// The notes' rating, else a table's, else the file's, else a copy's.
    fn rating(&self, measured: &MeasuredSession) -> Rating {
        let noted = || self.notes.iter().map(|(_, row)| row.rating);
        let said = || said_by(measured, |remarks| remarks.rating, measured.row.metadata.rating);
        // A watch writes 0 where the question was skipped.
        let answered =
            || said().filter_map(|rating| rating.exertion).find(|given| given.value > 0.0);
        Rating {
            exertion: noted().find_map(|rating| rating.exertion).or_else(answered),
            feel: noted().chain(said()).find_map(|rating| rating.feel),
        }
    }

    /// The planned end: by notes or plan, else by the workout, else by the file name.
    fn planned_end(&self, view: &View, measured: &MeasuredSession) -> Option<PlannedEnd> {
        let name = || view.labels.planned_duration(&self.quotes).map(PlannedEnd::After);
        self.stated_end(measured).or_else(name)
    }

    /// The planned end that somebody set before the run: by notes or plan, else by the workout.
    fn stated_end(&self, measured: &MeasuredSession) -> Option<PlannedEnd> {
        let noted = self.notes.iter().find_map(|(_, row)| row.planned);
        let stated = noted.or_else(|| self.plans.iter().find_map(|row| row.planned));
        let own = measured.row.metadata.planned_end;
        let workout = || said_by(measured, |remarks| remarks.planned_end, own).flatten().next();
        stated.map(PlannedEnd::After).or_else(workout)
    }

    /// The time that it asks for, where it asks for a time.
    fn scheduled(&self, measured: &MeasuredSession) -> Option<Seconds> {
        match self.stated_end(measured)? {
            PlannedEnd::After(time) => Some(time),
            PlannedEnd::At(_) => None,
        }
    }
}

impl RunStatements {
    /// What is said of a run.
    pub(super) fn of(view: &View, measured: &MeasuredSession, day: NaiveDate, alone: bool) -> Self {
        let names = Names::of(measured);
        let testimony = Statements::of(view, measured, &names, day, alone);
        Self {
            label: view.labels.resolve(&testimony.stated(), &testimony.quotes),
            sensor: Sensor::of(measured.row.metadata.sensor, view.athlete.sensor),
            rating: testimony.rating(measured),
            next_morning: testimony.notes.iter().find_map(|(_, row)| row.next_morning),
            planned_end: testimony.planned_end(view, measured),
            scheduled: testimony.scheduled(measured),
        }
    }

    /// The kind that the label names.
    pub(super) fn kind(&self) -> Option<SessionKind> {
        self.label.as_ref().and_then(|label| label.kind)
    }
}

/// What every source says about the kind of a run, and why the winner won.
pub(super) fn evidence(
    view: &View,
    measured: &MeasuredSession,
    day: NaiveDate,
    alone: bool,
) -> Vec<Evidence> {
    let names = Names::of(measured);
    let testimony = Statements::of(view, measured, &names, day, alone);
    view.labels.evidence(&testimony.stated(), &testimony.quotes)
}

/// What tables, the file itself and its copies say of one thing, in this order.
fn said_by<T>(
    measured: &MeasuredSession,
    of: fn(&Annotations) -> T,
    own: T,
) -> impl Iterator<Item = T> {
    let listed = measured.listed.iter().map(of);
    listed.chain([own]).chain(measured.copies.iter().map(of))
}

/// How many sessions an athlete had on each local day.
pub(super) struct Days(BTreeMap<NaiveDate, usize>);

impl Days {
    pub(super) fn of(view: &View, measured: &[MeasuredSession]) -> Self {
        let mut days = BTreeMap::new();
        for measured in measured {
            let start = day::local_start(&measured.row.metadata, view.settings.time_zone);
            *days.entry(start.date()).or_default() += 1;
        }
        Self(days)
    }

    /// Whether there is no other session on this day.
    pub(super) fn is_alone(&self, day: NaiveDate) -> bool {
        self.0.get(&day).is_none_or(|sessions| *sessions == 1)
    }
}
