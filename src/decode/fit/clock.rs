//! Time as FIT counts it.

use crate::units::UnixTime;

/// 1989-12-31T00:00:00Z in seconds since 1970.
const FIT_EPOCH: i64 = 631_065_600;

/// The moment of so many seconds since the FIT epoch.
pub(super) const fn unix_time(fit_seconds: u32) -> UnixTime {
    UnixTime::from_seconds(FIT_EPOCH + fit_seconds as i64)
}

/// The running time of a file, from which headers with a compressed timestamp count on.
#[derive(Debug, Default)]
pub(super) struct ClockReference(Option<u32>);

impl ClockReference {
    /// Takes over the full timestamp of any message.
    pub(super) fn set(&mut self, fit_seconds: u32) {
        self.0 = Some(fit_seconds);
    }

    /// The next time whose low five bits are these; `None` before the first full timestamp.
    pub(super) fn advance(&mut self, low_five_bits: u8) -> Option<u32> {
        let last = self.0?;
        let step = u32::from(low_five_bits).wrapping_sub(last) & 0x1F;
        self.0 = last.checked_add(step);
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epoch_is_new_years_eve_of_1989() {
        assert_eq!(unix_time(0).date_time().unwrap().to_rfc3339(), "1989-12-31T00:00:00+00:00");
        assert_eq!(
            unix_time(1_000_000_000).date_time().unwrap().to_rfc3339(),
            "2021-09-08T01:46:40+00:00"
        );
    }

    #[test]
    fn compressed_time_rolls_over_after_32_seconds() {
        let mut reference = ClockReference::default();
        assert_eq!(reference.advance(3), None);
        reference.set(1_000_000_000); // its low five bits are 0
        assert_eq!(reference.advance(0), Some(1_000_000_000));
        assert_eq!(reference.advance(31), Some(1_000_000_031));
        assert_eq!(reference.advance(1), Some(1_000_000_033));
        reference.set(u32::MAX);
        assert_eq!(reference.advance(0), None);
    }
}
