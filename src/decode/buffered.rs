//! Reading from what is read in buffers.

use std::io::{self, BufRead};

/// Reads as much as the buffer at hand holds, as [`std::io::Read::read`] asks.
pub fn read_buffered(source: &mut impl BufRead, buffer: &mut [u8]) -> io::Result<usize> {
    let available = source.fill_buf()?;
    let count = available.len().min(buffer.len());
    buffer[..count].copy_from_slice(&available[..count]);
    source.consume(count);
    Ok(count)
}
