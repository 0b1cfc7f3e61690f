//! A criterion in full, from the criterion's own file.

use std::fmt::Write;

use crate::audit::wording::plain;
use crate::audit::{CRITERIA, Criterion};

/// Columns of the page.
const WIDTH: usize = 100;

/// The criterion of this id.
pub fn find(id: &str) -> Option<&'static Criterion> {
    CRITERIA.iter().copied().find(|criterion| criterion.id == id)
}

/// Every criterion in a line.
pub fn list() -> String {
    let width = CRITERIA.iter().map(|criterion| criterion.id.len()).max().unwrap_or(0);
    CRITERIA
        .iter()
        .map(|criterion| format!("{:<width$}  {}\n", criterion.id, criterion.question))
        .collect()
}

/// A criterion in full: question, why, how, limits, sources, what misleads it.
pub fn explain(criterion: &Criterion) -> String {
    let mut text = format!("# {}\n\n{}\n", criterion.id, criterion.question);
    let mut part = |title: &str, body: &str| {
        if !body.is_empty() {
            // Writing into a string cannot fail.
            let _ = write!(text, "\n## {title}\n\n{}\n", textwrap::fill(body, WIDTH));
        }
    };
    part("Why it is asked", &why(criterion));
    part("How it is measured", criterion.how);
    part("Limits", &limits(criterion));
    part("Sources", &sources(criterion));
    part("What can mislead it", criterion.misleads);
    part("When the data is missing", criterion.missing);
    part("What it does", &format!("It {}.", criterion.severity.meaning()));
    text
}

/// All criteria as one page.
pub fn manual() -> String {
    let head = "<!-- Generated: `talktest explain --all` writes this page from the criteria themselves. -->\n\n";
    let pages: Vec<String> = CRITERIA.iter().map(|criterion| explain(criterion)).collect();
    format!("{head}{}", pages.join("\n"))
}

fn why(criterion: &Criterion) -> String {
    match criterion.article {
        "" => criterion.why.to_owned(),
        article => format!("{}\n\n> {article}", criterion.why),
    }
}

fn limits(criterion: &Criterion) -> String {
    let limit = |limit: &&crate::audit::LimitDefinition| {
        let unit = if limit.unit.is_empty() { String::new() } else { format!(" {}", limit.unit) };
        format!("- `{}` = {}{unit}: {}", limit.key, plain(limit.default, 2), limit.meaning)
    };
    let lines: Vec<String> = criterion.limits.iter().map(limit).collect();
    let head = format!("Set them under `[limits.{}]`:\n\n", criterion.id);
    if lines.is_empty() { String::new() } else { head + &lines.join("\n") }
}

fn sources(criterion: &Criterion) -> String {
    let lines: Vec<String> = criterion
        .sources
        .iter()
        .map(|source| format!("- {} ({})", source.citation, source.strength.name()))
        .collect();
    lines.join("\n")
}
