//! The first page, and one page per athlete where there are several.

mod bands;
mod calendar;
mod coach;
mod files;
mod fitness;
mod hierarchy;
mod latest;
mod limits;
mod months;
mod runs;
mod strip;
mod time_axis;
mod years;

use maud::{Markup, html};

use self::years::Years;
use super::page::{Frame, page};
use super::site::Site;
use super::{assets, words};
use crate::audit::wording::{Wording, plain};
use crate::history::EasyBaseline;
use crate::report::limits as limit_words;
use crate::report::summary;
use crate::review::{AthleteReview, VerdictCounts, Week};

/// The first page: the one athlete's season, or the athletes.
pub(super) fn of_review(site: &Site) -> Markup {
    let review = site.review;
    let body = match review.athletes.as_slice() {
        _ if review.is_empty() => html! {
            header.heading { h1 { "Recovery runs" } }
            p.lead { (summary::nothing(review)) }
        },
        [athlete] => season(site, athlete),
        _ => html! {
            header.heading { h1 { "Recovery runs" } }
            (coach::section(site))
        },
    };
    let body = html! { (body) (files::section(review)) };
    page(&Frame {
        assets: &assets::INDEX,
        title: "talktest · recovery runs",
        up: "",
        links: html! {},
        body,
    })
}

/// The years of an athlete that have a page of their own.
pub(super) fn earlier_years(site: &Site, athlete: &AthleteReview) -> Vec<i32> {
    Years::of(site, athlete).numbers().collect()
}

/// The page of an earlier year.
pub(super) fn of_year(site: &Site, athlete: &AthleteReview, year: i32) -> Markup {
    years::page_of_year(site, athlete, year)
}

/// The page of one of several athletes.
pub(super) fn of_athlete(site: &Site, athlete: &AthleteReview) -> Markup {
    let title = format!("talktest · {}", words::sentence(&athlete.name));
    page(&Frame {
        assets: &assets::INDEX,
        title: &title,
        up: "",
        links: html! {},
        body: season(site, athlete),
    })
}

fn season(site: &Site, athlete: &AthleteReview) -> Markup {
    let several = site.review.athletes.len() > 1;
    let years = Years::of(site, athlete);
    let weeks: Vec<&Week> = athlete.weeks.iter().filter(|week| years.lists_week(week)).collect();
    html! {
        header.heading {
            p.when { (period(site, athlete)) }
            h1 { @if several { (words::name(&athlete.name)) } @else { "Recovery runs" } }
        }
        @if let Some(sentence) = summary::short_runs(athlete) { p.lead { (sentence) } }
        (latest::section(site, athlete))
        (tally(&athlete.recovery))
        (strip::section(site, athlete))
        (fitness::section(athlete, site.units))
        (overview(site, athlete))
        (contents(athlete, several))
        (months::section(athlete))
        (hierarchy::section(site, athlete))
        (bands::section(athlete))
        (calendar::section_of(site, athlete, &weeks))
        (runs::section_of(site, &years.listed))
        (years.links(several.then_some(athlete.name.as_str())))
        (limits::section(athlete))
    }
}

/// The parts of the page: a list of thousands of runs must not hide what follows it.
fn contents(athlete: &AthleteReview, several: bool) -> Markup {
    html! {
        nav.parts aria-label="On this page" {
            @if !athlete.months.is_empty() { a href="#months" { "Months" } }
            @if !athlete.weeks.is_empty() { a href="#weeks" { "Weeks" } }
            a href="#runs" { "Runs" }
            @if athlete.lines.is_some() { a href="#limits" { "Limits" } }
            @if !several { a href="#files" { "Files" } }
        }
    }
}

/// The days that the season reaches over.
fn period(site: &Site, athlete: &AthleteReview) -> String {
    let days = || site.sessions(athlete).map(|entry| entry.start.date());
    match (days().next(), days().next_back()) {
        (Some(first), Some(last)) => {
            format!("{} – {}", first.format("%-d %B %Y"), last.format("%-d %B %Y"))
        }
        _ => String::new(),
    }
}

/// The verdicts counted.
fn tally(recovery: &VerdictCounts) -> Markup {
    use crate::session::Verdict::{CannotJudge, Kept, NotRecovery, Slipped};
    let counts = [
        (Kept, recovery.kept),
        (Slipped, recovery.slipped),
        (NotRecovery, recovery.not_recovery),
        (CannotJudge, recovery.cannot_judge),
    ];
    html! {
        @if recovery.runs > 0 {
            section.tally aria-label="Verdicts" {
                p.share {
                    @match recovery.kept_pct() {
                        Some(pct) => { strong { (plain(pct, 0)) " %" } " of the judged recovery runs kept" },
                        None => { "No recovery run could be judged" },
                    }
                }
                ul { @for (verdict, count) in counts { li { b { (count) } " " (words::verdict(verdict)) } } }
            }
        }
    }
}

fn overview(site: &Site, athlete: &AthleteReview) -> Markup {
    html! {
        div.overview {
            @if athlete.recovery.runs == 0 {
                p.lead { "No run here is labelled recovery. To label one, put the word recovery into its title or file name, your plan or your notes." }
            }
            @if let Some(sentence) = &athlete.in_one_sentence { p.lead { (words::sentence(sentence)) } }
            @if let Some(pace) = easy_pace(site, athlete) { p { (pace) } }
            @if let Some(advice) = limit_words::advice(athlete) { p.advice { (advice) } }
            @if !athlete.hints.is_empty() {
                details { summary { "Check (" (athlete.hints.len()) ")" }
                    ul { @for hint in &athlete.hints { li { (hint_line(site, athlete, hint)) } } } }
            }
        }
    }
}

fn hint_line(site: &Site, athlete: &AthleteReview, hint: &crate::review::Hint) -> Markup {
    let page = hint.run.as_ref().and_then(|id| site.page_of(&athlete.name, id));
    html! {
        @match page {
            Some(page) => a href=(page) { (words::sentence(&hint.text)) },
            None => (words::sentence(&hint.text)),
        }
    }
}

fn easy_pace(site: &Site, athlete: &AthleteReview) -> Option<String> {
    let EasyBaseline::Known { speed, runs, .. } = athlete.easy else { return None };
    let pace = Wording { units: site.units }.pace(speed.pace()?);
    Some(format!("Your easy pace is {pace}, the median of {runs} easy runs."))
}
