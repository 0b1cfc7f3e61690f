//! Bytes of a table → text, whatever a spreadsheet has made of its encoding.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a table, without byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'b> {
    /// The text; what could not be read is U+FFFD.
    pub text: Cow<'b, str>,
    /// Where some bytes could not be read.
    pub damage: Option<EncodingDamage>,
}

/// Bytes that are no text in the encoding of their table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EncodingDamage {
    /// The name of the encoding.
    pub encoding: &'static str,
    /// The line of the first of them, from 1.
    pub line: usize,
}

impl fmt::Display for EncodingDamage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "some bytes are no text in the encoding {}", self.encoding)
    }
}

/// The text of a table.
pub fn decode(bytes: &[u8]) -> Text<'_> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (without_mark(bytes), 0));
    let (text, is_damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let damage = is_damaged.then(|| {
        let first = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
        let line = super::rows::line_breaks(&text.as_bytes()[..first]) + 1;
        EncodingDamage { encoding: encoding.name(), line }
    });
    Text { text, damage }
}

/// So many bytes are enough to see the zeros of UTF-16.
const HEAD_BYTES: usize = 4096;
/// One character in so many at least is a digit, a separator or another one with a zero.
const CHARACTERS_PER_ZERO: usize = 16;

/// The encoding where no mark names it: UTF-16 shows in zeros that all stand on one side of their
/// characters, the old Windows encoding in more bytes that are no UTF-8 than letters that are.
fn without_mark(bytes: &[u8]) -> &'static Encoding {
    let (pairs, _) = bytes[..bytes.len().min(HEAD_BYTES)].as_chunks::<2>();
    let zeros = |side: usize| pairs.iter().filter(|pair| pair[side] == 0).count();
    let (low, high) = (zeros(0), zeros(1));
    if low.max(high) * CHARACTERS_PER_ZERO > pairs.len() {
        return if high > low { UTF_16LE } else { UTF_16BE };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn intact(bytes: &[u8]) -> String {
        let Text { text, damage } = decode(bytes);
        assert_eq!(damage, None);
        text.into_owned()
    }

    #[test]
    fn every_encoding_of_a_spreadsheet_is_read() {
        let wide = |to: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
            text.encode_utf16().flat_map(to).collect()
        };
        for text in
            ["Aktivitäts-ID,Höhe", "活动 ID,活动日期,活动名称\n1,2026年3月10日 07:00:00,跑步"]
        {
            assert_eq!(intact(text.as_bytes()), text);
            assert_eq!(intact(format!("\u{feff}{text}").as_bytes()), text);
            for to in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(intact(&wide(to, text)), text);
                assert_eq!(intact(&wide(to, &format!("\u{feff}{text}"))), text);
            }
        }
        assert_eq!(intact(b"Aktivit\xe4ts-ID,H\xf6he"), "Aktivitäts-ID,Höhe");
        assert_eq!(intact(b""), "");
    }

    #[test]
    fn one_damaged_byte_does_not_change_the_encoding() {
        let Text { text, damage } = decode(b"\xc3\xa4\xc3\xb6\n \xff");
        assert_eq!(text, "äö\n \u{fffd}");
        assert_eq!(damage, Some(EncodingDamage { encoding: "UTF-8", line: 2 }));
    }
}
