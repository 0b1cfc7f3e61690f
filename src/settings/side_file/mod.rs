//! Tables kept by hand or exported from a spreadsheet: the reader that plan and notes share.
//!
//! Columns are found by name, in any order. What cannot be right is an error and the file is
//! refused, with every error at once; what may be meant for other eyes is left out with a warning.

mod cells;
mod header;
mod problems;

use std::fmt::Display;

use crate::csv_table::{self, EncodingDamage, Rows, StringRecord};

use self::header::{is_like, read_header};
use self::problems::SideFileProblems;

pub use self::cells::StatedLabel;
pub(super) use self::cells::{Cells, KindOf};
pub use self::problems::SideFileProblem;

/// The rows of a file without errors, and what was left out of it.
pub(super) type RowsAndWarnings<Row> = (Vec<Row>, Vec<SideFileProblem>);

/// Whether the first line names one of the needed columns and another one that is known.
pub(super) fn has_columns(bytes: &[u8], columns: &[&str], needed: &[&str]) -> bool {
    let text = csv_table::decode(bytes).text;
    let mut header = StringRecord::new();
    Rows::of(&text).is_ok_and(|mut rows| rows.read(&mut header).is_some())
        && is_like(&header, columns, needed)
}

/// Reads every row that is not blank; `needed` are columns of which one must be there.
pub(super) fn read<Row>(
    bytes: &[u8],
    columns: &[&'static str],
    needed: &[&'static str],
    read_row: impl Fn(&Cells<'_>) -> Row,
) -> Result<RowsAndWarnings<Row>, Vec<SideFileProblem>> {
    let csv_table::Text { text, damage } = csv_table::decode(bytes);
    let mut table = Rows::of(&text).map_err(|error| vec![whole_line(error.line, &error)])?;
    let problems = SideFileProblems::default();
    let mut record = StringRecord::new();
    if table.read(&mut record).is_none() {
        return Err(vec![empty_file(columns)]);
    }
    let header = read_header(&record, columns, needed, &problems);
    let delimiter = table.delimiter();
    let mut rows = Vec::new();
    while let Some(line) = table.read(&mut record) {
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            let cells =
                Cells { header: &header, record: &record, line, delimiter, problems: &problems };
            cells.require_known_width();
            cells.warn_of_rows_within();
            rows.push(read_row(&cells));
        }
    }
    for line in table.unclosed() {
        problems.error(*line, "", UNCLOSED.to_owned());
    }
    let damage = damage.map(|damage: EncodingDamage| whole_line(damage.line, &damage));
    let warnings = problems.into_warnings()?;
    Ok((rows, damage.into_iter().chain(warnings).collect()))
}

const UNCLOSED: &str = "a quotation mark is opened here and never closed; close it, and write one within \
                        a text twice";

fn whole_line(line: usize, problem: &impl Display) -> SideFileProblem {
    SideFileProblem { line, column: String::new(), problem: problem.to_string() }
}

fn empty_file(columns: &[&'static str]) -> SideFileProblem {
    whole_line(
        1,
        &format!("the file is empty; its first line must name its columns: {}", columns.join(",")),
    )
}
