//! Which format a JSON text is, by the keys at its beginning.

use crate::decode::text;

/// So much is looked at; the keys that tell formats apart stand before the samples.
const HEAD_BYTES: usize = 64 << 10;

/// Whether a file begins as JSON and has all of these keys near its beginning.
pub fn has_keys(bytes: &[u8], keys: &[&str]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0);
    if !first.is_some_and(|first| matches!(first, b'{' | b'[' | 0xef | 0xfe | 0xff)) {
        return false;
    }
    let head = text::decode(head).text;
    let begins = head.trim_start().starts_with(['{', '[']);
    begins && keys.iter().all(|key| has_key(&head, key))
}

fn has_key(text: &str, key: &str) -> bool {
    text.match_indices(key).any(|(at, _)| {
        let rest = &text[at + key.len()..];
        let is_name = text[..at].ends_with('"') && rest.starts_with('"');
        is_name && rest[1..].trim_start().starts_with(':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_no_values_and_no_parts_of_keys() {
        let has = |text: &str, key| has_keys(text.as_bytes(), &[key]);
        assert!(has("\u{feff} {\"a\" : 1}", "a"));
        assert!(has("[{\"b\":{\"a\":1}}]", "a"));
        assert!(!has("{\"b\":\"a\"}", "a"));
        assert!(!has("{\"ab\":1}", "a"));
        assert!(!has("\"a\":1", "a"));
        assert!(!has("<a>{\"a\":1}</a>", "a"));
    }
}
