//! Recovery, easy and tempo side by side: recovery should be the slowest and the calmest.

use maud::{Markup, html};

use crate::audit::wording::{Wording, plain};
use crate::metrics::statistics::Quartiles;
use crate::report::html::site::Site;
use crate::review::AthleteReview;
use crate::session::SessionKind;
use crate::units::MetresPerSecond;

/// The kinds compared, from the easiest on.
const KINDS: [SessionKind; 4] =
    [SessionKind::Recovery, SessionKind::Easy, SessionKind::Long, SessionKind::Tempo];
/// Runs of a kind that a middle needs.
const LEAST: usize = 3;

/// What one kind was like.
struct KindSummary {
    kind: SessionKind,
    runs: usize,
    speed: Option<Quartiles>,
    heart_rate: Option<Quartiles>,
}

/// The section; empty where fewer than two kinds can be compared.
pub(super) fn section(site: &Site, athlete: &AthleteReview) -> Markup {
    let kinds: Vec<KindSummary> =
        KINDS.iter().map(|kind| summary_of(site, athlete, *kind)).collect();
    let known = kinds.iter().filter(|kind| kind.speed.is_some() || kind.heart_rate.is_some());
    if known.count() < 2 {
        return html! {};
    }
    let wording = Wording { units: site.units };
    let pace = |speed: f64| {
        MetresPerSecond::new(speed)
            .and_then(MetresPerSecond::pace)
            .map_or("–".to_owned(), |pace| wording.pace(pace))
    };
    let speeds = Range::over(kinds.iter().filter_map(|kind| kind.speed));
    let beats = Range::over(kinds.iter().filter_map(|kind| kind.heart_rate));
    html! {
        section aria-labelledby="hierarchy" {
            h2 #hierarchy { "Recovery runs against your other runs" }
            p { (order(&kinds)) }
            table.hierarchy {
                caption { "Median (dot) and middle half (bar) of each kind of run; faster and higher to the right" }
                thead { tr { th scope="col" { "Kind" } th scope="col" colspan="2" { "Pace, grade-adjusted" } th scope="col" colspan="2" { "Mean heart rate" } } }
                tbody { @for kind in &kinds {
                    tr {
                        th scope="row" { (kind.kind.name()) " " span.dim { (kind.runs) } }
                        td { (kind.speed.map_or("–".to_owned(), |middle| pace(middle.median))) }
                        td.dot aria-hidden="true" { (dot(kind.speed, &speeds, kind.kind)) }
                        td { (kind.heart_rate.map_or("–".to_owned(), |middle| format!("{} bpm", plain(middle.median, 0)))) }
                        td.dot aria-hidden="true" { (dot(kind.heart_rate, &beats, kind.kind)) }
                    }
                } }
            }
        }
    }
}

fn summary_of(site: &Site, athlete: &AthleteReview, kind: SessionKind) -> KindSummary {
    let runs = || site.sessions(athlete).filter(move |entry| entry.session.kind() == Some(kind));
    let speeds = runs().filter_map(|entry| entry.speed).map(MetresPerSecond::get).collect();
    let beats = runs().filter_map(|entry| entry.mean_heart_rate).map(f64::from).collect();
    KindSummary {
        kind,
        runs: runs().count(),
        speed: Quartiles::of(speeds, LEAST),
        heart_rate: Quartiles::of(beats, LEAST),
    }
}

/// Whether the medians lie as they should.
fn order(kinds: &[KindSummary]) -> String {
    let of = |kind: SessionKind| kinds.iter().find(|summary_of| summary_of.kind == kind);
    let (Some(recovery), Some(easy)) = (of(SessionKind::Recovery), of(SessionKind::Easy)) else {
        return String::new();
    };
    let below =
        |left: Option<Quartiles>, right: Option<Quartiles>| Some(left?.median < right?.median);
    let slower = below(recovery.speed, easy.speed);
    let calmer = below(recovery.heart_rate, easy.heart_rate);
    let sentence = match (slower, calmer) {
        (Some(true), Some(true)) => {
            "Recovery runs are slower than easy runs and at a lower heart rate, as they should be."
        }
        (Some(false), Some(false)) => {
            "Recovery runs are neither slower than easy runs nor at a lower heart rate."
        }
        (Some(true), Some(false)) => {
            "Recovery runs are slower than easy runs, but at no lower heart rate."
        }
        (Some(false), Some(true)) => {
            "Recovery runs are at a lower heart rate than easy runs, but no slower."
        }
        _ => {
            "Recovery and easy runs cannot be compared yet: each needs three with pace and heart rate."
        }
    };
    sentence.to_owned()
}

/// The range that all kinds of one column are drawn in.
struct Range {
    low: f64,
    high: f64,
}

impl Range {
    fn over(middles: impl Iterator<Item = Quartiles> + Clone) -> Self {
        let low = middles.clone().map(|middle| middle.low).fold(f64::INFINITY, f64::min);
        let high = middles.map(|middle| middle.high).fold(f64::NEG_INFINITY, f64::max);
        Self { low, high: high.max(low + 1e-6) }
    }

    fn percent(&self, value: f64) -> String {
        format!("{}%", plain(5.0 + 90.0 * (value - self.low) / (self.high - self.low), 2))
    }
}

fn dot(middle: Option<Quartiles>, range: &Range, kind: SessionKind) -> Markup {
    html! {
        @if let Some(middle) = middle {
            svg width="100%" height="22" {
                line.rail x1="0" x2="100%" y1="11" y2="11" {}
                line class=(format!("spread {}", kind.name())) x1=(range.percent(middle.low)) x2=(range.percent(middle.high)) y1="11" y2="11" {}
                circle class=(kind.name()) cx=(range.percent(middle.median)) cy="11" r="5" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_told_as_it_is() {
        let at = |value: f64| Quartiles::of(vec![value; 3], 3);
        let kinds = |speed: f64, beats: f64| {
            [(SessionKind::Recovery, speed, beats), (SessionKind::Easy, 3.0, 140.0)].map(
                |(kind, speed, beats)| KindSummary {
                    kind,
                    runs: 3,
                    speed: at(speed),
                    heart_rate: at(beats),
                },
            )
        };
        assert!(order(&kinds(2.5, 130.0)).contains("as they should be"));
        assert!(order(&kinds(3.0, 140.0)).contains("neither"), "equal is not slower");
        assert!(order(&kinds(2.5, 145.0)).contains("at no lower"));
        assert!(order(&kinds(3.2, 130.0)).contains("no slower"));
    }
}
