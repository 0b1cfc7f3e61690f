//! The page of one run: verdict, charts, zones, criteria, the days around it, and its sources.

use maud::{Markup, html};

use super::page::{Frame, page};
use super::site::Site;
use super::{
    around, assets, chart, comparison, criteria, minutes, names, other_limits, provenance,
    route_shape, splits, words, zones,
};
use crate::audit::wording::{Wording, clock, plain};
use crate::metrics::DamagedChannels;
use crate::report::pace::{believable, steady_pace};
use crate::report::what_if;
use crate::report::words as report_words;
use crate::review::{AthleteReview, OffsetSource, ReviewedRun};
use crate::settings::UnitSystem;

/// The whole page.
pub(super) fn page_of(
    site: &Site,
    athlete: &AthleteReview,
    run: &ReviewedRun,
) -> Result<Markup, DamagedChannels> {
    let series = run.measured.row.channels.unpack()?;
    let title = format!("{} · {}", run.start.date(), words::title(run));
    let several = site.review.athletes.len() > 1;
    let body = html! {
        article.run {
            (heading(run, several))
            (verdict(run, site.units))
            (facts(run, site))
            section aria-labelledby="charts" {
                h2 #charts { "The run over time" }
                (chart::figure(run, &series, site.units))
            }
            (comparison::section(site, athlete, run))
            (splits::section(run, &series, site.units))
            (minutes::section(run, &series, site.units))
            (zones::section(run))
            @if site.with_map { (route_shape::section(run)) }
            @if let Some(audit) = &run.audit {
                (criteria::section(audit, site.units))
                (other_limits::section(run, audit))
            }
            (around::section(site, athlete, run))
            (provenance::section(run))
        }
        (neighbours(site, athlete, run))
    };
    let links = html! {
        @if several {
            a href=(format!("../{}", names::athlete(&athlete.name))) { (words::name(&athlete.name)) }
        }
    };
    Ok(page(&Frame { assets: &assets::RUN, title: &title, up: "../", links, body }))
}

fn heading(run: &ReviewedRun, several: bool) -> Markup {
    let day = run.start.time.format("%A, %-d %B %Y, %H:%M");
    let zone = if run.start.source == OffsetSource::Utc { " UTC" } else { "" };
    html! {
        header.heading {
            p.when {
                (day) (zone) @if several { " · " (words::name(&run.measured.athlete)) }
                @if run.measured.row.is_run_walk() { " · run-walk session" }
            }
            h1 { bdi { (words::title(run)) } }
        }
    }
}

/// The verdict in one sentence, what the run really was, and what to do next time.
fn verdict(run: &ReviewedRun, units: UnitSystem) -> Markup {
    let Some(audit) = &run.audit else {
        return html! {
            section.ruling.unjudged {
                p.headline { (words::capital(words::kind(run.session))) }
                p { "Not labelled recovery, so not judged." }
            }
        };
    };
    let ruling = &audit.ruling;
    let as_if = !run.is_recovery();
    html! {
        section class=(format!("ruling {}", words::class(ruling.verdict))) aria-label="Verdict" {
            p.mark aria-hidden="true" { (words::glyph(ruling.verdict)) }
            div {
                p.headline {
                    strong { (words::capital(ruling.verdict.title())) }
                    @if let Some(was) = ruling.was { span { ": " (was.title()) } }
                    @if let Some(certainty) = ruling.certainty { " " span.chip { (certainty.title()) } }
                }
                p.because { (words::sentence(&ruling.because))  @if let Some(leaning) = ruling.leaning { " " (report_words::leaning(leaning)) } }
                @if let Some(advice) = &audit.next_time { p.advice { (words::sentence(&advice.text)) } }
                @if let Some(sentence) = what_if::would_be_kept(audit, units) { p { (sentence) } }
                @if as_if { p.dim { "Not labelled recovery: judged as if it were." } }
            }
        }
    }
}

fn facts(run: &ReviewedRun, site: &Site) -> Markup {
    let row = &run.measured.row;
    let wording = Wording { units: site.units };
    let estimated = if row.speed_is_estimated() { "~" } else { "" };
    let pace = believable(row.pace()).map(|pace| format!("{estimated}{}", wording.pace(pace)));
    let graded = believable(row.grade_adjusted_pace()).filter(|_| !row.speed_is_estimated());
    let steady = believable(steady_pace(row)).filter(|_| !row.speed_is_estimated());
    let heart = &row.heart_rate;
    let beats = |bpm: Option<crate::units::BeatsPerMinute>| {
        bpm.map(|bpm| format!("{} bpm", plain(bpm.get(), 0)))
    };
    let facts = [
        ("Moving", Some(clock(row.durations.moving.get()))),
        ("Elapsed", Some(clock(row.durations.elapsed.get()))),
        ("Distance", row.distances.distance.map(|distance| wording.distance(distance))),
        ("Pace", pace),
        ("Grade-adjusted pace", graded.map(|pace| wording.pace(pace))),
        ("Steady pace", steady.map(|pace| wording.pace(pace))),
        ("Mean heart rate", beats(heart.mean)),
        ("Highest 30 s", beats(row.peak_heart_rate.over_30_s)),
    ];
    html! {
        dl.facts {
            @for (term, value) in facts {
                @if let Some(value) = value { div { dt { (term) } dd { (value) } } }
            }
        }
    }
}

/// The recovery runs before and after this one.
fn neighbours(site: &Site, athlete: &AthleteReview, run: &ReviewedRun) -> Markup {
    let runs: Vec<&ReviewedRun> = site.runs_of(athlete).collect();
    let at = |other: &&ReviewedRun| other.measured.row.metadata.start;
    let here = run.measured.row.metadata.start;
    let recovery = || runs.iter().copied().filter(|other| other.is_recovery());
    let before = recovery().rfind(|other| at(other) < here);
    let after = recovery().find(|other| at(other) > here);
    let link = |other: &ReviewedRun, arrow: &str, rel: &str| {
        let verdict = other.audit.as_deref().map(|audit| audit.ruling.verdict);
        html! {
            a rel=(rel) href=(format!("../{}", names::run(other))) {
                span.dim { (arrow) } span { (other.start.date().format("%-d %b %Y")) @if let Some(verdict) = verdict { " " (words::verdict(verdict)) } }
            }
        }
    };
    html! {
        nav.neighbours aria-label="Recovery runs before and after" {
            @match before { Some(other) => (link(other, "← Previous recovery run", "prev")), None => span {} }
            @if let Some(other) = after { (link(other, "Next recovery run →", "next")) }
        }
    }
}
