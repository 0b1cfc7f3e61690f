//! The run minute by minute: how its heart rates are spread, and how they go with pace.

use maud::{Markup, html};

use super::plot::trimmed;
use super::scale::ticks;
use crate::audit::wording::{clock, plain};
use crate::metrics::series::Series;
use crate::metrics::{HISTOGRAM_CLASS_BPM as CLASS_BPM, HistogramClass, heart_rate_histogram};
use crate::review::ReviewedRun;
use crate::settings::UnitSystem;
use crate::units::METRES_PER_MILE;

/// Height of both pictures, and units across a stretched path.
const HEIGHT: f64 = 150.0;
const ACROSS: f64 = 1000.0;
/// Fewest minutes that make a cloud.
const LEAST_MINUTES: usize = 5;
/// Slower minutes are no running, in seconds per kilometre.
const SLOWEST_S_PER_KM: f64 = 900.0;

/// A range of values laid over the width or the height.
struct AxisRange {
    low: f64,
    high: f64,
}

impl AxisRange {
    fn over(values: impl Iterator<Item = f64>, room: f64) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        Self { low: low - room, high: high + room }
    }

    fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn percent(&self, value: f64) -> String {
        format!("{}%", trimmed(100.0 * self.share(value), 2))
    }
}

/// The section; empty without heart rate.
pub(super) fn section(run: &ReviewedRun, series: &Series, units: UnitSystem) -> Markup {
    let classes = heart_rate_histogram(series);
    if classes.is_empty() {
        return html! {};
    }
    let per_km = |speed: f64| 1000.0 / speed;
    let minutes: Vec<(f64, f64)> = run
        .past
        .minutes()
        .filter(|(speed, _)| *speed > 0.0 && per_km(*speed) <= SLOWEST_S_PER_KM)
        .map(|(speed, beats)| (per_km(speed), beats))
        .collect();
    html! {
        section aria-labelledby="minutes" {
            h2 #minutes { "Heart rates of this run" }
            div.pair {
                (spread(run, &classes))
                @if minutes.len() >= LEAST_MINUTES { (cloud(run, &minutes, units)) }
            }
        }
    }
}

/// Time at each heart rate.
fn spread(run: &ReviewedRun, classes: &[HistogramClass]) -> Markup {
    let lines = run.lines.as_ref();
    let ceiling = lines.map(|lines| lines.ceiling.get());
    let range = AxisRange::over(classes.iter().map(|class| class.from.get()).chain(ceiling), 4.0);
    let title = "Time at each heart rate, in beats per minute";
    html! {
        figure {
            p.panel-title { (title) }
            svg.plot height=(HEIGHT) role="img" aria-label=(title) {
                @if let Some(lines) = lines {
                    @let doubt = [lines.ceiling.get() - lines.uncertainty, lines.ceiling.get() + lines.uncertainty];
                    rect.doubt x=(range.percent(doubt[0])) height="100%"
                        width=(format!("{}%", trimmed(100.0 * (range.share(doubt[1]) - range.share(doubt[0])), 2))) {}
                }
                svg viewBox=(format!("0 0 {ACROSS} {HEIGHT}")) preserveAspectRatio="none" width="100%" height=(HEIGHT) {
                    path.bars d=(bars_path(classes, &range)) {}
                }
                @if let Some(ceiling) = ceiling {
                    line.ceiling x1=(range.percent(ceiling)) x2=(range.percent(ceiling)) y1="0" y2="100%" {}
                }
            }
            (axis(&range, &[5.0, 10.0, 20.0, 50.0], |bpm| plain(bpm, 0)))
        }
    }
}

/// A path along the bars, from the floor to the floor; neighbours share a side.
fn bars_path(classes: &[HistogramClass], range: &AxisRange) -> String {
    let most = classes.iter().map(|class| class.time.get()).fold(1.0, f64::max);
    let (mut path, mut end) = (String::new(), String::new());
    for class in classes {
        let bpm = class.from.get();
        let [left, right] = [bpm, bpm + CLASS_BPM].map(|bpm| trimmed(ACROSS * range.share(bpm), 0));
        let top = HEIGHT - 0.95 * HEIGHT * class.time.get() / most;
        let from = match () {
            () if path.is_empty() => format!("M{left} {HEIGHT}"),
            () if end == left => String::new(),
            () => format!("V{HEIGHT}H{left}"),
        };
        path.extend([from.as_str(), "V", &trimmed(top, 0), "H", &right]);
        end = right;
    }
    if path.is_empty() { path } else { format!("{path}V{HEIGHT}") }
}

/// Heart rate over grade-adjusted pace: one dot a minute, faster to the right.
fn cloud(run: &ReviewedRun, minutes: &[(f64, f64)], units: UnitSystem) -> Markup {
    let (unit, per) = match units {
        UnitSystem::Metric => ("km", 1.0),
        UnitSystem::Imperial => ("mile", METRES_PER_MILE / 1000.0),
    };
    let ceiling = run.lines.map(|lines| lines.ceiling.get());
    let paces = AxisRange::over(minutes.iter().map(|(pace, _)| -pace * per), 10.0);
    let beats = AxisRange::over(minutes.iter().map(|(_, beats)| *beats).chain(ceiling), 4.0);
    let y = |bpm: f64| HEIGHT * (1.0 - beats.share(bpm));
    let dot = |(pace, bpm): &(f64, f64)| {
        let x = ACROSS * paces.share(-pace * per);
        format!("M{} {}h0", trimmed(x, 0), trimmed(y(*bpm), 0))
    };
    let dots: String = minutes.iter().map(dot).collect();
    let title =
        format!("Heart rate of each minute over its graded pace per {unit}; faster to the right");
    html! {
        figure {
            p.panel-title { (title) }
            svg.plot height=(HEIGHT) role="img" aria-label=(title) {
                svg viewBox=(format!("0 0 {ACROSS} {HEIGHT}")) preserveAspectRatio="none" width="100%" height=(HEIGHT) {
                    path.cloud d=(dots) {}
                }
                @if let Some(ceiling) = ceiling {
                    line.ceiling x1="0" x2="100%" y1=(trimmed(y(ceiling), 0)) y2=(trimmed(y(ceiling), 0)) {}
                }
            }
            (axis(&paces, &[15.0, 30.0, 60.0, 120.0, 300.0], |pace| clock(-pace)))
        }
    }
}

fn axis(range: &AxisRange, steps: &[f64], text: impl Fn(f64) -> String) -> Markup {
    html! {
        svg.plot.axis height="20" aria-hidden="true" {
            @for value in ticks(range.low, range.high, steps, 5) {
                text x=(range.percent(value)) y="14" text-anchor="middle" { (text(value)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{BeatsPerMinute, Seconds};

    #[test]
    fn bars_stand_side_by_side() {
        let class = |(bpm, seconds)| HistogramClass {
            from: BeatsPerMinute::of(bpm),
            time: Seconds::of(seconds),
        };
        let classes = [(120.0, 2.0), (122.0, 1.0), (130.0, 1.0)].map(class);
        let range = AxisRange::over([120.0, 131.0].into_iter(), 4.0);
        // A bar of two seconds is 142.5 high, one of one 71.25; 19 bpm are 1000 wide.
        assert_eq!(bars_path(&classes, &range), "M211 150V8H316V79H421V150H737V79H842V150");
        assert_eq!(bars_path(&[], &range), "");
        assert_eq!([116.0, 125.5, 135.0].map(|bpm| range.percent(bpm)), ["0%", "50%", "100%"]);
    }
}
