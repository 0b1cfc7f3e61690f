//! Where label, limits, day and heart rate of a run come from, and how far they can be trusted.

use maud::{Markup, html};

use super::words;
use crate::audit::describe_removal;
use crate::audit::wording::{duration, plain};
use crate::metrics::series::Suspicion;
use crate::report::limits;
use crate::report::summary;
use crate::report::words as report_words;
use crate::review::{OffsetSource, ReviewedRun};

/// The section.
pub(super) fn section(run: &ReviewedRun) -> Markup {
    let metadata = &run.measured.row.metadata;
    html! {
        section aria-labelledby="sources" {
            h2 #sources { "Sources of this page" }
            dl.sources {
                div { dt { "Heart rate" } dd { (heart_rate(run)) } }
                div { dt { "Label" } dd { (words::sentence(&label(run))) (conflicts(run)) } }
                div { dt { "Limits" } dd { (limits(run)) } }
                div { dt { "Day" } dd { (day(run)) } }
                @if !joined(run).is_empty() { div { dt { "Joined" } dd { (files(&joined(run))) } } }
                @if let Some(device) = &metadata.device { div { dt { "Device" } dd { (words::name(device)) } } }
                div {
                    dt { @if run.measured.sources.len() > 1 { "Files" } @else { "File" } }
                    dd {
                        @for (k, source) in run.measured.sources.iter().enumerate() {
                            @if k == 1 { br; span.dim { "also in " } } @else if k > 1 { ", " }
                            code { (words::name(&source.path)) }
                        }
                    }
                }
            }
        }
    }
}

/// Files that hold a part of the run, and tables that state something of it.
fn joined(run: &ReviewedRun) -> Vec<&str> {
    let measured = &run.measured;
    let parts = measured.row.metadata.joined.iter().map(String::as_str);
    parts.chain(measured.listed.iter().map(|stated| stated.by.as_str())).collect()
}

fn files(paths: &[&str]) -> Markup {
    html! {
        @for (k, path) in paths.iter().enumerate() { @if k > 0 { ", " } code { (words::name(path)) } }
    }
}

fn label(run: &ReviewedRun) -> String {
    if run.audit.is_none() && run.label.is_none() {
        return "Not labelled.".to_owned();
    }
    summary::label(run)
}

/// What other labels say, as they are written.
fn conflicts(run: &ReviewedRun) -> Markup {
    let conflicts = run.label.as_ref().map(|label| label.conflicts.as_slice()).unwrap_or_default();
    html! {
        @if !conflicts.is_empty() {
            ul { @for conflict in conflicts { li { "“" (words::name(&conflict.text)) "” (" (words::name(&conflict.by)) ")" } } }
        }
    }
}

fn limits(run: &ReviewedRun) -> String {
    match &run.lines {
        Some(lines) => limits::by_lines(&run.evidence, lines),
        None => format!(
            "{} A talk test gives them (`talk_test` in talktest.toml).",
            limits::UNKNOWN_LIMITS
        ),
    }
}

fn day(run: &ReviewedRun) -> String {
    let local = run.start.time.format("%Y-%m-%d %H:%M");
    match run.start.source {
        OffsetSource::File => format!("{local}, local time in the file."),
        OffsetSource::Position => format!("{local}, time zone of the position."),
        OffsetSource::Settings => format!("{local}, time zone in the settings."),
        OffsetSource::Utc => format!(
            "{local} UTC. Time zone unknown; dates are UTC (set `time_zone` in talktest.toml)."
        ),
    }
}

fn heart_rate(run: &ReviewedRun) -> Markup {
    let heart = &run.measured.row.heart_rate;
    if heart.raw_mean.is_none() {
        let stated = run.measured.row.metadata.stated.mean_heart_rate_bpm;
        return html! {
            "Not recorded."
            @if let Some(mean) = stated { " The export states a mean of " (mean) " bpm." }
        };
    }
    html! {
        "Quality " strong { (run.trust.grade.name()) } " (A is best, D worst), " (report_words::sensor(run.sensor))
        ", usable for " (plain(run.coverage_pct, 0)) " % of the judged time. "
        @if heart.removed.is_empty() { "Nothing was removed." }
        @if !heart.removed.is_empty() || !heart.suspected.is_empty() {
            ul {
                @for total in &heart.removed {
                    li { (duration(f64::from(total.seconds))) " removed: " (describe_removal(total.reason)) }
                }
                @for total in &heart.suspected {
                    li { (duration(f64::from(total.seconds))) " doubtful: " (doubt(total.reason)) }
                }
            }
        }
    }
}

fn doubt(reason: Suspicion) -> &'static str {
    match reason {
        Suspicion::CadenceMatch => "it equals your step rate",
        Suspicion::HalfCadenceMatch => "it equals half your step rate",
        Suspicion::ImpossibleChange => "it follows a change that no heart can make so fast",
    }
}
