//! Tables kept by hand or exported from a spreadsheet: the reader that plan and notes share.
//!
//! Columns are found by name, in any order. What cannot be right is an error and the file is
//! refused, with every error at once; what may be meant for other eyes is left out with a warning.

mod cells;
mod header;
mod problems;

use std::fmt;

use crate::csv_table::{self, EncodingDamage, Rows, StringRecord};
use crate::session::SessionKind;

use self::header::{is_like, read_header};
use self::problems::Problems;

pub(super) use self::cells::Cells;
pub use self::cells::StatedLabel;

/// One thing about a side file that its owner should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideFileProblem {
    /// The line, from 1.
    pub line: usize,
    /// The name of the column; empty where the whole line is meant.
    pub column: String,
    /// One plain sentence with the value, what is allowed and what to do.
    pub problem: String,
}

impl fmt::Display for SideFileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if !self.column.is_empty() {
            write!(f, "{}: ", self.column)?;
        }
        f.write_str(&self.problem)
    }
}

impl std::error::Error for SideFileProblem {}

/// What a free text says about the kind of a session; built from all label words.
pub(super) type KindOf<'f> = &'f dyn Fn(&str) -> Option<SessionKind>;

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
    let problems = Problems::default();
    let mut record = StringRecord::new();
    if table.read(&mut record).is_none() {
        return Err(vec![empty_file(columns)]);
    }
    let header = read_header(&record, columns, needed, &problems);
    let decimal_comma = table.has_decimal_commas();
    let mut rows = Vec::new();
    while let Some(line) = table.read(&mut record) {
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            let cells = Cells {
                header: &header,
                record: &record,
                line,
                decimal_comma,
                problems: &problems,
            };
            cells.require_known_width();
            rows.push(read_row(&cells));
        }
    }
    let damage = damage.map(|damage: EncodingDamage| whole_line(damage.line, &damage));
    let warnings = problems.into_warnings()?;
    Ok((rows, damage.into_iter().chain(warnings).collect()))
}

fn whole_line(line: usize, problem: &impl fmt::Display) -> SideFileProblem {
    SideFileProblem { line, column: String::new(), problem: problem.to_string() }
}

fn empty_file(columns: &[&'static str]) -> SideFileProblem {
    whole_line(
        1,
        &format!("the file is empty; its first line must name its columns: {}", columns.join(",")),
    )
}
