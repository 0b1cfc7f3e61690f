//! A run kilometre by kilometre, or mile by mile: heart rate, pace, and the band it was run in.

use maud::{Markup, html};

use crate::athlete::HeartRateThresholds;
use crate::audit::wording::{clock, plain};
use crate::metrics::Split;
use crate::metrics::series::Series;
use crate::report::splits;
use crate::review::ReviewedRun;
use crate::settings::UnitSystem;
use crate::units::{BeatsPerMinute, MetresPerSecond};
use crate::zones::band_names;

/// The section; empty where no distance is known.
pub(super) fn section(run: &ReviewedRun, series: &Series, units: UnitSystem) -> Markup {
    let unit = match units {
        UnitSystem::Metric => "km",
        UnitSystem::Imperial => "mi",
    };
    let (all, metres) = (splits::of(run, series, units), splits::length(units).get());
    if all.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="splits" {
            h2 #splits { "Splits" }
            table.splits {
                thead { tr {
                    th scope="col" { (unit) } th scope="col" { "Time" } th scope="col" { "Pace" }
                    th scope="col" { "Graded" } th scope="col" { "bpm" }
                    @if run.lines.is_some() { th scope="col" { "Effort" } }
                } }
                tbody {
                    @for (k, split) in all.iter().enumerate() {
                        tr {
                            th scope="row" { (number(k, split, metres)) }
                            td { (clock(split.moving.get())) }
                            td { (pace(split.speed, metres)) }
                            td { (pace(split.graded_speed, metres)) }
                            td { (split.heart_rate.map_or("–".to_owned(), |bpm| plain(bpm.get(), 0))) }
                            @if let Some(lines) = &run.lines { (band(split.heart_rate, lines)) }
                        }
                    }
                }
            }
        }
    }
}

/// The number of a whole split, or the length of what is left.
fn number(k: usize, split: &Split, metres: f64) -> String {
    let share = split.distance.get() / metres;
    if share < 0.995 { format!("+{share:.2}") } else { (k + 1).to_string() }
}

fn pace(speed: Option<MetresPerSecond>, metres: f64) -> String {
    let pace = speed.and_then(MetresPerSecond::pace);
    pace.map_or("–".to_owned(), |pace| clock(pace.get() * metres / 1000.0))
}

/// The band that a mean heart rate lies in.
fn band(heart_rate: Option<BeatsPerMinute>, lines: &HeartRateThresholds) -> Markup {
    let Some(bpm) = heart_rate else { return html! { td { "–" } } };
    let zone = splits::band(bpm, lines);
    html! { td class=(format!("in b{zone}")) { (band_names()[zone]) } }
}
