//! Files and functions stay short enough to be read at one go.

use crate::code::{blocks, line_of, without_texts};
use crate::{assert_none, tree};

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

fn offences(path: &str, source: &str) -> Vec<String> {
    let lines = source.lines().count();
    let file = format!("src/{path} has {lines} lines, more than {LONGEST_FILE}");
    let code = without_texts(source);
    let functions = blocks(&code, "fn").into_iter().filter_map(|function| {
        let first = line_of(&code, function.span.start);
        let lines = line_of(&code, function.span.end) - first + 1;
        let name = function.name;
        (lines > LONGEST_FUNCTION).then(|| {
            format!("src/{path}:{first}: `{name}` has {lines} lines, more than {LONGEST_FUNCTION}")
        })
    });
    (lines > LONGEST_FILE).then_some(file).into_iter().chain(functions).collect()
}

#[test]
fn files_and_functions_are_short() {
    let sources = tree::sources();
    assert_none(
        &sources.iter().flat_map(|file| offences(&file.path, &file.text)).collect::<Vec<_>>(),
    );
}

#[test]
fn a_long_function_and_a_long_file_are_found() {
    let function = |lines: usize| format!("fn long() {{\n{}}}\n", "// }\n".repeat(lines - 2));
    assert!(offences("a.rs", &function(60)).is_empty());
    assert_eq!(offences("a.rs", &function(61)), ["src/a.rs:1: `long` has 61 lines, more than 60"]);
    assert!(offences("a.rs", &"\n".repeat(400)).is_empty());
    assert_eq!(offences("a.rs", &"\n".repeat(401)), ["src/a.rs has 401 lines, more than 400"]);
}
