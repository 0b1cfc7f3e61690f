//! Numbers of the FIT profile that more than one place needs.

/// The message that a recording consists of.
pub(super) const RECORD: u16 = 20;
/// The field of a record that holds the heart rate.
pub(super) const HEART_RATE: u8 = 3;
