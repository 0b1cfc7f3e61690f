//! The anchors that the runs were judged by, in the order of time.

use maud::{Markup, html};

use crate::audit::wording::plain;
use crate::report::html::site::Site;
use crate::report::plural::counted;
use crate::report::summary;
use crate::review::{AthleteReview, ReviewedRun};

/// Sets of anchors listed before the older ones are left out.
const MOST: usize = 12;

/// The section; empty where nothing was or could have been judged.
pub(super) fn section(site: &Site, athlete: &AthleteReview) -> Markup {
    let judged: Vec<&ReviewedRun> =
        site.runs_of(athlete).filter(|run| run.audit.is_some()).collect();
    let spells: Vec<&[&ReviewedRun]> =
        judged.chunk_by(|left, right| key(left) == key(right)).collect();
    html! {
        @if !judged.is_empty() || athlete.lines.is_some() {
            section aria-labelledby="anchors" {
                h2 #anchors { "Judged by" }
                @if judged.is_empty() { p { "No run was judged." } }
                ul.anchors { @for spell in spells.iter().rev().take(MOST) { li {
                    span.dim { (spell[0].start.date()) @if spell.len() > 1 { " – " (spell[spell.len() - 1].start.date()) } ", " (counted(spell.len(), "run")) }
                    p { (said(spell[spell.len() - 1])) }
                } } }
                @if spells.len() > MOST { p.dim { (spells.len() - MOST) " earlier sets are told on the pages of their runs." } }
            }
        }
    }
}

fn key(run: &ReviewedRun) -> Option<(crate::athlete::Model, crate::athlete::AnchorSource, String)> {
    run.lines.map(|lines| (lines.model, lines.source, plain(lines.ceiling.get(), 1)))
}

fn said(run: &ReviewedRun) -> String {
    match &run.lines {
        Some(lines) => summary::by_lines(&run.evidence, lines),
        None => "No heart-rate anchor was known.".to_owned(),
    }
}
