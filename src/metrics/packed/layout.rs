//! The bytes of a packed series.

use std::io::Read;

use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::metrics::elevation::Profile;
use crate::metrics::movement::movement;
use crate::metrics::series::{Channel, GradeSource, Removal, Series, Suspicion, TimerPause};
use crate::metrics::span::Span;
use crate::metrics::stored_channels::DamagedChannels;

/// How hard the deflater tries: more gains a few hundredths and takes longer than measuring.
const LEVEL: u32 = 3;

/// The longest series that is unpacked, in seconds: damaged rows claim anything.
const LONGEST_S: u32 = 40 * 86_400;

#[derive(Serialize, Deserialize)]
struct Layout {
    seconds: u32,
    grade_source: GradeSource,
    /// Heart rate, speed, altitude, cadence, grade and marks, one after the other. Each begins a
    /// block of its own: their statistics have nothing in common.
    deflated: Vec<u8>,
}

/// What is marked on the channels.
#[derive(Serialize, Deserialize)]
struct Marks {
    pauses: Vec<TimerPause>,
    removed: Vec<(Removal, Span)>,
    suspected: Vec<(Suspicion, Span)>,
}

/// The bytes of a series.
pub(super) fn pack(series: &Series) -> Vec<u8> {
    bytes(&Layout::of(series))
}

/// The series of its bytes, exactly as it was.
pub(super) fn unpack(packed: &[u8]) -> Result<Series, DamagedChannels> {
    let layout: Layout = postcard::from_bytes(packed).map_err(DamagedChannels::because)?;
    layout.restore()
}

fn bytes(value: &impl Serialize) -> Vec<u8> {
    // Numbers and lists always have a byte form.
    postcard::to_stdvec(value).unwrap_or_default()
}

/// One stream, because the deflater's tables cost more to set up than a channel to deflate.
fn deflated(parts: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut deflater = Compress::new(Compression::new(LEVEL), false);
    let mut stream = Vec::new();
    for plain in parts {
        // Incompressible bytes take a few more, and the border of a block five.
        stream.reserve(plain.len() + plain.len() / 1000 + 64);
        // Deflating whole bytes into room enough for them cannot fail.
        let _ = deflater.compress_vec(&plain, &mut stream, FlushCompress::Sync);
    }
    stream.reserve(64);
    let _ = deflater.compress_vec(&[], &mut stream, FlushCompress::Finish);
    stream.shrink_to_fit();
    stream
}

fn inflated(deflated: &[u8], most_bytes: usize) -> Result<Vec<u8>, DamagedChannels> {
    let mut plain = Vec::with_capacity(4 * deflated.len());
    DeflateDecoder::new(deflated)
        .take(most_bytes as u64)
        .read_to_end(&mut plain)
        .map_err(DamagedChannels::because)?;
    Ok(plain)
}

fn next<T: DeserializeOwned>(plain: &mut &[u8]) -> Result<T, DamagedChannels> {
    let (part, rest) = postcard::take_from_bytes(plain).map_err(DamagedChannels::because)?;
    *plain = rest;
    Ok(part)
}

impl Layout {
    /// What follows from the channels is not stored again: movement, and a grade that comes from
    /// altitude.
    fn of(series: &Series) -> Self {
        let derived = Channel::default();
        let grade =
            if series.grade_source == GradeSource::Altitude { &derived } else { &series.grade };
        let channels =
            [&series.heart_rate, &series.speed, &series.altitude, &series.cadence, grade];
        let marks = Marks {
            pauses: series.pauses.clone(),
            removed: series.removed.clone(),
            suspected: series.suspected.clone(),
        };
        let parts = channels
            .map(|channel| bytes(&channel.differences()))
            .into_iter()
            .chain([bytes(&marks)]);
        Self {
            seconds: series.len() as u32,
            grade_source: series.grade_source,
            deflated: deflated(parts),
        }
    }

    fn restore(self) -> Result<Series, DamagedChannels> {
        if self.seconds > LONGEST_S {
            return Err(DamagedChannels::because(format!("they claim {} seconds", self.seconds)));
        }
        let seconds = self.seconds as usize;
        // A difference takes three bytes at most; a mark fewer than 16, and no second has two.
        let plain = inflated(&self.deflated, 5 * (3 * seconds + 16) + 16 * seconds + 1024)?;
        let mut rest = plain.as_slice();
        let mut channel = || {
            let differences: Vec<i16> = next(&mut rest)?;
            Ok::<_, DamagedChannels>(Channel::from_differences(&differences, seconds))
        };
        let (heart_rate, speed, altitude) = (channel()?, channel()?, channel()?);
        let (cadence, grade) = (channel()?, channel()?);
        let marks: Marks = next(&mut rest)?;
        let mut series = Series {
            movement: movement(&speed, &cadence),
            heart_rate,
            speed,
            altitude,
            cadence,
            grade,
            grade_source: self.grade_source,
            pauses: marks.pauses,
            removed: marks.removed,
            suspected: marks.suspected,
        };
        if let (GradeSource::Altitude, Some(profile)) = (series.grade_source, Profile::of(&series))
        {
            series.grade = profile.grade();
        }
        Ok(series)
    }
}
