//! Sentences and lists laid out on the width of a terminal.

use std::fmt::Write;

use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

use crate::report::output::Style;

/// Columns beyond which lines are hard to read, however wide the terminal is.
const WIDEST: u16 = 120;

/// Columns that a sentence may take.
pub(super) fn width(style: &Style) -> usize {
    usize::from(style.width.min(WIDEST))
}

/// One line of text.
pub(super) fn line(text: &mut String, line: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{}", line.trim_end());
}

/// A sentence folded to the width of the terminal.
pub(super) fn fold(sentence: &str, style: &Style) -> String {
    // Dates and file names have hyphens too, and must stay whole.
    let options = Options::new(width(style)).word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(sentence, options)
}

/// Parts put one after another on lines of the terminal's width, none of them broken.
pub(super) fn flow(parts: &[String], separator: &str, indent: usize, style: &Style) -> String {
    let width = width(style);
    let margin = " ".repeat(indent);
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line)
                if display_width(line) + display_width(separator) + display_width(part)
                    <= width =>
            {
                line.push_str(separator);
                line.push_str(part);
            }
            _ => lines.push(format!("{margin}{part}")),
        }
    }
    lines.join("\n")
}

/// One entry of a list; names of files stay whole.
pub(super) fn item(text: &mut String, entry: &str, style: &Style) {
    let options = Options::new(width(style))
        .initial_indent("  ")
        .subsequent_indent("    ")
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    line(text, &textwrap::fill(entry, options));
}
