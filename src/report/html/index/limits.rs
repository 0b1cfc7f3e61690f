//! The heart-rate limits that the runs were judged by, in the order of time.

use maud::{Markup, html};

use crate::report::limits;
use crate::review::AthleteReview;

/// Periods listed before the older ones are left out.
const MOST: usize = 12;

/// The section; empty where nothing was or could have been judged.
pub(super) fn section(athlete: &AthleteReview) -> Markup {
    let periods = &athlete.judged_by;
    html! {
        @if !periods.is_empty() || athlete.lines.is_some() {
            section aria-labelledby="limits" {
                h2 #limits { "Your heart-rate limits" }
                @if periods.is_empty() { p { "No run was judged." } }
                ul.limits { @for period in periods.iter().rev().take(MOST) {
                    li { p { (limits::period(period)) } }
                } }
                @if let Some(passed) = &athlete.passed_maximum { p { (limits::passed_maximum(passed)) } }
                @if periods.len() > MOST { p.dim { (periods.len() - MOST) " earlier sets of limits are on the pages of their runs." } }
            }
        }
    }
}
