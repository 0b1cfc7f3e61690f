//! Bytes of a table → text, whatever a spreadsheet has made of its encoding.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::activity::{LabelSource, LabelText};
use crate::decode::{Problem, ProblemKind};

/// The text of a table, and what had to be forgiven to read it.
pub(super) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Option<Problem>) {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (without_mark(bytes), 0));
    let (text, is_damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let detail = format!("some bytes are no text in the encoding {}", encoding.name());
    (text, is_damaged.then(|| Problem::new(ProblemKind::BadText, detail)))
}

/// UTF-16 shows in the zero beside its first character; the old Windows encoding in more bytes
/// that are no UTF-8 than letters that are.
fn without_mark(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [first, 0, ..] if *first != 0 => return UTF_16LE,
        [0, second, ..] if *second != 0 => return UTF_16BE,
        _ => {}
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let (mut letters, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    if faults > letters { WINDOWS_1252 } else { UTF_8 }
}

/// Longer than any title, and longer than what a label is looked for in.
const MAX_CHARACTERS: usize = 2000;

/// A text that may hold a label; blank ones are none, and no essay is kept whole.
pub(super) fn label(source: LabelSource, text: &str) -> Option<LabelText> {
    let text = text.trim();
    let text: String = text.chars().take(MAX_CHARACTERS).collect();
    (!text.is_empty()).then_some(LabelText { source, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(bytes: &[u8]) -> String {
        let (text, problem) = decoded(bytes);
        assert_eq!(problem, None);
        text.into_owned()
    }

    #[test]
    fn every_encoding_of_a_spreadsheet_is_read() {
        let text = "Aktivitäts-ID,Höhe";
        let wide = |to: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
            text.encode_utf16().flat_map(to).collect()
        };
        assert_eq!(sound(text.as_bytes()), text);
        assert_eq!(sound(format!("\u{feff}{text}").as_bytes()), text);
        assert_eq!(sound(b"Aktivit\xe4ts-ID,H\xf6he"), text);
        for to in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(sound(&wide(to, text)), text);
            assert_eq!(sound(&wide(to, &format!("\u{feff}{text}"))), text);
        }
        assert_eq!(sound(b""), "");
    }

    #[test]
    fn one_damaged_byte_does_not_change_the_encoding() {
        let (text, problem) = decoded(b"\xc3\xa4\xc3\xb6 \xff");
        assert_eq!(text, "äö \u{fffd}");
        assert_eq!(problem.unwrap().kind, ProblemKind::BadText);
    }

    #[test]
    fn blank_texts_are_none() {
        assert_eq!(label(LabelSource::Title, " \n"), None);
        assert_eq!(label(LabelSource::Title, " a ").unwrap().text, "a");
        assert_eq!(
            label(LabelSource::Title, &"ä".repeat(9000)).unwrap().text.chars().count(),
            2000
        );
    }
}
