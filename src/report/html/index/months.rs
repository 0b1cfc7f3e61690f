//! How many recovery runs were kept, month by month.

use maud::{Markup, html};

use super::super::words;
use crate::audit::Verdict;
use crate::audit::wording::plain;
use crate::review::{AthleteReview, Month};
use crate::units::counted;

/// Share of the width, in percent, from which a telephone has room for a count.
const LEAST_PCT: usize = 12;
/// Months shown before the older ones are folded away.
const SHOWN: usize = 12;

/// The section; empty without recovery runs.
pub(super) fn section(athlete: &AthleteReview) -> Markup {
    let months = &athlete.months;
    let (older, newer) = months.split_at(months.len().saturating_sub(SHOWN));
    let most = months.iter().map(|month| month.recovery.runs).max().unwrap_or(0).max(4);
    html! {
        @if !months.is_empty() {
            section aria-labelledby="months" {
                h2 #months { "Kept, month by month" }
                (table(newer, most))
                @if !older.is_empty() {
                    details { summary { "Earlier: " (counted(older.len(), "month")) } (table(older, most)) }
                }
            }
        }
    }
}

fn table(months: &[Month], most: usize) -> Markup {
    html! {
        table.months {
            thead.visually-hidden { tr { th scope="col" { "Month" } th scope="col" { "Kept of the judged" } th scope="col" { "Verdicts" } } }
            tbody { @for month in months.iter().rev() {
                tr {
                    th scope="row" { (month.month) @if month.is_cut { " " span.dim { "(part)" } } }
                    td { (month.recovery.kept_pct().map_or("–".to_owned(), |pct| format!("{} %", plain(pct, 0)))) }
                    td { (bar(month, most)) }
                }
            } }
        }
    }
}

/// One square per run, by verdict: counted at a glance.
fn bar(month: &Month, most: usize) -> Markup {
    let recovery = &month.recovery;
    let counts = [
        (Verdict::Kept, recovery.kept),
        (Verdict::Slipped, recovery.slipped),
        (Verdict::NotRecovery, recovery.not_recovery),
        (Verdict::CannotJudge, recovery.cannot_judge),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{count} {}", verdict.title()))
        .collect();
    let text = parts.join(", ");
    let share = |runs: usize| format!("{}%", plain(100.0 * runs as f64 / most as f64, 2));
    let mut before = 0;
    html! {
        svg.tallied width="100%" height="18" role="img" aria-label=(text) {
            @for (verdict, count) in counts {
                @if count > 0 {
                    rect class=(words::class(verdict)) x=(share(before)) width=(share(count)) height="18" { title { (count) " " (verdict.title()) } }
                    @if 100 * count >= LEAST_PCT * most { text x=(share(before)) dx="5" y="13" { (words::glyph(verdict)) (count) } }
                    @let () = before += count;
                }
            }
        }
        span.visually-hidden { (text) }
    }
}
