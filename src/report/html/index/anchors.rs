//! The anchors that the runs were judged by, in the order of time.

use maud::{Markup, html};

use crate::report::summary;
use crate::review::AthleteReview;

/// Periods listed before the older ones are left out.
const MOST: usize = 12;

/// The section; empty where nothing was or could have been judged.
pub(super) fn section(athlete: &AthleteReview) -> Markup {
    let periods = &athlete.judged_by;
    html! {
        @if !periods.is_empty() || athlete.lines.is_some() {
            section aria-labelledby="anchors" {
                h2 #anchors { "Judged by" }
                @if periods.is_empty() { p { "No run was judged." } }
                ul.anchors { @for period in periods.iter().rev().take(MOST) {
                    li { p { (summary::period(period)) } }
                } }
                @if let Some(passed) = &athlete.passed_maximum { p { (summary::passed_maximum(passed)) } }
                @if periods.len() > MOST { p.dim { (periods.len() - MOST) " earlier sets are told on the pages of their runs." } }
            }
        }
    }
}
