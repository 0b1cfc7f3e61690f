//! Which column says what: by its name and, where names repeat, by its occurrence; in a language
//! that is not known, by what stands in it.

use crate::csv_table::StringRecord;
use crate::export_tables::dates;

use super::role::ColumnRole;

/// Where each role stands. Position means nothing: the table has grown from 10 to more than 100
/// columns over the years.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Columns {
    places: [Option<usize>; ColumnRole::ALL.len()],
    /// Every column of elapsed time: the first is made for display, the last for machines.
    elapsed: Vec<usize>,
    /// Whether some roles were told by their content, because their names are not known.
    pub(super) guessed: bool,
}

impl Columns {
    /// The columns of a header and the first rows below it; `None` where this is no such table.
    pub(super) fn find(header: &StringRecord, rows: &[&StringRecord]) -> Option<Self> {
        let names: Vec<String> = header.iter().map(plain).collect();
        let mut columns = Self::named(&names);
        let is_named = [ColumnRole::File, ColumnRole::Date, ColumnRole::Name, ColumnRole::Type];
        if !is_named.iter().all(|role| columns.place(*role).is_some()) {
            columns.guess(names.len(), rows)?;
        }
        Some(columns)
    }

    fn named(names: &[String]) -> Self {
        let place = |role: ColumnRole| {
            let mut known = role.names().iter();
            known.find_map(|known| names.iter().position(|name| name == known))
        };
        let is_elapsed = |name: &String| ColumnRole::Elapsed.names().contains(&name.as_str());
        Self {
            places: ColumnRole::ALL.map(place),
            elapsed: (0..names.len()).filter(|at| is_elapsed(&names[*at])).collect(),
            guessed: false,
        }
    }

    /// Files show by themselves, and so do dates in a form that can be read; what follows the date has
    /// done so in every language.
    fn guess(&mut self, width: usize, rows: &[&StringRecord]) -> Option<()> {
        self.guessed = true;
        let cells = |at: usize| {
            let cells = rows.iter().filter_map(move |row| row.get(at)).map(str::trim);
            cells.filter(|cell| !cell.is_empty())
        };
        let file = self.place(ColumnRole::File).filter(|at| cells(*at).any(is_recording));
        let file = file.or_else(|| (0..width).find(|at| cells(*at).any(is_recording)))?;
        let is_number = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit());
        let usual_layout = file > 4 && cells(0).next().is_some() && cells(0).all(is_number);
        let dates = |at: &usize| cells(*at).filter(|cell| dates::read(cell).is_some()).count();
        let date = (0..width).filter(|at| 2 * dates(at) > cells(*at).count()).max_by_key(|at| {
            let is_first = std::cmp::Reverse(*at);
            (dates(at), is_first)
        });
        self.places[ColumnRole::File as usize] = Some(file);
        let named = self.place(ColumnRole::Date);
        self.places[ColumnRole::Date as usize] = named.or(date).or(usual_layout.then_some(1));
        let usual_layout = usual_layout && self.place(ColumnRole::Date) == Some(1);
        for (role, at) in
            [(ColumnRole::Name, 2), (ColumnRole::Type, 3), (ColumnRole::Description, 4)]
        {
            let is_free = !self.places.contains(&Some(at));
            if self.place(role).is_none() && usual_layout && is_free {
                self.places[role as usize] = Some(at);
            }
        }
        Some(())
    }

    fn place(&self, role: ColumnRole) -> Option<usize> {
        self.places[role as usize]
    }

    /// The text of a cell; blank is absent.
    pub(super) fn text<'r>(&self, row: &'r StringRecord, role: ColumnRole) -> Option<&'r str> {
        cell(row, self.place(role)?)
    }

    /// The elapsed times of a row, the one for machines first.
    pub(super) fn elapsed<'r>(&self, row: &'r StringRecord) -> impl Iterator<Item = &'r str> {
        self.elapsed.iter().rev().filter_map(|at| cell(row, *at))
    }
}

fn cell(row: &StringRecord, at: usize) -> Option<&str> {
    row.get(at).map(str::trim).filter(|cell| !cell.is_empty())
}

/// A name as the dictionary has it.
fn plain(name: &str) -> String {
    let name = name.trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    name.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell is the name of a recording in an export: `activities/1234.fit.gz`.
pub(super) fn is_recording(cell: &str) -> bool {
    let Some((number, kind)) =
        cell.strip_prefix("activities/").and_then(|name| name.split_once('.'))
    else {
        return false;
    };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let kind = kind.strip_suffix(".gz").unwrap_or(kind);
    is_number && matches!(kind, "fit" | "gpx" | "tcx")
}
