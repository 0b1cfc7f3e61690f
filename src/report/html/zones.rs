//! Time in zones as bars: a table first, a picture beside each number.

use maud::{Markup, html};

use crate::audit::wording::{clock, plain};
use crate::review::{DisplayedZones, ReviewedRun};

/// The section; empty where the model has no boundaries.
pub(super) fn section(run: &ReviewedRun) -> Markup {
    let Some(zones) = &run.zones else { return html! {} };
    if run.measured.row.heart_rate.mean.is_none() {
        return html! {};
    }
    let rows = rows(zones);
    let total = rows.iter().map(|row| row.seconds).sum::<u32>().max(1);
    html! {
        section aria-labelledby="zones" {
            h2 #zones { "Time in zones" }
            table.zones {
                caption { (zones.model.caption) }
                thead.visually-hidden { tr { th scope="col" { "Zone" } th scope="col" { "Time" } th scope="col" { "Share" } } }
                tbody {
                    @for row in rows.iter().rev() {
                        @let share = 100.0 * f64::from(row.seconds) / f64::from(total);
                        tr {
                            th scope="row" { (row.name) span.dim { (row.range) } }
                            td { (clock(f64::from(row.seconds))) }
                            td { (plain(share, 0)) " %" }
                            td.bar aria-hidden="true" {
                                svg width="100%" height="14" { rect class=(row.class) width=(format!("{}%", plain(share, 2))) height="14" rx="2" {} }
                            }
                        }
                    }
                }
            }
        }
    }
}

struct ZoneRow {
    name: &'static str,
    range: String,
    class: String,
    seconds: u32,
}

fn rows(zones: &DisplayedZones) -> Vec<ZoneRow> {
    let bounds: Vec<String> = zones.bounds.iter().map(|bound| plain(bound.get(), 0)).collect();
    let names = zones.model.zone_names;
    let row = |(zone, seconds): (usize, &u32)| {
        let below = zone.checked_sub(1).and_then(|lower| bounds.get(lower));
        let range = match (below, bounds.get(zone)) {
            (None, Some(upper)) => format!("up to {upper}"),
            (Some(lower), Some(upper)) => format!("{lower}–{upper}"),
            (Some(lower), None) => format!("above {lower}"),
            (None, None) => "all".to_owned(),
        };
        let name = names.get(zone).copied().unwrap_or("");
        ZoneRow {
            name,
            range: format!(" {range} bpm"),
            class: class(zone, bounds.len(), !names.is_empty()),
            seconds: *seconds,
        }
    };
    let missing = ZoneRow {
        name: "no heart rate",
        range: String::new(),
        class: "unheard".to_owned(),
        seconds: zones.time.missing,
    };
    let heard = zones.time.seconds.iter().enumerate().map(row);
    std::iter::once(missing).filter(|row| row.seconds > 0).chain(heard).collect()
}

/// The shade of a zone: that of the judging lines, or spread over as many shades as there are.
fn class(zone: usize, bounds: usize, judged: bool) -> String {
    let shade = if judged || bounds == 0 { zone } else { (4 * zone).div_ceil(bounds) };
    format!("zone-bar z{}", shade.min(4))
}
