//! The messages of one FIT file as they lie in its bytes, one after the other, without copying.

use std::array;

use super::base;
use super::body::{Body, FieldDefinition};
use super::clock::ClockReference;
use super::profile;

/// Where and why the messages cannot be read any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WireError {
    /// A message begins that the data have no room for.
    Incomplete {
        /// Where it begins.
        at: usize,
    },
    /// What begins like a definition has an order of bytes that does not exist.
    NoDefinition {
        /// Where it begins.
        at: usize,
    },
    /// A message refers to a definition that never came.
    Undefined {
        /// Where it begins.
        at: usize,
        /// Which definition.
        local: u8,
    },
}

/// How the bytes of one field are to be read that the profile does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DeveloperField {
    pub(super) number: u8,
    pub(super) size: u8,
    pub(super) developer: u8,
    pub(super) offset: u32,
}

/// What the messages of one local number hold until it is defined anew.
#[derive(Debug, Default, Clone)]
pub(super) struct Definition {
    pub(super) global: u16,
    pub(super) big_endian: bool,
    pub(super) fields: Vec<FieldDefinition>,
    pub(super) developer_fields: Vec<DeveloperField>,
    /// Bytes of a message's body.
    pub(super) length: usize,
    timestamp: Option<u32>,
}

const TIMESTAMP: u8 = 253;

/// One message with data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Message<'w> {
    /// Where it begins.
    pub(super) at: usize,
    /// The number of its definition.
    pub(super) local: u8,
    pub(super) definition: &'w Definition,
    pub(super) body: Body<'w>,
    /// Seconds since the FIT epoch.
    pub(super) time: Option<u32>,
}

impl<'w> Message<'w> {
    /// The last field with this number, as a later one overwrites an earlier.
    pub(super) fn field(&self, number: u8) -> Option<&'w FieldDefinition> {
        self.definition.fields.iter().rfind(|field| field.number == number)
    }

    /// The value of a field of one byte.
    pub(super) fn uint8(&self, number: u8) -> Option<u8> {
        let field = self.field(number).filter(|field| field.size == 1)?;
        let is_unsigned =
            matches!(field.base, base::ENUM | base::UINT8 | base::UINT8Z | base::BYTE);
        is_unsigned.then(|| self.body.uint8(field.offset))?
    }

    /// The value of a field of two bytes.
    pub(super) fn uint16(&self, number: u8) -> Option<u16> {
        let field = self.field(number).filter(|field| field.size == 2)?;
        matches!(field.base, base::UINT16 | base::UINT16Z)
            .then(|| self.body.uint16(field.offset))?
    }

    /// The value of a field of four bytes.
    pub(super) fn uint32(&self, number: u8) -> Option<u32> {
        let field = self.field(number).filter(|field| field.size == 4)?;
        matches!(field.base, base::UINT32 | base::UINT32Z)
            .then(|| self.body.uint32(field.offset))?
    }
}

/// What comes next in a file.
#[derive(Debug)]
pub(super) enum Item<'w> {
    /// From here on messages with this local number look so.
    Definition(u8, &'w Definition),
    /// A message with data.
    Message(Message<'w>),
}

/// Walks through the messages of one file.
#[derive(Debug)]
pub(super) struct Wire<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
    definitions: [Option<Definition>; 16],
    reference: ClockReference,
    /// The definitions of records, each with its local number: what is to be found again behind damage.
    record_definitions: Vec<(u8, Definition)>,
    /// The time of the first record.
    began: Option<u32>,
}

/// Seconds that a recording lasts at most, and that lie between two of its records.
const LONGEST_S: u32 = 10 * 86_400;
const LONGEST_STEP_S: u32 = 120;

const COMPRESSED_TIME: u8 = 0x80;
const DEFINITION: u8 = 0x40;
const HAS_DEVELOPER_FIELDS: u8 = 0x20;

impl<'a> Wire<'a> {
    /// A walk over the messages in this range.
    pub(super) fn new(bytes: &'a [u8], data: std::ops::Range<usize>) -> Self {
        let end = data.end.min(bytes.len());
        Self {
            bytes,
            at: data.start.min(end),
            end,
            definitions: array::from_fn(|_| None),
            reference: ClockReference::default(),
            record_definitions: Vec::new(),
            began: None,
        }
    }

    /// Goes on behind damage where records follow each other as before: two of known definitions,
    /// with times that fit. Says how many bytes were passed over, and the definitions.
    pub(super) fn resume(&mut self) -> Option<(usize, &[(u8, Definition)])> {
        let began = self.began?;
        let fits = |at: &usize| {
            let Some((first, end)) = self.record_at(*at) else { return false };
            let Some((second, _)) = self.record_at(end) else { return false };
            (began..=began.saturating_add(LONGEST_S)).contains(&first)
                && (first..=first.saturating_add(LONGEST_STEP_S)).contains(&second)
        };
        let from = self.at;
        self.at = (from + 1..self.end).find(fits)?;
        for (local, definition) in &self.record_definitions {
            self.definitions[usize::from(*local)] = Some(definition.clone());
        }
        Some((self.at - from, &self.record_definitions))
    }

    /// The time and the end of the record that may begin here.
    fn record_at(&self, at: usize) -> Option<(u32, usize)> {
        let header = self.bytes[..self.end].get(at)?;
        let known = self.record_definitions.iter().find(|(local, _)| local == header);
        let (_, definition) = known?;
        let end = at + 1 + definition.length;
        let bytes = self.bytes[..self.end].get(at + 1..end)?;
        let time =
            Body { bytes, big_endian: definition.big_endian }.uint32(definition.timestamp?)?;
        Some((time, end))
    }

    /// Bytes that have not been read yet.
    pub(super) fn remaining(&self) -> usize {
        self.end - self.at
    }

    /// The next message; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Result<Item<'_>, WireError>> {
        let header = *self.bytes.get(self.at..self.end)?.first()?;
        Some(if header & COMPRESSED_TIME != 0 {
            self.message(header >> 5 & 0x3, Some(header & 0x1F))
        } else if header & DEFINITION != 0 {
            self.define(header & 0xF, header & HAS_DEVELOPER_FIELDS != 0)
        } else {
            self.message(header & 0xF, None)
        })
    }

    fn define(&mut self, local: u8, has_developer_fields: bool) -> Result<Item<'_>, WireError> {
        let rest = &self.bytes[self.at + 1..self.end];
        if rest.get(1).is_some_and(|order| *order > 1) {
            return Err(WireError::NoDefinition { at: self.at });
        }
        let slot = &mut self.definitions[usize::from(local)];
        let definition = slot.get_or_insert_default();
        let length = definition
            .read(rest, has_developer_fields)
            .ok_or(WireError::Incomplete { at: self.at })?;
        self.at += 1 + length;
        if definition.global == profile::RECORD {
            self.record_definitions.retain(|(other, _)| *other != local);
            self.record_definitions.push((local, definition.clone()));
        }
        Ok(Item::Definition(local, definition))
    }

    fn message(&mut self, local: u8, compressed: Option<u8>) -> Result<Item<'_>, WireError> {
        let at = self.at;
        let Some(definition) = &self.definitions[usize::from(local)] else {
            return Err(WireError::Undefined { at, local });
        };
        let start = at + 1;
        let end = start + definition.length;
        let bytes = self.bytes[..self.end].get(start..end).ok_or(WireError::Incomplete { at })?;
        self.at = end;
        let body = Body { bytes, big_endian: definition.big_endian };
        let mut time = definition.timestamp.and_then(|offset| body.uint32(offset));
        if let Some(time) = time {
            self.reference.set(time);
        }
        if definition.global == profile::RECORD && self.began.is_none() {
            self.began = time;
        }
        if let Some(low_five_bits) = compressed {
            time = self.reference.advance(low_five_bits);
        }
        Ok(Item::Message(Message { at, local, definition, body, time }))
    }
}

impl Definition {
    /// Reads a definition behind its header byte into this one and says how long it was; the
    /// memory of the one before is used again.
    fn read(&mut self, bytes: &[u8], has_developer_fields: bool) -> Option<usize> {
        let (&[_, order, global_a, global_b, count], rest) = bytes.split_first_chunk()?;
        self.big_endian = order == 1;
        self.global = if self.big_endian {
            u16::from_be_bytes([global_a, global_b])
        } else {
            u16::from_le_bytes([global_a, global_b])
        };
        self.length = 0;
        self.timestamp = None;
        self.fields.clear();
        self.developer_fields.clear();
        let mut read = 5 + self.read_fields(rest, count)?;
        if has_developer_fields {
            let (&count, rest) = bytes.get(read..)?.split_first()?;
            read += 1 + self.read_developer_fields(rest, count)?;
        }
        Some(read)
    }

    fn read_fields(&mut self, bytes: &[u8], count: u8) -> Option<usize> {
        let triples = triples(bytes, count)?;
        for &[number, size, base] in triples {
            let offset = self.length as u32;
            let field = FieldDefinition { number, size, base: base::of(base), offset };
            if number == TIMESTAMP
                && size == 4
                && matches!(field.base, base::UINT32 | base::UINT32Z)
            {
                self.timestamp = Some(field.offset);
            }
            self.fields.push(field);
            self.length += usize::from(size);
        }
        Some(3 * triples.len())
    }

    fn read_developer_fields(&mut self, bytes: &[u8], count: u8) -> Option<usize> {
        let triples = triples(bytes, count)?;
        for &[number, size, developer] in triples {
            let offset = self.length as u32;
            self.developer_fields.push(DeveloperField { number, size, developer, offset });
            self.length += usize::from(size);
        }
        Some(3 * triples.len())
    }
}

fn triples(bytes: &[u8], count: u8) -> Option<&[[u8; 3]]> {
    let (triples, _) = bytes.as_chunks::<3>();
    triples.get(..usize::from(count))
}
