//! As much of Thrift's compact protocol as it takes to read the sizes that a Parquet file declares:
//! the library that reads the file believes them.

use std::io::{self, Read};

/// A whole number of 32 bits.
pub const I32: u8 = 5;
/// A list.
pub const LIST: u8 = 9;
/// A struct.
pub const STRUCT: u8 = 12;
/// Structs within structs.
const MOST_NESTED: u8 = 64;

/// Reads one value after another.
pub struct CompactThrift<From> {
    from: From,
    read: u64,
}

impl<From: Read> CompactThrift<From> {
    /// The values from here on.
    pub fn new(from: From) -> Self {
        Self { from, read: 0 }
    }

    /// Bytes that were read so far.
    pub fn read_bytes(&self) -> u64 {
        self.read
    }

    /// The id and the kind of the next field of a struct, after that of this id; none at its end.
    pub fn field(&mut self, before: i16) -> io::Result<Option<(i16, u8)>> {
        let head = self.byte()?;
        let (step, kind) = (head >> 4, head & 0xf);
        Ok(match (kind, step) {
            (0, _) => None,
            (_, 0) => Some((self.integer()? as i16, kind)),
            _ => Some((before.checked_add(i16::from(step)).ok_or_else(damaged)?, kind)),
        })
    }

    /// The length of a list and the kind of its elements.
    pub fn list(&mut self) -> io::Result<(u64, u8)> {
        let head = self.byte()?;
        let length = if head >> 4 == 0xf { self.unsigned()? } else { u64::from(head >> 4) };
        Ok((length, head & 0xf))
    }

    /// A whole number.
    pub fn integer(&mut self) -> io::Result<i64> {
        let folded = self.unsigned()?;
        Ok((folded >> 1) as i64 ^ -((folded & 1) as i64))
    }

    /// Passes over a field of this kind.
    pub fn skip(&mut self, kind: u8) -> io::Result<()> {
        self.skip_within(kind, MOST_NESTED)
    }

    fn skip_within(&mut self, kind: u8, deeper: u8) -> io::Result<()> {
        let deeper = deeper.checked_sub(1).ok_or_else(damaged)?;
        match kind {
            1 | 2 => Ok(()), // true and false are kinds of fields
            3 => self.byte().map(|_| ()),
            4..=6 => self.unsigned().map(|_| ()),
            7 => self.pass(8),
            8 => {
                let length = self.unsigned()?;
                self.pass(length)
            }
            LIST | 10 => {
                let (length, kind) = self.list()?;
                (0..length).try_for_each(|_| self.skip_element(kind, deeper))
            }
            11 => self.skip_map(deeper),
            STRUCT => {
                while let Some((_, kind)) = self.field(0)? {
                    self.skip_within(kind, deeper)?;
                }
                Ok(())
            }
            13 => self.pass(16),
            _ => Err(damaged()),
        }
    }

    fn skip_map(&mut self, deeper: u8) -> io::Result<()> {
        let length = self.unsigned()?;
        let kinds = if length == 0 { 0 } else { self.byte()? };
        (0..length).try_for_each(|_| {
            self.skip_element(kinds >> 4, deeper)?;
            self.skip_element(kinds & 0xf, deeper)
        })
    }

    /// Within lists true and false take a byte.
    fn skip_element(&mut self, kind: u8, deeper: u8) -> io::Result<()> {
        if matches!(kind, 1 | 2) { self.pass(1) } else { self.skip_within(kind, deeper) }
    }

    fn unsigned(&mut self) -> io::Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(damaged())
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.from.read_exact(&mut byte)?;
        self.read += 1;
        Ok(byte[0])
    }

    fn pass(&mut self, bytes: u64) -> io::Result<()> {
        let passed = io::copy(&mut (&mut self.from).take(bytes), &mut io::sink())?;
        self.read += passed;
        if passed == bytes { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the protocol writes it by hand: fields 1 (i32 150, zigzag 300), 3 (a list of two texts),
    /// 4 (true), 20 (a struct with a double), the end, and a byte behind it.
    const STRUCT_OF_ALL: [u8; 26] = [
        0x15, 0xac, 0x02, 0x29, 0x28, 0x01, b'a', 0x00, 0x11, 0x0c, 0x28, 0x17, 0, 0, 0, 0, 0, 0,
        0, 0, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff,
    ];

    #[test]
    fn fields_are_found_and_passed_over() {
        let mut thrift = CompactThrift::new(STRUCT_OF_ALL.as_slice());
        assert_eq!(thrift.field(0).unwrap(), Some((1, I32)));
        assert_eq!(thrift.integer().unwrap(), 150);
        assert_eq!(thrift.field(1).unwrap(), Some((3, LIST)));
        thrift.skip(LIST).unwrap();
        assert_eq!(thrift.field(3).unwrap(), Some((4, 1)));
        thrift.skip(1).unwrap();
        assert_eq!(thrift.field(4).unwrap(), Some((20, STRUCT)));
        thrift.skip(STRUCT).unwrap();
        assert_eq!((thrift.field(20).unwrap(), thrift.read_bytes()), (None, 22));
        let mut whole = CompactThrift::new(STRUCT_OF_ALL.as_slice());
        whole.skip(STRUCT).unwrap();
        assert_eq!(whole.read_bytes(), 22);
    }

    #[test]
    fn what_is_cut_or_too_deep_is_damaged() {
        let within = |bytes: &[u8]| CompactThrift::new(bytes).skip(STRUCT).is_ok();
        assert!((0..22).all(|cut| !within(&STRUCT_OF_ALL[..cut])));
        assert!(!within(&[0x1c; 1000])); // structs within structs
        assert!(!within(&[0x19, 0xf8, 0xff, 0xff, 0xff, 0xff, 0x0f])); // four milliards of texts
    }
}
