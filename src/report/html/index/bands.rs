//! Where the moving time of each month went: the five bands, stacked to hours.

use maud::{Markup, html};

use crate::audit::wording::plain;
use crate::report::html::plot::trimmed;
use crate::review::{AthleteReview, BandsOfMonth};
use crate::zones::band_names;

/// Months that are drawn, the newest.
const MOST: usize = 36;
/// Height of the picture, in pixels.
const HEIGHT: f64 = 160.0;

/// The section; empty without two months of heart rate.
pub(super) fn section(athlete: &AthleteReview) -> Markup {
    let all = &athlete.bands_by_month;
    let months = &all[all.len().saturating_sub(MOST)..];
    let hours = |month: &BandsOfMonth| f64::from(month.1.iter().sum::<u32>()) / 3600.0;
    let most = months.iter().map(hours).fold(0.0, f64::max);
    if months.len() < 2 || most <= 0.0 {
        return html! {};
    }
    html! {
        section aria-labelledby="bands" {
            h2 #bands { "Time in zones, month by month" }
            figure.charts {
                p.panel-title { "Hours of running with a heart rate; the longest bar is " (plain(most, 1)) " h" }
                div.panel {
                    svg.gutter height=(HEIGHT) aria-hidden="true" {}
                    svg.plot height=(HEIGHT) role="group" aria-label="Hours in each band by month" {
                        @for (k, month) in months.iter().enumerate() { (bar(month, k, months.len(), most)) }
                    }
                }
                (labels(months))
                figcaption { p.legend {
                    @for (band, name) in band_names().iter().enumerate() {
                        span { span class=(format!("swatch bar{band}")) {} (name) }
                    }
                } }
            }
        }
    }
}

/// One month: its bands from the bottom up.
fn bar((first, bands): &BandsOfMonth, k: usize, months: usize, most: f64) -> Markup {
    let width = 100.0 / months as f64;
    let height = |seconds: u32| HEIGHT * 0.96 * f64::from(seconds) / 3600.0 / most;
    let mut top = HEIGHT;
    let title = title(first.format("%B %Y"), bands);
    html! {
        g {
            title { (title) }
            @for (band, seconds) in bands.iter().enumerate() {
                @let () = top -= height(*seconds);
                @if *seconds > 0 {
                    rect class=(format!("zone-bar z{band}")) x=(format!("{}%", trimmed(width * (k as f64 + 0.1), 2)))
                        width=(format!("{}%", trimmed(width * 0.8, 2))) y=(trimmed(top, 1)) height=(trimmed(height(*seconds), 1)) {}
                }
            }
        }
    }
}

fn title(month: impl std::fmt::Display, bands: &[u32; 5]) -> String {
    let parts = bands.iter().zip(band_names()).filter(|(seconds, _)| **seconds > 0);
    let parts: Vec<String> = parts
        .map(|(seconds, name)| format!("{name} {} h", plain(f64::from(*seconds) / 3600.0, 1)))
        .collect();
    format!("{month}: {}", if parts.is_empty() { "no run".to_owned() } else { parts.join(", ") })
}

/// The first, and every January.
fn labels(months: &[BandsOfMonth]) -> Markup {
    use chrono::Datelike;
    let width = 100.0 / months.len() as f64;
    // A label takes about this part of a telephone's width.
    let apart = (14.0 / width).ceil().max(1.0) as usize;
    let is_labelled = |k: usize| {
        if months.len() <= 6 {
            true
        } else if months.len() <= 12 {
            k.is_multiple_of(apart)
        } else {
            months[k].0.month() == 1
        }
    };
    html! {
        div.panel aria-hidden="true" {
            svg.gutter height="20" {}
            svg.plot.axis height="20" {
                @for (k, (first, _)) in months.iter().enumerate() {
                    @if is_labelled(k) {
                        text x=(format!("{}%", trimmed(width * (k as f64 + 0.5), 2))) y="14" text-anchor="middle" {
                            @if months.len() > 12 { (first.year()) } @else { (first.format("%b")) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_in_words() {
        assert_eq!(
            title("May 2026", &[3_600, 0, 1_800, 0, 0]),
            "May 2026: effortless 1 h, easy 0.5 h"
        );
        assert_eq!(title("May 2026", &[0; 5]), "May 2026: no run");
    }
}
