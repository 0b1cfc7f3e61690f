//! Nothing unfinished and no path of anybody's machine is left lying about.

use crate::tree::File;
use crate::{assert_none, tree};

/// In halves, so that this list does not offend against itself.
const FORBIDDEN: [&str; 6] = [
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/tm", "p/"),
    concat!("/wo", "rk/"),
];

fn offences(file: &File) -> Vec<String> {
    let lines = file.text.lines().enumerate();
    let found = lines.flat_map(|(index, line)| {
        let words = FORBIDDEN.iter().filter(move |word| line.contains(**word));
        words.map(move |word| format!("{}:{}: `{word}`", file.path, index + 1))
    });
    found.collect()
}

#[test]
fn no_forbidden_words() {
    assert_none(&tree::files().iter().flat_map(offences).collect::<Vec<_>>());
}

#[test]
fn a_forbidden_word_is_found() {
    let text = format!("fine\nfn f() {{ {}() }}\n", FORBIDDEN[0]);
    let file = File { path: "src/a.rs".to_owned(), text };
    assert_eq!(offences(&file), [format!("src/a.rs:2: `{}`", FORBIDDEN[0])]);
}
