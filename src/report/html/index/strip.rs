//! Every recovery run on a true time axis: how much of it was above the ceiling, and below that
//! heart rate and pace.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::time_axis::TimeAxis;
use crate::audit::Verdict;
use crate::audit::what_if::SHIFTS_BPM;
use crate::audit::wording::{clock, plain};
use crate::metrics::statistics::median_of_five;
use crate::report::html::other_limits::codes;
use crate::report::html::plot::{self, trimmed};
use crate::report::html::scale::Scale;
use crate::report::html::site::Site;
use crate::report::html::{names, words};
use crate::report::{signs, summary};
use crate::review::{AthleteReview, ReviewedRun};
use crate::settings::UnitSystem;
use crate::units::METRES_PER_MILE;

/// Most runs drawn; of longer histories the newest.
const MOST: usize = 400;
/// Heights of the plots, in pixels.
const SHARE_HEIGHT: f64 = 190.0;
const SMALL_HEIGHT: f64 = 100.0;
/// Pixels below the share's zero, for runs that could not be judged.
const UNJUDGED: f64 = 22.0;
/// Runs from which on a running median is drawn.
const LEAST_FOR_MEDIAN: usize = 5;
/// Units across a stretched path.
const ACROSS: f64 = 1000.0;

/// One recovery run on the strip.
struct Dot<'a> {
    run: &'a ReviewedRun,
    day: NaiveDate,
    verdict: Verdict,
    share: Option<f64>,
}

/// The figure; empty without recovery runs.
pub(super) fn section(site: &Site, athlete: &AthleteReview) -> Markup {
    let mut dots: Vec<Dot> = site.runs_of(athlete).filter_map(dot).collect();
    let left_out = dots.len().saturating_sub(MOST);
    dots.drain(..left_out);
    let days: Vec<NaiveDate> = dots.iter().map(|dot| dot.day).collect();
    let Some(axis) = TimeAxis::over(&days) else { return html! {} };
    html! {
        section aria-labelledby="strip" {
            h2 #strip { "Every recovery run" }
            figure.charts {
                (marks())
                (share(&dots, &axis))
                (heart_rate(&dots, &axis))
                (pace(&dots, &axis, site.units))
                (axis.labels())
                figcaption {
                    p.legend {
                        @for verdict in [Verdict::Kept, Verdict::Slipped, Verdict::NotRecovery, Verdict::CannotJudge] {
                            span { svg.sample width="16" height="16" aria-hidden="true" { (mark(verdict, "8", 8.0)) } (verdict.title()) }
                        }
                        span { span.swatch.median {} "running median of 5 runs" }
                        span { span.swatch.ceiling {} "limit, ceiling" }
                    }
                    (what_if(&dots))
                    @if left_out > 0 { p { "The " (left_out) " earlier recovery runs are left out here." } }
                }
            }
        }
    }
}

/// A slider that moves the ceiling of every run, from that of the newest; without its script there
/// is nothing to move.
fn what_if(dots: &[Dot]) -> Markup {
    let newest = dots.iter().rev().find(|dot| !moved(dot.run).is_empty());
    let own = newest.and_then(|dot| dot.run.lines).map(|lines| lines.ceiling.get().round());
    html! {
        @if let Some(own) = own {
            div.sliders {
                div.what-if #what-if hidden {
                    label for="moved-ceiling" { "With another ceiling" }
                    input #moved-ceiling type="range" min=(-SHIFTS_BPM) max=(SHIFTS_BPM) value="0" data-limit="ceiling" data-own=(own);
                    output for="moved-ceiling" {}
                }
            }
        }
    }
}

/// The verdicts of a run by its moved ceiling; empty where it was judged by none.
fn moved(run: &ReviewedRun) -> String {
    let ceiling = run.moved_limits.as_ref().and_then(|moved| moved.ceiling.as_deref());
    ceiling.map_or_else(String::new, codes)
}

fn dot(run: &ReviewedRun) -> Option<Dot<'_>> {
    let audit = run.audit.as_deref().filter(|_| run.is_recovery())?;
    let verdict = audit.ruling.verdict;
    Some(Dot { run, day: run.start.date(), verdict, share: summary::share_above(audit) })
}

/// The shapes of the marks: verdicts differ in shape as well as in colour.
fn marks() -> Markup {
    html! {
        svg.defs width="0" height="0" aria-hidden="true" { defs {
            circle #mark-kept r="4.5" {}
            path #mark-slipped d="M0-5.5 5.5 4.5H-5.5Z" {}
            path #mark-not-recovery d="M-4.5-4.5H4.5V4.5H-4.5Z" {}
            circle #mark-cannot-judge r="4" {}
        } }
    }
}

fn mark(verdict: Verdict, x: &str, y: f64) -> Markup {
    let class = words::class(verdict);
    html! { use class=(format!("mark-of {class}")) href=(format!("#mark-{class}")) x=(x) y=(trimmed(y, 1)) {} }
}

fn x(axis: &TimeAxis, day: NaiveDate) -> String {
    format!("{}%", trimmed(axis.percent(day), 2))
}

/// The share above the ceiling; each mark leads to its run.
fn share(dots: &[Dot], axis: &TimeAxis) -> Markup {
    let scale = Scale::new(0.0, 100.0, 8.0, SHARE_HEIGHT);
    let height = SHARE_HEIGHT + UNJUDGED;
    let known: Vec<(NaiveDate, f64)> =
        dots.iter().filter_map(|dot| Some((dot.day, dot.share?))).collect();
    let limit = dots.iter().rev().find_map(|dot| limit(dot.run));
    let place = |dot: &Dot| dot.share.map_or(SHARE_HEIGHT + UNJUDGED / 2.0, |share| scale.y(share));
    let gutter = plot::gutter(&scale, &[20.0, 50.0], 6, |value| plain(value, 0));
    html! {
        p.panel-title #share-title { "Share of the judged time above the ceiling, in %" }
        div.panel {
            svg.gutter height=(height) aria-hidden="true" {
                (gutter)
                text x="100%" dx="-6" y=(SHARE_HEIGHT + 4.0) text-anchor="end" { "0" }
            }
            svg.plot height=(height) role="group" aria-labelledby="share-title" {
                (axis.grid())
                @if let Some(limit) = limit { (plot::across(scale.y(limit), "ceiling")) }
                (plot::across(SHARE_HEIGHT, "grid"))
                (median(&known, axis, &scale, height))
                @for dot in dots {
                    a href=(names::run(dot.run)) data-ceiling=(moved(dot.run)) { title { (title(dot)) } (mark(dot.verdict, &x(axis, dot.day), place(dot))) }
                }
            }
        }
    }
}

/// The limit that the share of a run was judged by, in percent.
fn limit(run: &ReviewedRun) -> Option<f64> {
    let findings = run.audit.iter().flat_map(|audit| &audit.findings);
    let found = findings.into_iter().find(|finding| finding.criterion == "time-above-ceiling");
    found.and_then(|finding| finding.assessment.limit)
}

fn title(dot: &Dot) -> String {
    let share = dot.share.map_or(String::new(), |share| format!(", {} % above", plain(share, 0)));
    format!("{} {} {}{share}", dot.day, signs::of_verdict(dot.verdict), dot.verdict.title())
}

/// The running median of five, as a line.
fn median(known: &[(NaiveDate, f64)], axis: &TimeAxis, scale: &Scale, height: f64) -> Markup {
    let values: Vec<f64> = known.iter().map(|(_, value)| *value).collect();
    let smooth = median_of_five(&values);
    let points = known.iter().zip(smooth).map(|((day, _), value)| (*day, value));
    html! { @if known.len() >= LEAST_FOR_MEDIAN { (line(points, axis, scale, height, "median")) } }
}

/// A line through values on their days.
fn line(
    points: impl Iterator<Item = (NaiveDate, f64)>,
    axis: &TimeAxis,
    scale: &Scale,
    height: f64,
    class: &str,
) -> Markup {
    let at = |(day, value): (NaiveDate, f64)| {
        let across = axis.percent(day) / 100.0 * ACROSS;
        format!("{} {}", trimmed(across, 1), trimmed(scale.y(value), 1))
    };
    let path: Vec<String> = points.map(at).collect();
    html! {
        svg viewBox=(format!("0 0 {ACROSS} {height}")) preserveAspectRatio="none" width="100%" height=(height) aria-hidden="true" {
            path class=(class) d=(format!("M{}", path.join("L"))) {}
        }
    }
}

/// Mean heart rate of each run, with its ceiling.
fn heart_rate(dots: &[Dot], axis: &TimeAxis) -> Markup {
    let beats = |dot: &Dot| dot.run.measured.row.heart_rate.mean.map(f64::from);
    let ceilings: Vec<(NaiveDate, f64)> = dots
        .iter()
        .filter_map(|dot| Some((dot.day, dot.run.lines.as_ref()?.ceiling.get())))
        .collect();
    let values = || dots.iter().filter_map(beats).chain(ceilings.iter().map(|point| point.1));
    let Some(scale) = range(values(), 4.0, false) else { return html! {} };
    let gutter = plot::gutter(&scale, &[5.0, 10.0, 20.0, 50.0], 4, |value| plain(value, 0));
    let ceiling = html! {
        @if ceilings.len() > 1 { (line(ceilings.iter().copied(), axis, &scale, SMALL_HEIGHT, "ceiling")) }
    };
    small("Mean heart rate in beats per minute", dots, axis, &scale, &gutter, &ceiling, beats)
}

/// Grade-adjusted pace of each run, faster being up.
fn pace(dots: &[Dot], axis: &TimeAxis, units: UnitSystem) -> Markup {
    let (unit, per) = match units {
        UnitSystem::Metric => ("minutes per kilometre", 1.0),
        UnitSystem::Imperial => ("minutes per mile", METRES_PER_MILE / 1000.0),
    };
    let pace = |dot: &Dot| Some(per * dot.run.past.speed?.pace()?.get());
    let Some(scale) = range(dots.iter().filter_map(pace), 10.0, true) else { return html! {} };
    let gutter = plot::gutter(&scale, &[15.0, 30.0, 60.0, 120.0, 300.0], 4, clock);
    let title = format!("Grade-adjusted pace in {unit}; faster is up");
    small(&title, dots, axis, &scale, &gutter, &html! {}, pace)
}

/// A scale over values with some room; `None` where there are fewer than two values.
fn range(values: impl Iterator<Item = f64> + Clone, room: f64, turned: bool) -> Option<Scale> {
    let low = values.clone().reduce(f64::min)? - room;
    let high = values.reduce(f64::max)? + room;
    let (bottom, top) = if turned { (high, low) } else { (low, high) };
    Some(Scale::new(bottom, top, 6.0, SMALL_HEIGHT))
}

/// A small plot of one figure.
fn small(
    title: &str,
    dots: &[Dot],
    axis: &TimeAxis,
    scale: &Scale,
    gutter: &Markup,
    below: &Markup,
    figure: impl Fn(&Dot) -> Option<f64>,
) -> Markup {
    html! {
        p.panel-title { (title) }
        div.panel aria-hidden="true" {
            svg.gutter height=(SMALL_HEIGHT) { (gutter) }
            svg.plot height=(SMALL_HEIGHT) {
                (axis.grid())
                (below)
                @for dot in dots {
                    @if let Some(value) = figure(dot) { (mark(dot.verdict, &x(axis, dot.day), scale.y(value))) }
                }
            }
        }
    }
}
