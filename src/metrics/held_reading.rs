//! The last reading of a quantity, for as long as it holds.

/// What was read last; nothing at first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HeldReading {
    value: Option<u16>,
    until_ms: i64,
}

impl HeldReading {
    /// Holds a reading from now on, where there is one.
    pub(super) fn take(&mut self, reading: Option<u16>, now_ms: i64, holds_ms: i64) {
        if reading.is_some() {
            *self = Self { value: reading, until_ms: now_ms + holds_ms };
        }
    }

    /// Forgets what was read before now.
    pub(super) fn lose(&mut self, now_ms: i64, holds_ms: i64) {
        if self.until_ms != now_ms + holds_ms {
            self.value = None;
        }
    }

    /// The reading, unless it holds no longer.
    pub(super) fn at(&self, moment_ms: i64) -> Option<u16> {
        if moment_ms < self.until_ms { self.value } else { None }
    }
}
