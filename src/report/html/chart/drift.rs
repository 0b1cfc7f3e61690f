//! Drift as it is drawn: the steady stretches, the line of heart rate at equal speed, and what it says.

use crate::audit::{Audit, Finding, Outcome};
use crate::metrics::RunMetrics;
use crate::metrics::drift::{SteadyDrift, steady_stretches};
use crate::metrics::series::Series;
use crate::report::html::plot::trimmed;

/// A piece of the line: second and heart rate of both its ends.
pub(super) type Segment = [(usize, f64); 2];

/// What is drawn of the drift.
pub(super) struct Drawn {
    /// The line over each steady stretch.
    pub(super) steady: Vec<Segment>,
    /// The line from the first to the last of them.
    pub(super) slope: Segment,
    /// The slope in a few characters.
    pub(super) name: String,
    /// What it says, in one sentence.
    pub(super) says: String,
}

/// The drift of a run; `None` where it cannot be read.
pub(super) fn drawn(row: &RunMetrics, series: &Series, audit: Option<&Audit>) -> Option<Drawn> {
    let drift = row.drift.as_ref().ok()?.readable().ok()?;
    if audit.is_some() && finding(audit).is_none_or(|found| found.result() == Outcome::Cannot) {
        return None;
    }
    let steady: Vec<Segment> = steady_stretches(series)
        .into_iter()
        .map(|stretch| {
            let at = |moving_second: usize| drift.bpm_at(moving_second as f64);
            let (from, to) = (stretch.moving.start, stretch.moving.end);
            [(stretch.seconds.start, at(from)), (stretch.seconds.end, at(to))]
        })
        .collect();
    let slope = [steady.first()?[0], steady.last()?[1]];
    let name = format!("{} bpm per 10 min", signed(drift.slope.bpm_per_10_min));
    Some(Drawn { steady, slope, name, says: sentence(drift) })
}

fn sentence(drift: &SteadyDrift) -> String {
    let (slope, decoupling) = (drift.slope, drift.decoupling());
    format!(
        "Heart-rate drift in the steady stretches, at the same pace: {} bpm per 10 minutes (very likely {} to {}), {} % from the first half to the second.",
        signed(slope.bpm_per_10_min),
        signed(slope.low),
        signed(slope.high),
        signed(decoupling.value)
    )
}

/// Why no drift is drawn, where the judgement says so.
pub(super) fn why_not(audit: Option<&Audit>) -> Option<&str> {
    finding(audit).map(|found| &*found.assessment.text)
}

fn finding(audit: Option<&Audit>) -> Option<&Finding> {
    audit?.findings.iter().find(|found| found.criterion == "aerobic-decoupling")
}

fn signed(value: f64) -> String {
    let text = trimmed(value, 1);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text.replace('-', "−") }
}
