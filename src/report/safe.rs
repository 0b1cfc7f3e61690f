//! Texts from files on a terminal: shown, never obeyed.

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

fn is_harmless(c: char) -> bool {
    let turns_direction = matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let invisible =
        matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    !c.is_control() && !turns_direction && !invisible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_turned_writing_are_taken_out() {
        assert_eq!(safe("a\u{1b}[31mred\u{202e}b\nc\td", 40), "a[31mredb c d");
        assert_eq!(safe("abcdef", 4), "abc…");
        assert_eq!(safe("abcd", 4), "abcd");
    }
}
