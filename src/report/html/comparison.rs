//! A run against the last ten recovery runs before it: a dot among dots.

use maud::{Markup, html};

use super::site::Site;
use crate::audit::wording::{Wording, plain};
use crate::metrics::statistics::median;
use crate::report::pace::believable;
use crate::report::summary;
use crate::review::{AthleteReview, ReviewedRun};
use crate::settings::UnitSystem;
use crate::units::SecondsPerKilometre;

/// Runs that a run is compared with.
const RUNS: usize = 10;
/// Runs that a comparison needs.
const LEAST: usize = 3;

/// A figure of a run and how it is written.
struct ComparedFigure {
    name: &'static str,
    of: fn(&ReviewedRun) -> Option<f64>,
    text: fn(f64, UnitSystem) -> String,
}

const FIGURES: [ComparedFigure; 4] = [
    ComparedFigure {
        name: "Heart rate",
        of: |run| run.measured.row.heart_rate.mean.map(f64::from),
        text: |bpm, _| format!("{} bpm", plain(bpm, 0)),
    },
    ComparedFigure {
        name: "Above the ceiling",
        of: |run| run.audit.as_deref().and_then(summary::share_above),
        text: |share, _| format!("{} %", plain(share, 0)),
    },
    ComparedFigure {
        name: "Grade-adjusted pace",
        of: |run| {
            let row = &run.measured.row;
            let pace = believable(row.grade_adjusted_pace()).filter(|_| !row.speed_is_estimated());
            pace.map(SecondsPerKilometre::get)
        },
        text: |pace, units| Wording { units }.pace(SecondsPerKilometre::of(pace)),
    },
    ComparedFigure {
        name: "Moving",
        of: |run| Some(run.measured.row.durations.moving.get()),
        text: |seconds, _| format!("{} min", plain(seconds / 60.0, 0)),
    },
];

/// The section; empty for a run that is not judged, or has too few before it.
pub(super) fn section(site: &Site, athlete: &AthleteReview, run: &ReviewedRun) -> Markup {
    let here = run.measured.row.metadata.start;
    let is_before =
        |other: &&ReviewedRun| other.is_recovery() && other.measured.row.metadata.start < here;
    let mut before: Vec<&ReviewedRun> = site.runs_of(athlete).filter(is_before).collect();
    before.drain(..before.len().saturating_sub(RUNS));
    if run.audit.is_none() || before.len() < LEAST {
        return html! {};
    }
    html! {
        section aria-labelledby="comparison" {
            h2 #comparison { "Against your last " (before.len()) " recovery runs" }
            table.comparison {
                thead.visually-hidden { tr {
                    th scope="col" { "Figure" } th scope="col" { "This run" }
                    th scope="col" { "Median before" } th scope="col" { "Picture" }
                } }
                tbody { @for figure in &FIGURES { (row(figure, run, &before, site.units)) } }
            }
        }
    }
}

fn row(
    figure: &ComparedFigure,
    run: &ReviewedRun,
    before: &[&ReviewedRun],
    units: UnitSystem,
) -> Markup {
    let others: Vec<f64> = before.iter().filter_map(|other| (figure.of)(other)).collect();
    let (Some(own), Some(middle)) = ((figure.of)(run), median(&others)) else {
        return html! {};
    };
    let all = || others.iter().copied().chain([own]);
    let (low, high) =
        (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let x = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        40.0 + 920.0 * share
    };
    let dot = |value: f64| format!("M{} 10h0", plain(x(value), 0));
    html! {
        tr {
            th scope="row" { (figure.name) }
            td { b { ((figure.text)(own, units)) } }
            td.dim { "usually " ((figure.text)(middle, units)) }
            td.dots aria-hidden="true" {
                svg width="100%" height="20" {
                    line.rail x1="0" x2="100%" y1="10" y2="10" {}
                    svg viewBox="0 0 1000 20" preserveAspectRatio="none" width="100%" height="20" {
                        path.others d=(others.iter().map(|other| dot(*other)).collect::<String>()) {}
                        path.this d=(dot(own)) {}
                    }
                }
            }
        }
    }
}
