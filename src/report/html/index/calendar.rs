//! The season week by week: what was run on which day, and what became of the recovery runs.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use maud::{Markup, html};

use crate::audit::wording::plain;
use crate::report::html::around;
use crate::report::html::site::Site;
use crate::review::{AthleteReview, CalendarEntry, Week};
use crate::units::counted;

/// Weeks shown before the older ones are folded away, year by year.
const SHOWN: usize = 26;

/// The days of one athlete, by day.
type OfDay<'a> = BTreeMap<NaiveDate, Vec<&'a CalendarEntry>>;

/// The section of these weeks.
pub(super) fn section_of(site: &Site, athlete: &AthleteReview, weeks: &[&Week]) -> Markup {
    let mut of_day = OfDay::new();
    site.sessions(athlete)
        .for_each(|entry| of_day.entry(entry.start.date()).or_default().push(entry));
    let (older, newer) = weeks.split_at(weeks.len().saturating_sub(SHOWN));
    let years = older.chunk_by(|left, right| left.monday.year() == right.monday.year());
    let table = |weeks: &[&Week]| table(site, athlete, weeks, &of_day);
    html! {
        @if !weeks.is_empty() {
            section aria-labelledby="weeks" {
                h2 #weeks { "Week by week" }
                (legend())
                (table(newer))
                @for year in years.rev() {
                    details { summary { (year[0].monday.year()) ": " (counted(year.len(), "week")) } (table(year)) }
                }
            }
        }
    }
}

fn legend() -> Markup {
    html! {
        p.legend {
            @for (verdict, word) in [("kept", "✓ kept"), ("slipped", "~ slipped"), ("not-recovery", "✗ not recovery"), ("cannot-judge", "? cannot judge")] {
                span class=(format!("session {verdict}")) { (word) }
            }
            span.dim { "E easy, L long, T tempo, I interval, R race or unknown, O other sport" }
        }
    }
}

fn table(site: &Site, athlete: &AthleteReview, weeks: &[&Week], of_day: &OfDay) -> Markup {
    html! {
        div.scroll {
            table.calendar {
                thead { tr {
                    th scope="col" { "Week of" }
                    @for day in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] { th scope="col" { (day) } }
                    th.number scope="col" { "Hours" }
                } }
                tbody {
                    @for (k, week) in weeks.iter().enumerate().rev() {
                        @if let Some(later) = weeks.get(k + 1) { (empty_weeks(week, later)) }
                        (row(site, athlete, week, of_day))
                    }
                }
            }
        }
    }
}

/// The weeks without any run between two weeks, in one row.
fn empty_weeks(earlier: &Week, later: &Week) -> Markup {
    let weeks = (later.monday - earlier.monday).num_weeks() - 1;
    html! {
        @if weeks > 0 {
            tr.empty { td colspan="9" { (counted(weeks as usize, "week")) " without a run" } }
        }
    }
}

fn row(site: &Site, athlete: &AthleteReview, week: &Week, of_day: &OfDay) -> Markup {
    let days = (0..7).filter_map(|days| week.monday.checked_add_days(Days::new(days)));
    html! {
        tr {
            th scope="row" { (week.monday.format("%-d %b")) span.year { (week.monday.format(" %Y")) } @if week.is_cut { " " span.dim { "(part)" } } }
            @for day in days {
                td { @for entry in of_day.get(&day).map(Vec::as_slice).unwrap_or_default() {
                    (around::session(site, &athlete.name, entry, "", false))
                } }
            }
            td.number { (plain(week.moving_s / 3600.0, 1)) }
        }
    }
}
