//! Files of the page, read piece by piece: a large archive is never held whole.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use talktest::ingest::Progress;
use wasm_bindgen::prelude::*;

/// Bytes fetched at a time.
const PIECE: u64 = 256 << 10;

#[wasm_bindgen]
extern "C" {
    /// The bytes of a file of the page, from one place to another.
    #[wasm_bindgen(catch)]
    fn talktest_bytes(number: u32, from: f64, to: f64) -> Result<Vec<u8>, JsValue>;
    /// The number of the file at a path beside another, or -1.
    fn talktest_beside(number: u32, path: &str) -> f64;
    /// How many bytes a file has.
    fn talktest_size(number: u32) -> f64;
    /// So many files turned up.
    fn talktest_found(files: f64);
    /// One file is done.
    fn talktest_done();
    /// A file is begun.
    fn talktest_begun(path: &str);
}

/// A file of the page and a place in it.
#[derive(Debug, Clone)]
pub struct Blob {
    number: u32,
    size: u64,
    at: u64,
    piece: Arc<Vec<u8>>,
    piece_from: u64,
}

impl Blob {
    /// A file at its beginning.
    pub fn new(number: u32, size: u64) -> Self {
        Self { number, size, at: 0, piece: Arc::default(), piece_from: 0 }
    }

    /// The file at a path beside this one, and its size.
    pub fn beside(number: u32, path: &str) -> Option<(Self, u64)> {
        let other = talktest_beside(number, path);
        let number = (other >= 0.0).then_some(other as u32)?;
        let size = talktest_size(number) as u64;
        Some((Self::new(number, size), size))
    }

    /// What is left of the piece at this place; fetched where it lies elsewhere.
    fn rest(&mut self) -> io::Result<&[u8]> {
        let is_held = |from: u64, held: usize| (from..from + held as u64).contains(&self.at);
        if !is_held(self.piece_from, self.piece.len()) {
            let to = self.size.min(self.at + PIECE);
            let bytes = talktest_bytes(self.number, self.at as f64, to as f64);
            self.piece =
                Arc::new(bytes.map_err(|_| io::Error::other("the browser gives no bytes of it"))?);
            self.piece_from = self.at;
        }
        Ok(self.piece.get((self.at - self.piece_from) as usize..).unwrap_or_default())
    }
}

impl Read for Blob {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        let mut rest = self.rest()?;
        let read = rest.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Blob {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// Tells the page how far the reading is.
#[derive(Debug, Clone, Copy)]
pub struct Watcher;

impl Progress for Watcher {
    fn found(&self, files: usize) {
        talktest_found(files as f64);
    }

    fn done(&self) {
        talktest_done();
    }
}

impl crate::season::Begun for Watcher {
    fn begun(&self, path: &str) {
        talktest_begun(path);
    }
}
