//! Several athletes at a glance: the last eight weeks of each, whoever has most recovery runs that were not kept first.

use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use crate::audit::Verdict;
use crate::audit::wording::plain;
use crate::history::{Change, Direction, monday};
use crate::metrics::statistics::median;
use crate::report::html::site::Site;
use crate::report::html::{names, words};
use crate::report::summary;
use crate::review::{AthleteReview, ReviewedRun};

/// Weeks that are shown.
const WEEKS: usize = 8;
/// Weeks whose recovery runs count as the last ones.
const RECENT_WEEKS: usize = 4;

/// One athlete's last weeks.
struct AthleteLine<'a> {
    athlete: &'a AthleteReview,
    /// The recovery runs of each week, the oldest first.
    weeks: Vec<Vec<&'a ReviewedRun>>,
    last: Option<&'a ReviewedRun>,
    /// Recovery runs of the last four weeks that slipped or were not recovery.
    not_kept: usize,
    /// Median share above the ceiling over the weeks, in percent.
    above: Option<f64>,
}

impl<'a> AthleteLine<'a> {
    fn of(site: &Site<'a>, athlete: &'a AthleteReview, mondays: &[NaiveDate]) -> Self {
        let recovery: Vec<&ReviewedRun> =
            site.runs_of(athlete).filter(|run| run.is_recovery()).collect();
        let of_week = |week: &NaiveDate| -> Vec<&ReviewedRun> {
            recovery.iter().copied().filter(|run| monday(run.start.date()) == *week).collect()
        };
        let weeks: Vec<Vec<&ReviewedRun>> = mondays.iter().map(of_week).collect();
        let recent = weeks.iter().rev().take(RECENT_WEEKS).flatten();
        let not_kept = recent.filter(|run| was_not_kept(run)).count();
        let shares: Vec<f64> = weeks
            .iter()
            .flatten()
            .filter_map(|run| run.audit.as_deref().and_then(summary::share_above))
            .collect();
        Self { athlete, last: recovery.last().copied(), not_kept, above: median(&shares), weeks }
    }
}

fn verdict(run: &ReviewedRun) -> Option<Verdict> {
    run.audit.as_deref().map(|audit| audit.ruling.verdict)
}

fn was_not_kept(run: &ReviewedRun) -> bool {
    matches!(verdict(run), Some(Verdict::Slipped | Verdict::NotRecovery))
}

/// The table of all athletes.
pub(super) fn section(site: &Site) -> Markup {
    let days = site.review.athletes.iter().flat_map(|athlete| &athlete.calendar);
    let Some(newest) = days.map(|entry| entry.start.date()).max() else { return html! {} };
    let week = |back: usize| monday(newest).checked_sub_days(Days::new(7 * back as u64));
    let mondays: Vec<NaiveDate> = (0..WEEKS).rev().filter_map(week).collect();
    let mut lines: Vec<AthleteLine> = site
        .review
        .athletes
        .iter()
        .map(|athlete| AthleteLine::of(site, athlete, &mondays))
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.not_kept));
    html! {
        section aria-labelledby="athletes" {
            h2 #athletes { "The last " (WEEKS) " weeks" }
            p.dim { "Each sign is a recovery run and leads to its page; whoever had most that were not kept in the last " (RECENT_WEEKS) " weeks comes first." }
            div.scroll.from-end {
                table.coach.sortable {
                    thead { tr {
                        th scope="col" { "Athlete" }
                        th.number scope="col" { "Not kept, last " (RECENT_WEEKS) " weeks" }
                        th.number scope="col" { "Above ceiling" }
                        th scope="col" { "Trend" }
                        th scope="col" { "Last run" }
                        @for monday in &mondays { th scope="col" { (monday.format("%-d %b")) } }
                    } }
                    tbody { @for line in &lines { (row(site, line)) } }
                }
            }
        }
    }
}

fn row(site: &Site, line: &AthleteLine) -> Markup {
    let AthleteLine { athlete, weeks, last, not_kept, above } = line;
    let trend = athlete.above_ceiling.as_ref().map(Change::direction);
    html! {
        tr {
            th scope="row" { a href=(names::athlete(&athlete.name)) { (words::name(&athlete.name)) }
                p.because { @match summary::how_to_label(athlete, site.review) {
                    Some(hint) => (hint),
                    None => (summary::counts(&athlete.recovery)),
                } }
            }
            td.number data-sort=(not_kept) { @if *not_kept > 0 { b { (not_kept) } } @else { "–" } }
            td.number data-sort=(above.map_or(String::new(), |share| plain(share, 1))) {
                (above.map_or("–".to_owned(), |share| format!("{} %", plain(share, 0))))
            }
            td { (trend.map_or("–", trend_words)) }
            td data-sort=(last.map_or(0, |run| run.measured.row.metadata.start.0)) {
                @if let Some(run) = last { a href=(names::run(run)) { (run.start.date()) } } @else { "–" }
            }
            @for runs in weeks { td { @for run in runs { (sign(run)) } } }
        }
    }
}

fn trend_words(direction: Direction) -> &'static str {
    match direction {
        Direction::Lower => "↘ better",
        Direction::Higher => "↗ worse",
        Direction::Unclear => "→ no clear change",
    }
}

/// A recovery run as the sign of its verdict.
fn sign(run: &ReviewedRun) -> Markup {
    let Some(verdict) = verdict(run) else { return html! {} };
    let title = format!("{} {}", run.start.date(), verdict.title());
    html! {
        a class=(format!("sign {}", words::class(verdict))) href=(names::run(run)) title=(title) aria-label=(title) { (words::glyph(verdict)) }
        " "
    }
}
