//! Tables kept by hand or exported from a spreadsheet: the reader that plan and notes share.
//!
//! Columns are found by name, in any order. What cannot be right is an error and the file is
//! refused, with every error at once; what may be meant for other eyes is left out with a warning.

use std::cell::RefCell;
use std::fmt;

use chrono::NaiveDate;

use crate::session::SessionKind;

use super::allowed::Allowed;
use super::error::Places;
use super::suggestion::{did_you_mean, nearest};

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

/// What a plan or a note says about the kind of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedLabel {
    /// The text as it was written: untrusted.
    pub text: String,
    /// Its meaning; `None` where it says `none`: expressly no kind at all.
    pub kind: Option<SessionKind>,
}

/// What a free text says about the kind of a session; built from all label words.
pub(super) type KindOf<'f> = &'f dyn Fn(&str) -> Option<SessionKind>;

/// The rows of a sound file, and what was left out of it.
pub(super) type Sheet<Row> = (Vec<Row>, Vec<SideFileProblem>);

/// Whether the first line names one of the needed columns and another one that is known.
pub(super) fn has_columns(bytes: &[u8], columns: &[&str], needed: &[&str]) -> bool {
    let text = decoded(bytes);
    let header =
        text.trim_start_matches('\u{feff}').trim_start().lines().next().unwrap_or_default();
    let delimiter = char::from(delimiter_of(header));
    let names: Vec<String> =
        header.split(delimiter).map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let named = |column: &&&str| names.iter().any(|name| name == **column);
    needed.iter().any(|column| named(&column)) && columns.iter().filter(named).count() > 1
}

/// Reads every row that is not blank; `needed` are columns of which one must be there.
pub(super) fn read<Row>(
    bytes: &[u8],
    columns: &[&'static str],
    needed: &[&'static str],
    read_row: impl Fn(&Cells<'_>) -> Row,
) -> Result<Sheet<Row>, Vec<SideFileProblem>> {
    let text = decoded(bytes);
    let places = Places::of(&text);
    let problems = Problems::default();
    let delimiter = delimiter_of(text.trim_start().lines().next().unwrap_or_default());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let header = match records.next() {
        Some(Ok(record)) => read_header(&record, columns, needed, &problems),
        _ => return Err(vec![empty_file(columns)]),
    };
    // The text is sound UTF-8 and any number of cells is allowed, so no record can fail.
    let rows = records
        .filter_map(Result::ok)
        .filter(|record| record.iter().any(|cell| !cell.is_empty()))
        .map(|record| {
            let line = line_of(&record, &text, &places);
            let decimal_comma = delimiter != b',';
            let cells = Cells { header: &header, record, line, decimal_comma, problems: &problems };
            cells.require_known_width();
            read_row(&cells)
        })
        .collect();
    problems.into_result(rows)
}

/// Spreadsheets write UTF-8, UTF-16 with a mark, or the old Windows encoding.
fn decoded(bytes: &[u8]) -> String {
    let (text, _, is_damaged) = encoding_rs::UTF_8.decode(bytes);
    if !is_damaged {
        return text.into_owned();
    }
    encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned()
}

/// The most frequent of the usual delimiters in the line of column names.
fn delimiter_of(header: &str) -> u8 {
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    let best = [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter));
    best.unwrap_or(b',')
}

/// The line on which a record begins; its stated position is where the one before it ended.
fn line_of(record: &csv::StringRecord, text: &str, places: &Places<'_>) -> usize {
    let after_last = record.position().map_or(0, |position| position.byte() as usize);
    let breaks = text.as_bytes()[after_last.min(text.len())..].iter();
    let blank = breaks.take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    places.line_index(after_last + blank) + 1
}

fn empty_file(columns: &[&'static str]) -> SideFileProblem {
    let problem =
        format!("the file is empty; its first line must name its columns: {}", columns.join(","));
    SideFileProblem { line: 1, column: String::new(), problem }
}

/// The known column at each place of the header.
fn read_header(
    record: &csv::StringRecord,
    columns: &[&'static str],
    needed: &[&'static str],
    problems: &Problems,
) -> Vec<Option<&'static str>> {
    let mut header: Vec<Option<&'static str>> = Vec::with_capacity(record.len());
    for name in record {
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

fn report_unknown_column(name: &str, columns: &[&'static str], problems: &Problems) {
    let suggestion = did_you_mean(name, columns.iter().copied());
    if suggestion.is_empty() {
        let problem = format!("unknown column, not read; known are {}", columns.join(", "));
        problems.warning(1, name, problem);
    } else {
        problems.error(1, name, format!("unknown column{suggestion}"));
    }
}

#[derive(Debug, Default)]
struct Problems {
    errors: RefCell<Vec<SideFileProblem>>,
    warnings: RefCell<Vec<SideFileProblem>>,
}

impl Problems {
    fn error(&self, line: usize, column: &str, problem: String) {
        let column = column.to_owned();
        self.errors.borrow_mut().push(SideFileProblem { line, column, problem });
    }

    fn warning(&self, line: usize, column: &str, problem: String) {
        let column = column.to_owned();
        self.warnings.borrow_mut().push(SideFileProblem { line, column, problem });
    }

    fn into_result<Row>(self, rows: Vec<Row>) -> Result<Sheet<Row>, Vec<SideFileProblem>> {
        let errors = self.errors.into_inner();
        if errors.is_empty() { Ok((rows, self.warnings.into_inner())) } else { Err(errors) }
    }
}

/// The cells of one row.
#[derive(Debug)]
pub(super) struct Cells<'s> {
    header: &'s [Option<&'static str>],
    record: csv::StringRecord,
    /// The line on which the row begins.
    pub(super) line: usize,
    decimal_comma: bool,
    problems: &'s Problems,
}

impl Cells<'_> {
    fn require_known_width(&self) {
        let (found, known) = (self.record.len(), self.header.len());
        let is_over = self.record.iter().skip(known).any(|cell| !cell.is_empty());
        if is_over {
            let problem = format!(
                "{found} cells under {known} columns; put texts that hold a separator in quotation marks"
            );
            self.reject("", problem);
        }
    }

    /// Reports a cell, or with an empty column the row, as wrong.
    pub(super) fn reject(&self, column: &str, problem: String) {
        self.problems.error(self.line, column, problem);
    }

    /// A text; blank is absent.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let place = self.header.iter().position(|name| *name == Some(column))?;
        self.record.get(place).filter(|cell| !cell.is_empty())
    }

    /// A calendar date.
    pub(super) fn date(&self, column: &str) -> Option<NaiveDate> {
        let text = self.text(column)?;
        let date = is_iso(text).then(|| text.parse().ok()).flatten();
        if date.is_none() {
            let problem =
                format!("`{text}` is not a date; write year-month-day, such as 2026-01-31");
            self.reject(column, problem);
        }
        date
    }

    /// A number in a range.
    pub(super) fn number(&self, column: &str, allowed: &Allowed) -> Option<f64> {
        let text = self.text(column)?;
        let plain = if self.decimal_comma { text.replace(',', ".") } else { text.to_owned() };
        let number = plain.parse().ok().filter(|number| allowed.contains(*number));
        if number.is_none() {
            self.reject(column, allowed.refusal(&format!("`{text}`")));
        }
        number
    }

    /// One word of a fixed list, in any case.
    pub(super) fn choice<T: Copy>(&self, column: &str, choices: &[(&str, T)]) -> Option<T> {
        let word = self.text(column)?;
        let chosen = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let suggestion = did_you_mean(word, names.iter().copied());
            let problem = format!("`{word}` is not one of {}{suggestion}", names.join(", "));
            self.reject(column, problem);
        }
        chosen.map(|(_, chosen)| *chosen)
    }

    /// The kind of session. A word that is nearly one of ours is an error; what is like none of
    /// them (a bike ride, strength training) says nothing about a run and is a warning.
    pub(super) fn label(&self, column: &str, kind_of: KindOf<'_>) -> Option<StatedLabel> {
        let text = self.text(column)?;
        let word = text.to_lowercase();
        if NO_STATEMENT.contains(&word.as_str()) {
            return None;
        }
        let kind = SessionKind::parse_word(text).or_else(|| kind_of(text));
        if kind.is_some() || word == EXPRESSLY_NONE {
            return Some(StatedLabel { text: text.to_owned(), kind });
        }
        let words = SessionKind::ALL.map(SessionKind::name);
        match nearest(text, words) {
            Some(near) => {
                self.reject(column, format!("`{text}` is no kind of run; did you mean `{near}`?"));
            }
            None => self.problems.warning(
                self.line,
                column,
                format!("`{text}` is no kind of run, not read; known are {}", words.join(", ")),
            ),
        }
        None
    }
}

/// The word with which a plan or a note takes away every label.
const EXPRESSLY_NONE: &str = "none";

/// Words of plans for days without a run: they say nothing about a run that took place anyway.
const NO_STATEMENT: &[&str] = &["-", "–", "rest", "rest day", "off"];

/// The parser of dates also takes years of any length and months of one digit.
fn is_iso(text: &str) -> bool {
    let is_digit_or_dash = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(is_digit_or_dash)
}
