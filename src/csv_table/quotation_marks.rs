//! Quotation marks that open a cell and never close it, so that it would swallow the rows behind.

use std::ops::Range;

/// The lines on which one stands, with their ends, in order.
///
/// A cell over several lines has to end where its quotation mark does: `"a` on one line and
/// `"b"` on the next are two cells of which the first was left open.
pub(super) fn unclosed(text: &[u8], delimiter: u8) -> Vec<Range<usize>> {
    let (mut lines, mut from) = (Vec::new(), 0);
    while let Some(opened) = opening(text, delimiter, from) {
        from = closing(text, delimiter, opened + 1).unwrap_or_else(|| {
            let line = line_around(text, opened);
            let behind = line.end;
            lines.push(line);
            behind
        });
    }
    lines
}

/// The first quotation mark from here on that begins a cell.
fn opening(text: &[u8], delimiter: u8, from: usize) -> Option<usize> {
    (from..text.len()).find(|at| {
        let begins = |before: u8| before == delimiter || is_line_end(before);
        text[*at] == b'"' && at.checked_sub(1).is_none_or(|before| begins(text[before]))
    })
}

/// Where the cell that begins here has ended; `None` where it would swallow what is not its own.
fn closing(text: &[u8], delimiter: u8, begin: usize) -> Option<usize> {
    let Some(mark) = lone_mark(text, begin) else {
        let behind = line_around(text, begin - 1).end;
        return text[behind..].trim_ascii().is_empty().then_some(text.len());
    };
    let next = text[mark + 1..].iter().copied().find(|byte| *byte != b' ');
    let ends = next.is_none_or(|byte| byte == delimiter || is_line_end(byte));
    let is_one_line = || !text[begin..mark].iter().copied().any(is_line_end);
    (ends || is_one_line()).then_some(mark + 1)
}

/// The first quotation mark that is not written twice.
fn lone_mark(text: &[u8], begin: usize) -> Option<usize> {
    let mut at = begin;
    loop {
        at += text.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if text.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

fn line_around(text: &[u8], at: usize) -> Range<usize> {
    let begin = text[..at].iter().rposition(|byte| is_line_end(*byte)).map_or(0, |end| end + 1);
    let end = text[at..].iter().position(|byte| is_line_end(*byte));
    let end = end.map_or(text.len(), |end| at + end + 1);
    let is_pair = text[begin..end].ends_with(b"\r") && text.get(end) == Some(&b'\n');
    begin..end + usize::from(is_pair)
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<&str> {
        unclosed(text.as_bytes(), b',').into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn what_is_closed_is_no_fault() {
        for text in [
            "",
            "a,b\n1,\"x, \"\"y\"\"\n\n2,3\" ,z\n",
            "1,\"\"\n2,\"\"\"\"\n",
            "1,5\" screen\n2,x\n",
            "1,\"x\" y\n2,z\n",
            "1,2\n3,\"nothing stands behind it\n \n",
        ] {
            assert_eq!(lines(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn each_open_mark_is_found_by_its_line() {
        assert_eq!(lines("a,b\r\n1,\"x\r\n2,y\r\n"), ["1,\"x\r\n"]);
        assert_eq!(lines("1,\"x\r2,\"y\"\r3,\"z\r4,\r"), ["1,\"x\r", "3,\"z\r"]);
        assert_eq!(lines("\"a,b\n1,x\n"), ["\"a,b\n"]);
        assert_eq!(lines("1,\"x\"\"\n2,y\n"), ["1,\"x\"\"\n"]);
    }
}
