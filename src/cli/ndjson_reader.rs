//! Lines that somebody else wrote: numbered, a batch at a time, none longer than a bound.

use std::io::{self, BufRead, Read};

use crate::decode::{Problem, ProblemKind};

/// The longest line that is read, in bytes: a row takes a few thousand an hour, a table of an
/// export a few hundred an activity.
const LONGEST: usize = 64 << 20;
/// Lines of a batch.
const MOST_LINES: usize = 512;
/// Bytes from which a batch is full.
const MOST_BYTES: usize = 16 << 20;

/// A line and its number, from 1.
pub struct NumberedLine {
    pub number: u64,
    /// What it says, or why it was not read.
    pub bytes: Result<Vec<u8>, Problem>,
}

/// The lines of a stream.
pub struct NdjsonLines<From> {
    from: From,
    longest: usize,
    number: u64,
}

impl<From: BufRead> NdjsonLines<From> {
    /// The lines from here on.
    pub fn new(from: From) -> Self {
        Self { from, longest: LONGEST, number: 0 }
    }

    /// The next lines, blank ones left out; none at the end.
    pub fn batch(&mut self) -> io::Result<Vec<NumberedLine>> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < MOST_LINES && bytes < MOST_BYTES {
            let Some(line) = self.next()? else { break };
            bytes += line.as_ref().map_or(0, Vec::len);
            let is_blank = |line: &Vec<u8>| line.iter().all(u8::is_ascii_whitespace);
            if !line.as_ref().is_ok_and(is_blank) {
                batch.push(NumberedLine { number: self.number, bytes: line });
            }
        }
        Ok(batch)
    }

    fn next(&mut self) -> io::Result<Option<Result<Vec<u8>, Problem>>> {
        let mut line = Vec::new();
        let read = (&mut self.from).take(self.longest as u64 + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if line.ends_with(b"\n") || line.len() <= self.longest {
            return Ok(Some(Ok(line)));
        }
        self.skip_line()?;
        let detail =
            format!("the line is longer than {} bytes, the most that is read", self.longest);
        Ok(Some(Err(Problem::new(ProblemKind::LimitExceeded, detail))))
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let rest = self.from.fill_buf()?;
            let (length, is_end) = match rest.iter().position(|byte| *byte == b'\n') {
                Some(end) => (end + 1, true),
                None => (rest.len(), rest.is_empty()),
            };
            self.from.consume(length);
            if is_end {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(text: &str) -> Vec<(u64, Option<String>)> {
        let from = io::BufReader::with_capacity(3, text.as_bytes());
        let mut lines = NdjsonLines { longest: 8, ..NdjsonLines::new(from) };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim_end().to_owned();
        let batch = lines.batch().unwrap().into_iter();
        let numbered = batch.map(|line| (line.number, line.bytes.ok().map(text))).collect();
        assert!(lines.batch().unwrap().is_empty());
        numbered
    }

    #[test]
    fn what_is_too_long_is_passed_over_and_counted() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(numbered(""), []);
        assert_eq!(numbered("a\n\r\n\nb"), [(1, some("a")), (4, some("b"))]);
        let expected = [(1, some("12345678")), (2, None), (3, some("12345678")), (4, None)];
        assert_eq!(numbered("12345678\n123456789\n12345678\n1234567890123"), expected);
    }
}
