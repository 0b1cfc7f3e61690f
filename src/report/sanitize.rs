//! Texts from files on a terminal: shown, never obeyed.

use std::io::{self, Write};

/// A text without anything that moves the cursor, changes colours or turns the direction of
/// writing, cut to so many characters.
pub fn sanitize(text: &str, longest: usize) -> String {
    let plain =
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| is_harmless(*c));
    let mut shown: String = plain.clone().take(longest).collect();
    if plain.count() > longest {
        shown.pop();
        shown.push('…');
    }
    shown
}

/// A JSON text without a raw character that a terminal might obey; what it says stays the same.
pub fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for piece in pieces(json) {
        match piece {
            Piece::Plain(plain) => text.push_str(plain),
            Piece::Raw(c) => text.push_str(&escape(c)),
        }
    }
    text
}

/// Escapes JSON on its way to whoever takes it, as [`escaped`] does.
pub struct Escaping<W>(pub W);

impl<W: Write> Write for Escaping<W> {
    /// Takes whole characters, as they come from whoever writes JSON.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let json = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        pieces(json).try_for_each(|piece| match piece {
            Piece::Plain(plain) => self.0.write_all(plain.as_bytes()),
            Piece::Raw(c) => self.0.write_all(escape(c).as_bytes()),
        })?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A part of a JSON text; outside its strings there is nothing raw.
enum Piece<'a> {
    Plain(&'a str),
    Raw(char),
}

fn pieces(json: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = json;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        if is_raw(first) {
            rest = &rest[first.len_utf8()..];
            return Some(Piece::Raw(first));
        }
        let (plain, after) = rest.split_at(rest.find(is_raw).unwrap_or(rest.len()));
        rest = after;
        Some(Piece::Plain(plain))
    })
}

fn is_raw(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{7f}'..='\u{9f}') || turns_direction(c)
}

fn escape(c: char) -> String {
    format!("\\u{:04x}", u32::from(c))
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_harmless(c: char) -> bool {
    let invisible =
        matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    !c.is_control() && !turns_direction(c) && !invisible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_the_same_without_raw_control() {
        let text = "a\u{85}b\u{9b}31m\u{202e}c\u{2028}d\u{2029}é\u{1b}";
        let json = escaped(&serde_json::to_string(text).unwrap());
        assert!(json.chars().all(|c| c == 'é' || c.is_ascii_graphic()), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        let mut written = Vec::new();
        serde_json::to_writer(Escaping(&mut written), text).unwrap();
        assert_eq!(written, json.as_bytes());
    }

    #[test]
    fn escapes_and_turned_writing_are_taken_out() {
        assert_eq!(sanitize("a\u{1b}[31mred\u{202e}b\nc\td", 40), "a[31mredb c d");
        assert_eq!(sanitize("abcdef", 4), "abc…");
        assert_eq!(sanitize("abcd", 4), "abcd");
    }
}
