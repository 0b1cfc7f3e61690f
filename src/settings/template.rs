//! The settings file that a new user starts from.

use std::fmt::Write;

use super::limits::{LimitCatalogue, LimitSpec};

/// A commented settings file that changes nothing until a line is uncommented: every key with an
/// example, and every limit with its default.
pub fn template(known: &LimitCatalogue) -> String {
    let mut text = include_str!("template.toml").to_owned();
    for (criterion, specs) in known.criteria() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n# [limits.{criterion}]");
        for spec in specs {
            text.push_str(&limit_line(spec));
        }
    }
    text
}

fn limit_line(spec: &LimitSpec) -> String {
    let LimitSpec { key, default, range, unit, .. } = spec;
    let (from, to) = (range.start(), range.end());
    let space = if unit.is_empty() { "" } else { " " };
    let default = significant(*default);
    format!("# {:<39} # from {from} to {to}{space}{unit}\n", format!("{key} = {default}"))
}

/// A number with the digits that mean something: limits in miles become crooked in kilometres.
fn significant(number: f64) -> f64 {
    let text = format!("{number:.3e}");
    text.parse().unwrap_or(number)
}
