//! The days around a run: seven before, two after.

use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use super::site::Site;
use super::words;
use crate::review::{AthleteReview, CalendarEntry, ReviewedRun};

/// Days shown before and after the run.
const BEFORE: u64 = 7;
const AFTER: u64 = 2;

/// The strip of days.
pub(super) fn section(site: &Site, athlete: &AthleteReview, run: &ReviewedRun) -> Markup {
    let today = run.start.date();
    let first = today.checked_sub_days(Days::new(BEFORE)).unwrap_or(today);
    let days = (0..=BEFORE + AFTER).filter_map(|days| first.checked_add_days(Days::new(days)));
    html! {
        section aria-labelledby="around" {
            h2 #around { "The days around this run" }
            ol.days {
                @for day in days { (cell(site, athlete, run, day)) }
            }
        }
    }
}

fn cell(site: &Site, athlete: &AthleteReview, run: &ReviewedRun, day: NaiveDate) -> Markup {
    let entries: Vec<&CalendarEntry> =
        athlete.calendar.iter().filter(|entry| entry.start.date() == day).collect();
    let is_today = day == run.start.date();
    html! {
        li class=[is_today.then_some("today")] aria-current=[is_today.then_some("date")] {
            span.day { (day.format("%a")) " " b { (day.format("%-d")) } }
            @if entries.is_empty() { span.rest { "rest" } }
            @for entry in entries { (session(site, &athlete.name, entry, "../", entry.id == run.id)) }
        }
    }
}

/// One session of a day: its kind, and for a recovery run its verdict.
pub(super) fn session(
    site: &Site,
    athlete: &str,
    entry: &CalendarEntry,
    up: &str,
    here: bool,
) -> Markup {
    let kind = words::kind(entry.session);
    let class = format!(
        "session {}",
        entry
            .verdict
            .map_or_else(|| kind.replace(' ', "-"), |verdict| words::class(verdict).to_owned())
    );
    let minutes = format!("{} min", crate::audit::wording::plain(entry.moving.minutes(), 0));
    let (first, rest) = kind.split_at(1);
    let text = html! {
        @match entry.verdict {
            Some(verdict) => { span.sign { (words::glyph(verdict)) } span.rest-of { " recovery" } span.visually-hidden { ", " (verdict.title()) } },
            None => { span.sign { (first.to_uppercase()) } span.rest-of { (rest) } },
        }
        span.minutes { " " (minutes) }
    };
    let page = site.page_of(athlete, &entry.id).filter(|_| !here);
    html! {
        @match page {
            Some(page) => a class=(class) href=(format!("{up}{page}")) { (text) },
            None => span class=(class) { (text) },
        }
    }
}
