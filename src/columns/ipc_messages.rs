//! The messages of an Arrow stream, weighed before they are decoded: a few bytes may declare, or
//! unpack to, more than a machine has.

use std::collections::BTreeMap;
use std::io::Read;

use arrow_buffer::Buffer;
use arrow_ipc::{Message, MessageHeader, RecordBatch, root_as_message};
use arrow_schema::ArrowError;

use super::budget::{MOST_BATCH, MOST_DESCRIPTION, TableBudget};
use super::error::ColumnError;

/// What stands before the length of a message.
const CONTINUATION: [u8; 4] = [0xff; 4];
/// What stands in the place of a buffer's length where it is not packed after all.
const NOT_PACKED: i64 = -1;
/// Bytes that are reserved before any of them has come.
const RESERVED: u64 = 16 << 20;

/// The messages of a stream: of each first the description, then the body, if it has one.
pub struct IpcMessages<From> {
    from: From,
    /// The description of the message whose body comes next.
    described: Option<Vec<u8>>,
    /// Bytes of each dictionary that is known.
    dictionaries: BTreeMap<i64, u64>,
}

impl<From: Read> IpcMessages<From> {
    /// The messages from here on.
    pub fn new(from: From) -> Self {
        Self { from, described: None, dictionaries: BTreeMap::new() }
    }

    /// The next piece, cut short where the stream is; none at its end.
    pub fn next_piece(&mut self) -> Result<Option<Buffer>, ColumnError> {
        let piece = match self.described.take() {
            Some(description) => self.body(&description)?,
            None => Vec::new(),
        };
        let piece = if piece.is_empty() { self.description()? } else { piece };
        Ok((!piece.is_empty()).then(|| piece.into()))
    }

    fn description(&mut self) -> Result<Vec<u8>, ColumnError> {
        let mut piece = self.read(4)?;
        let is_marked = piece == CONTINUATION;
        if is_marked {
            piece.extend(self.read(4)?);
        }
        let Some(length) = piece.last_chunk().filter(|length| **length != CONTINUATION) else {
            return Ok(piece);
        };
        let length = u64::from(u32::from_le_bytes(*length));
        if !is_marked && length > MOST_DESCRIPTION {
            return Err(ArrowError::ParseError("it begins with something else".to_owned()).into());
        }
        if length > 0 {
            TableBudget::new("the description of a batch", MOST_DESCRIPTION).take(length)?;
            let description = self.read(length)?;
            piece.extend(&description);
            self.described = (description.len() as u64 == length).then_some(description);
        }
        Ok(piece)
    }

    fn body(&mut self, description: &[u8]) -> Result<Vec<u8>, ColumnError> {
        let message = root_as_message(description).map_err(|_| ColumnError::Damaged)?;
        let length = u64::try_from(message.bodyLength()).map_err(|_| ColumnError::Damaged)?;
        let budget = TableBudget::new("a batch", MOST_BATCH);
        budget.take(length)?;
        let body = self.read(length)?;
        budget.renew();
        budget.take(unpacked(batch_of(&message), &body))?;
        self.count_dictionary(&message, &body)?;
        Ok(body)
    }

    /// Dictionaries are held until others take their place.
    fn count_dictionary(&mut self, message: &Message<'_>, body: &[u8]) -> Result<(), ColumnError> {
        let Some(dictionary) = message.header_as_dictionary_batch() else { return Ok(()) };
        let known = self.dictionaries.entry(dictionary.id()).or_default();
        let before = if dictionary.isDelta() { *known } else { 0 };
        *known = before.saturating_add(unpacked(dictionary.data(), body));
        let all = self.dictionaries.values().fold(0, |sum: u64, bytes| sum.saturating_add(*bytes));
        TableBudget::new("the dictionaries of a stream", MOST_BATCH).take(all)
    }

    /// So many bytes, or those that are left.
    fn read(&mut self, length: u64) -> Result<Vec<u8>, ColumnError> {
        let mut bytes = Vec::with_capacity(length.min(RESERVED) as usize);
        (&mut self.from).take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

fn batch_of<'a>(message: &Message<'a>) -> Option<RecordBatch<'a>> {
    if message.header_type() == MessageHeader::DictionaryBatch {
        return message.header_as_dictionary_batch()?.data();
    }
    message.header_as_record_batch()
}

/// The bytes that a batch takes once its buffers are unpacked; each of them may name the same bytes.
fn unpacked(batch: Option<RecordBatch<'_>>, body: &[u8]) -> u64 {
    let Some((batch, buffers)) = batch.and_then(|batch| Some((batch, batch.buffers()?))) else {
        return 0;
    };
    let declared = |offset: i64| {
        let rest = body.get(usize::try_from(offset).ok()?..)?;
        Some(i64::from_le_bytes(*rest.first_chunk()?))
    };
    let length = |buffer: &arrow_ipc::Buffer| {
        let unpacked = batch.compression().and_then(|_| declared(buffer.offset()));
        let length = unpacked.filter(|bytes| *bytes != NOT_PACKED).unwrap_or(buffer.length());
        length.max(0) as u64
    };
    buffers.iter().map(length).fold(0, u64::saturating_add)
}
