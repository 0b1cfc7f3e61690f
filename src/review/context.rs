//! What is known beside one run: label, anchors, ratings, plan, all as of its day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use super::{DisplayedZones, Measured, ReviewedRun, SideFiles};
use crate::activity::{PlannedEnd, Rating};
use crate::athlete::{AnchorEvidence, JudgingLines, Sensor, lines};
use crate::audit::wording::Wording;
use crate::audit::{Context, RULES};
use crate::label::{Label, Labels, Statement};
use crate::metrics::series::Series;
use crate::metrics::zones::time_in_zone;
use crate::metrics::{RunMetrics, Said};
use crate::session::SessionKind;
use crate::settings::{Athlete, NoteRow, PlanRow, Settings, ZoneModel};
use crate::units::BeatsPerMinute;

/// What all runs of one athlete share.
pub(super) struct View<'a> {
    pub(super) settings: &'a Settings,
    pub(super) athlete: &'a Athlete,
    pub(super) beside: &'a SideFiles,
    pub(super) labels: &'a Labels,
}

/// What is known of one run.
pub(super) struct Known {
    pub(super) label: Option<Label>,
    pub(super) evidence: AnchorEvidence,
    pub(super) lines: Option<JudgingLines>,
    pub(super) sensor: Sensor,
    rating: Rating,
    planned_end: Option<PlannedEnd>,
}

impl Known {
    /// Whether the run is labelled recovery.
    pub(super) fn is_recovery(&self) -> bool {
        self.label.as_ref().is_some_and(|label| label.kind == Some(SessionKind::Recovery))
    }

    pub(super) fn of(view: &View, measured: &Measured, day: NaiveDate) -> Self {
        let said = &measured.row.said;
        let path = measured.sources.first().map_or("", |source| source.path.as_str());
        let notes = view.beside.notes.about(path, day);
        let plans = view.beside.plan.on(day);
        let sensor = Sensor::of(said.sensor, view.athlete.sensor);
        let evidence = AnchorEvidence::gather(view.athlete, day, &said.anchors);
        Self {
            label: view.labels.resolve(&stated(&notes, plans), &said.texts),
            lines: lines(&evidence, sensor),
            evidence,
            sensor,
            rating: rating(&notes, said.rating),
            planned_end: planned_end(view, plans, said),
        }
    }

    pub(super) fn context<'a>(&self, view: &'a View) -> Context<'a> {
        Context {
            lines: self.lines,
            max_heart_rate: self.evidence.max.filter(|max| !max.guessed).map(|max| max.bpm),
            sensor: self.sensor,
            newer_runner: view.athlete.newer_runner,
            sex: view.athlete.sex,
            weekly_running: None,
            rating: self.rating,
            planned_end: self.planned_end,
            limits: &view.settings.limits,
            wording: Wording { units: view.settings.units },
        }
    }
}

fn stated<'a>(notes: &[&'a NoteRow], plans: &'a [PlanRow]) -> Vec<Statement<'a>> {
    let noted = notes.iter().filter_map(|row| row.label.as_ref()).map(Statement::of_notes);
    noted.chain(plans.iter().filter_map(|row| row.label.as_ref()).map(Statement::of_plan)).collect()
}

fn rating(notes: &[&NoteRow], file: Rating) -> Rating {
    Rating {
        rpe_cr10: notes.iter().find_map(|row| row.rating.rpe_cr10).or(file.rpe_cr10),
        feel: notes.iter().find_map(|row| row.rating.feel).or(file.feel),
    }
}

/// The planned end: the plan's, else the workout's, else the file name's.
fn planned_end(view: &View, plans: &[PlanRow], said: &Said) -> Option<PlannedEnd> {
    let plan = plans.iter().find_map(|row| row.planned).map(PlannedEnd::After);
    let name = || view.labels.planned_duration(&said.texts).map(PlannedEnd::After);
    plan.or(said.planned_end).or_else(name)
}

/// The anchors of a reviewed run again, for the summary of its athlete.
pub(super) fn anchors(settings: &Settings, run: &ReviewedRun) -> AnchorEvidence {
    let athlete = settings.athlete(&run.measured.athlete).unwrap_or(&settings.athletes[0]);
    AnchorEvidence::gather(athlete, run.start.date(), &run.measured.row.said.anchors)
}

/// Time in the zones that the settings want to see.
pub(super) fn zones(
    settings: &Settings,
    known: &Known,
    row: &RunMetrics,
    series: &Series,
) -> Option<DisplayedZones> {
    let bounds = bounds(&settings.zones, known, row)?;
    let plain: Vec<f64> = bounds.iter().map(|bound| bound.get()).collect();
    Some(DisplayedZones {
        model: settings.zones.name(),
        bounds,
        time: time_in_zone(series, &plain),
    })
}

fn bounds(model: &ZoneModel, known: &Known, row: &RunMetrics) -> Option<Vec<BeatsPerMinute>> {
    let shares = |shares: &[f64], of: &dyn Fn(f64) -> f64| {
        shares.iter().map(|share| BeatsPerMinute::of(of(share / 100.0))).collect()
    };
    let max = known.evidence.max.map(|max| max.bpm.get());
    let resting = known.evidence.resting.map(|resting| resting.bpm.get());
    let threshold = known.evidence.stated_threshold.or(known.evidence.watch_threshold);
    match model {
        ZoneModel::TalkTest => {
            known.lines.map(|lines| vec![lines.target, lines.ceiling, lines.moderate, lines.hard])
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
