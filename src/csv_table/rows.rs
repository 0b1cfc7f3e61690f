//! Text → rows that know their line.

use std::ops::Range;

use super::StringRecord;
use super::quotation_marks;

/// The rows of a table, the header among them.
///
/// A cell whose quotation mark is never closed ends with its line, and the line is remembered: it
/// must not swallow the rows behind it.
#[derive(Debug)]
pub struct Rows<'t> {
    text: &'t str,
    delimiter: u8,
    reader: csv::Reader<&'t [u8]>,
    /// What is being read, and what comes behind it.
    part: TextPart,
    parts: std::vec::IntoIter<TextPart>,
    unclosed: Vec<usize>,
    /// Up to here line breaks are counted.
    counted: usize,
    line: usize,
}

/// A part of the text that is read by itself.
#[derive(Debug, Clone)]
struct TextPart {
    bytes: Range<usize>,
    /// Whether it is one line whose quotation mark is never closed.
    is_unclosed: bool,
}

/// A line with more cells than any table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {MAX_SEPARATORS} cells in one line")]
pub struct TooManyCells {
    /// The line, from 1.
    pub line: usize,
}

/// Far more than any table has, and few enough to bound what a line of separators costs.
const MAX_SEPARATORS: usize = 10_000;

impl<'t> Rows<'t> {
    /// The rows of a text, of whatever width.
    pub fn of(text: &'t str) -> Result<Self, TooManyCells> {
        let delimiter = delimiter(text.trim_start().lines().next().unwrap_or_default());
        if let Some(at) = too_many_separators(text.as_bytes(), delimiter) {
            return Err(TooManyCells { line: line_breaks(&text.as_bytes()[..at]) + 1 });
        }
        let part = TextPart { bytes: 0..0, is_unclosed: false };
        let parts = parts(text.as_bytes(), delimiter).into_iter();
        let reader = reader("", delimiter);
        let unclosed = Vec::new();
        Ok(Self { text, delimiter, reader, part, parts, unclosed, counted: 0, line: 1 })
    }

    /// What stands between two cells.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// The lines read so far on which a quotation mark opens a cell and is never closed.
    pub fn unclosed(&self) -> &[usize] {
        &self.unclosed
    }

    /// Reads the next row into `row` and says on which line it begins, from 1.
    pub fn read(&mut self, row: &mut StringRecord) -> Option<usize> {
        // The text is intact UTF-8 and any number of cells is allowed, so no row can fail.
        while !self.reader.read_record(row).ok()? {
            self.part = self.parts.next()?;
            self.reader = reader(&self.text[self.part.bytes.clone()], self.delimiter);
        }
        let bytes = self.text.as_bytes();
        let in_part = row.position().map_or(0, |position| position.byte() as usize);
        let behind_last = self.part.bytes.start + in_part;
        let blank = bytes.iter().skip(behind_last).take_while(|byte| matches!(byte, b'\n' | b'\r'));
        let begin = (behind_last + blank.count()).min(bytes.len());
        self.line += line_breaks(&bytes[self.counted.min(begin)..begin]);
        self.counted = begin;
        if self.part.is_unclosed {
            self.unclosed.push(self.line);
        }
        Some(self.line)
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    let builder = builder.delimiter(delimiter).flexible(true).has_headers(false);
    builder.from_reader(text.as_bytes())
}

/// The text, parted where a line has to be read by itself.
fn parts(text: &[u8], delimiter: u8) -> Vec<TextPart> {
    let (mut parts, mut behind) = (Vec::new(), 0);
    for line in quotation_marks::unclosed(text, delimiter) {
        parts.push(TextPart { bytes: behind..line.start, is_unclosed: false });
        behind = line.end;
        parts.push(TextPart { bytes: line, is_unclosed: true });
    }
    parts.push(TextPart { bytes: behind..text.len(), is_unclosed: false });
    parts
}

/// Where a line has one separator too many.
fn too_many_separators(text: &[u8], delimiter: u8) -> Option<usize> {
    let mut separators = 0;
    text.iter().position(|byte| {
        match byte {
            b'\n' | b'\r' => separators = 0,
            _ => separators += usize::from(*byte == delimiter),
        }
        separators > MAX_SEPARATORS
    })
}

/// `\r\n`, `\n` and `\r` each end one line.
pub(super) fn line_breaks(bytes: &[u8]) -> usize {
    let is_end = |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(is_end).count()
}

/// Most programs write commas; spreadsheets that save a table again may not.
fn delimiter(header: &str) -> u8 {
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    let best = [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter));
    best.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = "a,b\n1,\"x\n\ny\"\n\n\n2,z\n".replace('\n', end);
            let mut rows = Rows::of(&text).unwrap();
            let mut row = StringRecord::new();
            let lines: Vec<usize> = std::iter::from_fn(|| rows.read(&mut row)).collect();
            assert_eq!(lines, [1, 2, 7], "{end:?}");
        }
    }

    #[test]
    fn an_open_quotation_mark_swallows_no_row() {
        for end in ["\n", "\r\n", "\r"] {
            let text = "a,b\n\n1,\"x\n2,\"y\nz\"\n\n3,\"\n4,\"w\"\n".replace('\n', end);
            let mut rows = Rows::of(&text).unwrap();
            let mut row = StringRecord::new();
            let mut read = Vec::new();
            while let Some(line) = rows.read(&mut row) {
                read.push((line, row.get(0).unwrap().to_owned()));
            }
            let expected = [(1, "a"), (3, "1"), (4, "2"), (7, "3"), (8, "4")];
            assert_eq!(read, expected.map(|(line, cell)| (line, cell.to_owned())), "{end:?}");
            assert_eq!(rows.unclosed(), [3, 7], "{end:?}");
        }
    }

    #[test]
    fn separators_of_spreadsheets_are_known() {
        for (text, cells) in [("a,b;c,d\n", 3), ("a;b,c;d\n", 3), ("a\tb\tc\td\n", 4), ("a", 1)] {
            let mut row = StringRecord::new();
            Rows::of(text).unwrap().read(&mut row);
            assert_eq!(row.len(), cells, "{text}");
        }
    }

    #[test]
    fn a_line_of_nothing_but_separators_is_refused() {
        let text = format!("a,b\n{}", ",".repeat(1_000_000));
        assert_eq!(Rows::of(&text).unwrap_err(), TooManyCells { line: 2 });
    }
}
