//! Text → rows that know their line.

use csv::StringRecord;

use crate::decode::{Place, Problem, ProblemKind};

/// The rows of a table, header included.
#[derive(Debug)]
pub(super) struct Sheet<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    /// Up to here line breaks are counted.
    counted: usize,
    line: usize,
}

/// Far more than any export has, and few enough to bound what a line of separators costs.
const MAX_SEPARATORS: usize = 10_000;

impl<'t> Sheet<'t> {
    /// The rows of a text; refused where a line has more cells than any table.
    pub(super) fn new(text: &'t str) -> Result<Self, Problem> {
        let delimiter = delimiter(text.trim_start().lines().next().unwrap_or_default());
        if let Some(at) = too_many_separators(text.as_bytes(), delimiter) {
            let detail = format!("more than {MAX_SEPARATORS} cells in one line");
            let place = Place::Line(breaks(&text.as_bytes()[..at]) as u32 + 1);
            return Err(Problem::at(place, ProblemKind::LimitExceeded, detail));
        }
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        Ok(Self { text, reader, counted: 0, line: 1 })
    }

    /// Reads the next row into `row` and says on which line it begins.
    pub(super) fn read(&mut self, row: &mut StringRecord) -> Option<usize> {
        // The text is sound UTF-8 and any number of cells is allowed, so no row can fail.
        self.reader.read_record(row).ok().filter(|is_row| *is_row)?;
        let bytes = self.text.as_bytes();
        let behind_last = row.position().map_or(0, |position| position.byte() as usize);
        let blank = bytes.iter().skip(behind_last).take_while(|byte| matches!(byte, b'\n' | b'\r'));
        let begin = (behind_last + blank.count()).min(bytes.len());
        self.line += breaks(&bytes[self.counted.min(begin)..begin]);
        self.counted = begin;
        Some(self.line)
    }
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
fn breaks(bytes: &[u8]) -> usize {
    let is_end = |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(is_end).count()
}

/// Strava writes commas; spreadsheets that save the table again may not.
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
            let mut sheet = Sheet::new(&text).unwrap();
            let mut row = StringRecord::new();
            let lines: Vec<usize> = std::iter::from_fn(|| sheet.read(&mut row)).collect();
            assert_eq!(lines, [1, 2, 7], "{end:?}");
        }
    }

    #[test]
    fn separators_of_spreadsheets_are_known() {
        for (text, cells) in [("a,b;c,d\n", 3), ("a;b,c;d\n", 3), ("a\tb\tc\td\n", 4), ("a", 1)] {
            let mut row = StringRecord::new();
            Sheet::new(text).unwrap().read(&mut row);
            assert_eq!(row.len(), cells, "{text}");
        }
    }

    #[test]
    fn a_line_of_nothing_but_separators_is_refused() {
        let text = format!("a,b\n{}", ",".repeat(1_000_000));
        let problem = Sheet::new(&text).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::LimitExceeded);
        assert_eq!(problem.place, Some(Place::Line(2)));
    }
}
