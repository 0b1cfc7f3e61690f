//! The bytes of a packed series.

use serde::{Deserialize, Serialize};

use super::bits;
use crate::metrics::elevation::Profile;
use crate::metrics::movement::movement;
use crate::metrics::series::{Channel, GradeSource, Removal, Series, Suspicion, TimerPause};
use crate::metrics::span::Span;
use crate::metrics::stored_channels::DamagedChannels;

/// The longest series that is unpacked, in seconds: damaged rows claim anything.
const LONGEST_S: u32 = 40 * 86_400;

#[derive(Serialize, Deserialize)]
struct Layout {
    seconds: u32,
    grade_source: GradeSource,
    /// Heart rate, speed, altitude, cadence and grade, one after the other.
    channels: Vec<u8>,
    /// What is marked on the channels.
    pauses: Vec<TimerPause>,
    removed: Vec<(Removal, Span)>,
    suspected: Vec<(Suspicion, Span)>,
}

/// The bytes of a series.
pub(super) fn pack(series: &Series) -> Vec<u8> {
    // Numbers and lists always have a byte form.
    postcard::to_stdvec(&Layout::of(series)).unwrap_or_default()
}

/// The series of its bytes, exactly as it was.
pub(super) fn unpack(packed: &[u8]) -> Result<Series, DamagedChannels> {
    let layout: Layout = postcard::from_bytes(packed).map_err(DamagedChannels::because)?;
    layout.restore()
}

impl Layout {
    /// What follows from the channels is not stored again: movement, and a grade that comes from
    /// altitude.
    fn of(series: &Series) -> Self {
        let derived = Channel::default();
        let grade =
            if series.grade_source == GradeSource::Altitude { &derived } else { &series.grade };
        let mut channels = Vec::new();
        for channel in [&series.heart_rate, &series.speed, &series.altitude, &series.cadence, grade]
        {
            bits::pack(channel, &mut channels);
        }
        Self {
            seconds: series.len() as u32,
            grade_source: series.grade_source,
            channels,
            pauses: series.pauses.clone(),
            removed: series.removed.clone(),
            suspected: series.suspected.clone(),
        }
    }

    fn restore(self) -> Result<Series, DamagedChannels> {
        if self.seconds > LONGEST_S {
            return Err(DamagedChannels::because(format!("they claim {} seconds", self.seconds)));
        }
        let mut rest = self.channels.as_slice();
        let mut channel = || bits::unpack(&mut rest, self.seconds as usize);
        let (heart_rate, speed, altitude) = (channel()?, channel()?, channel()?);
        let (cadence, grade) = (channel()?, channel()?);
        let mut series = Series {
            movement: movement(&speed, &cadence),
            heart_rate,
            speed,
            altitude,
            cadence,
            grade,
            grade_source: self.grade_source,
            pauses: self.pauses,
            removed: self.removed,
            suspected: self.suspected,
        };
        if let (GradeSource::Altitude, Some(profile)) = (series.grade_source, Profile::of(&series))
        {
            series.grade = profile.grade();
        }
        Ok(series)
    }
}
