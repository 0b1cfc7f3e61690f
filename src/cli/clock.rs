//! The clock of the system, handed to whoever asks for it: the core has none.

use crate::units::UnixTime;

/// This moment.
pub fn now() -> UnixTime {
    UnixTime(chrono::Utc::now().timestamp_millis())
}
