//! `hr` messages: what a strap kept in its own memory, by its own clock, and handed over later.

use super::base;
use super::body::Body;
use super::clock::unix_time;
use super::wire::Message;
use crate::activity::Record;
use crate::units::UnixTime;

/// The number of this message in the profile.
pub(super) const MESSAGE: u16 = 132;

const FRACTIONAL_TIMESTAMP: u8 = 0;
const TIME_256: u8 = 1;
const FILTERED_BPM: u8 = 6;
const EVENT_TIMESTAMP: u8 = 9;
const EVENT_TIMESTAMP_12: u8 = 10;

/// A reading older than this says nothing about a record.
const LONGEST_AGE_MS: i64 = 5000;

/// The strap's clock counts 1024ths of a second.
const TICKS_PER_SECOND: i64 = 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct StrapReading {
    time: UnixTime,
    bpm: u8,
}

/// All readings of the strap, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct StrapMemory {
    readings: Vec<StrapReading>,
    clock: Option<StrapClock>,
    /// How many readings were too many.
    left_out: usize,
}

/// What the strap's clock showed at a moment that is known.
#[derive(Debug, Clone, Copy)]
struct StrapClock {
    reading_time: UnixTime,
    ticks: i64,
    /// The last time the strap wrote, on which the next 12 bits count on.
    last: i64,
}

impl StrapClock {
    fn time(&self, ticks: i64) -> UnixTime {
        UnixTime(self.reading_time.0 + (ticks - self.ticks) * 1000 / TICKS_PER_SECOND)
    }

    fn advance(&mut self, low_12_bits: u16) -> i64 {
        self.last += (i64::from(low_12_bits) - self.last) & 0xFFF;
        self.last
    }
}

impl StrapMemory {
    /// Takes in one message, as long as there are no more than so many readings.
    pub(super) fn take(&mut self, message: &Message<'_>, most: usize) {
        let full = full_ticks(message);
        if let (Some(&ticks), Some(reading_time)) = (full.first(), reading_time(message)) {
            self.clock = Some(StrapClock { reading_time, ticks, last: ticks });
        }
        let Some(clock) = &mut self.clock else { return };
        let beats = bytes(message, FILTERED_BPM, base::UINT8);
        if self.readings.len() >= most {
            self.left_out += beats.len();
            return;
        }
        if let Some(&last) = full.last() {
            clock.last = last;
            let times: Vec<_> = full.iter().map(|ticks| clock.time(*ticks)).collect();
            keep(&mut self.readings, times, beats);
        } else {
            let packed = bytes(message, EVENT_TIMESTAMP_12, base::BYTE);
            let times: Vec<_> = twelve_bits(packed)
                .map(|bits| {
                    let ticks = clock.advance(bits);
                    clock.time(ticks)
                })
                .collect();
            keep(&mut self.readings, times, beats);
        }
    }

    /// Adds what another link of the chain holds.
    pub(super) fn append(&mut self, other: Self) {
        self.readings.extend(other.readings);
    }

    /// How many readings there are.
    pub(super) fn len(&self) -> usize {
        self.readings.len()
    }

    /// How many there were beyond the limit.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// Whether there is no reading.
    pub(super) fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// Gives each record the mean of the strap's readings since the record before, and says how
    /// many got one. The strap outranks what the watch wrote: it is why the strap was worn.
    pub(super) fn merge_into(mut self, records: &mut [Record]) -> usize {
        if self.is_empty() {
            return 0;
        }
        self.readings.sort_by_key(|reading| reading.time);
        let mut before = UnixTime(i64::MIN);
        let mut bpm = None;
        let mut merged = 0;
        for record in records {
            // Records of the same time share the same readings.
            if record.time != before {
                let from = before.max(UnixTime(record.time.0 - LONGEST_AGE_MS));
                bpm = mean(between(&self.readings, from, record.time));
                before = record.time;
            }
            record.heart_rate_bpm = bpm.or(record.heart_rate_bpm);
            merged += usize::from(bpm.is_some());
        }
        merged
    }
}

/// The readings after `from` until `to`.
fn between(readings: &[StrapReading], from: UnixTime, to: UnixTime) -> &[StrapReading] {
    let first = readings.partition_point(|reading| reading.time <= from);
    let rest = &readings[first..];
    &rest[..rest.partition_point(|reading| reading.time <= to)]
}

fn mean(readings: &[StrapReading]) -> Option<u8> {
    let count = readings.len();
    let sum: usize = readings.iter().map(|reading| usize::from(reading.bpm)).sum();
    (count > 0).then(|| ((2 * sum + count) / (2 * count)) as u8)
}

fn keep(readings: &mut Vec<StrapReading>, times: Vec<UnixTime>, beats: &[u8]) {
    let known = times.into_iter().zip(beats).filter(|(_, bpm)| !matches!(**bpm, 0 | u8::MAX));
    readings.extend(known.map(|(time, bpm)| StrapReading { time, bpm: *bpm }));
}

fn reading_time(message: &Message<'_>) -> Option<UnixTime> {
    let fraction_ms = message
        .uint16(FRACTIONAL_TIMESTAMP)
        .map(|parts| i64::from(parts) * 1000 / 32_768)
        .or_else(|| message.uint8(TIME_256).map(|parts| i64::from(parts) * 1000 / 256));
    Some(UnixTime(unix_time(message.time?).0 + fraction_ms.unwrap_or(0)))
}

fn bytes<'w>(message: &Message<'w>, number: u8, base: u8) -> &'w [u8] {
    let field = message.field(number).filter(|field| field.base == base);
    field.map(|field| message.body.slice(field)).unwrap_or_default()
}

fn full_ticks(message: &Message<'_>) -> Vec<i64> {
    let Some(field) = message.field(EVENT_TIMESTAMP).filter(|field| field.base == base::UINT32)
    else {
        return Vec::new();
    };
    let at = |i: u8| field.offset + 4 * u32::from(i);
    let body: Body<'_> = message.body;
    (0..field.size / 4).map_while(|i| body.uint32(at(i)).map(i64::from)).collect()
}

/// Pairs of 12 bits in three bytes, the lower bits first.
fn twelve_bits(packed: &[u8]) -> impl Iterator<Item = u16> + '_ {
    let (triples, _) = packed.as_chunks::<3>();
    triples.iter().flat_map(|triple| {
        let [low, middle, high] = triple.map(u16::from);
        [low | (middle & 0xF) << 8, middle >> 4 | high << 4]
    })
}
