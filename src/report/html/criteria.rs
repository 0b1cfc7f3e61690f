//! The criteria of one run as a table; each opens its explanation.

use maud::{Markup, html};

use super::{names, words};
use crate::audit::wording::plain;
use crate::audit::{Audit, CRITERIA, Criterion, Finding, Outcome, Severity};

/// What the criteria of one severity do, in the order shown.
const GROUPS: [(&str, &[Severity]); 3] = [
    ("Decide the verdict", &[Severity::Gate, Severity::Decisive]),
    ("May lower it to slipped", &[Severity::Lowering]),
    ("Said, and change nothing", &[Severity::Advisory]),
];

/// The section.
pub(super) fn section(audit: &Audit) -> Markup {
    let unanswered =
        |found: &Finding| found.severity == Severity::Advisory && found.result() == Outcome::Cannot;
    let (not_checked, said): (Vec<&Finding>, Vec<&Finding>) =
        audit.findings.iter().partition(|found| unanswered(found));
    html! {
        section aria-labelledby="criteria" {
            h2 #criteria { "The criteria" }
            table.criteria {
                thead { tr {
                    th scope="col" { "Result" } th scope="col" { "Question" }
                    th.number scope="col" { "Value" } th.number scope="col" { "Limit" }
                } }
                @for (title, severities) in GROUPS {
                    @let of_group: Vec<&&Finding> = said.iter().filter(|found| severities.contains(&found.severity)).collect();
                    @if !of_group.is_empty() {
                        tbody {
                            tr.group { th colspan="4" scope="rowgroup" { (title) } }
                            @for found in of_group { (row(found)) }
                        }
                    }
                }
            }
            @if !not_checked.is_empty() { (unchecked(&not_checked)) }
        }
    }
}

fn row(found: &Finding) -> Markup {
    let criterion = CRITERIA.iter().copied().find(|criterion| criterion.id == found.criterion);
    let assessment = &found.assessment;
    let number = |value: Option<f64>| {
        value.map_or("–".to_owned(), |value| with_unit(value, assessment.unit))
    };
    html! {
        tr {
            td { (words::outcome(found.result())) }
            td {
                p.question { (criterion.map_or(found.criterion, |criterion| criterion.question)) }
                p { (words::sentence(&assessment.text)) }
                @if let Some(criterion) = criterion { (explanation(criterion)) }
            }
            td.number data-name="value" { (number(assessment.value)) }
            td.number data-name="limit" { (number(assessment.limit)) }
        }
    }
}

/// A number with its unit, with as many decimals as it needs to be read.
fn with_unit(value: f64, unit: &str) -> String {
    let decimals = if value.abs() >= 20.0 { 0 } else { usize::from(value.abs() < 2.0) + 1 };
    let blank = if unit.is_empty() { "" } else { " " };
    format!("{}{blank}{unit}", plain(value, decimals))
}

fn explanation(criterion: &Criterion) -> Markup {
    let cited: Vec<String> = criterion
        .sources
        .iter()
        .map(|source| format!("{} ({})", source.citation, source.strength.name()))
        .collect();
    html! {
        details.why {
            summary { "Why" }
            p { (criterion.why) }
            p.dim { (cited.join("; ")) ". " a href=(format!("../{}#{}", names::EXPLANATIONS, criterion.id)) { "In full" } }
        }
    }
}

/// What could not be asked, with the reason.
fn unchecked(not_checked: &[&Finding]) -> Markup {
    html! {
        details.unchecked {
            summary { "Not checked: " (not_checked.len()) " that only advise" }
            ul {
                @for found in not_checked {
                    li { a href=(format!("../{}#{}", names::EXPLANATIONS, found.criterion)) { (found.criterion) } ": " (words::sentence(&found.assessment.text)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_what_matters() {
        assert_eq!(with_unit(72.4, "%"), "72 %");
        assert_eq!(with_unit(8.25, "%"), "8.2 %");
        assert_eq!(with_unit(1.157, ""), "1.16");
        assert_eq!(with_unit(0.0, "s"), "0 s");
    }
}
