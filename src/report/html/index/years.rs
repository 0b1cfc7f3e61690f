//! Which years stand on the first page, and a page for each earlier one: a list of thousands of runs
//! opens slowly, and nobody reads it to its end.

use chrono::Datelike;
use maud::{Markup, html};

use super::{calendar, runs};
use crate::report::html::page::{Frame, page};
use crate::report::html::site::Site;
use crate::report::html::{assets, names, words};
use crate::report::plural::counted;
use crate::review::{AthleteReview, ReviewedRun, Week};

/// Runs that the first page lists at most, beside those of the newest year.
const LISTED: usize = 300;

/// The years of an athlete's runs that have a page.
pub(super) struct Years<'a> {
    /// The earliest year on the first page.
    pub(super) first_listed: i32,
    /// The earlier ones with their runs, the newest first.
    older: Vec<(i32, Vec<&'a ReviewedRun>)>,
}

impl<'a> Years<'a> {
    /// The years, whole ones on either side.
    pub(super) fn of(site: &Site<'a>, athlete: &AthleteReview) -> Self {
        let all: Vec<&ReviewedRun> = site.runs_of(athlete).collect();
        let years = all.chunk_by(|left, right| year(left) == year(right));
        let (mut first_listed, mut listed, mut older) = (i32::MIN, 0, Vec::new());
        for (k, runs) in years.rev().enumerate() {
            if k > 0 && (listed + runs.len() > LISTED || !older.is_empty()) {
                older.push((year(runs[0]), runs.to_vec()));
                continue;
            }
            listed += runs.len();
            first_listed = year(runs[0]);
        }
        if older.is_empty() {
            first_listed = i32::MIN;
        }
        Self { first_listed, older }
    }

    /// Whether a run is on the first page.
    pub(super) fn lists(&self, run: &ReviewedRun) -> bool {
        year(run) >= self.first_listed
    }

    /// Whether a week is on the first page.
    pub(super) fn lists_week(&self, week: &Week) -> bool {
        week.monday.year() >= self.first_listed
    }

    /// The earlier years.
    pub(super) fn numbers(&self) -> impl Iterator<Item = i32> + '_ {
        self.older.iter().map(|(year, _)| *year)
    }

    /// Links to the earlier years; empty without any.
    pub(super) fn links(&self, whose: Option<&str>) -> Markup {
        html! {
            @if !self.older.is_empty() {
                nav.parts aria-label="Earlier years" {
                    @for (year, runs) in &self.older {
                        a href=(names::year(whose, *year)) { (year) " (" (counted(runs.len(), "run")) ")" }
                    }
                }
            }
        }
    }
}

fn year(run: &ReviewedRun) -> i32 {
    run.start.date().year()
}

/// The page of an earlier year.
pub(super) fn page_of_year(site: &Site, athlete: &AthleteReview, number: i32) -> Markup {
    let several = site.review.athletes.len() > 1;
    let all: Vec<&ReviewedRun> = site.runs_of(athlete).filter(|run| year(run) == number).collect();
    let weeks: Vec<&Week> =
        athlete.weeks.iter().filter(|week| week.monday.year() == number).collect();
    let title = format!("talktest · {number}");
    page(&Frame {
        assets: &assets::INDEX,
        title: &title,
        up: "",
        links: html! {
            @if several {
                a href=(names::athlete(&athlete.name)) { (words::name(&athlete.name)) }
            }
        },
        body: html! {
            header.heading { h1 { (number) } }
            (calendar::section_of(site, athlete, &weeks))
            (runs::section_of(site, &all))
        },
    })
}
