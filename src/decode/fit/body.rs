//! The values in the bytes of one message.

/// How the bytes of one field are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FieldDefinition {
    pub(super) number: u8,
    pub(super) size: u8,
    /// The declared base type, with only the bits that tell types apart.
    pub(super) base: u8,
    /// Bytes from the beginning of the message's body.
    pub(super) offset: u32,
}

/// The bytes of one message behind its header; what is not there or says "unknown" is `None`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) big_endian: bool,
}

impl<'a> Body<'a> {
    /// So many bytes from a place on. A place of 32 bits cannot overflow: one comparison tells whether all are there.
    pub(super) fn array<const N: usize>(self, offset: u32) -> Option<[u8; N]> {
        let offset = offset as usize;
        self.bytes.get(offset..offset + N)?.first_chunk().copied()
    }

    pub(super) fn slice(self, field: &FieldDefinition) -> &'a [u8] {
        let offset = field.offset as usize;
        self.bytes.get(offset..offset + usize::from(field.size)).unwrap_or_default()
    }

    pub(super) fn uint8(self, offset: u32) -> Option<u8> {
        self.bytes.get(offset as usize).copied().filter(|value| *value != u8::MAX)
    }

    pub(super) fn sint8(self, offset: u32) -> Option<i8> {
        self.bytes.get(offset as usize).map(|byte| *byte as i8).filter(|value| *value != i8::MAX)
    }

    pub(super) fn uint16(self, offset: u32) -> Option<u16> {
        let bytes = self.array(offset)?;
        let value =
            if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) };
        (value != u16::MAX).then_some(value)
    }

    pub(super) fn uint32(self, offset: u32) -> Option<u32> {
        let bytes = self.array(offset)?;
        let value =
            if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) };
        (value != u32::MAX).then_some(value)
    }

    pub(super) fn sint32(self, offset: u32) -> Option<i32> {
        let bytes = self.array(offset)?;
        let value =
            if self.big_endian { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) };
        (value != i32::MAX).then_some(value)
    }
}
