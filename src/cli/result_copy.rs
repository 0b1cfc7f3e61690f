//! A copy of a result while it is written, for the next job of which nothing changed.

use std::io::{self, Write};

/// A longer result is not kept: it is written faster than it is found in a logbook.
const MOST_BYTES: usize = 16 << 20;

/// A copy of what was written; `None` once it is too long, or where none is wanted.
#[derive(Debug, Default)]
pub struct ResultCopy(Option<Vec<u8>>);

impl ResultCopy {
    /// No copy.
    pub fn none() -> Self {
        Self(None)
    }

    /// A copy, empty yet, if it is wanted.
    pub fn wanted_if(is_wanted: bool) -> Self {
        Self(is_wanted.then(Vec::new))
    }

    /// Copies what is written there from now on.
    pub fn writer<'a>(&'a mut self, out: &'a mut dyn Write) -> CopyingWriter<'a> {
        CopyingWriter { out, copy: self }
    }

    /// The copy, where it is whole.
    pub fn whole(self) -> Option<Vec<u8>> {
        self.0
    }

    fn add(&mut self, bytes: &[u8], most: usize) {
        self.0 = self.0.take().filter(|copy| copy.len() + bytes.len() <= most);
        self.0.iter_mut().for_each(|copy| copy.extend_from_slice(bytes));
    }
}

/// Writes, and copies what could be written.
pub struct CopyingWriter<'a> {
    out: &'a mut dyn Write,
    copy: &'a mut ResultCopy,
}

impl Write for CopyingWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.copy.add(&bytes[..written], MOST_BYTES);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_whole_or_not_there() {
        let mut copy = ResultCopy::wanted_if(true);
        let mut out = Vec::new();
        for part in ["one", "two"] {
            copy.writer(&mut out).write_all(part.as_bytes()).unwrap();
        }
        assert_eq!(out, b"onetwo");
        assert_eq!(copy.whole().unwrap(), out);
        let mut small = ResultCopy::wanted_if(true);
        [b"12", b"34", b"56"].iter().for_each(|part| small.add(*part, 4));
        assert_eq!(small.whole(), None);
        let mut none = ResultCopy::none();
        none.add(b"1", 4);
        assert_eq!(none.whole(), None);
    }
}
