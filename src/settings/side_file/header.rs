//! The first line of a side file: which column is which.

use crate::csv_table::StringRecord;

use super::super::suggestion::did_you_mean;
use super::problems::SideFileProblems;

/// Whether the line names one of the needed columns and another one that is known.
pub(super) fn is_like(header: &StringRecord, columns: &[&str], needed: &[&str]) -> bool {
    let names: Vec<String> = header.iter().map(|name| plain(name).to_lowercase()).collect();
    let is_named = |column: &&&str| names.iter().any(|name| name == **column);
    needed.iter().any(|column| is_named(&column)) && columns.iter().filter(is_named).count() > 1
}

/// Files that were joined or encoded again begin with several byte order marks.
fn plain(name: &str) -> &str {
    name.trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace())
}

/// The known column at each place of the header.
pub(super) fn read_header(
    record: &StringRecord,
    columns: &[&'static str],
    needed: &[&'static str],
    problems: &SideFileProblems,
) -> Vec<Option<&'static str>> {
    let mut header: Vec<Option<&'static str>> = Vec::with_capacity(record.len());
    for name in record.iter().map(plain) {
        let known = columns.iter().copied().find(|column| column.eq_ignore_ascii_case(name));
        match known {
            Some(column) if header.contains(&known) => {
                problems.error(1, column, "the column stands there twice; remove one".to_owned());
            }
            None if name.is_empty() => {}
            None => report_unknown_column(name, columns, problems),
            Some(_) => {}
        }
        header.push(known);
    }
    if !needed.iter().any(|column| header.contains(&Some(*column))) {
        let problem = format!("the first line must name a column {}", needed.join(" or "));
        problems.error(1, "", problem);
    }
    header
}

fn report_unknown_column(name: &str, columns: &[&'static str], problems: &SideFileProblems) {
    let suggestion = did_you_mean(name, columns.iter().copied());
    if suggestion.is_empty() {
        let problem = format!("unknown column, not read; known are {}", columns.join(", "));
        problems.warning(1, name, problem);
    } else {
        problems.error(1, name, format!("unknown column{suggestion}"));
    }
}
