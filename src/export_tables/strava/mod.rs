//! `activities.csv` of a Strava account export.
//!
//! ```text
//! bytes ──text──▶ text ──csv_table──▶ rows ──columns, row──▶ activities ──moment──▶ starts
//! ```
//!
//! Its dates are UTC, which it does not say. The first 15 columns are made for display, those
//! behind for machines, and some names stand in both parts.

mod columns;
mod names;
mod role;
mod row;

use std::cmp::Ordering;

use crate::csv_table::{Rows, StringRecord, TooManyCells};
use crate::decode::{Location, Problem, ProblemKind};

use self::columns::{Columns, is_recording};
use self::role::ColumnRole;
use self::row::StravaRow;
use super::bounds::Bounds;
use super::dates::{self, ParsedDate};
use super::entry::{ExportEntries, ExportEntry, Recording};
use super::faults::Faults;
use super::table::{ExportTable, TableLayout};
use super::text;

/// The list of all activities of a Strava account.
pub static TABLE: ExportTable =
    ExportTable { id: "strava", form: TableLayout::Own(recognises, read) };

/// Rows that are looked at where names do not tell which column is which.
const SAMPLE: usize = 50;

fn recognises(name: &str, head: &[u8]) -> bool {
    if !name.to_ascii_lowercase().ends_with(".csv") {
        return false;
    }
    let (text, _) = text::decoded(text::beginning(head));
    Rows::of(&text).is_ok_and(|mut rows| columns(&mut rows).is_some())
}

/// The columns, and the width of the header; consumes the first rows.
fn columns(table: &mut Rows<'_>) -> Option<(Columns, usize)> {
    let mut rows = Vec::new();
    for _ in 0..=SAMPLE {
        let mut row = StringRecord::new();
        if table.read(&mut row).is_none() {
            break;
        }
        rows.push(row);
    }
    let (header, rows) = rows.split_first()?;
    let rows: Vec<&StringRecord> = rows.iter().collect();
    Some((Columns::find(header, &rows)?, header.len()))
}

fn read(bytes: &[u8], bounds: &Bounds) -> Result<ExportEntries, Problem> {
    bounds.check_size(bytes)?;
    let (text, damage) = text::decoded(bytes);
    let (columns, width) = columns(&mut Rows::of(&text).map_err(refused)?).ok_or_else(|| {
        let detail = "no column holds the names of recordings";
        Problem::new(ProblemKind::UnknownFormat, detail)
    })?;
    let mut reading = TableReading { columns, width, ..TableReading::default() };
    let mut rows = Rows::of(&text).map_err(refused)?;
    let mut cells = StringRecord::new();
    rows.read(&mut cells);
    while let Some(line) = rows.read(&mut cells) {
        if reading.entry.len() == bounds.max_entries {
            reading.cut = Some(bounds.too_many(Some(Location::Line(line as u32))));
            break;
        }
        reading.add(&cells, line);
    }
    reading.unclosed = Faults::of(rows.unclosed());
    Ok(reading.finish(damage))
}

fn refused(error: TooManyCells) -> Problem {
    let place = Location::Line(error.line as u32);
    Problem::at(place, ProblemKind::LimitExceeded, error.to_string())
}

/// A table that is being read.
#[derive(Debug, Default)]
struct TableReading {
    columns: Columns,
    /// Cells of the header.
    width: usize,
    entry: Vec<(ExportEntry, Option<ParsedDate>)>,
    dropped: Faults,
    shortened: Faults,
    undated: Faults,
    unclosed: Faults,
    wrong_numbers: Faults,
    cut: Option<Problem>,
}

impl TableReading {
    fn add(&mut self, cells: &StringRecord, line: usize) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let mut row = StravaRow { columns: &self.columns, cells, line, wrong_number: false };
        let entry = row.entry();
        let wrong_number = row.wrong_number;
        let date_time = self.columns.text(cells, ColumnRole::Date).and_then(dates::read);
        match self.fit(cells, &entry) {
            Fit::Whole => {}
            Fit::Shortened => self.shortened.add(line),
            Fit::Shifted => return self.dropped.add(line),
        }
        if wrong_number {
            self.wrong_numbers.add(line);
        }
        self.entry.push((entry, date_time));
    }

    /// A cell too many or too few may shift all behind it under the wrong names. Only blank cells
    /// at the end may be missing: spreadsheets leave them out.
    fn fit(&self, cells: &StringRecord, entry: &ExportEntry) -> Fit {
        let ends_in_text = cells.iter().next_back().is_some_and(|cell| !cell.trim().is_empty());
        let is_known = match &entry.recording {
            Recording::File(name) => is_recording(name),
            Recording::ByStart | Recording::ByDay | Recording::None => false,
        };
        match cells.len().cmp(&self.width) {
            Ordering::Equal => Fit::Whole,
            Ordering::Less if ends_in_text && is_known => Fit::Shortened,
            Ordering::Less | Ordering::Greater => Fit::Shifted,
        }
    }

    fn finish(mut self, damage: Option<Problem>) -> ExportEntries {
        let order = dates::order(self.entry.iter().filter_map(|(_, date_time)| *date_time));
        for (entry, date_time) in &mut self.entry {
            entry.start = date_time.and_then(|date_time| date_time.resolve(order));
            if entry.start.is_none() {
                self.undated.add(entry.line);
            }
        }
        let warnings = self.warnings().into_iter().flatten();
        let warnings = damage.into_iter().chain(warnings).collect();
        let entries = self.entry.into_iter().map(|(entry, _)| entry).collect();
        ExportEntries { entries, warnings }
    }

    fn warnings(&mut self) -> [Option<Problem>; 7] {
        let warning = |faults: &Faults, kind, what| faults.warning(kind, "line", "lines", what);
        let left_out = ProblemKind::DroppedEntries;
        let unread = ProblemKind::UnreadCells;
        let guessed = "the language of the column names is not known: read are only file, date, \
                       title, type and description, found by what stands in them";
        [
            self.columns.guessed.then(|| Problem::new(unread, guessed)),
            warning(&self.dropped, left_out, "left out for a cell too many or too few"),
            warning(&self.shortened, unread, "without the last cells, taken as blank"),
            warning(&self.undated, unread, "with a date that cannot be read for certain"),
            warning(&self.wrong_numbers, unread, "with a number that cannot be right, left out"),
            self.unclosed.unclosed(),
            self.cut.take(),
        ]
    }
}

/// How the cells of a row fit the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Whole,
    Shortened,
    Shifted,
}
