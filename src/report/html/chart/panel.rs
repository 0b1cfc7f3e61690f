//! One plot under the common time axis: pace and altitude, and the frame that all plots share.

use maud::{Markup, html};

use super::marks;

use super::shape::{area, line, percent, stretched};
use super::subject::Subject;
use crate::audit::wording::{clock, plain};
use crate::report::html::plot::{across, gutter};
use crate::report::html::scale::{Scale, ticks};
use crate::settings::UnitSystem;

/// One plot with its labels.
pub(super) struct Panel {
    /// Its name in ids.
    pub(super) name: &'static str,
    /// What it shows.
    pub(super) title: String,
    /// What is to be seen in it.
    pub(super) description: String,
    /// Pixels.
    pub(super) height: f64,
    /// The labels left of it.
    pub(super) gutter: Markup,
    /// The plot.
    pub(super) plot: Markup,
}

/// Seconds between labels of the time axis.
const TIME_STEPS: [f64; 11] =
    [60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0, 21_600.0, 43_200.0, 86_400.0];
/// Most labels of the time axis that a telephone has room for.
const TIMES: usize = 6;

/// The times that get a label.
pub(super) fn times(seconds: usize) -> Vec<f64> {
    ticks(0.0, seconds as f64, &TIME_STEPS, TIMES)
}

impl Panel {
    /// The whole row: labels, then the plot with its grid and reading line.
    pub(super) fn row(&self, seconds: usize) -> Markup {
        let (title, about) = (format!("{}-title", self.name), format!("{}-about", self.name));
        html! {
            p.panel-title id=(title) { (self.title) }
            div.panel {
                svg.gutter height=(self.height) aria-hidden="true" { (self.gutter) }
                svg.plot height=(self.height) role="img" aria-labelledby=(format!("{title} {about}")) {
                    desc id=(about) { (self.description) }
                    (self.plot)
                    @for time in times(seconds).iter().skip(1) {
                        @let x = percent(*time, seconds);
                        line.grid x1=(x) x2=(x) y1="0" y2="100%" {}
                    }
                    line.reading x1="-9" x2="-9" y1="0" y2="100%" {}
                }
            }
        }
    }
}

/// The labels of the time axis below the last plot.
pub(super) fn time_axis(seconds: usize) -> Markup {
    html! {
        div.panel aria-hidden="true" {
            svg.gutter height="20" { text x="100%" dx="-6" y="14" text-anchor="end" { "min" } }
            svg.plot.axis height="20" {
                @for time in times(seconds) {
                    @let late = time > 0.96 * seconds as f64;
                    @let anchor = if time <= 0.0 { "start" } else if late { "end" } else { "middle" };
                    text x=(percent(time, seconds)) y="14" text-anchor=(anchor) { (plain(time / 60.0, 0)) }
                }
            }
        }
    }
}

/// Heights of the smaller plots, in pixels.
const PACE_HEIGHT: f64 = 110.0;
const ALTITUDE_HEIGHT: f64 = 72.0;
/// Steps between labelled paces, in seconds, and altitudes.
const PACE_STEPS: [f64; 8] = [5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0];
const ALTITUDE_STEPS: [f64; 9] = [5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 5_000.0];
/// The least extent of the pace shown on either side of its middle, in seconds.
const LEAST_REACH_S: f64 = 30.0;
/// A smaller extent of the altitude is flat, in the unit shown.
const FLAT: f64 = 5.0;
/// The least extent of the altitude shown, so that flat runs look flat.
const LEAST_CLIMB: f64 = 20.0;
/// Share of the values at either end that does not widen the pace's scale.
const ODD: f64 = 0.02;

/// Pace, faster being up; `None` without speed.
pub(super) fn pace(subject: &Subject) -> Option<Panel> {
    let samples = subject.samples;
    let mut sorted: Vec<f64> = samples.pace.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| sorted.get(((sorted.len() - 1) as f64 * share).round() as usize).copied();
    if sorted.is_empty() {
        return None;
    }
    let (fast, slow) = (at(ODD)?, at(1.0 - ODD)?);
    let (middle, reach) = (f64::midpoint(fast, slow), (0.6 * (slow - fast)).max(LEAST_REACH_S));
    let scale = Scale::new(middle + reach, middle - reach, 0.0, PACE_HEIGHT);
    let unit = match subject.units {
        UnitSystem::Metric => "minutes per kilometre",
        UnitSystem::Imperial => "minutes per mile",
    };
    let estimated = if subject.estimated { ", the watch's estimate" } else { "" };
    let median = sorted[sorted.len() / 2];
    Some(Panel {
        name: "pace",
        title: format!("Pace in {unit}, smoothed over 30 s{estimated}; faster is up"),
        description: format!(
            "Mostly between {} and {}, median {}.",
            clock(fast),
            clock(slow),
            clock(median)
        ),
        height: PACE_HEIGHT,
        gutter: gutter(&scale, &PACE_STEPS, 4, clock),
        plot: html! {
            (marks::gap_blocks(&subject.pauses, samples.seconds, 0.0, PACE_HEIGHT))
            @for value in scale.ticks(&PACE_STEPS, 4) { (across(scale.y(value), "grid")) }
            (stretched(samples, PACE_HEIGHT, &html! { path.pace d=(line(&samples.pace, &scale)) {} }))
        },
    })
}

/// Altitude; `None` where it is not known, or the run is flat.
pub(super) fn altitude(subject: &Subject) -> Option<Panel> {
    let samples = subject.samples;
    let metres = || samples.altitude.iter().flatten().copied();
    let (lowest, highest) = (metres().reduce(f64::min)?, metres().reduce(f64::max)?);
    if highest - lowest < FLAT {
        return None;
    }
    let spare = (LEAST_CLIMB - (highest - lowest)).max(0.0) / 2.0;
    let scale = Scale::new(lowest - spare - 2.0, highest + spare, 6.0, ALTITUDE_HEIGHT);
    let unit = match subject.units {
        UnitSystem::Metric => "metres",
        UnitSystem::Imperial => "feet",
    };
    Some(Panel {
        name: "altitude",
        title: format!("Elevation in {unit}"),
        description: format!("Between {} and {} {unit}.", plain(lowest, 0), plain(highest, 0)),
        height: ALTITUDE_HEIGHT,
        gutter: gutter(&scale, &ALTITUDE_STEPS, 3, |value| plain(value, 0)),
        plot: html! {
            @for value in scale.ticks(&ALTITUDE_STEPS, 3) { (across(scale.y(value), "grid")) }
            (stretched(samples, ALTITUDE_HEIGHT, &html! {
                path.ground d=(area(&samples.altitude, &scale, ALTITUDE_HEIGHT)) {}
            }))
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_any_length_has_few_times() {
        assert_eq!(times(1_798), [0.0, 300.0, 600.0, 900.0, 1_200.0, 1_500.0]);
        assert_eq!(times(2_400), [0.0, 600.0, 1_200.0, 1_800.0, 2_400.0]);
        assert_eq!(times(45), [0.0]);
        for seconds in [60, 1_000, 7_000, 90_000, 300_000] {
            assert!((1..=6).contains(&times(seconds).len()), "{seconds}");
        }
    }
}
