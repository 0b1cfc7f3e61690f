//! Bytes of an XML file → UTF-8 text, whatever encoding they are in.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Location, Problem, ProblemKind};

/// The text of a file, without byte order mark.
pub(super) struct DecodedText<'a> {
    pub(super) text: Cow<'a, str>,
    /// Says so where some bytes were no text in the file's encoding.
    pub(super) damage: Option<Problem>,
}

/// The whole text; what cannot be read becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> DecodedText<'_> {
    let (encoding, mark) = encoding_of(bytes);
    let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let text = without_marks(text);
    let damage = (damaged || text.contains('\0')).then(|| {
        let first = text.find([char::REPLACEMENT_CHARACTER, '\0']).unwrap_or(0);
        let detail = format!("some bytes are no text in the encoding {}", encoding.name());
        Problem::at(line_at(&text, first), ProblemKind::BadText, detail)
    });
    DecodedText { text, damage }
}

/// Joined and re-encoded files begin with several byte order marks.
fn without_marks(text: Cow<'_, str>) -> Cow<'_, str> {
    const MARK: char = '\u{feff}';
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches(MARK)),
        Cow::Owned(text) if text.starts_with(MARK) => {
            Cow::Owned(text.trim_start_matches(MARK).to_owned())
        }
        Cow::Owned(text) => Cow::Owned(text),
    }
}

/// The line on which a byte of the text stands.
pub(super) fn line_at(text: &str, offset: usize) -> Location {
    let before = &text.as_bytes()[..offset.min(text.len())];
    Location::Line(before.split(|&byte| byte == b'\n').count() as u32)
}

/// The text without blanks around it. Most texts have none, which their ends show: to look for the blanks of every
/// script takes far longer.
pub(super) fn trimmed(text: &str) -> &str {
    let ends = [text.as_bytes().first(), text.as_bytes().last()];
    if ends.iter().flatten().all(|end| end.is_ascii_graphic()) { text } else { text.trim() }
}

/// The beginning of a text in at most so many bytes, no character torn.
pub(super) fn beginning(text: &str, max_bytes: usize) -> &str {
    let end = text.char_indices().map(|(at, character)| at + character.len_utf8());
    let end = end.take_while(|&end| end <= max_bytes).last().unwrap_or(0);
    if text.len() <= max_bytes { text } else { &text[..end] }
}

/// Enough for any prologue seen, and little enough to try on every file of a folder.
const HEAD_BYTES: usize = 64 << 10;

/// The outermost element's name without prefix, as far as the first bytes show one.
pub(super) fn root_element(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    if !begins_with_markup(head) {
        return None;
    }
    let head = decode(head).text;
    let mut reader = Reader::from_str(&head);
    loop {
        let at = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return Some(tag.local_name().as_ref().to_owned());
            }
            Ok(Event::Text(text)) if text.trim().is_empty() => {}
            Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_)) => {}
            Ok(_) => return None,
            Err(_) => return unfinished_tag(head.get(at..)?),
        }
    }
}

/// Spares every binary file of a folder from being taken for a text.
fn begins_with_markup(bytes: &[u8]) -> bool {
    let (_, mark) = encoding_of(bytes);
    let mut bytes = bytes[mark..].iter().filter(|byte| !byte.is_ascii_whitespace() && **byte != 0);
    bytes.next() == Some(&b'<')
}

/// The name in a start tag that the end of the file cuts off: still a file of that format.
fn unfinished_tag(text: &str) -> Option<String> {
    let name = text.strip_prefix('<')?.split_whitespace().next()?;
    let local = name.rsplit(':').next()?;
    local.chars().all(char::is_alphanumeric).then(|| local.to_owned())
}

/// The encoding and the length of the byte order mark.
fn encoding_of(bytes: &[u8]) -> (&'static Encoding, usize) {
    Encoding::for_bom(bytes).unwrap_or_else(|| {
        let encoding = wide_encoding(bytes).or_else(|| declared_encoding(bytes));
        (encoding.unwrap_or(UTF_8), 0)
    })
}

/// UTF-16 without a mark shows in the zero beside the first `<`.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let first = bytes.iter().position(|byte| !blank(byte))?;
    let zero_at = |index: Option<usize>| index.and_then(|i| bytes.get(i)) == Some(&0);
    match first % 2 {
        _ if bytes[first] != b'<' => None,
        0 if zero_at(first.checked_add(1)) => Some(UTF_16LE),
        1 if zero_at(first.checked_sub(1)) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding named by `<?xml … encoding="…"?>`.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let declaration = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &declaration[..declaration.iter().position(|&byte| byte == b'>')?];
    let declaration = str::from_utf8(declaration).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
    // The declaration was just read byte by byte, so the file is not UTF-16 whatever it claims:
    // it was converted and its declaration forgotten.
    (encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    fn sound(bytes: &[u8]) -> String {
        let decoded = decode(bytes);
        assert_eq!(decoded.damage, None);
        decoded.text.into_owned()
    }

    #[test]
    fn utf8_is_borrowed_with_and_without_mark() {
        let decoded = decode("<a>é</a>".as_bytes());
        assert!(matches!(decoded.text, Cow::Borrowed("<a>é</a>")));
        let marked = decode("\u{feff}\u{feff}<a>é</a>".as_bytes());
        assert!(matches!(marked.text, Cow::Borrowed("<a>é</a>")));
    }

    #[test]
    fn utf16_is_told_by_its_mark_or_by_its_zeros() {
        let text = "  <?xml version='1.0' encoding='UTF-16'?><a>é</a>";
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(sound(&utf16(text, to_bytes)), text);
            assert_eq!(sound(&utf16(&format!("\u{feff}{text}"), to_bytes)), text);
            assert_eq!(sound(&utf16(&format!("\u{feff}\u{feff}{text}"), to_bytes)), text);
        }
    }

    #[test]
    fn the_declaration_names_eight_bit_encodings() {
        for label in ["ISO-8859-1", "windows-1252", "latin1"] {
            let bytes =
                [format!("  <?xml version=\"1.0\" encoding = '{label}'?>").as_bytes(), b"\xe9"]
                    .concat();
            assert!(sound(&bytes).ends_with('é'), "{label}");
        }
    }

    #[test]
    fn a_declaration_that_cannot_be_true_is_ignored() {
        let text = "<?xml version='1.0' encoding='UTF-16'?><a>é</a>";
        assert_eq!(sound(text.as_bytes()), text);
        let unknown = "<?xml version='1.0' encoding='no-such'?><a>é</a>";
        assert_eq!(sound(unknown.as_bytes()), unknown);
    }

    #[test]
    fn damaged_text_is_kept_and_told_with_its_line() {
        let decoded = decode(b"<a>\n\xff</a>");
        assert_eq!(decoded.text, "<a>\n\u{fffd}</a>");
        let damage = decoded.damage.unwrap();
        assert_eq!((damage.kind, damage.place), (ProblemKind::BadText, Some(Location::Line(2))));
    }

    #[test]
    fn the_root_is_found_behind_every_prologue() {
        let root = |text: &str| root_element(text.as_bytes());
        let gpx = Some("gpx".to_owned());
        assert_eq!(root("<gpx/>"), gpx);
        assert_eq!(root("\u{feff} \n<?xml version='1.0'?><!-- <a> --><g:gpx v='1'>"), gpx);
        assert_eq!(root("<!DOCTYPE gpx [<!ENTITY a \"]>\">]><gpx>"), gpx);
        assert_eq!(root("<gpx version=\"1."), gpx);
        assert_eq!(root_element(&utf16("\u{feff}<gpx>", u16::to_be_bytes)), gpx);
        for other in ["", "   ", "gpx", "x<gpx>", "<", "<!-- <gpx>", "&gpx;<gpx>"] {
            assert_eq!(root(other), None, "{other}");
        }
        assert_eq!(root("<TrainingCenterDatabase>").as_deref(), Some("TrainingCenterDatabase"));
    }
}
