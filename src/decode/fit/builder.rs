//! Writes small FIT files for the tests, byte by byte.

use super::crc::checksum;

/// 2021-09-08T01:46:40Z in seconds since the FIT epoch; its low five bits are 0.
pub(super) const START: u32 = 1_000_000_000;

/// One value as it is written.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    U8(u8),
    U16(u16),
    U32(u32),
    I32(i32),
    Bytes(&'a [u8]),
}

/// One file of a chain.
pub(super) struct File {
    header_length: u8,
    big_endian: bool,
    messages: Vec<u8>,
}

impl File {
    /// An activity in little-endian order with a header of 14 bytes.
    pub(super) fn activity() -> Self {
        let mut file = Self::empty();
        file.file_id(4);
        file
    }

    /// A file without any message.
    pub(super) fn empty() -> Self {
        Self { header_length: 14, big_endian: false, messages: Vec::new() }
    }

    /// The same with a header of 12 bytes.
    pub(super) fn with_short_header(mut self) -> Self {
        self.header_length = 12;
        self
    }

    /// The same with the messages behind this in the other byte order.
    pub(super) fn with_big_endian(mut self) -> Self {
        self.big_endian = true;
        self
    }

    /// Says what type of file it is.
    pub(super) fn file_id(&mut self, kind: u8) {
        self.define(15, 0, &[(0, 1, 0), (1, 2, 0x84)]);
        self.data(15, &[Value::U8(kind), Value::U16(1)]);
    }

    /// Defines the messages with a local number: their global one, and number, size, base type of
    /// each field.
    pub(super) fn define(&mut self, local: u8, global: u16, fields: &[(u8, u8, u8)]) {
        self.define_header(0x40 | local, global, fields);
    }

    /// The same with developer fields: number, size, developer.
    pub(super) fn define_with_developer(
        &mut self,
        local: u8,
        global: u16,
        fields: &[(u8, u8, u8)],
        developer: &[(u8, u8, u8)],
    ) {
        self.define_header(0x60 | local, global, fields);
        self.messages.push(developer.len() as u8);
        for (number, size, index) in developer {
            self.messages.extend([number, size, index]);
        }
    }

    fn define_header(&mut self, header: u8, global: u16, fields: &[(u8, u8, u8)]) {
        self.messages.extend([header, 0, u8::from(self.big_endian)]);
        self.write(Value::U16(global));
        self.messages.push(fields.len() as u8);
        for (number, size, base) in fields {
            self.messages.extend([number, size, base]);
        }
    }

    /// One message.
    pub(super) fn data(&mut self, local: u8, values: &[Value<'_>]) {
        self.messages.push(local);
        for value in values {
            self.write(*value);
        }
    }

    /// One message with the low five bits of its time in its header.
    pub(super) fn compressed(&mut self, local: u8, time: u8, values: &[Value<'_>]) {
        self.messages.push(0x80 | local << 5 | time);
        for value in values {
            self.write(*value);
        }
    }

    fn write(&mut self, value: Value<'_>) {
        let mut bytes = match value {
            Value::U8(value) => vec![value],
            Value::U16(value) => value.to_le_bytes().to_vec(),
            Value::U32(value) => value.to_le_bytes().to_vec(),
            Value::I32(value) => value.to_le_bytes().to_vec(),
            Value::Bytes(bytes) => return self.messages.extend(bytes),
        };
        if self.big_endian {
            bytes.reverse();
        }
        self.messages.extend(bytes);
    }

    /// Records of heart rate only, one each second from [`START`] plus `start` on.
    pub(super) fn heart_rates(&mut self, start: u32, beats: &[u8]) {
        self.define(0, 20, &[(253, 4, 0x86), (3, 1, 2)]);
        for (beats, second) in beats.iter().zip(start..) {
            self.data(0, &[Value::U32(START + second), Value::U8(*beats)]);
        }
    }

    /// A timer event: 0 starts, 4 stops all.
    pub(super) fn timer(&mut self, second: u32, event_type: u8) {
        self.define(1, 21, &[(253, 4, 0x86), (0, 1, 0), (1, 1, 0)]);
        self.data(1, &[Value::U32(START + second), Value::U8(0), Value::U8(event_type)]);
    }

    /// A session of a sport that lasts from one second to another.
    pub(super) fn session(&mut self, sport: u8, from: u32, to: u32) {
        self.define(2, 18, &[(253, 4, 0x86), (2, 4, 0x86), (7, 4, 0x86), (5, 1, 0)]);
        self.data(
            2,
            &[
                Value::U32(START + to),
                Value::U32(START + from),
                Value::U32((to - from) * 1000),
                Value::U8(sport),
            ],
        );
    }

    /// The whole file with header and checksums.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.header_length, 0x10, 0x43, 0x08];
        bytes.extend((self.messages.len() as u32).to_le_bytes());
        bytes.extend(b".FIT");
        if self.header_length == 14 {
            bytes.extend(checksum(&bytes).to_le_bytes());
        }
        bytes.extend(&self.messages);
        bytes.extend(checksum(&bytes).to_le_bytes());
        bytes
    }
}
