//! Just enough of Rust's grammar to count lines and to follow paths.

use std::ops::Range;

/// The source with comments, texts and characters blanked out, every byte and line at its place.
pub fn without_texts(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut code = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = text_end(bytes, at);
        for byte in code[at..end.unwrap_or(at)].iter_mut().filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
        at = end.unwrap_or(at + 1);
    }
    String::from_utf8(code).expect("texts are blanked whole")
}

/// Where the comment, text or character that begins here ends.
fn text_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let inside_name = at > 0 && is_name(bytes[at - 1]);
    match rest {
        [b'/', b'/', ..] => Some(at + find(rest, b"\n").unwrap_or(rest.len())),
        [b'/', b'*', ..] => Some(at + 2 + find(&rest[2..], b"*/")? + 2),
        [b'r', b'"' | b'#', ..] if !inside_name => raw_text_end(bytes, at + 1),
        [b'b', b'r', b'"' | b'#', ..] if !inside_name => raw_text_end(bytes, at + 2),
        [b'"', ..] => Some(closing(bytes, at + 1, b'"')),
        [b'\'', b'\\', ..] => Some(closing(bytes, at + 1, b'\'')),
        [b'\'', ..] => character_end(bytes, at),
        _ => None,
    }
}

fn raw_text_end(bytes: &[u8], hashes_at: usize) -> Option<usize> {
    let hashes = bytes[hashes_at..].iter().take_while(|byte| **byte == b'#').count();
    let quote = hashes_at + hashes;
    (bytes.get(quote) == Some(&b'"')).then_some(())?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(quote + 1 + find(&bytes[quote + 1..], end.as_bytes())? + end.len())
}

/// Behind the next `quote` that no backslash protects.
fn closing(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    bytes.len().min(at + 1)
}

/// A quote is a character only if another follows one character later; else it is a lifetime.
fn character_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = std::str::from_utf8(&bytes[at + 1..]).ok()?;
    let end = at + 1 + rest.chars().next()?.len_utf8();
    (bytes.get(end) == Some(&b'\'')).then_some(end + 1)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The name that begins here; empty where none does.
pub fn name_at(code: &str, at: usize) -> &str {
    let end = code[at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    &code[at..end.map_or(code.len(), |length| at + length)]
}

/// Where a word, or a path such as `crate::`, stands in the code by itself.
pub fn places(code: &str, word: &str) -> Vec<usize> {
    let stands_alone = |at: &usize| {
        let before = code[..*at].bytes().next_back();
        let behind = code[at + word.len()..].bytes().next();
        let open = word.ends_with(':') || !behind.is_some_and(is_name);
        !before.is_some_and(is_name) && open
    };
    code.match_indices(word).map(|(at, _)| at).filter(stands_alone).collect()
}

/// A function or module with a body.
pub struct Block<'a> {
    pub name: &'a str,
    /// From its keyword to its closing brace.
    pub span: Range<usize>,
}

/// Everything with a body that the keyword `fn` or `mod` begins.
pub fn blocks<'a>(code: &'a str, keyword: &str) -> Vec<Block<'a>> {
    let block = |at: usize| {
        let name = name_at(code, at + keyword.len() + 1);
        let head = code[at..].find(['{', ';'])?;
        let has_body = !name.is_empty() && code.as_bytes()[at + head] == b'{';
        has_body.then(|| Block { name, span: at..body_end(code, at + head) })
    };
    places(code, keyword).into_iter().filter_map(block).collect()
}

fn body_end(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// The line of a place, from 1.
pub fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_texts_and_characters_are_blanked_in_place() {
        let pairs = [
            ("a // fn {\nb", "a        \nb"),
            ("a /* { */ b", "a         b"),
            (r#"f("{ \" }") {"#, "f(        ) {"),
            (r##"f(r#"{ " "#) {"##, "f(         ) {"),
            ("'{' => '\\'' => 'é'", "    =>      =>     "),
            ("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}"),
            ("for r in hr\"x\"", "for r in hr   "),
        ];
        for (source, code) in pairs {
            assert_eq!(without_texts(source), code);
        }
    }

    #[test]
    fn words_inside_of_names_are_no_places() {
        assert_eq!(places("super::a my_super::b super::", "super::"), [0, 21]);
        assert_eq!(places("fn fnord fn", "fn"), [0, 9]);
    }

    #[test]
    fn blocks_reach_to_their_own_brace() {
        let code = "trait T { fn a(); }\nfn b() { if c { d } }\nmod e;\nmod f { fn g() {} }";
        let names = |keyword| blocks(code, keyword).iter().map(|b| b.name).collect::<Vec<_>>();
        assert_eq!((names("fn"), names("mod")), (vec!["b", "g"], vec!["f"]));
        let b = &blocks(code, "fn")[0];
        assert_eq!(&code[b.span.clone()], "fn b() { if c { d } }");
        assert_eq!(line_of(code, b.span.start), 2);
    }
}
