//! Way and speed where the watch recorded no speed: from its distance, else from positions.
//!
//! What lies before the first and after the last reading of a stretch is not known, and stays so.

use std::ops::Range;

use super::clock::Clock;
use super::distance::{self, Fix};
use super::movement::MOVING_MM_S;
use super::series::speed_to_channel;
use crate::activity::{Activity, Record};

/// A stretch between pauses with the way made in the part of it that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct DistanceStretch {
    /// How many seconds it takes.
    seconds: usize,
    /// Its known seconds, counted from its beginning.
    known: Range<usize>,
    /// Way since the first known second, in metres, at each of them.
    distance: Vec<f64>,
    /// Seconds between two far readings that lie too near each other to tell whether anybody stood.
    untold: Vec<Range<usize>>,
}

impl DistanceStretch {
    /// Way made in it, in metres.
    pub fn length(&self) -> f64 {
        self.distance.last().copied().unwrap_or(0.0)
    }

    /// How many seconds its way is known of.
    pub fn known_seconds(&self) -> usize {
        self.known.len()
    }

    /// Speed as lane values, second by second; `None` where the way is not known.
    pub fn speeds(&self) -> impl Iterator<Item = Option<u16>> + use<> {
        let speeds = distance::speeds(&self.distance).into_iter();
        let mut known: Vec<Option<u16>> =
            speeds.map(|speed| Some(speed_to_channel(speed))).collect();
        for seconds in &self.untold {
            known[seconds.clone()].fill(None);
        }
        let unknown = |seconds| std::iter::repeat_n(None, seconds);
        unknown(self.known.start).chain(known).chain(unknown(self.seconds - self.known.end))
    }
}

/// Every stretch of an activity; `None` where neither distance nor positions tell.
pub fn stretches(
    activity: &Activity,
    clock: &Clock,
    moments: &[i64],
    recorded: bool,
) -> Option<Vec<DistanceStretch>> {
    if !recorded && !positions_suffice(&activity.records) {
        return None;
    }
    let stretch = |(run, seconds): (super::clock::TimerRun, Range<usize>)| {
        let first = activity.records.partition_point(|record| record.time.0 < run.from_ms);
        let end = activity.records.partition_point(|record| record.time.0 <= run.to_ms);
        let records = &activity.records[first.min(end)..end];
        let origin = moments.get(seconds.start).copied().unwrap_or(run.from_ms);
        if recorded {
            by_counter(records, origin, seconds.len())
        } else {
            by_position(records, origin, seconds.len())
        }
    };
    Some(clock.stretches().into_iter().map(stretch).collect())
}

/// Places further apart in time than this leave the way between them unknown, in ms.
const PLACES_APART_MS: i64 = 60_000;

/// Whether places follow each other closely enough for half of the time.
fn positions_suffice(records: &[Record]) -> bool {
    let mut before = None;
    let steps = records.iter().filter(|record| record.position.is_some()).filter_map(|record| {
        before.replace(record.time.0).map(|before: i64| record.time.0 - before)
    });
    let covered: i64 = steps.filter(|step| *step <= PLACES_APART_MS).sum();
    let span = records.first().zip(records.last()).map(|(first, last)| last.time.0 - first.time.0);
    span.is_some_and(|span| covered > 0 && 2 * covered >= span)
}

/// The whole seconds between the first and the last reading, within a stretch.
fn known_seconds(first: Option<f64>, last: Option<f64>, seconds: usize) -> Range<usize> {
    match (first, last) {
        (Some(first), Some(last)) => {
            let end = (last.floor().max(-1.0) as i64 + 1).clamp(0, seconds as i64) as usize;
            (first.ceil().max(0.0) as usize).min(end)..end
        }
        _ => 0..0,
    }
}

fn by_position(records: &[Record], origin: i64, seconds: usize) -> DistanceStretch {
    let fixes: Vec<Fix> = records
        .iter()
        .filter_map(|record| {
            let second = (record.time.0 - origin) as f64 / 1000.0;
            record.position.map(|position| Fix { second, position })
        })
        .collect();
    let ends = (fixes.first().map(|fix| fix.second), fixes.last().map(|fix| fix.second));
    let known = known_seconds(ends.0, ends.1, seconds);
    let untold = untold(records, origin, &known);
    DistanceStretch { seconds, distance: distance::along(&fixes, known.clone()), known, untold }
}

/// Records further apart than this were not written while the runner moved, in ms.
const RECORDS_APART_MS: i64 = 30_000;

/// The known seconds of long gaps between fixes, across which records were written and hardly any way
/// was made: the runner may have stood, or come back. Counted from the first known second.
fn untold(records: &[Record], origin: i64, known: &Range<usize>) -> Vec<Range<usize>> {
    let fixes: Vec<usize> = (0..records.len()).filter(|k| records[*k].position.is_some()).collect();
    let is_untold = |pair: &&[usize]| {
        let between = &records[pair[0]..=pair[1]];
        let ms = records[pair[1]].time.0 - records[pair[0]].time.0;
        let apart = |pair: &[Record]| pair[1].time.0 - pair[0].time.0 > RECORDS_APART_MS;
        let metres = distance::between_places(&between[0], &between[between.len() - 1]);
        ms > PLACES_APART_MS
            && !between.windows(2).any(apart)
            && metres
                .is_some_and(|metres| metres * 1_000_000.0 < f64::from(MOVING_MM_S) * ms as f64)
    };
    let second = |k: usize| ((records[k].time.0 - origin).max(0) / 1000) as usize;
    let at = |second: usize| second.clamp(known.start, known.end) - known.start;
    let gaps = fixes.windows(2).filter(is_untold);
    gaps.map(|pair| at(second(pair[0]) + 1)..at(second(pair[1]))).collect()
}

fn by_counter(records: &[Record], origin: i64, seconds: usize) -> DistanceStretch {
    let mut metres = 0.0;
    let mut before = None;
    let readings: Vec<(f64, f64)> = records
        .iter()
        .filter_map(|record| {
            let counter = record.distance_cm?;
            // A counter that starts again goes on from there.
            metres += before
                .replace(counter)
                .map_or(0.0, |before| f64::from(counter.saturating_sub(before)) / 100.0);
            Some(((record.time.0 - origin) as f64 / 1000.0, metres))
        })
        .collect();
    let known =
        known_seconds(readings.first().map(|(s, _)| *s), readings.last().map(|(s, _)| *s), seconds);
    let mut next = 0;
    let distance = known.clone().map(|k| {
        while next < readings.len() && readings[next].0 <= k as f64 {
            next += 1;
        }
        between_readings(&readings, next, k as f64)
    });
    DistanceStretch {
        seconds,
        distance: distance.collect(),
        known: known.clone(),
        untold: Vec::new(),
    }
}

fn between_readings(readings: &[(f64, f64)], next: usize, second: f64) -> f64 {
    match (readings.get(next.wrapping_sub(1)), readings.get(next)) {
        (Some((s1, m1)), Some((s2, m2))) if s2 > s1 => m1 + (m2 - m1) * (second - s1) / (s2 - s1),
        (Some((_, metres)), _) | (None, Some((_, metres))) => *metres,
        (None, None) => 0.0,
    }
}
