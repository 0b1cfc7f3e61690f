//! What is known beside one run: anchors, limits and zones, all as of its day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::told::RunStatements;
use super::{DisplayedZones, SideFiles};
use crate::athlete::{AnchorEvidence, HeartRateThresholds, thresholds};
use crate::audit::wording::Wording;
use crate::audit::{Context, RULES};
use crate::history::{EasyBaseline, HistoryAnchors, Past, PastRun, usual_run, weekly_running};
use crate::label::Labels;
use crate::metrics::RunMetrics;
use crate::metrics::series::Series;
use crate::metrics::statistics::median;
use crate::metrics::zones::time_in_zone;
use crate::settings::{Athlete, Settings, ZoneSettings};
use crate::units::{Metres, Seconds};
use crate::zones::KnownHeartRates;

/// What all runs of one athlete share.
pub(super) struct View<'a> {
    pub(super) settings: &'a Settings,
    pub(super) athlete: &'a Athlete,
    pub(super) beside: &'a SideFiles,
    pub(super) labels: &'a Labels,
}

/// What the history before one run makes of its anchors and limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct AnchorsOnDay {
    pub(super) evidence: AnchorEvidence,
    pub(super) lines: Option<HeartRateThresholds>,
    pub(super) altitude_uncertainty_bpm: f64,
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

impl AnchorsOnDay {
    pub(super) fn of(view: &View, told: &RunStatements, row: &RunMetrics, past: &Past) -> Self {
        let history = HistoryAnchors::of(past, &row.metadata.anchors);
        let evidence = AnchorEvidence::ingest(view.athlete, past.day, &history);
        let altitude_uncertainty_bpm =
            if is_unusually_high(row, past) { ALTITUDE_DOUBT_BPM } else { 0.0 };
        let lines = thresholds(&evidence, told.sensor, altitude_uncertainty_bpm);
        // The mean runner's lines would say nothing of a run without heart rate.
        let says_something = row.heart_rate.raw_mean.is_some() || !lines.nothing_known();
        Self {
            lines: says_something.then_some(lines),
            evidence,
            altitude_uncertainty_bpm,
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
    told: &RunStatements,
    dated: &AnchorsOnDay,
    this: &'a PastRun,
    past: Past<'a>,
    after: &'a [PastRun],
) -> Context<'a> {
    Context {
        evidence: dated.evidence,
        lines: dated.lines,
        altitude_uncertainty_bpm: dated.altitude_uncertainty_bpm,
        sensor: told.sensor,
        newer_runner: view.athlete.newer_runner,
        sex: view.athlete.sex.or(this.anchors.sex),
        rating: told.rating,
        next_morning: told.next_morning,
        planned_end: told.planned_end,
        scheduled: told.scheduled,
        primary_benefit: None,
        weekly_running: dated.weekly_running,
        easy: EasyBaseline::of(&past),
        this,
        past,
        after,
        limits: &view.settings.limits,
        wording: Wording { units: view.settings.units },
    }
}

/// Time in the zones that the settings want to see.
pub(super) fn zones(
    settings: &Settings,
    evidence: &AnchorEvidence,
    lines: Option<&HeartRateThresholds>,
    row: &RunMetrics,
    series: &Series,
) -> Option<DisplayedZones> {
    let ZoneSettings { model, bounds } = &settings.zones;
    let device = row.metadata.device_zones.as_ref();
    let known = KnownHeartRates {
        max: evidence.max.map(|max| max.bpm),
        resting: evidence.resting.map(|resting| resting.bpm),
        threshold: evidence.threshold().map(|threshold| threshold.bpm),
        judged_by: lines.map(|lines| [lines.target, lines.ceiling, lines.moderate, lines.hard]),
        own_bounds: bounds,
        device_bounds_bpm: device.map(|zones| zones.bounds_bpm.as_slice()),
    };
    let bounds = (model.bounds)(&known)?;
    let bounds_bpm: Vec<f64> = bounds.iter().map(|bound| bound.get()).collect();
    Some(DisplayedZones { model, bounds, time: time_in_zone(series, &bounds_bpm) })
}

/// A hash of everything that a verdict depends on beside the run.
pub(super) fn settings_hash(
    settings: &Settings,
    side_files: &BTreeMap<String, SideFiles>,
) -> String {
    // What the files are called changes no verdict.
    let rows: Vec<_> = side_files
        .iter()
        .map(|(athlete, beside)| {
            let notes: Vec<_> = beside.notes.iter().flat_map(|notes| &notes.rows).collect();
            (athlete, &beside.plan.rows, notes)
        })
        .collect();
    let text = format!("{RULES}\n{}\n{rows:?}", settings.fingerprint_text());
    format!("{:016x}", xxh3_64(text.as_bytes()))
}
