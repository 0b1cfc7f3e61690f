//! The run at 1 Hz, deflated: a few kilobytes an hour.

mod channel_bytes;
mod layout;

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::series::Series;
use super::stored_channels::{DamagedChannels, StoredChannels};

/// A packed [`Series`], in memory or elsewhere.
#[derive(Debug, Clone)]
pub struct PackedSeries {
    bytes: Bytes,
    /// Whether the bytes are known to be as they were packed.
    is_sound: bool,
}

#[derive(Debug, Clone)]
enum Bytes {
    Held(Vec<u8>),
    Stored(Arc<dyn StoredChannels>),
}

impl Default for PackedSeries {
    fn default() -> Self {
        Self::held(Vec::new(), false)
    }
}

/// Channels that cannot be read are equal to none.
impl PartialEq for PackedSeries {
    fn eq(&self, other: &Self) -> bool {
        matches!((self.bytes(), other.bytes()), (Ok(left), Ok(right)) if left == right)
    }
}

impl PackedSeries {
    /// Packs a series.
    pub fn pack(series: &Series) -> Self {
        Self::held(layout::pack(series), true)
    }

    fn held(bytes: Vec<u8>, is_sound: bool) -> Self {
        Self { bytes: Bytes::Held(bytes), is_sound }
    }

    /// The series again, exactly.
    ///
    /// # Errors
    /// Where the bytes cannot be had, or are damaged.
    pub fn unpack(&self) -> Result<Series, DamagedChannels> {
        layout::unpack(&self.bytes()?)
    }

    /// The packed bytes.
    ///
    /// # Errors
    /// Where they lie elsewhere and cannot be had.
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>, DamagedChannels> {
        match &self.bytes {
            Bytes::Held(bytes) => Ok(Cow::Borrowed(bytes)),
            Bytes::Stored(stored) => stored.fetch().map(Cow::Owned),
        }
    }

    /// Bytes that were packed earlier, and that whoever fetches them proves to be the same.
    pub fn stored(stored: Arc<dyn StoredChannels>) -> Self {
        Self { bytes: Bytes::Stored(stored), is_sound: true }
    }

    /// Bytes that were packed earlier and that a hash proves to be the same.
    pub fn from_sound_bytes(bytes: Vec<u8>) -> Self {
        Self::held(bytes, true)
    }

    /// Puts the bytes out of memory; they stay where `put` has no place for them.
    pub fn put_away(&mut self, put: impl FnOnce(&[u8]) -> Option<Arc<dyn StoredChannels>>) {
        let Bytes::Held(bytes) = &self.bytes else { return };
        if let Some(stored) = put(bytes) {
            self.bytes = Bytes::Stored(stored);
        }
    }

    /// Whether the channels can be read.
    ///
    /// # Errors
    /// Where the bytes came from somewhere else and are damaged.
    pub fn check(&self) -> Result<(), DamagedChannels> {
        if self.is_sound { Ok(()) } else { self.unpack().map(|_| ()) }
    }
}

impl Serialize for PackedSeries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.bytes().map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&STANDARD_NO_PAD.encode(bytes))
    }
}

impl<'de> Deserialize<'de> for PackedSeries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let bytes = STANDARD_NO_PAD.decode(text.as_bytes()).map_err(serde::de::Error::custom)?;
        Ok(Self::held(bytes, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::elevation::Profile;
    use crate::metrics::series::{Channel, GradeSource, Removal, Suspicion, TimerPause};
    use crate::metrics::span::Span;
    use crate::metrics::testing::run;

    #[test]
    fn nothing_is_lost() {
        let mut series = run(4000, |k| {
            (
                (k % 7 != 0).then_some(120 + (k % 40) as u16),
                (k * 13 % 4_000) as u16,
                (k % 180) as u16,
            )
        });
        series.pauses = vec![TimerPause { before: 7, seconds: 12.5 }];
        series.removed = vec![(Removal::Spike, Span { start: 3, seconds: 4 })];
        series.suspected = vec![(Suspicion::ImpossibleChange, Span { start: 30, seconds: 30 })];
        assert_eq!(PackedSeries::pack(&series).unpack().unwrap(), series);
        series.altitude = Channel::of((0..4000).map(|k| Some(11_000 + 2 * (k / 9))));
        series.grade = Profile::of(&series).unwrap().grade();
        series.grade_source = GradeSource::Altitude;
        assert_eq!(PackedSeries::pack(&series).unpack().unwrap(), series);
        let empty = Series::default();
        assert_eq!(PackedSeries::pack(&empty).unpack().unwrap(), empty);
    }

    #[derive(Debug)]
    struct Drawer(Vec<u8>);

    impl StoredChannels for Drawer {
        fn fetch(&self) -> Result<Vec<u8>, DamagedChannels> {
            if self.0.is_empty() {
                return Err(DamagedChannels::because("the drawer is empty"));
            }
            Ok(self.0.clone())
        }
    }

    #[test]
    fn lanes_are_the_same_wherever_they_lie() {
        let series = run(600, |_| (Some(130), 2_500, 166));
        let held = PackedSeries::pack(&series);
        let mut away = held.clone();
        away.put_away(|_| None);
        assert_eq!(away.unpack().unwrap(), series);
        away.put_away(|bytes| Some(Arc::new(Drawer(bytes.to_vec()))));
        assert_eq!(away.unpack().unwrap(), series);
        assert_eq!(away, held);
        let json = |channels: &PackedSeries| serde_json::to_string(channels).unwrap();
        assert_eq!(json(&away), json(&held));
        let lost = PackedSeries::stored(Arc::new(Drawer(Vec::new())));
        assert!(lost.unpack().is_err() && serde_json::to_string(&lost).is_err() && lost != held);
    }

    #[test]
    fn damaged_lanes_are_refused() {
        assert!(PackedSeries::held(vec![1, 2, 3], false).unpack().is_err());
        assert!(PackedSeries::default().unpack().is_err());
    }
}
