//! What is wrong with a settings file, and where.

use std::fmt;
use std::ops::Range;

/// One thing wrong with the settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The key with the tables it stands in (`athlete.heart_rate.max`); empty where the text
    /// cannot be read as TOML.
    pub key: String,
    /// One plain sentence with the value, what is allowed and what to do.
    pub problem: String,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: ", self.line, self.column)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.problem)
    }
}

impl std::error::Error for SettingsError {}

/// Lines of a text by byte offset.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
}

impl<'t> Places<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, line_starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The index of the line that holds this byte, from 0.
    pub(super) fn line_index(&self, at: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= at) - 1
    }

    /// The bytes of a line, its line break not included.
    pub(super) fn line(&self, index: usize) -> Range<usize> {
        let start = self.line_starts[index];
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        start..end
    }

    /// Line and column, from 1; a place inside a character is the character's.
    pub(super) fn line_and_column(&self, at: usize) -> (usize, usize) {
        let index = self.line_index(at);
        let line = &self.text[self.line(index)];
        let before = line.char_indices().take_while(|(i, _)| self.line_starts[index] + i < at);
        (index + 1, before.count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let places = Places::of("a = \"ü\" x\r\n\nb");
        assert_eq!(places.line_and_column(0), (1, 1));
        assert_eq!(places.line_and_column(9), (1, 9));
        assert_eq!(places.line_and_column(12), (2, 1));
        assert_eq!(places.line_and_column(13), (3, 1));
        assert_eq!(places.line_and_column(14), (3, 2));
    }

    #[test]
    fn errors_read_as_a_sentence_with_a_place() {
        let error = SettingsError {
            line: 7,
            column: 9,
            key: "athlete.heart_rate.max".to_owned(),
            problem: "300 is not a heart rate (30–250)".to_owned(),
        };
        assert_eq!(
            error.to_string(),
            "line 7, column 9: athlete.heart_rate.max: 300 is not a heart rate (30–250)"
        );
    }
}
