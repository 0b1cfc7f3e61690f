//! Which years stand on the first page, and a page for each earlier one: a list of thousands of runs
//! opens slowly, and nobody reads it to its end.

use chrono::Datelike;
use maud::{Markup, html};

use super::{calendar, runs};
use crate::history::monday;
use crate::report::html::page::{Frame, page};
use crate::report::html::site::Site;
use crate::report::html::{assets, names, words};
use crate::review::{AthleteReview, ReviewedRun, Week};
use crate::units::counted;

/// Runs that the first page lists at most.
const LISTED: usize = 200;

/// What of an athlete's runs stands on the first page, and on which other pages the rest.
pub(super) struct Years<'a> {
    /// The runs of the first page, in time order.
    pub(super) listed: Vec<&'a ReviewedRun>,
    /// The years of which something is left out, whole, the newest first.
    pages: Vec<(i32, Vec<&'a ReviewedRun>)>,
}

impl<'a> Years<'a> {
    /// The newest runs stand on the first page.
    pub(super) fn of(site: &Site<'a>, athlete: &AthleteReview) -> Self {
        let all: Vec<&ReviewedRun> = site.runs_of(athlete).collect();
        let cut = all.len().saturating_sub(LISTED);
        let last_left_out = cut.checked_sub(1).map(|last| year(all[last]));
        let years = all.chunk_by(|left, right| year(left) == year(right)).rev();
        let pages = years.map(|runs| (year(runs[0]), runs.to_vec()));
        let pages = pages.filter(|(year, _)| last_left_out.is_some_and(|last| *year <= last));
        Self { listed: all[cut..].to_vec(), pages: pages.collect() }
    }

    /// Whether a week is on the first page.
    pub(super) fn lists_week(&self, week: &Week) -> bool {
        let first = self.listed.first().map(|run| monday(run.start.date()));
        self.pages.is_empty() || first.is_some_and(|first| week.monday >= first)
    }

    /// The years that have a page of their own.
    pub(super) fn numbers(&self) -> impl Iterator<Item = i32> + '_ {
        self.pages.iter().map(|(year, _)| *year)
    }

    /// Links to the pages of years; empty without any.
    pub(super) fn links(&self, whose: Option<&str>) -> Markup {
        html! {
            @if !self.pages.is_empty() {
                nav.parts aria-label="Whole years" {
                    @for (year, runs) in &self.pages {
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

/// The page of a year.
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
