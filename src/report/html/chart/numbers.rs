//! The numbers of a picture: for the reading line, and as a table for those who cannot see it.

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::samples::Samples;
use super::subject::Subject;
use crate::audit::wording::{clock, plain};
use crate::metrics::statistics::mean;
use crate::settings::UnitSystem;

/// Rows of the table at most.
const MOST_ROWS: usize = 32;

/// Short names of the units of pace and altitude.
fn units(units: UnitSystem) -> (&'static str, &'static str) {
    match units {
        UnitSystem::Metric => ("/km", "m"),
        UnitSystem::Imperial => ("/mi", "ft"),
    }
}

/// What the reading line tells, as data: a list without any known value is left out.
pub(super) fn data(subject: &Subject) -> Markup {
    let samples = subject.samples;
    let whole = |values: &[Option<f64>]| -> Value {
        let known = values.iter().any(Option::is_some);
        if known {
            json!(values.iter().map(|value| value.map(|v| v.round() as i64)).collect::<Vec<_>>())
        } else {
            Value::Null
        }
    };
    let (per, metres) = units(subject.units);
    let lines = subject.lines.map(|lines| {
        [lines.target, lines.ceiling, lines.moderate, lines.hard]
            .map(|line| (line.get() * 10.0).round() / 10.0)
    });
    let data = json!({
        "step_s": samples.step,
        "seconds": samples.seconds,
        "lines_bpm": lines,
        "pace_unit": per,
        "altitude_unit": metres,
        "heart_rate_bpm": whole(&samples.heart_rate),
        "pace_s": whole(&samples.pace),
        "altitude": whole(&samples.altitude),
    });
    // Numbers and our own words alone: nothing in it could close the element.
    html! { script #readings type="application/json" { (PreEscaped(data.to_string())) } }
}

/// The same numbers, coarser, as a table.
pub(super) fn table(subject: &Subject) -> Markup {
    let samples = subject.samples;
    let per_row = rows(samples);
    let (per, metres) = units(subject.units);
    let part = |values: &[Option<f64>], from: usize, text: &dyn Fn(f64) -> String| {
        let to = (from + per_row).min(values.len());
        mean(values[from..to].iter().flatten().copied()).map_or("–".to_owned(), text)
    };
    html! {
        details.numbers {
            summary { "The numbers behind the charts" }
            div.scroll tabindex="0" role="region" aria-label="The numbers behind the charts" {
                table {
                    thead { tr { th scope="col" { "From" } th scope="col" { "bpm" } th scope="col" { "Pace " (per) } th scope="col" { "Elevation " (metres) } } }
                    tbody {
                        @for from in (0..samples.len()).step_by(per_row) {
                            tr {
                                th scope="row" { (clock((from * samples.step) as f64)) }
                                td { (part(&samples.heart_rate, from, &|v| plain(v, 0))) }
                                td { (part(&samples.pace, from, &clock)) }
                                td { (part(&samples.altitude, from, &|v| plain(v, 0))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Values taken together in one row: about a minute, or more.
fn rows(samples: &Samples) -> usize {
    let minute = (60 / samples.step.max(1)).max(1);
    let minutes = samples.len().div_ceil(minute);
    minute * minutes.div_ceil(MOST_ROWS).max(1)
}
