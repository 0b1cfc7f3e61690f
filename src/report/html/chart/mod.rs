//! The charts of one run: heart rate, pace and elevation under one time axis.
//!
//! The axis is timer time: stops have their length on it, pauses of the timer are marks.

mod drift;
mod heart_rate;
mod marks;
mod numbers;
mod panel;
mod samples;
mod shape;
mod subject;

use maud::{Markup, html};

use crate::metrics::series::Series;
use crate::review::ReviewedRun;
use crate::settings::UnitSystem;
use samples::Samples;
use subject::Subject;

/// The pictures of a run with the numbers behind them.
pub(super) fn figure(run: &ReviewedRun, series: &Series, units: UnitSystem) -> Markup {
    let samples = Samples::of(series, units);
    let audit = run.audit.as_deref();
    let subject = Subject {
        samples: &samples,
        lines: run.lines.as_ref(),
        units,
        estimated: run.measured.row.speed_is_estimated(),
        offences: marks::offences(audit),
        gaps: marks::gaps(series),
        pauses: marks::pauses(series),
        drift: drift::drawn(&run.measured.row, series, audit),
    };
    let heart_rate = heart_rate::panel(&subject);
    let (pace, altitude) = (panel::pace(&subject), panel::altitude(&subject));
    let missing = [
        ("heart rate", heart_rate.is_none()),
        ("pace", pace.is_none()),
        ("elevation", samples.altitude.iter().all(Option::is_none)),
    ];
    let missing: Vec<&str> =
        missing.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect();
    html! {
        figure.charts {
            (patterns())
            @if missing.len() < 3 {
                div #plots {
                    @for panel in [heart_rate, pace, altitude].into_iter().flatten() { (panel.row(samples.seconds)) }
                    (panel::time_axis(samples.seconds))
                }
                output #reading-out {}
            }
            (caption(&subject, &missing, drift::why_not(audit)))
            @if missing.len() < 3 {
                (numbers::table(&subject))
                (numbers::data(&subject))
            }
        }
    }
}

fn caption(subject: &Subject, missing: &[&str], why_no_drift: Option<&str>) -> Markup {
    let gaps = marks::gap_list(&subject.gaps);
    let pauses = marks::gap_list(&subject.pauses);
    html! {
        figcaption {
            (marks::offence_list(&subject.offences, subject.samples.seconds))
            @if let Some(lines) = subject.lines {
                @let beats = || subject.samples.heart_rate.iter().flatten();
                @if beats().next().is_some() {
                    p.legend {
                        @if beats().any(|bpm| *bpm > lines.ceiling.get()) {
                            span { span.swatch.excess {} "above the ceiling" }
                        }
                        span { span.swatch.doubt {} "uncertainty of the ceiling" }
                        span { span.swatch.warm-up {} "first 3 minutes, not judged" }
                    }
                }
            }
            @if !gaps.is_empty() || !pauses.is_empty() {
                ul.gaps {
                    @for (class, says) in gaps.iter().chain(&pauses) {
                        li { span class=(format!("swatch {class}")) {} (says) }
                    }
                }
            }
            @if !missing.is_empty() { p { "Not recorded: " (missing.join(", ")) "." } }
            @match (&subject.drift, why_no_drift) {
                (Some(drift), _) => p { (drift.says) },
                (None, Some(why)) => p { "Heart-rate drift: " (why) },
                (None, None) => {},
            }
        }
    }
}

/// Hatchings, so that no gap is told by colour alone.
fn patterns() -> Markup {
    html! {
        svg.defs width="0" height="0" aria-hidden="true" {
            defs {
                @for (id, turn) in [("paused", 45), ("removed", -45)] {
                    pattern id=(format!("hatch-{id}")) width="6" height="6" patternUnits="userSpaceOnUse"
                        patternTransform=(format!("rotate({turn})")) {
                        line class=(format!("hatch {id}")) x1="0" x2="0" y1="0" y2="6" {}
                    }
                }
                pattern #hatch-silent width="7" height="7" patternUnits="userSpaceOnUse" {
                    circle.hatch.silent cx="2" cy="2" r="1" {}
                }
            }
        }
    }
}
