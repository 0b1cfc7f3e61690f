//! The numbers of the profile by which a `record` message and its heart rate are known.

/// The message.
pub(super) const MESSAGE: u16 = 20;
/// Its field for the heart rate.
pub(super) const HEART_RATE_FIELD: u8 = 3;
