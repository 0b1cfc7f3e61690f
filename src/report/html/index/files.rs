//! The files: how many, which could not be read, which are copies, which hold no run.

use maud::{Markup, html};

use super::super::words;
use crate::ingest::{FileProblem, NotRun};
use crate::report::summary;
use crate::review::{Review, ReviewedRun};

/// Entries listed of one kind.
const MOST: usize = 200;

/// The section.
pub(super) fn section(review: &Review) -> Markup {
    let (lost, repaired): (Vec<&FileProblem>, Vec<&FileProblem>) =
        review.problems.iter().partition(|problem| problem.fatal);
    let copies: Vec<&ReviewedRun> =
        review.runs.iter().filter(|run| run.measured.sources.len() > 1).collect();
    html! {
        section.files aria-labelledby="files" {
            h2 #files { "Files" }
            p { (summary::files(&review.files)) }
            (problems("Could not be read", &lost, true))
            (problems("Read with problems", &repaired, false))
            (duplicates(&copies))
            (not_runs(&review.not_runs))
        }
    }
}

fn problems(title: &str, problems: &[&FileProblem], open: bool) -> Markup {
    html! {
        @if !problems.is_empty() {
            details open[open] {
                summary { (title) " (" (problems.len()) ")" }
                ul { @for problem in problems.iter().take(MOST) {
                    li { code { (words::name(&problem.path)) } ": " (words::sentence(&problem.problem.to_string())) }
                } }
                (rest(problems.len()))
            }
        }
    }
}

fn duplicates(copies: &[&ReviewedRun]) -> Markup {
    html! {
        @if !copies.is_empty() {
            details {
                summary { "Runs in several files (" (copies.len()) ")" }
                ul { @for run in copies.iter().take(MOST) { li {
                    @for (k, source) in run.measured.sources.iter().take(20).enumerate() {
                        @if k > 0 { ", " } code { (words::name(&source.path)) }
                    }
                } } }
                (rest(copies.len()))
            }
        }
    }
}

fn not_runs(not_runs: &[NotRun]) -> Markup {
    html! {
        @if !not_runs.is_empty() {
            details {
                summary { "Without a run (" (not_runs.len()) ")" }
                ul { @for not_run in not_runs.iter().take(MOST) {
                    li { code { (words::name(&not_run.path)) } ": " (words::sentence(&not_run.what)) }
                } }
                (rest(not_runs.len()))
            }
        }
    }
}

fn rest(count: usize) -> Markup {
    html! { @if count > MOST { p.dim { "… and " (count - MOST) " more: `talktest audit -v` lists them all." } } }
}
