//! The run at 1 Hz, deflated: a few kilobytes an hour.

use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::series::{Lane, Movement, Removal, Series, Suspicion, TimerPause};
use super::span::{Span, runs_where};

/// A packed [`Series`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackedSeries(Vec<u8>);

/// Why a packed series cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the lanes of this row are damaged: {0}")]
pub struct DamagedLanes(String);

/// The longest series that is unpacked, in seconds: damaged rows claim anything.
const LONGEST_S: u32 = 40 * 86_400;

#[derive(Serialize, Deserialize)]
struct Layout {
    seconds: u32,
    lanes: [Vec<i16>; 5],
    stopped: Vec<Span>,
    walking: Vec<Span>,
    pauses: Vec<TimerPause>,
    removed: Vec<(Removal, Span)>,
    suspected: Vec<(Suspicion, Span)>,
}

impl PackedSeries {
    /// Packs a series.
    pub fn pack(series: &Series) -> Self {
        let lanes =
            [&series.heart_rate, &series.speed, &series.grade, &series.altitude, &series.cadence];
        let layout = Layout {
            seconds: series.len() as u32,
            lanes: lanes.map(Lane::differences),
            stopped: spans_of(series, Movement::Stopped),
            walking: spans_of(series, Movement::Walking),
            pauses: series.pauses.clone(),
            removed: series.removed.clone(),
            suspected: series.suspected.clone(),
        };
        let plain = postcard::to_stdvec(&layout).unwrap_or_default();
        let mut deflated =
            DeflateEncoder::new(Vec::with_capacity(plain.len() / 2), Compression::new(3));
        // Writing into memory cannot fail.
        let _ = deflated.write_all(&plain);
        Self(deflated.finish().unwrap_or_default())
    }

    /// The series again, exactly.
    pub fn unpack(&self) -> Result<Series, DamagedLanes> {
        let mut plain = Vec::with_capacity(self.0.len() * 3);
        let bound = u64::from(LONGEST_S) * 16;
        DeflateDecoder::new(self.0.as_slice())
            .take(bound)
            .read_to_end(&mut plain)
            .map_err(|error| DamagedLanes(error.to_string()))?;
        let layout: Layout =
            postcard::from_bytes(&plain).map_err(|error| DamagedLanes(error.to_string()))?;
        layout.restore()
    }

    /// How many bytes it takes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was packed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn spans_of(series: &Series, movement: Movement) -> Vec<Span> {
    runs_where(series.len(), |k| series.movement[k] == movement).iter().map(Span::of).collect()
}

impl Layout {
    fn restore(self) -> Result<Series, DamagedLanes> {
        if self.seconds > LONGEST_S {
            return Err(DamagedLanes(format!("they claim {} seconds", self.seconds)));
        }
        let seconds = self.seconds as usize;
        let mut movement = vec![Movement::Running; seconds];
        for (spans, kind) in
            [(&self.stopped, Movement::Stopped), (&self.walking, Movement::Walking)]
        {
            for span in spans {
                movement[span.range_within(seconds)].fill(kind);
            }
        }
        let [heart_rate, speed, grade, altitude, cadence] =
            self.lanes.map(|differences| Lane::from_differences(&differences, seconds));
        let (pauses, removed, suspected) = (self.pauses, self.removed, self.suspected);
        Ok(Series {
            heart_rate,
            speed,
            grade,
            altitude,
            cadence,
            movement,
            pauses,
            removed,
            suspected,
        })
    }
}

impl Serialize for PackedSeries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD_NO_PAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for PackedSeries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        STANDARD_NO_PAD.decode(text.as_bytes()).map(Self).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let empty = Series::default();
        assert_eq!(PackedSeries::pack(&empty).unpack().unwrap(), empty);
    }

    #[test]
    fn damaged_lanes_are_refused() {
        assert!(PackedSeries(vec![1, 2, 3]).unpack().is_err());
        assert!(PackedSeries::default().unpack().is_err());
    }
}
