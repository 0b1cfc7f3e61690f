//! Tables in one language, whose columns are known by their names.

use crate::csv_table::{NamedCells, Rows, StringRecord};
use crate::decode::{Location, Problem, ProblemKind};
use crate::units::{METRES_PER_MILE, Metres};

use super::bounds::Bounds;
use super::entry::{ExportEntries, ExportEntry};
use super::faults::Faults;
use super::text;

/// How a table is made.
#[derive(Debug)]
pub(super) struct NamedTable {
    /// Columns by which it is known.
    pub(super) columns: &'static [&'static str],
    /// What a line says.
    pub(super) entry: fn(&NamedCells<'_>, usize) -> LineMeaning,
}

/// What a line of such a table is.
pub(super) enum LineMeaning {
    /// An activity.
    Activity(Box<ExportEntry>),
    /// Nothing about an activity that was done.
    Nothing,
    /// An activity of which something that is needed cannot be read.
    Unreadable,
}

/// A distance that stands in miles or in kilometres, as the account shows it.
pub(super) fn distance(cells: &NamedCells<'_>) -> Option<Metres> {
    let miles = cells.amount("Distance (mi)").map(|miles| METRES_PER_MILE * miles);
    Metres::new(miles.or_else(|| Some(1000.0 * cells.amount("Distance (km)")?))?)
}

impl NamedTable {
    pub(super) fn recognises(&self, name: &str, head: &[u8]) -> bool {
        if !name.to_ascii_lowercase().ends_with(".csv") {
            return false;
        }
        let (text, _) = text::decoded(text::beginning(head));
        let mut names = StringRecord::new();
        let is_read = Rows::of(&text).is_ok_and(|mut rows| rows.read(&mut names).is_some());
        is_read && self.columns.iter().all(|column| names.iter().any(|name| name.trim() == *column))
    }

    pub(super) fn read(&self, bytes: &[u8], bounds: &Bounds) -> Result<ExportEntries, Problem> {
        bounds.check_size(bytes)?;
        let (text, damage) = text::decoded(bytes);
        let mut rows = Rows::of(&text).map_err(|error| {
            let place = Location::Line(error.line as u32);
            Problem::at(place, ProblemKind::LimitExceeded, error.to_string())
        })?;
        let (mut names, mut cells) = (StringRecord::new(), StringRecord::new());
        rows.read(&mut names);
        let mut table =
            ExportEntries { warnings: Vec::from_iter(damage), ..ExportEntries::default() };
        let [mut shifted, mut unreadable] = [Faults::default(), Faults::default()];
        while let Some(line) = rows.read(&mut cells) {
            if table.entries.len() == bounds.max_entries {
                table.warnings.push(bounds.too_many(Some(Location::Line(line as u32))));
                break;
            }
            // A cell too many or too few may shift all behind it under the wrong names.
            if cells.len() != names.len() {
                shifted.add(line);
                continue;
            }
            match (self.entry)(&NamedCells::new(&names, &cells), line) {
                LineMeaning::Activity(entry) => table.entries.push(*entry),
                LineMeaning::Nothing => {}
                LineMeaning::Unreadable => unreadable.add(line),
            }
        }
        let dropped = ProblemKind::DroppedEntries;
        let what = "left out for a cell too many or too few";
        table.warnings.extend(shifted.warning(dropped, "line", "lines", what));
        table.warnings.extend(Faults::of(rows.unclosed()).unclosed());
        let what = "without a date that can be read, left out";
        table.warnings.extend(unreadable.warning(dropped, "line", "lines", what));
        Ok(table)
    }
}
