//! The cells of one row of a side file.

use chrono::NaiveDate;
use serde::Serialize;

use crate::csv_table::StringRecord;
use crate::session::SessionKind;

use super::super::allowed::Allowed;
use super::super::suggestion::{did_you_mean, nearest};
use super::problems::SideFileProblems;

/// What a free text says about the kind of a session; built from all label words.
pub(in crate::settings) type KindOf<'f> = &'f dyn Fn(&str) -> Option<SessionKind>;

/// What a plan or a note says about the kind of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedLabel {
    /// The text as it was written: untrusted.
    pub text: String,
    /// Its meaning; `None` where it says `none`: expressly no kind at all.
    pub kind: Option<SessionKind>,
}

/// The cells of one row.
#[derive(Debug)]
pub struct Cells<'s> {
    pub(super) header: &'s [Option<&'static str>],
    pub(super) record: &'s StringRecord,
    /// The line on which the row begins.
    pub line: usize,
    /// What stands between two cells; where it is no comma, numbers may be written with one.
    pub(super) delimiter: char,
    pub(super) problems: &'s SideFileProblems,
}

impl Cells<'_> {
    pub(super) fn require_known_width(&self) {
        let (found, known) = (self.record.len(), self.header.len());
        let is_over = self.record.iter().skip(known).any(|cell| !cell.trim().is_empty());
        if is_over {
            let problem = format!(
                "{found} cells under {known} columns; put texts that hold a separator in quotation marks"
            );
            self.reject("", problem);
        }
    }

    /// A quotation mark that closes on a later line may take in rows that were to be read.
    pub(super) fn warn_of_rows_within(&self) {
        let behind_first = |cell: &'_ str| -> Vec<String> {
            cell.split(['\n', '\r']).skip(1).map(str::to_owned).collect()
        };
        let within = self.record.iter().flat_map(behind_first).filter(|line| self.is_row(line));
        let count = within.count();
        if count > 0 {
            let what = if count == 1 { "a row, which is" } else { "rows, which are" };
            let problem = format!(
                "the text in quotation marks goes on over the next lines, with what looks like {what} not \
                 read; close the quotation mark on its own line"
            );
            self.problems.warning(self.line, "", problem);
        }
    }

    fn is_row(&self, line: &str) -> bool {
        let cells: Vec<&str> = line.split(self.delimiter).map(str::trim).collect();
        let is_dated = cells.iter().any(|cell| is_iso(cell));
        (cells.len() > 1 && is_dated) || (cells.len() > 2 && cells.len() >= self.header.len())
    }

    /// Reports a cell, or with an empty column the row, as wrong.
    pub fn reject(&self, column: &str, problem: String) {
        self.problems.error(self.line, column, problem);
    }

    /// A text; blank is absent.
    pub fn text(&self, column: &str) -> Option<&str> {
        let place = self.header.iter().position(|name| *name == Some(column))?;
        self.record.get(place).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// A calendar date.
    pub fn date(&self, column: &str) -> Option<NaiveDate> {
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
    pub fn number(&self, column: &str, allowed: &Allowed) -> Option<f64> {
        let text = self.text(column)?;
        let plain = if self.delimiter == ',' { text.to_owned() } else { text.replace(',', ".") };
        let number = plain.parse().ok().filter(|number| allowed.contains(*number));
        if number.is_none() {
            self.reject(column, allowed.refusal(&format!("`{text}`")));
        }
        number
    }

    /// One word of a fixed list, in any case.
    pub fn choice<T: Copy>(&self, column: &str, choices: &[(&str, T)]) -> Option<T> {
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
    pub fn label(&self, column: &str, kind_of: KindOf<'_>) -> Option<StatedLabel> {
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
