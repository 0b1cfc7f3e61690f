//! What notes, plan, tables, the recording and its copies state about one run.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::activities::local_start;
use super::digest::digest;
use super::inputs::AthleteInputs;
use crate::activity::{LabelText, PlannedEnd, PrimaryBenefit, Rating};
use crate::annotations::Annotations;
use crate::athlete::Sensor;
use crate::ingest::{MeasuredSession, Source};
use crate::label::{AttributedText, Evidence, Label, Statement};
use crate::session::SessionKind;
use crate::settings::{NextMorning, NoteRow, Notes, PlanRow};
use crate::units::Seconds;

/// What is stated about one run, the strongest source of each thing before all others.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RunStatements {
    /// What it was meant to be.
    pub label: Option<Label>,
    /// What measured the heart rate.
    pub sensor: Sensor,
    /// How hard it was and how it felt.
    pub rating: Rating,
    /// The legs on the next morning.
    pub next_morning: Option<NextMorning>,
    /// What the watch says that it trained most.
    pub primary_benefit: Option<PrimaryBenefit>,
    /// Where it was planned to end.
    pub planned_end: Option<PlannedEnd>,
    /// The time that a row of notes or plan, or a timed workout, asks for.
    pub scheduled: Option<Seconds>,
}

impl RunStatements {
    /// What is stated about a session of this local day, which may be its only one.
    pub(super) fn of(
        inputs: &AthleteInputs,
        measured: &MeasuredSession,
        day: NaiveDate,
        is_only_session: bool,
    ) -> Self {
        let names = texts_of_names(measured);
        let all = AllStatements::of(inputs, measured, &names, day, is_only_session);
        Self {
            label: inputs.labels.resolve(&all.of_plan_and_notes(), &all.texts),
            sensor: Sensor::of(measured.row.metadata.sensor, inputs.athlete.sensor),
            rating: all.rating(measured),
            next_morning: all.notes.iter().find_map(|(_, row)| row.next_morning),
            primary_benefit: measured.row.metadata.primary_benefit,
            planned_end: all.planned_end(inputs, measured),
            scheduled: all.scheduled(measured),
        }
    }

    /// The kind that the label names.
    pub(super) fn kind(&self) -> Option<SessionKind> {
        self.label.as_ref().and_then(|label| label.kind)
    }
}

/// The hash of everything that the statements about a session are drawn from; `recorded` stands for
/// the session itself.
pub(super) fn statements_basis(
    inputs: &AthleteInputs,
    measured: &MeasuredSession,
    recorded: u128,
    day: NaiveDate,
    is_only_session: bool,
) -> u128 {
    let notes = notes_about(inputs, measured, day, is_only_session);
    let notes: Vec<_> = notes.iter().map(|(notes, row)| (&notes.name, row)).collect();
    let plan = &inputs.plan_and_notes.plan;
    digest(&(inputs.shared, recorded, day, is_only_session, notes, &plan.name, plan.on(day)))
}

/// What every source states about the kind of a run, and why the strongest one won.
pub(super) fn evidence(
    inputs: &AthleteInputs,
    measured: &MeasuredSession,
    day: NaiveDate,
    is_only_session: bool,
) -> Vec<Evidence> {
    let names = texts_of_names(measured);
    let all = AllStatements::of(inputs, measured, &names, day, is_only_session);
    inputs.labels.evidence(&all.of_plan_and_notes(), &all.texts)
}

/// Everything that somebody states about one run, before it is weighed.
struct AllStatements<'a> {
    notes: Vec<(&'a Notes, &'a NoteRow)>,
    planned: Vec<&'a PlanRow>,
    plan_name: &'a str,
    texts: Vec<AttributedText<'a>>,
}

impl<'a> AllStatements<'a> {
    /// On a day with several sessions a row for the day alone is not enough.
    fn of(
        inputs: &AthleteInputs<'a>,
        measured: &'a MeasuredSession,
        names: &'a [Vec<LabelText>],
        day: NaiveDate,
        is_only_session: bool,
    ) -> Self {
        let texts = texts(measured, names);
        let plan = &inputs.plan_and_notes.plan;
        let rows = plan.on(day);
        let planned = if is_only_session || rows.is_empty() {
            rows.iter().collect()
        } else {
            let kind = inputs.labels.resolve(&[], &texts).and_then(|label| label.kind);
            let planned_kind = |row: &PlanRow| row.label.as_ref().and_then(|label| label.kind);
            rows.iter().filter(|row| kind.is_some() && planned_kind(row) == kind).collect()
        };
        let notes = notes_about(inputs, measured, day, is_only_session);
        Self { notes, planned, plan_name: &plan.name, texts }
    }

    fn of_plan_and_notes(&self) -> Vec<Statement<'a>> {
        let noted = self.notes.iter().filter_map(|(notes, row)| {
            Some(Statement::of_notes(&notes.name, row.line, row.label.as_ref()?))
        });
        let planned = self.planned.iter().filter_map(|row| {
            Some(Statement::of_plan(self.plan_name, row.line, row.label.as_ref()?))
        });
        noted.chain(planned).collect()
    }

    /// The notes' rating, else a table's, else the file's, else a copy's.
    fn rating(&self, measured: &MeasuredSession) -> Rating {
        let noted = || self.notes.iter().map(|(_, row)| row.rating);
        let own = measured.row.metadata.rating;
        let recorded = || by_files(measured, |annotations| annotations.rating, own);
        // A watch writes 0 where the question was skipped.
        let answered =
            || recorded().filter_map(|rating| rating.exertion).find(|given| given.value > 0.0);
        Rating {
            exertion: noted().find_map(|rating| rating.exertion).or_else(answered),
            feel: noted().chain(recorded()).find_map(|rating| rating.feel),
        }
    }

    /// The planned end: by notes or plan, else by the workout, else by the file name.
    fn planned_end(
        &self,
        inputs: &AthleteInputs,
        measured: &MeasuredSession,
    ) -> Option<PlannedEnd> {
        let of_name = || inputs.labels.planned_duration(&self.texts).map(PlannedEnd::After);
        self.stated_end(measured).or_else(of_name)
    }

    /// The planned end that somebody set before the run: by notes or plan, else by the workout.
    fn stated_end(&self, measured: &MeasuredSession) -> Option<PlannedEnd> {
        let noted = self.notes.iter().find_map(|(_, row)| row.planned);
        let planned = noted.or_else(|| self.planned.iter().find_map(|row| row.planned));
        let own = measured.row.metadata.planned_end;
        let of_workout =
            || by_files(measured, |annotations| annotations.planned_end, own).flatten().next();
        planned.map(PlannedEnd::After).or_else(of_workout)
    }

    /// The time that it asks for, where it asks for a time.
    fn scheduled(&self, measured: &MeasuredSession) -> Option<Seconds> {
        match self.stated_end(measured)? {
            PlannedEnd::After(time) => Some(time),
            PlannedEnd::At(_) => None,
        }
    }
}

/// The notes about a session; those that name its file before those that name its day.
fn notes_about<'a>(
    inputs: &AthleteInputs<'a>,
    measured: &MeasuredSession,
    day: NaiveDate,
    is_only_session: bool,
) -> Vec<(&'a Notes, &'a NoteRow)> {
    let paths: Vec<&str> = measured.sources.iter().map(|source| source.path.as_str()).collect();
    let about = |notes: &'a Notes| {
        notes.about(&paths, day).into_iter().map(move |row| (notes, row)).collect::<Vec<_>>()
    };
    let mut notes: Vec<_> = inputs.plan_and_notes.notes.iter().flat_map(about).collect();
    notes.retain(|(_, row)| is_only_session || row.file.is_some());
    notes.sort_by_key(|(_, row)| row.file.is_none());
    notes
}

fn texts_of_names(measured: &MeasuredSession) -> Vec<Vec<LabelText>> {
    measured.sources.iter().map(Source::texts).collect()
}

/// Every text that may hold a label: tables first, for a title may have been changed since the
/// recording; then the recording, its copies, and the names of all of them.
fn texts<'a>(
    measured: &'a MeasuredSession,
    names: &'a [Vec<LabelText>],
) -> Vec<AttributedText<'a>> {
    let by = |by: &'a str, texts: &'a [LabelText]| {
        texts.iter().map(move |text| AttributedText::of(by, text))
    };
    let annotated = |annotations: &'a Annotations| by(&annotations.by, &annotations.texts);
    let own = by(measured.path(), &measured.row.metadata.texts);
    let names = measured.sources.iter().zip(names).flat_map(|(source, n)| by(&source.path, n));
    let listed = measured.listed.iter().flat_map(annotated);
    listed.chain(own).chain(measured.copies.iter().flat_map(annotated)).chain(names).collect()
}

/// What tables, the file itself and its copies state of one thing, in this order.
fn by_files<T>(
    measured: &MeasuredSession,
    of: fn(&Annotations) -> T,
    own: T,
) -> impl Iterator<Item = T> {
    let listed = measured.listed.iter().map(of);
    listed.chain([own]).chain(measured.copies.iter().map(of))
}

/// How many sessions an athlete had on each local day.
pub(super) struct SessionsPerDay(BTreeMap<NaiveDate, usize>);

impl SessionsPerDay {
    pub(super) fn of(inputs: &AthleteInputs, measured: &[MeasuredSession]) -> Self {
        let mut sessions = BTreeMap::new();
        for measured in measured {
            let start = local_start(&measured.row.metadata, inputs.settings.time_zone);
            *sessions.entry(start.date()).or_default() += 1;
        }
        Self(sessions)
    }

    /// Whether there is no other session on this day.
    pub(super) fn is_only_session(&self, day: NaiveDate) -> bool {
        self.0.get(&day).is_none_or(|sessions| *sessions == 1)
    }
}
