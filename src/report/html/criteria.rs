//! The criteria of one run as a table; each opens its explanation.

use maud::{Markup, html};

use super::{names, words};
use crate::audit::{Audit, CRITERIA, Criterion, Finding, Outcome, Severity};
use crate::report::words::value_and_limit;
use crate::settings::UnitSystem;

/// A part of the table: its title, and which answers belong to it.
type Group = (&'static str, fn(&Finding) -> bool);

/// What is always to be seen.
const SHOWN: [Group; 3] = [
    ("Decide the verdict", |found| matches!(found.severity, Severity::Gate | Severity::Decisive)),
    ("Can cost a grade", |found| found.severity == Severity::Lowering),
    ("Notes (no effect on the verdict)", |found| {
        found.severity == Severity::Advisory
            && !matches!(found.result(), Outcome::Pass | Outcome::Cannot)
    }),
];
/// What only advises and found nothing.
const QUIET: Group =
    ("Fine", |found| found.severity == Severity::Advisory && found.result() == Outcome::Pass);

/// The section.
pub(super) fn section(audit: &Audit, units: UnitSystem) -> Markup {
    let unanswered =
        |found: &Finding| found.severity == Severity::Advisory && found.result() == Outcome::Cannot;
    let not_checked: Vec<&Finding> =
        audit.findings.iter().filter(|found| unanswered(found)).collect();
    let quiet = audit.findings.iter().filter(|found| QUIET.1(found)).count();
    html! {
        section aria-labelledby="criteria" {
            h2 #criteria { "Criteria" }
            (table(&audit.findings, &SHOWN, units))
            @if quiet > 0 {
                details.unchecked {
                    summary { "Fine (" (quiet) ")" }
                    (table(&audit.findings, &[QUIET], units))
                }
            }
            @if !not_checked.is_empty() { (unchecked(&not_checked)) }
        }
    }
}

/// A table of one group leaves out what is the same in all its rows.
fn table(findings: &[Finding], groups: &[Group], units: UnitSystem) -> Markup {
    let mixed = groups.len() > 1;
    html! {
        table.criteria {
            thead { tr {
                @if mixed { th scope="col" { "Answer" } }
                th scope="col" { "Question" }
                th scope="col" { "Value" } th scope="col" { "Limit" }
            } }
            @for (title, belongs) in groups {
                @let of_group: Vec<&Finding> = findings.iter().filter(|found| belongs(found)).collect();
                @if !of_group.is_empty() {
                    tbody {
                        @if mixed { tr.group { th colspan="4" scope="rowgroup" { (title) } } }
                        @for found in of_group { (row(found, mixed, units)) }
                    }
                }
            }
        }
    }
}

/// The question leads to everything that there is to say of it; a page holds dozens of these rows.
fn row(found: &Finding, tells_answer: bool, units: UnitSystem) -> Markup {
    let criterion = CRITERIA.iter().copied().find(|criterion| criterion.id == found.criterion);
    let assessment = &found.assessment;
    let [value, limit] =
        value_and_limit(assessment.value, assessment.limit, &assessment.unit, units);
    html! {
        tr {
            @if tells_answer { td { (words::outcome(found.result())) } }
            td {
                a href=(in_full(found)) {
                    (criterion.map_or(found.criterion.as_ref(), |criterion| criterion.question))
                }
                p { (words::sentence(&assessment.text)) }
                @if let Some(criterion) = criterion.filter(|_| found.result().is_fault()) {
                    (reasons(criterion))
                }
            }
            td { (value.as_deref().unwrap_or("–")) }
            td { (limit.as_deref().unwrap_or("–")) }
        }
    }
}

/// Where a page of its own explains the criterion.
fn in_full(found: &Finding) -> String {
    format!("../{}#{}", names::EXPLANATIONS, found.criterion)
}

/// Why it is asked and what says so, where it cost something.
fn reasons(criterion: &Criterion) -> Markup {
    let cited: Vec<String> = criterion
        .sources
        .iter()
        .map(|source| format!("{} ({}).", source.citation, source.strength.name()))
        .collect();
    html! {
        details {
            summary { "Why" }
            p { (criterion.why) }
            p { (cited.join(" ")) }
        }
    }
}

/// What could not be answered, with the reason.
fn unchecked(not_checked: &[&Finding]) -> Markup {
    html! {
        details.unchecked {
            summary { "Could not be answered (" (not_checked.len()) ")" }
            ul {
                @for found in not_checked {
                    li { a href=(in_full(found)) { (found.criterion) } ": " (words::sentence(&found.assessment.text)) }
                }
            }
        }
    }
}
