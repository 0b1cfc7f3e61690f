//! Bytes of a long XML file as they come, none of its elements longer than any real one.

use std::io::{self, BufRead, Read};

use crate::decode::buffered::read_buffered;

/// Bytes of one element or text: far more than the longest that was met, the list of all element
/// names at the head of the file.
const LONGEST: usize = 1 << 20;

/// Ends with an error where an element is too long.
pub(super) struct ElementStream<'r> {
    bytes: &'r mut dyn BufRead,
    since_beginning: usize,
}

impl<'r> ElementStream<'r> {
    pub(super) fn of(bytes: &'r mut dyn BufRead) -> Self {
        Self { bytes, since_beginning: 0 }
    }

    /// An element begins here.
    pub(super) fn begin(&mut self) {
        self.since_beginning = 0;
    }
}

impl Read for ElementStream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, buffer)
    }
}

impl BufRead for ElementStream<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since_beginning > LONGEST {
            let detail = format!("an element of more than {LONGEST} bytes");
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, detail));
        }
        // One byte more than allowed, so that the next call says so.
        let available = self.bytes.fill_buf()?;
        Ok(&available[..available.len().min(LONGEST + 1 - self.since_beginning)])
    }

    fn consume(&mut self, count: usize) {
        self.since_beginning += count;
        self.bytes.consume(count);
    }
}
