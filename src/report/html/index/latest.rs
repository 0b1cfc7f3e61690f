//! The season's answer first: the last recovery run, whether they are getting better, and what most
//! often goes wrong.

use maud::{Markup, html};

use crate::report::causes::Causes;
use crate::report::html::site::Site;
use crate::report::html::{names, words};
use crate::report::summary;
use crate::report::what_if;
use crate::report::words as report_words;
use crate::review::{AthleteReview, ReviewedRun};

/// The section; empty without recovery runs.
pub(super) fn section(site: &Site, athlete: &AthleteReview) -> Markup {
    let last = site.runs_of(athlete).filter(|run| run.is_recovery()).last();
    let causes = Causes::of(site.runs_of(athlete)).sentence();
    html! {
        @if let Some(run) = last {
            section.latest aria-label="Your recovery runs" {
                (last_run(run))
                div.progress {
                    p { (summary::progress(athlete.above_ceiling.as_ref())) }
                    @if let Some(causes) = causes { p { (causes) } }
                    @if let Some(less) = what_if::season(athlete.shorter_and_calmer.as_ref()) { p { (less) } }
                }
            }
        }
    }
}

fn last_run(run: &ReviewedRun) -> Markup {
    let Some(audit) = &run.audit else { return html! {} };
    let ruling = &audit.ruling;
    html! {
        div class=(format!("ruling {}", words::class(ruling.verdict))) {
            p.mark aria-hidden="true" { (words::glyph(ruling.verdict)) }
            div {
                p.when { "Last recovery run, " (run.start.date().format("%-d %B %Y")) }
                p.headline {
                    a href=(names::run(run)) {
                        strong { (words::capital(ruling.verdict.title())) }
                        @if let Some(was) = ruling.was { ": " (was.title()) }
                    }
                    @if let Some(certainty) = ruling.certainty { " " span.chip { (certainty.title()) } }
                }
                p.because {
                    (words::sentence(&ruling.because))
                    @if let Some(leaning) = ruling.leaning { " " (report_words::leaning(leaning)) }
                }
                @if let Some(advice) = &audit.next_time { p.advice { (words::sentence(&advice.text)) } }
            }
        }
    }
}
