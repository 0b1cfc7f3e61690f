//! One line of a table of notes, changed or added; everything else stays byte for byte.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

/// The columns of a new file.
const COLUMNS: [&str; 7] =
    ["date", "file", "label", "planned_minutes", "rpe", "feel", "next_morning"];

/// A cell: its column, and what it is to say.
pub type Cell = (&'static str, String);

/// A table with one line changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The whole text.
    pub text: String,
    /// The line, without its end.
    pub line: String,
    /// Its number, from 1.
    pub number: usize,
}

/// Changes the cells of the row that begins on a line, from 1; without a line a row is added.
/// Columns that are missing come last.
pub(super) fn edit(text: &str, line: Option<usize>, cells: &[Cell]) -> Edited {
    let mut table = NoteTable::of(text);
    table.require_columns(cells);
    let row = line.and_then(|line| table.rows.iter().position(|row| row.line == line));
    let row = row.unwrap_or_else(|| table.add());
    table.set(row, cells);
    let NoteTableRow { text: line, line: number, .. } = &table.rows[row];
    Edited { text: table.text(), line: line.clone(), number: *number }
}

/// A row of the table and what lies before it: blank lines.
#[derive(Debug, Default)]
struct NoteTableRow {
    blank: String,
    text: String,
    end: String,
    cells: Vec<String>,
    line: usize,
}

#[derive(Debug)]
struct NoteTable {
    delimiter: u8,
    line_end: &'static str,
    header: NoteTableRow,
    rows: Vec<NoteTableRow>,
    rest: String,
}

impl NoteTable {
    fn of(text: &str) -> Self {
        let first = text.trim_start().lines().next().unwrap_or_default();
        let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
        let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|one| count(*one));
        let delimiter = delimiter.unwrap_or(b',');
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let (mut rows, rest) = rows(text, delimiter);
        let header = if rows.is_empty() {
            let cells: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
            let text = line_of(&cells, delimiter);
            NoteTableRow {
                cells,
                text,
                end: line_end.to_owned(),
                line: 1,
                ..NoteTableRow::default()
            }
        } else {
            rows.remove(0)
        };
        Self { delimiter, line_end, header, rows, rest }
    }

    fn require_columns(&mut self, cells: &[Cell]) {
        for (column, _) in cells {
            if self.place(column).is_none() {
                self.header.cells.push((*column).to_owned());
                self.header.text.push(char::from(self.delimiter));
                self.header.text.push_str(column);
            }
        }
    }

    fn place(&self, column: &str) -> Option<usize> {
        let name = |cell: &String| cell.trim().trim_start_matches('\u{feff}').to_lowercase();
        self.header.cells.iter().position(|cell| name(cell) == column)
    }

    fn add(&mut self) -> usize {
        let last = self.rows.last_mut().unwrap_or(&mut self.header);
        if last.end.is_empty() {
            self.line_end.clone_into(&mut last.end);
        }
        let lines = last.line + last.text.matches('\n').count() + 1;
        let blank = std::mem::take(&mut self.rest);
        let line = lines + blank.matches('\n').count();
        let end = self.line_end.to_owned();
        self.rows.push(NoteTableRow { blank, end, line, ..NoteTableRow::default() });
        self.rows.len() - 1
    }

    fn set(&mut self, row: usize, cells: &[Cell]) {
        for (column, value) in cells {
            let Some(place) = self.place(column) else { continue };
            let row = &mut self.rows[row].cells;
            if row.len() <= place {
                row.resize(place + 1, String::new());
            }
            row[place].clone_from(value);
        }
        let row = &mut self.rows[row];
        row.text = line_of(&row.cells, self.delimiter);
    }

    fn text(&self) -> String {
        let rows = std::iter::once(&self.header).chain(&self.rows);
        let mut text: String =
            rows.flat_map(|row| [&row.blank, &row.text, &row.end]).map(String::as_str).collect();
        text.push_str(&self.rest);
        text
    }
}

/// The rows of a text, and the blank rest behind the last.
fn rows(text: &str, delimiter: u8) -> (Vec<NoteTableRow>, String) {
    let mut builder = ReaderBuilder::new();
    let builder = builder.delimiter(delimiter).flexible(true).has_headers(false);
    let mut reader = builder.from_reader(text.as_bytes());
    let (mut rows, mut record, mut begun) = (Vec::new(), StringRecord::new(), 0);
    // Texts are UTF-8 and rows may have any length, so that no row fails.
    while reader.read_record(&mut record).unwrap_or(false) {
        let ended = reader.position().byte() as usize;
        let whole = &text[begun..ended];
        let inner = whole.trim_start_matches(['\r', '\n']);
        let (blank, _) = whole.split_at(whole.len() - inner.len());
        let body = inner.trim_end_matches(['\r', '\n']);
        rows.push(NoteTableRow {
            blank: blank.to_owned(),
            text: body.to_owned(),
            end: inner[body.len()..].to_owned(),
            cells: record.iter().map(str::to_owned).collect(),
            line: text[..begun].matches('\n').count() + blank.matches('\n').count() + 1,
        });
        begun = ended;
    }
    (rows, text[begun..].to_owned())
}

fn line_of(cells: &[String], delimiter: u8) -> String {
    let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(cells);
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(cells: &[(&'static str, &str)]) -> Vec<Cell> {
        cells.iter().map(|(column, value)| (*column, (*value).to_owned())).collect()
    }

    #[test]
    fn a_new_file_names_its_columns() {
        let edited = edit("", None, &cells(&[("date", "2026-05-13"), ("rpe", "2")]));
        let head = "date,file,label,planned_minutes,rpe,feel,next_morning\n";
        assert_eq!(edited.text, format!("{head}2026-05-13,,,,2\n"));
        assert_eq!((edited.line.as_str(), edited.number), ("2026-05-13,,,,2", 2));
    }

    #[test]
    fn a_row_is_changed_and_the_others_stay_as_they_are() {
        let text = "date;label\r\n\r\n2026-05-12;\"a;b\"\r\n2026-05-13;easy\r\n";
        let edited = edit(text, Some(4), &cells(&[("label", "recovery"), ("feel", "75")]));
        let expected = "date;label;feel\r\n\r\n2026-05-12;\"a;b\"\r\n2026-05-13;recovery;75\r\n";
        assert_eq!((edited.text.as_str(), edited.number), (expected, 4));
    }

    #[test]
    fn a_row_is_added_where_the_last_has_no_end() {
        let edited = edit("Date,rpe\n2026-05-12,3", None, &cells(&[("date", "2026-05-13")]));
        assert_eq!(edited.text, "Date,rpe\n2026-05-12,3\n2026-05-13\n");
        assert_eq!(edited.number, 3);
        let quoted = edit("file\n", None, &cells(&[("file", "a,b.fit"), ("rpe", "1")]));
        assert_eq!(quoted.text, "file,rpe\n\"a,b.fit\",1\n");
    }
}
