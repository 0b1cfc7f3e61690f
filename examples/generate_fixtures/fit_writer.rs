//! The FIT container: header, definitions, data messages, checksum.
//!
//! Only the wire is here; which messages a watch writes is in `fit_activity`. A caller names a
//! message and its fields: a definition is written whenever the layout was not defined yet.

/// One field's value; its variant is the base type on the wire.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Enum(u8),
    U8(u8),
    I8(i8),
    U16(u16),
    U32(u32),
    I32(i32),
    /// A serial number: a type of its own, because zero means "none".
    U32z(u32),
    U8s(&'a [u8]),
    U32s(&'a [u32]),
    Text(&'a str),
}

/// A field's number in its message, and its value.
pub(crate) type Field<'a> = (u8, Value<'a>);

/// The number of the timestamp field in every message.
pub(crate) const TIMESTAMP: u8 = 253;
/// The number of the index field in every message.
pub(crate) const MESSAGE_INDEX: u8 = 254;

/// 1989-12-31T00:00:00Z, from which FIT counts its seconds, in Unix time.
const FIT_EPOCH: i64 = 631_065_600;

/// A moment in Unix seconds as FIT writes it.
pub(crate) fn fit_time(unix: i64) -> u32 {
    (unix - FIT_EPOCH) as u32
}

impl Value<'_> {
    const fn base_type(self) -> u8 {
        match self {
            Self::Enum(_) => 0x00,
            Self::I8(_) => 0x01,
            Self::U8(_) | Self::U8s(_) => 0x02,
            Self::U16(_) => 0x84,
            Self::I32(_) => 0x85,
            Self::U32(_) | Self::U32s(_) => 0x86,
            Self::U32z(_) => 0x8C,
            Self::Text(_) => 0x07,
        }
    }

    fn size(self) -> u8 {
        let bytes = match self {
            Self::Enum(_) | Self::U8(_) | Self::I8(_) => 1,
            Self::U16(_) => 2,
            Self::U32(_) | Self::I32(_) | Self::U32z(_) => 4,
            Self::U8s(values) => values.len(),
            Self::U32s(values) => 4 * values.len(),
            Self::Text(text) => text.len() + 1,
        };
        u8::try_from(bytes).expect("no field written here is longer than 255 bytes")
    }

    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Enum(value) | Self::U8(value) => out.push(value),
            Self::I8(value) => out.extend(value.to_le_bytes()),
            Self::U16(value) => out.extend(value.to_le_bytes()),
            Self::U32(value) | Self::U32z(value) => out.extend(value.to_le_bytes()),
            Self::I32(value) => out.extend(value.to_le_bytes()),
            Self::U8s(values) => out.extend(values),
            Self::U32s(values) => values.iter().for_each(|value| out.extend(value.to_le_bytes())),
            Self::Text(text) => {
                out.extend(text.as_bytes());
                out.push(0);
            }
        }
    }
}

const HEADER_SIZE: u8 = 14;
const PROTOCOL_VERSION: u8 = 0x20;
const PROFILE_VERSION: u16 = 21_158;
const DEFINITION_FLAG: u8 = 0x40;
/// How many layouts may be defined at the same time.
const SLOTS: usize = 16;

/// A FIT file being written, little endian throughout.
#[derive(Debug, Default)]
pub(crate) struct FitWriter {
    data: Vec<u8>,
    /// The layout that each local message type stands for, in the order of first use.
    slots: Vec<Vec<u8>>,
    /// The slot to give away when all are taken.
    oldest: usize,
}

impl FitWriter {
    /// Appends one data message, and its definition before it where that is new.
    pub(crate) fn message(&mut self, global: u16, fields: &[Field<'_>]) {
        let layout = layout_of(global, fields);
        let known = self.slots.iter().position(|slot| *slot == layout);
        let local = known.unwrap_or_else(|| self.define(layout));
        self.data.push(local as u8);
        for (_, value) in fields {
            value.write(&mut self.data);
        }
    }

    fn define(&mut self, layout: Vec<u8>) -> usize {
        let slot = if self.slots.len() < SLOTS { self.slots.len() } else { self.oldest };
        self.data.push(DEFINITION_FLAG | slot as u8);
        self.data.extend(&layout);
        if slot == self.slots.len() {
            self.slots.push(layout);
        } else {
            self.slots[slot] = layout;
            self.oldest = (self.oldest + 1) % SLOTS;
        }
        slot
    }

    /// The whole file, header and checksums included.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut file = vec![HEADER_SIZE, PROTOCOL_VERSION];
        file.extend(PROFILE_VERSION.to_le_bytes());
        file.extend((self.data.len() as u32).to_le_bytes());
        file.extend(b".FIT");
        file.extend(checksum(&file).to_le_bytes());
        file.extend(self.data);
        file.extend(checksum(&file).to_le_bytes());
        file
    }
}

/// The body of a definition message, which tells two layouts apart.
fn layout_of(global: u16, fields: &[Field<'_>]) -> Vec<u8> {
    const RESERVED: u8 = 0;
    const LITTLE_ENDIAN: u8 = 0;
    let mut layout = vec![RESERVED, LITTLE_ENDIAN];
    layout.extend(global.to_le_bytes());
    layout.push(fields.len() as u8);
    for (number, value) in fields {
        layout.extend([*number, value.size(), value.base_type()]);
    }
    layout
}

/// CRC-16 with the reflected polynomial 0xA001, as the header and the end of a file carry it.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc: u16, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(checksum(b"123456789"), 0xBB3D);
    }

    #[test]
    fn a_layout_is_defined_once() {
        let mut writer = FitWriter::default();
        writer.message(20, &[(3, Value::U8(130))]);
        let first = writer.data.len();
        writer.message(20, &[(3, Value::U8(131))]);
        assert_eq!(writer.data.len() - first, 2, "one header byte and one heart rate");
    }

    #[test]
    fn more_layouts_than_slots_still_read_back() {
        let mut writer = FitWriter::default();
        writer.message(0, &[(0, Value::Enum(4))]);
        for number in 0..40 {
            writer.message(20, &[(number, Value::U8(1))]);
        }
        let messages = fitparser::from_bytes(&writer.finish()).unwrap();
        assert_eq!(messages.len(), 41);
    }
}
