//! Collects the messages that describe a session into a small FIT file of its own, plain enough
//! for the general decoder.
//!
//! Only fields that are wanted go in, and only those whose declared type that decoder reads
//! without harm: numbers of 64 bits bring it to panic when they stand for a time, odd sizes are
//! misread, and a text cut inside a character is lost.

use std::collections::BTreeSet;

use super::base;
use super::body::FieldDefinition;
use super::wire::Message;

/// A message of the profile, and of its fields the wanted numbers and texts.
struct Wanted {
    message: u16,
    numbers: &'static [u8],
    texts: &'static [u8],
}

#[rustfmt::skip]
const WANTED: [Wanted; 10] = [
    Wanted { message: FILE_ID, numbers: &[1, 2], texts: &[8] },
    Wanted { message: USER_PROFILE, numbers: &[1, 2, 8, 9, 11], texts: &[] },
    Wanted { message: ZONES_TARGET, numbers: &[1, 2], texts: &[] },
    Wanted { message: HR_ZONE, numbers: &[1, 254], texts: &[] },
    Wanted { message: SPORT, numbers: &[0, 1], texts: &[3] },
    Wanted { message: SESSION, numbers: &[2, 5, 6, 7, 8, 9, 16, 17, 22, 65, 188, 192, 193, 253], texts: &[110] },
    Wanted { message: DEVICE_INFO, numbers: &[DEVICE_INDEX, DEVICE_TYPE, 2, 4, 25], texts: &[27] },
    Wanted { message: WORKOUT, numbers: &[4], texts: &[8, 17] },
    Wanted { message: WORKOUT_STEP, numbers: &[1, 2, 4, 254], texts: &[] },
    Wanted { message: TIME_IN_ZONE, numbers: &[REFERENCE_MESSAGE, 1, 2, 6, 11, 12, 13], texts: &[] },
];

const FILE_ID: u16 = 0;
const USER_PROFILE: u16 = 3;
const ZONES_TARGET: u16 = 7;
const HR_ZONE: u16 = 8;
const SPORT: u16 = 12;
const SESSION: u16 = 18;
const WORKOUT: u16 = 26;
const WORKOUT_STEP: u16 = 27;
const DEVICE_INFO: u16 = 23;
const DEVICE_INDEX: u8 = 0;
const DEVICE_TYPE: u8 = 1;
const TIME_IN_ZONE: u16 = 216;
const REFERENCE_MESSAGE: u8 = 0;

/// Device types that may measure a heart rate, by any of the profile's lists of types.
const HEART_RATE_DEVICES: [u8; 3] = [
    1,   // Bluetooth
    10,  // built in
    120, // ANT+
];

/// More of any one kind than a watch writes; each costs as much as a hundred records.
const MOST_OF_A_KIND: usize = 500;

const HEADER_LENGTH: u8 = 12;
const LITTLE_ENDIAN: u8 = 0;
const BIG_ENDIAN: u8 = 1;
const DEFINITION: u8 = 0x40;
const DATA: u8 = 0;

/// Whether messages of this kind are wanted.
pub(super) fn is_wanted(global: u16) -> bool {
    WANTED.iter().any(|wanted| wanted.message == global)
}

/// The messages collected.
#[derive(Debug, Default)]
pub(super) struct Reframed {
    messages: Vec<u8>,
    places: Vec<usize>,
    counts: [usize; WANTED.len()],
    left_out: usize,
    /// A watch tells of the same devices again and again.
    devices: BTreeSet<Vec<u8>>,
}

impl Reframed {
    /// Adds a message, if it can say something new.
    pub(super) fn add(&mut self, message: &Message<'_>) {
        let kind = WANTED.iter().position(|wanted| wanted.message == message.definition.global);
        let Some(kind) = kind.filter(|_| is_telling(message)) else { return };
        let framed = framed(message, &WANTED[kind].values(message));
        if message.definition.global == DEVICE_INFO && self.devices.contains(&framed) {
            return;
        }
        if self.counts[kind] >= MOST_OF_A_KIND {
            self.left_out += 1;
            return;
        }
        self.counts[kind] += 1;
        self.places.push(message.at);
        self.messages.extend(&framed);
        if message.definition.global == DEVICE_INFO {
            self.devices.insert(framed);
        }
    }

    /// Where each message began in the file it came from.
    pub(super) fn places(&self) -> &[usize] {
        &self.places
    }

    /// How many messages were too many.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// The small file.
    pub(super) fn file(&self) -> Vec<u8> {
        let mut file = vec![HEADER_LENGTH, 0x10, 0, 0];
        file.extend((self.messages.len() as u32).to_le_bytes());
        file.extend(b".FIT");
        file.extend(&self.messages);
        file
    }
}

/// A message with these fields only, behind a definition of its own.
fn framed(message: &Message<'_>, values: &[(&FieldDefinition, Vec<u8>)]) -> Vec<u8> {
    let definition = message.definition;
    let (order, global) = if definition.big_endian {
        (BIG_ENDIAN, definition.global.to_be_bytes())
    } else {
        (LITTLE_ENDIAN, definition.global.to_le_bytes())
    };
    let mut framed = vec![DEFINITION, 0, order, global[0], global[1], values.len() as u8];
    for (field, value) in values {
        framed.extend([field.number, value.len() as u8, base::with_order_flag(field.base)]);
    }
    framed.push(DATA);
    framed.extend(values.iter().flat_map(|(_, value)| value));
    framed
}

/// Most devices measure no heart rate, and most times in zones are those of a lap.
fn is_telling(message: &Message<'_>) -> bool {
    match message.definition.global {
        DEVICE_INFO => {
            message.uint8(DEVICE_INDEX) == Some(0)
                || message.uint8(DEVICE_TYPE).is_some_and(|kind| HEART_RATE_DEVICES.contains(&kind))
        }
        TIME_IN_ZONE => message.uint16(REFERENCE_MESSAGE) == Some(SESSION),
        _ => true,
    }
}

impl Wanted {
    /// The bytes of each wanted field that is declared as what it should be.
    fn values<'w>(&self, message: &Message<'w>) -> Vec<(&'w FieldDefinition, Vec<u8>)> {
        let field = |number: &u8| message.field(*number);
        let bytes = |field: &'w FieldDefinition| (field, message.body.slice(field));
        let numbers = self.numbers.iter().filter_map(field).map(bytes);
        let texts = self.texts.iter().filter_map(field).map(bytes);
        let numbers = numbers
            .filter(|(field, bytes)| is_numbers(field, bytes))
            .map(|(field, bytes)| (field, bytes.to_vec()));
        let texts = texts
            .filter(|(field, _)| field.base == base::STRING)
            .map(|(field, bytes)| (field, clean_text(bytes)))
            .filter(|(_, text)| !text.is_empty());
        numbers.chain(texts).collect()
    }
}

fn is_numbers(field: &FieldDefinition, bytes: &[u8]) -> bool {
    !bytes.is_empty()
        && base::width(field.base).is_some_and(|width| bytes.len().is_multiple_of(width))
}

/// Text until its NUL; a character cut at its end is left out, other damage is marked.
fn clean_text(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let mut bytes = &bytes[..end];
    if let Err(fault) = std::str::from_utf8(bytes)
        && fault.error_len().is_none()
    {
        bytes = &bytes[..fault.valid_up_to()];
    }
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    let longest = text.len().min(usize::from(u8::MAX));
    let end = (0..=longest).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.truncate(end);
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_at_its_nul() {
        assert_eq!(clean_text(b"Recovery\0junk"), b"Recovery");
        assert_eq!(clean_text(b"\0"), b"");
    }

    #[test]
    fn a_character_cut_at_the_end_is_left_out() {
        assert_eq!(clean_text("Récupé".as_bytes().split_last().unwrap().1), "Récup".as_bytes());
        assert_eq!(clean_text(b"a\xFFb"), "a\u{FFFD}b".as_bytes());
    }

    #[test]
    fn marked_damage_never_grows_a_text_beyond_its_field() {
        assert_eq!(clean_text(&[0xFF; 255]).len(), 255);
        assert_eq!(clean_text(&[0xFF; 254]).len(), 255);
    }
}
