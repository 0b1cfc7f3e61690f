//! Where label, anchor, day and heart rate of a run come from, and how far they can be trusted.

use maud::{Markup, html};

use super::words;
use crate::audit::describe_removal;
use crate::audit::wording::{duration, plain};
use crate::metrics::series::Suspicion;
use crate::report::summary;
use crate::review::{OffsetSource, ReviewedRun};

/// The section.
pub(super) fn section(run: &ReviewedRun) -> Markup {
    let said = &run.measured.row.metadata;
    html! {
        section aria-labelledby="sources" {
            h2 #sources { "Where this comes from" }
            dl.sources {
                div { dt { "Heart rate" } dd { (heart_rate(run)) } }
                div { dt { "Label" } dd { (words::sentence(&label(run))) (conflicts(run)) } }
                div { dt { "Anchor" } dd { (anchor(run)) } }
                div { dt { "Day" } dd { (day(run)) } }
                @if let Some(device) = &said.device { div { dt { "Device" } dd { (words::name(device)) } } }
                div {
                    dt { @if run.measured.sources.len() > 1 { "Files" } @else { "File" } }
                    dd {
                        @for (k, source) in run.measured.sources.iter().enumerate() {
                            @if k == 1 { br; span.dim { "also as " } } @else if k > 1 { ", " }
                            code { (words::name(&source.path)) }
                        }
                    }
                }
            }
        }
    }
}

fn label(run: &ReviewedRun) -> String {
    if run.audit.is_none() && run.label.is_none() {
        return "Not labelled.".to_owned();
    }
    summary::label(run)
}

/// What other texts say, in their own words.
fn conflicts(run: &ReviewedRun) -> Markup {
    let conflicts = run.label.as_ref().map(|label| label.conflicts.as_slice()).unwrap_or_default();
    html! {
        @if !conflicts.is_empty() {
            ul { @for conflict in conflicts { li { "“" (words::name(&conflict.text)) "” (" (words::name(&conflict.by)) ")" } } }
        }
    }
}

fn anchor(run: &ReviewedRun) -> String {
    match &run.lines {
        Some(lines) => summary::by_lines(&run.evidence, lines),
        None => "No heart-rate anchor is known; a talk test would give one (`talk_test` in talktest.toml).".to_owned(),
    }
}

fn day(run: &ReviewedRun) -> String {
    let local = run.start.time.format("%Y-%m-%d %H:%M");
    match run.start.source {
        OffsetSource::File => format!("{local}, by the clock in the file."),
        OffsetSource::Position => format!("{local}, by the time zone of the place."),
        OffsetSource::Settings => format!("{local}, by the time zone of the settings."),
        OffsetSource::Utc => format!(
            "{local} UTC: nothing tells the time zone of this run; `time_zone` in talktest.toml would."
        ),
    }
}

fn heart_rate(run: &ReviewedRun) -> Markup {
    let heart = &run.measured.row.heart_rate;
    if heart.raw_mean.is_none() {
        return html! { "None was recorded." };
    }
    html! {
        "Grade " strong { (run.trust.grade.name()) } ", sensor " (run.sensor.name()) ", "
        (plain(run.coverage_pct, 1)) " % of the judged time covered. "
        @if heart.removed.is_empty() { "Nothing was taken out." }
        @if !heart.removed.is_empty() || !heart.suspected.is_empty() {
            ul {
                @for total in &heart.removed {
                    li { (duration(f64::from(total.seconds))) " taken out: " (describe_removal(total.reason)) }
                }
                @for total in &heart.suspected {
                    li { (duration(f64::from(total.seconds))) " in doubt: " (doubt(total.reason)) }
                }
            }
        }
    }
}

fn doubt(reason: Suspicion) -> &'static str {
    match reason {
        Suspicion::CadenceMatch => "it equals the step rate",
        Suspicion::HalfCadenceMatch => "it equals half the step rate",
        Suspicion::ImpossibleChange => "it follows a change faster than a heart can make",
    }
}
