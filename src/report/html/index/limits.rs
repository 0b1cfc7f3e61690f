//! The heart-rate limits that the runs were judged by, in the order of time.

use maud::{Markup, html};

use crate::audit::wording::plain;
use crate::report::html::site::Site;
use crate::report::limits;
use crate::report::plural::counted;
use crate::review::{AthleteReview, ReviewedRun};

/// Sets of limits listed before the older ones are left out.
const MOST: usize = 12;

/// The section; empty where nothing was or could have been judged.
pub(super) fn section(site: &Site, athlete: &AthleteReview) -> Markup {
    let judged: Vec<&ReviewedRun> =
        site.runs_of(athlete).filter(|run| run.audit.is_some()).collect();
    let periods: Vec<&[&ReviewedRun]> =
        judged.chunk_by(|left, right| key(left) == key(right)).collect();
    html! {
        @if !judged.is_empty() || athlete.lines.is_some() {
            section aria-labelledby="limits" {
                h2 #limits { "Your heart-rate limits" }
                @if judged.is_empty() { p { "No run was judged." } }
                ul.limits { @for period in periods.iter().rev().take(MOST) { li {
                    span.dim { (period[0].start.date()) @if period.len() > 1 { " – " (period[period.len() - 1].start.date()) } ", " (counted(period.len(), "run")) }
                    p { (sentence(period[period.len() - 1])) }
                } } }
                @if periods.len() > MOST { p.dim { (periods.len() - MOST) " earlier sets of limits are on the pages of their runs." } }
            }
        }
    }
}

fn key(run: &ReviewedRun) -> Option<(crate::athlete::Model, crate::athlete::AnchorSource, String)> {
    run.lines.map(|lines| (lines.model, lines.source, plain(lines.ceiling.get(), 1)))
}

fn sentence(run: &ReviewedRun) -> String {
    match &run.lines {
        Some(lines) => limits::by_lines(&run.evidence, lines),
        None => limits::UNKNOWN_LIMITS.to_owned(),
    }
}
