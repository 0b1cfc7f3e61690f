//! What is known beside one run: anchors and limits, as of its day.

use serde::{Deserialize, Serialize};

use super::inputs::AthleteInputs;
use super::statements::RunStatements;
use crate::athlete::{AnchorEvidence, HeartRateThresholds, Sensor, thresholds};
use crate::audit::Context;
use crate::audit::wording::Wording;
use crate::history::{
    EasyBaseline, HeartRateOnSpeed, HistoryAnchors, Past, PastRun, median_run_time, weekly_running,
};
use crate::metrics::RunMetrics;
use crate::metrics::statistics::median;
use crate::units::{Metres, Seconds};

/// What the history before one run makes of its anchors and limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct AnchorsOnDay {
    pub(super) evidence: AnchorEvidence,
    pub(super) lines: Option<HeartRateThresholds>,
    pub(super) altitude_uncertainty_bpm: f64,
    /// Median weekly running time before it.
    pub(super) weekly_running: Option<Seconds>,
    /// Median moving time of the runs of the 28 days before it.
    pub(super) median_run_time: Option<Seconds>,
}

/// Altitude from which it raises the heart rate, and above the usual by how much, in metres.
const HIGH_M: f64 = 1500.0;
const UNUSUAL_M: f64 = 1000.0;
/// The doubt that it adds to the lines, in bpm.
const ALTITUDE_DOUBT_BPM: f64 = 5.0;
/// Days that the usual altitude is read from.
const ALTITUDE_DAYS: i64 = 28;

impl AnchorsOnDay {
    pub(super) fn of(
        inputs: &AthleteInputs,
        sensor: Sensor,
        row: &RunMetrics,
        past: &Past,
    ) -> Self {
        let history = HistoryAnchors::of(past, &row.metadata.anchors);
        let evidence = AnchorEvidence::ingest(inputs.athlete, past.day, &history);
        let altitude_uncertainty_bpm =
            if is_unusually_high(row, past) { ALTITUDE_DOUBT_BPM } else { 0.0 };
        Self {
            // Lines part heart rates: where there are none, there is nothing to part.
            lines: row
                .heart_rate
                .raw_mean
                .map(|_| thresholds(&evidence, sensor, altitude_uncertainty_bpm)),
            evidence,
            altitude_uncertainty_bpm,
            weekly_running: weekly_running(past),
            median_run_time: median_run_time(past),
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

/// The context of one run, between what came before and after it.
pub(super) fn context<'a>(
    inputs: &AthleteInputs<'a>,
    stated: &RunStatements,
    on_day: &AnchorsOnDay,
    on_speed: Option<HeartRateOnSpeed>,
    this: &'a PastRun,
    past: Past<'a>,
    after: &'a [PastRun],
) -> Context<'a> {
    Context {
        evidence: on_day.evidence,
        lines: on_day.lines,
        altitude_uncertainty_bpm: on_day.altitude_uncertainty_bpm,
        sensor: stated.sensor,
        newer_runner: inputs.athlete.newer_runner,
        sex: inputs.athlete.sex.or(this.anchors.sex),
        rating: stated.rating,
        next_morning: stated.next_morning,
        planned_end: stated.planned_end,
        scheduled: stated.scheduled,
        primary_benefit: stated.primary_benefit,
        weekly_running: on_day.weekly_running,
        easy: EasyBaseline::of(&past),
        this,
        past,
        on_speed,
        after,
        limits: &inputs.settings.limits,
        wording: Wording { units: inputs.settings.units },
    }
}
