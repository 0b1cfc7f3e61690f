//! What is known beside one run: label, anchors, ratings, plan, all as of its day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use super::quotes::Names;
use super::{DisplayedZones, SideFiles};
use crate::activity::{PlannedEnd, Rating};
use crate::athlete::{AnchorEvidence, JudgingLines, Sensor, lines};
use crate::audit::wording::Wording;
use crate::audit::{Context, RULES};
use crate::gather::Measured;
use crate::history::{EasyBaseline, HistoryAnchors, Past, PastRun, usual_run, weekly_running};
use crate::label::{Label, Labels, Quote, Statement};
use crate::metrics::RunMetrics;
use crate::metrics::series::Series;
use crate::metrics::statistics::median;
use crate::metrics::zones::time_in_zone;
use crate::remarks::Remarks;
use crate::session::SessionKind;
use crate::settings::{Athlete, NextMorning, NoteRow, PlanRow, Settings, ZoneModel};
use crate::units::{BeatsPerMinute, Metres, Seconds};

/// What all runs of one athlete share.
pub(super) struct View<'a> {
    pub(super) settings: &'a Settings,
    pub(super) athlete: &'a Athlete,
    pub(super) beside: &'a SideFiles,
    pub(super) labels: &'a Labels,
}

/// What is said about one run, before any history.
pub(super) struct Told {
    pub(super) label: Option<Label>,
    pub(super) sensor: Sensor,
    pub(super) rating: Rating,
    pub(super) next_morning: Option<NextMorning>,
    pub(super) planned_end: Option<PlannedEnd>,
}

impl Told {
    /// What is said of a run; on a day with several sessions a row for the day alone is not enough.
    pub(super) fn of(view: &View, measured: &Measured, day: NaiveDate, alone: bool) -> Self {
        let said = &measured.row.said;
        let paths = measured.sources.iter().map(|source| source.path.as_str());
        let mut notes = view.beside.notes.about(&paths.collect::<Vec<_>>(), day);
        notes.retain(|row| alone || row.file.is_some());
        let names = Names::of(measured);
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
        Self {
            label: view.labels.resolve(&stated(&notes, &plans), &quotes),
            sensor: Sensor::of(said.sensor, view.athlete.sensor),
            rating: rating(&notes, measured),
            next_morning: notes.iter().find_map(|row| row.next_morning),
            planned_end: planned_end(view, &plans, measured, &quotes),
        }
    }

    /// The kind that the label names.
    pub(super) fn kind(&self) -> Option<SessionKind> {
        self.label.as_ref().and_then(|label| label.kind)
    }
}

/// What the history before one run makes of its anchors and limits.
#[derive(Clone, Copy)]
pub(super) struct Dated {
    pub(super) evidence: AnchorEvidence,
    pub(super) lines: Option<JudgingLines>,
    pub(super) strange_bpm: f64,
    pub(super) weekly_running: Option<Seconds>,
    pub(super) usual_run: Option<Seconds>,
}

/// Altitude from which it raises the heart rate, and above the usual by how much, in metres.
const HIGH_M: f64 = 1500.0;
const UNUSUAL_M: f64 = 1000.0;
/// The doubt that it adds to the lines, in bpm.
const ALTITUDE_DOUBT_BPM: f64 = 5.0;
/// Days that the usual altitude is read from.
const ALTITUDE_DAYS: i64 = 28;

impl Dated {
    pub(super) fn of(view: &View, told: &Told, row: &RunMetrics, past: &Past) -> Self {
        let history = HistoryAnchors::of(past);
        let evidence = AnchorEvidence::gather(view.athlete, past.day, &row.said.anchors, &history);
        let strange_bpm = if is_unusually_high(row, past) { ALTITUDE_DOUBT_BPM } else { 0.0 };
        Self {
            lines: lines(&evidence, told.sensor, strange_bpm),
            evidence,
            strange_bpm,
            weekly_running: weekly_running(past),
            usual_run: usual_run(past),
        }
    }
}

fn is_unusually_high(row: &RunMetrics, past: &Past) -> bool {
    let usual: Vec<f64> =
        past.runs_within(ALTITUDE_DAYS).filter_map(|run| run.altitude).map(Metres::get).collect();
    let altitude = row.conditions.altitude.map(Metres::get);
    let above_usual = |high: f64| median(&usual).is_some_and(|usual| high >= usual + UNUSUAL_M);
    altitude.is_some_and(|high| high >= HIGH_M && above_usual(high))
}

/// The context of one run, from everything that is dated.
pub(super) fn context<'a>(
    view: &'a View,
    told: &Told,
    dated: &Dated,
    this: &'a PastRun,
    past: Past<'a>,
    after: &'a [PastRun],
) -> Context<'a> {
    Context {
        evidence: dated.evidence,
        lines: dated.lines,
        strange_bpm: dated.strange_bpm,
        sensor: told.sensor,
        newer_runner: view.athlete.newer_runner,
        sex: view.athlete.sex.or(this.anchors.sex),
        rating: told.rating,
        next_morning: told.next_morning,
        planned_end: told.planned_end,
        weekly_running: dated.weekly_running,
        easy: EasyBaseline::of(&past),
        this,
        past,
        after,
        limits: &view.settings.limits,
        wording: Wording { units: view.settings.units },
    }
}

fn stated<'a>(notes: &[&'a NoteRow], plans: &[&'a PlanRow]) -> Vec<Statement<'a>> {
    let noted =
        notes.iter().filter_map(|row| Some(Statement::of_notes(row.line, row.label.as_ref()?)));
    let planned =
        plans.iter().filter_map(|row| Some(Statement::of_plan(row.line, row.label.as_ref()?)));
    noted.chain(planned).collect()
}

/// The notes' rating, else a table's, else the file's, else a copy's.
fn rating(notes: &[&NoteRow], measured: &Measured) -> Rating {
    let own = measured.row.said.rating;
    let noted = || notes.iter().map(|row| row.rating);
    let said = || said_by(measured, |remarks| remarks.rating, own);
    // A watch writes 0 where the question was skipped.
    let answered = || said().filter_map(|rating| rating.exertion).find(|given| given.value > 0.0);
    Rating {
        exertion: noted().find_map(|rating| rating.exertion).or_else(answered),
        feel: noted().chain(said()).find_map(|rating| rating.feel),
    }
}

/// What tables, the file itself and its copies say of one thing, in this order.
fn said_by<T>(measured: &Measured, of: fn(&Remarks) -> T, own: T) -> impl Iterator<Item = T> {
    let listed = measured.listed.iter().map(of);
    listed.chain([own]).chain(measured.copies.iter().map(of))
}

/// The planned end: the plan's, else the workout's, else the file name's.
fn planned_end(
    view: &View,
    plans: &[&PlanRow],
    measured: &Measured,
    quotes: &[Quote<'_>],
) -> Option<PlannedEnd> {
    let plan = plans.iter().find_map(|row| row.planned).map(PlannedEnd::After);
    let own = measured.row.said.planned_end;
    let workout = || said_by(measured, |remarks| remarks.planned_end, own).flatten().next();
    let name = || view.labels.planned_duration(quotes).map(PlannedEnd::After);
    plan.or_else(workout).or_else(name)
}

/// Time in the zones that the settings want to see.
pub(super) fn zones(
    settings: &Settings,
    dated: &Dated,
    row: &RunMetrics,
    series: &Series,
) -> Option<DisplayedZones> {
    let bounds = bounds(&settings.zones, dated, row)?;
    let plain: Vec<f64> = bounds.iter().map(|bound| bound.get()).collect();
    Some(DisplayedZones {
        model: settings.zones.name(),
        bounds,
        time: time_in_zone(series, &plain),
    })
}

fn bounds(model: &ZoneModel, dated: &Dated, row: &RunMetrics) -> Option<Vec<BeatsPerMinute>> {
    let shares = |shares: &[f64], of: &dyn Fn(f64) -> f64| {
        shares.iter().map(|share| BeatsPerMinute::of(of(share / 100.0))).collect()
    };
    let max = dated.evidence.max.map(|max| max.bpm.get());
    let resting = dated.evidence.resting.map(|resting| resting.bpm.get());
    let threshold = {
        let evidence = &dated.evidence;
        evidence.stated_threshold.or(evidence.watch_threshold).or(evidence.history_threshold)
    };
    match model {
        ZoneModel::TalkTest => {
            dated.lines.map(|lines| vec![lines.target, lines.ceiling, lines.moderate, lines.hard])
        }
        ZoneModel::HrMax => max.map(|max| shares(&TENTHS, &|share| max * share)),
        ZoneModel::Hrr => {
            let (max, resting) = (max?, resting?);
            Some(shares(&TENTHS, &|share| resting + (max - resting) * share))
        }
        ZoneModel::Threshold => {
            let threshold = threshold?.get();
            Some(shares(&[85.0, 90.0, 95.0, 100.0, 103.0, 106.0], &|share| threshold * share))
        }
        ZoneModel::Custom(bounds) => Some(bounds.clone()),
        ZoneModel::Device => {
            let zones = row.said.device_zones.as_ref()?;
            Some(
                zones
                    .bounds_bpm
                    .iter()
                    .map(|bound| BeatsPerMinute::of(f64::from(*bound)))
                    .collect(),
            )
        }
    }
}

const TENTHS: [f64; 5] = [50.0, 60.0, 70.0, 80.0, 90.0];

/// A hash of everything that a verdict depends on beside the run.
pub(super) fn settings_hash(
    settings: &Settings,
    side_files: &BTreeMap<String, SideFiles>,
) -> String {
    let text = format!("{RULES}\n{}\n{side_files:?}", settings.fingerprint_text());
    format!("{:016x}", xxh3_64(text.as_bytes()))
}
