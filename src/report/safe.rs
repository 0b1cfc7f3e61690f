//! Texts from files on a terminal: shown, never obeyed.

use std::fmt::Write;

/// A text without anything that moves the cursor, changes colours or turns the direction of
/// writing, cut to so many characters.
pub fn safe(text: &str, longest: usize) -> String {
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
    // Outside its strings JSON has none of these characters.
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        let is_break = matches!(c, '\u{2028}' | '\u{2029}');
        let is_control = matches!(c, '\u{7f}'..='\u{9f}');
        if is_break || is_control || turns_direction(c) {
            // Writing into a string cannot fail.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
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
        let said = "a\u{85}b\u{9b}31m\u{202e}c\u{2028}d\u{2029}é\u{1b}";
        let json = escaped(&serde_json::to_string(said).unwrap());
        assert!(json.chars().all(|c| c == 'é' || c.is_ascii_graphic()), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), said);
    }

    #[test]
    fn escapes_and_turned_writing_are_taken_out() {
        assert_eq!(safe("a\u{1b}[31mred\u{202e}b\nc\td", 40), "a[31mredb c d");
        assert_eq!(safe("abcdef", 4), "abc…");
        assert_eq!(safe("abcd", 4), "abcd");
    }
}
