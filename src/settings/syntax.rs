//! Text → TOML tables, going on behind what cannot be read.
//!
//! A line that breaks the grammar is reported and then blanked, so that the parser sees what
//! follows as it was meant; its own recovery would report the same slip many times over.

use toml::Spanned;
use toml::de::DeTable;

use super::error::Places;

/// More faulty lines than this are a file that was never TOML.
const MAX_FAULTY_LINES: usize = 20;

/// What could be read of a text.
#[derive(Debug)]
pub(super) struct Readable {
    /// The text with the faulty lines blanked; every byte keeps its place.
    pub(super) text: String,
    /// What was wrong: byte offset and sentence.
    pub(super) faults: Vec<(usize, String)>,
    /// Lines (from 0) about which nothing else may be said, because the fault misplaces them.
    pub(super) doubtful: Vec<usize>,
}

/// Finds the part of a text that is TOML.
pub(super) fn readable(text: &str) -> Readable {
    let places = Places::of(text);
    let mut readable = Readable { text: text.to_owned(), faults: Vec::new(), doubtful: Vec::new() };
    while let Some((at, problem)) = first_fault(&readable.text) {
        let line = places.line_index(at);
        let in_list_from_above =
            problem.contains("array") && !text[places.line(line).start..at].contains('[');
        // A blank line cannot be blanked again, so this also keeps the loop from running for ever.
        let lost = in_list_from_above
            || readable.text[places.line(line)].trim().is_empty()
            || readable.faults.len() == MAX_FAULTY_LINES;
        readable.faults.push((at, plain(&problem, in_list_from_above)));
        if lost {
            readable.give_up(&places, line);
            break;
        }
        readable.blank(text, &places, line);
    }
    readable
}

/// The parser's sentence in the words of somebody who does not know TOML.
fn plain(problem: &str, in_list_from_above: bool) -> String {
    if problem.starts_with("string values must be quoted") {
        return "a text must stand in quotation marks, and a key needs a value".to_owned();
    }
    let hint = if in_list_from_above { " (is the list above closed with `]`?)" } else { "" };
    format!("{problem}{hint}")
}

/// The fault that stands first in the text.
fn first_fault(text: &str) -> Option<(usize, String)> {
    let (_, errors) = DeTable::parse_recoverable(text);
    errors
        .iter()
        .map(|error| (error.span().map_or(0, |span| span.start.min(text.len())), error))
        .min_by_key(|(at, _)| *at)
        .map(|(at, error)| (at, error.message().to_owned()))
}

impl Readable {
    /// The tables that could be read.
    pub(super) fn tables(&self) -> Spanned<DeTable<'_>> {
        DeTable::parse_recoverable(&self.text).0
    }

    fn blank(&mut self, original: &str, places: &Places<'_>, line: usize) {
        let range = places.line(line);
        self.text.replace_range(range.clone(), &" ".repeat(range.len()));
        self.doubtful.push(line);
        if original[range].trim_start().starts_with('[') {
            self.doubt_orphans(original, places, line + 1);
        }
    }

    /// Without its head a table's keys seem to belong to the table before it.
    fn doubt_orphans(&mut self, original: &str, places: &Places<'_>, from: usize) {
        let last = places.line_index(original.len());
        let is_orphan = |line: &usize| !original[places.line(*line)].trim_start().starts_with('[');
        self.doubtful.extend((from..=last).take_while(is_orphan));
    }

    fn give_up(&mut self, places: &Places<'_>, line: usize) {
        let from = places.line(line).start;
        let rest: String =
            self.text[from..].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        self.text.replace_range(from.., &rest);
        self.doubtful.extend(line..=places.line_index(self.text.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault_places(text: &str) -> Vec<(usize, usize)> {
        let places = Places::of(text);
        readable(text).faults.iter().map(|(at, _)| places.line_and_column(*at)).collect()
    }

    #[test]
    fn each_faulty_line_is_named_once_and_the_rest_is_read() {
        let text = "units = metric\nx = 2026-02-30\n[zones\nmodel = 1\n[plan]\nfile = \"a\"\nb 1\n";
        assert_eq!(fault_places(text), [(1, 9), (2, 5), (3, 7), (7, 3)]);
        let readable = readable(text);
        assert_eq!(readable.doubtful, [0, 1, 2, 3, 6]);
        assert!(readable.tables().get_ref().contains_key("plan"));
    }

    #[test]
    fn an_open_list_is_one_fault() {
        let text = "a = 1\nb = [1, 2\n[c]\nd = 1\ne = \"f\"\n";
        let readable = readable(text);
        assert_eq!(fault_places(text), [(3, 1)]);
        assert!(readable.faults[0].1.ends_with("(is the list above closed with `]`?)"));
        assert!(readable.tables().get_ref().contains_key("a"));
    }

    #[test]
    fn a_file_that_was_never_toml_is_given_up() {
        assert_eq!(readable(&"one two\n".repeat(100)).faults.len(), MAX_FAULTY_LINES + 1);
    }
}
