//! An Arrow stream, read as it comes.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::reader::StreamDecoder;

use super::error::ColumnError;
use super::ipc_messages::IpcMessages;

/// The batches of a stream.
pub struct ArrowStream<From> {
    messages: IpcMessages<From>,
    decoder: StreamDecoder,
    rest: Buffer,
    is_ended: bool,
}

impl<From: Read> ArrowStream<From> {
    /// The stream that begins here.
    pub fn new(from: From) -> Self {
        let (messages, rest) = (IpcMessages::new(from), Buffer::from(Vec::<u8>::new()));
        Self { messages, decoder: StreamDecoder::new(), rest, is_ended: false }
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, ColumnError> {
        loop {
            // Bytes that somebody else wrote may end in a panic of the library.
            let decoded = catch_unwind(AssertUnwindSafe(|| self.decoder.decode(&mut self.rest)));
            if let Some(batch) = decoded.map_err(|_| ColumnError::Damaged)?? {
                return Ok(Some(batch));
            }
            match self.messages.next_piece()? {
                Some(piece) => self.rest = piece,
                None => return Ok(self.decoder.finish().map(|()| None)?),
            }
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
