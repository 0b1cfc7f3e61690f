//! How many files a `.zip` says that it holds, before all of them are listed.

use std::io::{self, Read, Seek, SeekFrom};

/// The end of a table of contents stands this near to the end of its archive: itself, that of large
/// archives before it, and the longest comment.
const TAIL: u64 = 22 + 20 + 56 + 65_535;

/// A record at the end of a table of contents: its first bytes, and where its number of files
/// stands in it, in how many bytes.
const ENDS: [(&[u8; 4], usize, usize); 2] = [(b"PK\x05\x06", 10, 2), (b"PK\x06\x06", 32, 8)];

/// The largest number of files that any end of a table of contents states; the reader stands
/// somewhere else afterwards.
pub(super) fn stated_files<R: Read + Seek>(reader: &mut R) -> io::Result<u64> {
    let length = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    reader.take(TAIL).read_to_end(&mut tail)?;
    let counts = ENDS.iter().flat_map(|(first, at, size)| {
        let ends = tail.windows(at + size).filter(|end| end.starts_with(*first));
        ends.map(|end| end[*at..].iter().rev().fold(0, |count, byte| count << 8 | u64::from(*byte)))
    });
    Ok(counts.max().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn stated(bytes: &[u8]) -> u64 {
        stated_files(&mut Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn the_number_stands_in_the_end_of_the_table_of_contents() {
        let mut end = b"PK\x05\x06\0\0\0\0\x03\0\x03\0".to_vec();
        end.resize(22, 0);
        assert_eq!(stated(&end), 3);
        assert_eq!(stated(&[vec![b'x'; 100_000], end.clone()].concat()), 3);
        let mut large = b"PK\x06\x06".to_vec();
        large.resize(32, 0);
        large.extend(500_001_u64.to_le_bytes());
        large.resize(56, 0);
        assert_eq!(stated(&[large, end].concat()), 500_001);
    }

    #[test]
    fn what_is_no_archive_states_nothing() {
        assert_eq!(stated(b""), 0);
        assert_eq!(stated(b"PK\x05\x06"), 0);
    }
}
