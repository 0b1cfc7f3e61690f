//! What lies in `.zip` and `.gz` files, as far as reference data need it.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder};

/// The bytes of a `.gz` file.
pub fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    MultiGzDecoder::new(bytes).read_to_end(&mut plain).expect("a sound .gz file");
    plain
}

/// Names and bytes of the entries of a `.zip` file, by its own table of contents.
pub fn unzip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let end = bytes.windows(4).rposition(|four| four == b"PK\x05\x06").expect("a .zip file");
    let mut at = number(bytes, end + 16, 4);
    let count = number(bytes, end + 10, 2);
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let [name, extra, comment] = [28, 30, 32].map(|offset| number(bytes, at + offset, 2));
        let text = String::from_utf8_lossy(&bytes[at + 46..at + 46 + name]).into_owned();
        entries.push((text, entry(bytes, at)));
        at += 46 + name + extra + comment;
    }
    entries
}

/// The bytes of the entry that is described at this place.
fn entry(bytes: &[u8], described_at: usize) -> Vec<u8> {
    let method = number(bytes, described_at + 10, 2);
    let packed = number(bytes, described_at + 20, 4);
    let at = number(bytes, described_at + 42, 4);
    let start = at + 30 + number(bytes, at + 26, 2) + number(bytes, at + 28, 2);
    let packed = &bytes[start..start + packed];
    if method == 0 {
        return packed.to_vec();
    }
    let mut plain = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut plain).expect("a sound entry");
    plain
}

fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    bytes[at..at + length].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
}
