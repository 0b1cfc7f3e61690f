//! The list of runs, which the script makes sortable and filterable.

use maud::{Markup, html};

use crate::audit::wording::{Wording, clock, plain};
use crate::audit::{Certainty, Verdict};
use crate::report::html::site::Site;
use crate::report::html::{names, words};
use crate::report::pace::believable;
use crate::report::short_reason::short_reason;
use crate::report::summary;
use crate::review::ReviewedRun;
use crate::session::SessionKind;

/// The section of these runs.
pub(super) fn section_of(site: &Site, runs: &[&ReviewedRun]) -> Markup {
    html! {
        section aria-labelledby="runs" {
            h2 #runs { "Runs" }
            @if runs.is_empty() {
                p { "No run has a page; `talktest audit --all` lists every run." }
            } @else {
                (filters(runs))
                table.runs #list {
                    thead { tr {
                        @for (name, class) in [("Day", ""), ("Run", ""), ("Moving", "number"), ("Pace", "number"), ("Mean bpm", "number"), ("Above ceiling", "number"), ("Verdict", "")] {
                            th class=[(!class.is_empty()).then_some(class)] scope="col" { (name) }
                        }
                    } }
                    tbody { @for run in runs.iter().rev() { (row(site, run)) } }
                }
            }
        }
    }
}

/// Hidden until the script, without which they would do nothing, shows them.
fn filters(runs: &[&ReviewedRun]) -> Markup {
    let verdicts = [Verdict::Kept, Verdict::Slipped, Verdict::NotRecovery, Verdict::CannotJudge];
    let labels = SessionKind::ALL
        .into_iter()
        .filter(|kind| runs.iter().any(|run| label(run) == kind.name()));
    let unlabelled = runs.iter().any(|run| label(run) == "none");
    html! {
        form.filters hidden {
            label { "Verdict " select name="verdict" {
                option value="" { "all" }
                @for verdict in verdicts { option value=(words::class(verdict)) { (verdict.title()) } }
            } }
            label { "Label " select name="label" {
                option value="" { "all" }
                @for kind in labels { option { (kind.name()) } }
                @if unlabelled { option { "none" } }
            } }
            output #shown aria-live="polite" {}
        }
    }
}

fn label(run: &ReviewedRun) -> &'static str {
    run.label.as_ref().and_then(|label| label.kind).map_or("none", SessionKind::name)
}

fn row(site: &Site, run: &ReviewedRun) -> Markup {
    let row = &run.measured.row;
    let wording = Wording { units: site.units };
    let pace = believable(row.pace());
    let ruling = run.audit.as_deref().map(|audit| &audit.ruling);
    let as_if = run.audit.is_some() && !run.is_recovery();
    let verdict = ruling.map(|ruling| ruling.verdict);
    let rank = verdict.map_or(9, |verdict| verdict as u8);
    let share = run.audit.as_deref().and_then(summary::share_above);
    html! {
        tr data-verdict=(verdict.map_or("", words::class)) data-label=(label(run)) {
            td data-sort=(row.metadata.start.0) { (run.start.date()) }
            td {
                a href=(names::run(run)) { bdi { (words::title(run)) } }
                @if let Some(audit) = &run.audit { p.because { (short_reason(audit)) @if as_if { " · as if it were a recovery run" } } }
            }
            (number(&clock(row.durations.moving.get()), Some(row.durations.moving.get())))
            (number(&pace.map_or("–".to_owned(), |pace| wording.pace(pace)), pace.map(f64::from)))
            (number(&row.heart_rate.mean.map_or("–".to_owned(), |mean| plain(mean.get(), 0)), row.heart_rate.mean.map(f64::from)))
            (number(&share.map_or("–".to_owned(), |pct| format!("{} %", plain(pct, 0))), share))
            td data-sort=(rank) {
                @match verdict {
                    Some(verdict) => { (words::verdict(verdict)) @if let Some(certainty) = ruling.and_then(|ruling| ruling.certainty).filter(|certainty| *certainty != Certainty::Firm) { span.dim { " " (certainty.title()) } } },
                    None => span.dim { (words::kind(run.session)) },
                }
            }
        }
    }
}

/// A number with what it is sorted by; what is not known comes last.
fn number(text: &str, sorted_by: Option<f64>) -> Markup {
    html! {
        td.number data-sort=(sorted_by.map_or(String::new(), |value| plain(value, 2))) { (text) }
    }
}
