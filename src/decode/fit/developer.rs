//! Fields that an app on the watch added: only those are read that declare themselves a native
//! field.

use std::collections::BTreeSet;

use super::base;
use super::profile;
use super::wire::{DeveloperField, Message};

/// The number of the `field_description` message in the profile.
pub(super) const MESSAGE: u16 = 206;

const DEVELOPER: u8 = 0;
const NUMBER: u8 = 1;
const BASE_TYPE: u8 = 2;
const NATIVE_MESSAGE: u8 = 14;
const NATIVE_FIELD: u8 = 15;

/// The developer fields known to hold a heart rate: developer and number of each.
#[derive(Debug, Default)]
pub(super) struct Descriptions(BTreeSet<(u8, u8)>);

impl Descriptions {
    /// Takes in one description.
    pub(super) fn take(&mut self, message: &Message<'_>) {
        let Some(key) = message.uint8(DEVELOPER).zip(message.uint8(NUMBER)) else { return };
        let is_heart_rate = message.uint16(NATIVE_MESSAGE) == Some(profile::RECORD)
            && message.uint8(NATIVE_FIELD) == Some(profile::HEART_RATE)
            && message.uint8(BASE_TYPE) == Some(base::UINT8);
        // A description holds until it is given anew.
        if is_heart_rate {
            self.0.insert(key);
        } else {
            self.0.remove(&key);
        }
    }

    /// Whether this field holds beats per minute in one byte.
    pub(super) fn is_heart_rate(&self, field: &DeveloperField) -> bool {
        field.size == 1 && self.0.contains(&(field.developer, field.number))
    }
}
