//! An Arrow stream, read as it comes.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::reader::StreamDecoder;

use super::error::ColumnError;

/// Bytes that are read at a time.
const PIECE: usize = 256 << 10;

/// The batches of a stream.
pub struct ArrowStream<From> {
    from: From,
    decoder: StreamDecoder,
    rest: Buffer,
    is_ended: bool,
}

impl<From: Read> ArrowStream<From> {
    /// The stream that begins here.
    pub fn new(from: From) -> Self {
        let rest = Buffer::from(Vec::<u8>::new());
        Self { from, decoder: StreamDecoder::new(), rest, is_ended: false }
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, ColumnError> {
        loop {
            // Bytes that somebody else wrote may end in a panic of the library.
            let decoded = catch_unwind(AssertUnwindSafe(|| self.decoder.decode(&mut self.rest)));
            if let Some(batch) = decoded.map_err(|_| ColumnError::Damaged)?? {
                return Ok(Some(batch));
            }
            let mut piece = Vec::with_capacity(PIECE);
            (&mut self.from).take(PIECE as u64).read_to_end(&mut piece)?;
            if piece.is_empty() {
                self.decoder.finish()?;
                return Ok(None);
            }
            self.rest = piece.into();
        }
    }
}

impl<From: Read> Iterator for ArrowStream<From> {
    type Item = Result<RecordBatch, ColumnError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_ended {
            return None;
        }
        let read = self.read().transpose();
        self.is_ended = !matches!(read, Some(Ok(_)));
        read
    }
}
