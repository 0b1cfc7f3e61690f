//! The heart rate of a run between the lines that it was judged by.

use maud::{Markup, html};

use super::drift::{Drawn, Segment};
use super::marks;
use super::panel::Panel;
use super::shape::{RectangleRow, area, line, stretched};
use super::subject::Subject;
use crate::athlete::HeartRateThresholds;
use crate::audit::wording::plain;
use crate::metrics::judged_time::WARM_UP_S;
use crate::metrics::span::Span;
use crate::report::html::plot::{across, gutter, trimmed};
use crate::report::html::scale::Scale;

/// Height of the plot in pixels, without the tracks above it.
const HEIGHT: f64 = 250.0;
/// Steps between labelled heart rates, in bpm.
const STEPS: [f64; 4] = [5.0, 10.0, 20.0, 50.0];
/// Most of the lowest heart rates that need no place of their own: the first minutes.
const BELOW_TARGET: f64 = 16.0;
/// Height of a row of text, in pixels: names this close lie on each other.
const ROW: f64 = 15.0;

/// The plot; `None` where there is no heart rate.
pub(super) fn panel(subject: &Subject) -> Option<Panel> {
    let tracks = marks::tracks_height(&subject.offences);
    let scale = scale(subject, tracks)?;
    Some(Panel {
        name: "heart-rate",
        title: "Heart rate in beats per minute".to_owned(),
        description: description(subject),
        height: scale.height(),
        gutter: gutter(&scale, &STEPS, 6, |value| plain(value, 0)),
        plot: plot(subject, &scale, tracks),
    })
}

fn scale(subject: &Subject, tracks: f64) -> Option<Scale> {
    let beats = || subject.samples.heart_rate.iter().flatten().copied();
    let (lowest, highest) = (beats().reduce(f64::min)?, beats().reduce(f64::max)?);
    let (low, high) = subject.lines.map_or((lowest, highest), |lines| {
        let target = lines.target.get();
        (lowest.clamp(target - BELOW_TARGET, target), highest.max(lines.moderate.get()))
    });
    Some(Scale::new(low - 5.0, high + 6.0, tracks, HEIGHT + tracks))
}

fn description(subject: &Subject) -> String {
    let beats: Vec<f64> = subject.samples.heart_rate.iter().flatten().copied().collect();
    let lowest = beats.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = beats.iter().copied().fold(0.0, f64::max);
    let lines = subject.lines.map_or(String::new(), |lines| {
        let above = beats.iter().filter(|beats| **beats > lines.ceiling.get()).count();
        format!(
            " {} % of the values shown lie above the ceiling of {} bpm.",
            plain(100.0 * above as f64 / beats.len().max(1) as f64, 0),
            plain(lines.ceiling.get(), 0)
        )
    });
    format!("Between {} and {} bpm.{lines}", plain(lowest, 0), plain(highest, 0))
}

fn plot(subject: &Subject, scale: &Scale, tracks: f64) -> Markup {
    let (samples, seconds) = (subject.samples, subject.samples.seconds);
    let height = scale.height();
    html! {
        @if let Some(lines) = subject.lines {
            (bands(lines, scale, tracks))
        }
        (RectangleRow { class: "warm-up", top: tracks, height: height - tracks, seconds }
            .over(&[Span { start: 0, seconds: WARM_UP_S }], |_| "the first 3 minutes are not judged".to_owned()))
        (marks::gap_blocks(&subject.gaps, seconds, tracks, height))
        (marks::gap_blocks(&subject.pauses, seconds, tracks, height))
        @if let Some(lines) = subject.lines {
            @let ceiling = scale.y(lines.ceiling.get());
            (stretched(samples, height, &html! {
                path class="excess" d=(area(&samples.heart_rate, scale, ceiling)) {}
            }))
            (line_marks(lines, scale))
        }
        (stretched(samples, height, &html! {
            path class="beat" d=(line(&samples.heart_rate, scale)) {}
        }))
        @if let Some(drift) = &subject.drift {
            (drift_lines(drift, subject.lines, scale, seconds))
        }
        @if let Some(lines) = subject.lines {
            (names(lines, scale))
        }
        (marks::offence_bars(&subject.offences, seconds))
    }
}

/// The zones between the lines, from the bottom up.
fn bands(lines: &HeartRateThresholds, scale: &Scale, tracks: f64) -> Markup {
    let bounds = [lines.target, lines.ceiling, lines.moderate, lines.hard].map(f64::from);
    let bottom = scale.height();
    let top_of = |zone: usize| bounds.get(zone).map_or(tracks, |bound| scale.y(*bound));
    html! {
        @for zone in 0..=bounds.len() {
            @let floor = if zone == 0 { bottom } else { top_of(zone - 1) };
            @let height = floor - top_of(zone);
            @if height > 0.05 {
                rect class=(format!("zone z{zone}")) width="100%" y=(trimmed(top_of(zone), 1)) height=(trimmed(height, 1)) {}
            }
        }
    }
}

/// The four lines, the ceiling with how far it may be off.
fn line_marks(lines: &HeartRateThresholds, scale: &Scale) -> Markup {
    let ceiling = lines.ceiling.get();
    let (top, bottom) =
        (scale.y(ceiling + lines.uncertainty), scale.y(ceiling - lines.uncertainty));
    html! {
        rect class="doubt" width="100%" y=(trimmed(top, 1)) height=(trimmed(bottom - top, 1)) {}
        (across(scale.y(ceiling), "ceiling"))
        @for line in [lines.target, lines.moderate, lines.hard] {
            @if scale.holds(line.get()) { (across(scale.y(line.get()), "line")) }
        }
    }
}

/// The names of the lines, over everything else: on the left, where the heart is still calm.
fn names(lines: &HeartRateThresholds, scale: &Scale) -> Markup {
    let ceiling = format!(
        "ceiling {} ± {}",
        plain(lines.ceiling.get(), 0),
        plain(lines.uncertainty.round(), 0)
    );
    let named = [("target", lines.target), ("moderate", lines.moderate), ("hard", lines.hard)]
        .map(|(name, line)| (format!("{name} {}", plain(line.get(), 0)), line, "name"));
    html! {
        @for (text, line, class) in named.into_iter().chain([(ceiling, lines.ceiling, "name strong")]) {
            @if scale.holds(line.get()) {
                text class=(class) x="18" y=(trimmed(scale.y(line.get()) - 4.0, 1)) { (text) }
            }
        }
    }
}

fn drift_lines(
    drift: &Drawn,
    lines: Option<&HeartRateThresholds>,
    scale: &Scale,
    seconds: usize,
) -> Markup {
    let [from, to] = drift.slope;
    let beside = scale.y(f64::midpoint(from.1, to.1)) + 20.0;
    let names = lines.map(|lines| [lines.target, lines.ceiling, lines.moderate, lines.hard]);
    let below_names = names.into_iter().flatten().fold(beside, |y, line| {
        let name = scale.y(line.get()) - 4.0;
        if (y - name).abs() < ROW { name + ROW } else { y }
    });
    html! {
        @for segment in &drift.steady { (drift_line("steady", segment, scale, seconds)) }
        (drift_line("slope", &drift.slope, scale, seconds))
        text.name.drift x="100%" dx="-6" y=(trimmed(below_names, 1)) text-anchor="end" { (drift.name) }
    }
}

fn drift_line(class: &str, [from, to]: &Segment, scale: &Scale, seconds: usize) -> Markup {
    let at = |second: usize| super::shape::percent(second as f64, seconds);
    let y = |beats: f64| trimmed(scale.y(beats), 1);
    html! { line class=(class) x1=(at(from.0)) x2=(at(to.0)) y1=(y(from.1)) y2=(y(to.1)) {} }
}
