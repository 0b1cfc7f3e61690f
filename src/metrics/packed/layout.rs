//! The bytes of a packed series.

use std::cell::RefCell;
use std::io::Read;

use flate2::read::DeflateDecoder;
use serde::{Deserialize, Serialize};
use zlib_rs::{Deflate, DeflateConfig, DeflateFlush, Status, Strategy, compress_bound};

use super::channel_bytes;
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
    /// Heart rate, speed, altitude, cadence, grade and marks, one after the other.
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

thread_local! {
    /// Short codes for frequent bytes, without a search for repeats: differences hold few, and it takes a third of
    /// the time. Its memory of a third of a megabyte is made ready once for each thread, not for each run.
    static HUFFMAN: RefCell<Deflate> = RefCell::new(Deflate::new_with_config(DeflateConfig {
        level: 1,
        strategy: Strategy::HuffmanOnly,
        window_bits: RAW,
        ..DeflateConfig::default()
    }));
}

/// No header and no checksum around the bytes.
const RAW: i32 = -15;

fn deflated(plain: &[u8]) -> Vec<u8> {
    let mut room = vec![0; compress_bound(plain.len())];
    let length = HUFFMAN.with_borrow_mut(|huffman| {
        huffman.reset();
        // Room enough for anything is never too little; and nothing cannot be inflated.
        let ended = huffman.compress(plain, &mut room, DeflateFlush::Finish);
        if ended == Ok(Status::StreamEnd) { huffman.total_out() as usize } else { 0 }
    });
    room[..length].to_vec()
}

fn inflated(deflated: &[u8], most_bytes: usize) -> Result<Vec<u8>, DamagedChannels> {
    let mut plain = Vec::with_capacity(4 * deflated.len());
    DeflateDecoder::new(deflated)
        .take(most_bytes as u64)
        .read_to_end(&mut plain)
        .map_err(DamagedChannels::because)?;
    Ok(plain)
}

impl Layout {
    /// What follows from the channels is not stored again: movement, and a grade that comes from
    /// altitude.
    fn of(series: &Series) -> Self {
        let derived = Channel::default();
        let grade =
            if series.grade_source == GradeSource::Altitude { &derived } else { &series.grade };
        let mut plain = Vec::with_capacity(6 * series.len());
        for channel in [&series.heart_rate, &series.speed, &series.altitude, &series.cadence, grade]
        {
            channel_bytes::write(channel, &mut plain);
        }
        plain.extend(bytes(&Marks {
            pauses: series.pauses.clone(),
            removed: series.removed.clone(),
            suspected: series.suspected.clone(),
        }));
        Self {
            seconds: series.len() as u32,
            grade_source: series.grade_source,
            deflated: deflated(&plain),
        }
    }

    fn restore(self) -> Result<Series, DamagedChannels> {
        if self.seconds > LONGEST_S {
            return Err(DamagedChannels::because(format!("they claim {} seconds", self.seconds)));
        }
        let seconds = self.seconds as usize;
        // A mark takes fewer than 16 bytes, and no second has two.
        let most = 5 * (channel_bytes::MOST_BYTES * seconds + 16) + 16 * seconds + 1024;
        let plain = inflated(&self.deflated, most)?;
        let mut rest = plain.as_slice();
        let mut channel = || channel_bytes::read(&mut rest, seconds);
        let (heart_rate, speed, altitude) = (channel()?, channel()?, channel()?);
        let (cadence, grade) = (channel()?, channel()?);
        let marks: Marks = postcard::from_bytes(rest).map_err(DamagedChannels::because)?;
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
