//! Files and functions stay short enough to be read at one go.

use crate::assert_none;
use crate::source::{Declaration, Source, sources};

const LONGEST_FILE: usize = 300;
const LONGEST_FUNCTION: usize = 60;
const MEDIAN_FUNCTION: usize = 10;

fn offences(source: &Source) -> Vec<String> {
    let Source { path, lines, contents, .. } = source;
    let file = format!("src/{path} has {lines} lines, more than {LONGEST_FILE}");
    let long = contents.functions.iter().filter(|function| length(function) > LONGEST_FUNCTION);
    let functions = long.map(|function| {
        let (Declaration { name, first_line, .. }, lines) = (function, length(function));
        format!("src/{path}:{first_line}: `{name}` has {lines} lines, more than {LONGEST_FUNCTION}")
    });
    (*lines > LONGEST_FILE).then_some(file).into_iter().chain(functions).collect()
}

fn length(function: &Declaration) -> usize {
    function.last_line - function.first_line + 1
}

/// The length that half of the functions do not exceed; tests read differently and do not count.
fn median(sources: &[Source]) -> usize {
    let functions = sources.iter().flat_map(|source| &source.contents.functions);
    let mut lengths: Vec<usize> =
        functions.filter(|function| !function.in_test).map(length).collect();
    lengths.sort_unstable();
    lengths[lengths.len() / 2]
}

#[test]
fn files_and_functions_are_short() {
    assert_none(&sources().iter().flat_map(offences).collect::<Vec<_>>());
}

#[test]
fn half_of_the_functions_are_very_short() {
    let median = median(&sources());
    assert!(median <= MEDIAN_FUNCTION, "the median function has {median} lines");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    fn source(text: String) -> Source {
        Source::of(&File { path: "a.rs".to_owned(), text })
    }

    fn function(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "// }\n".repeat(lines - 2))
    }

    #[test]
    fn a_long_function_and_a_long_file_are_found() {
        let of = |text: String| offences(&source(text));
        assert_none(&of(function(60)));
        assert_eq!(of(function(61)), ["src/a.rs:1: `long` has 61 lines, more than 60"]);
        assert_none(&of("\n".repeat(300)));
        assert_eq!(of("\n".repeat(301)), ["src/a.rs has 301 lines, more than 300"]);
    }

    #[test]
    fn tests_are_not_in_the_median() {
        let text = [function(4), function(9), "#[test]\n".to_owned() + &function(30), function(30)];
        assert_eq!(median(&[source(text.concat())]), 9);
    }
}
