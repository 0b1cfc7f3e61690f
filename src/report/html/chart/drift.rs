//! Drift as it is drawn: the halves that are compared, the slope, and what they say.

use super::shape::trimmed;
use crate::audit::{Audit, Finding, Outcome};
use crate::metrics::RunMetrics;
use crate::metrics::drift::{Half, halves};
use crate::metrics::series::Series;

/// What is drawn of the drift.
pub(super) struct Drawn {
    /// The two halves with their mean heart rates.
    pub(super) halves: [Half; 2],
    /// The slope, as second and heart rate of both its ends.
    pub(super) slope: Option<[(usize, f64); 2]>,
    /// What it says, in one sentence.
    pub(super) says: String,
}

/// The drift of a run; `None` where the judgement says that it cannot be read.
pub(super) fn drawn(row: &RunMetrics, series: &Series, audit: Option<&Audit>) -> Option<Drawn> {
    let drift = row.drift.as_ref().ok()?;
    if audit.is_some() && finding(audit).is_none_or(|found| found.result() == Outcome::Cannot) {
        return None;
    }
    let halves = halves(series)?;
    let slope = drift.slope.map(|slope| {
        let (from, to) = (halves[0].seconds.start, halves[1].seconds.end);
        let middle = f64::midpoint(halves[0].mean_bpm, halves[1].mean_bpm);
        let rise = slope.bpm_per_10_min * (to - from) as f64 / 600.0;
        [(from, middle - rise / 2.0), (to, middle + rise / 2.0)]
    });
    let decoupling = trimmed(drift.decoupling.get(), 1);
    let sloped = drift.slope.map_or(String::new(), |slope| {
        format!(
            ", at equal speed {} bpm per 10 minutes (95 % interval {} to {})",
            signed(slope.bpm_per_10_min),
            signed(slope.low),
            signed(slope.high)
        )
    });
    let says = format!("Drift: {decoupling} % between the halves{sloped}.");
    Some(Drawn { halves, slope, says })
}

/// Why no drift is drawn, where the judgement says so.
pub(super) fn why_not(audit: Option<&Audit>) -> Option<&str> {
    finding(audit).map(|found| found.assessment.text.as_str())
}

fn finding(audit: Option<&Audit>) -> Option<&Finding> {
    audit?.findings.iter().find(|found| found.criterion == "aerobic-decoupling")
}

fn signed(value: f64) -> String {
    let text = trimmed(value, 1);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text.replace('-', "−") }
}
