//! Where the timer stood: a new track within a lap, a lap whose timer falls short of its time, or
//! two empty track points.
//!
//! Laps follow each other without a pause. What is no pause by these signs may still be a long gap
//! without way made, which whoever measures takes for one in every format without timer events.

use super::laps::Lap;
use crate::activity::{Pause, Record};
use crate::decode::xml::segments::PointSegment;
use crate::units::UnixTime;

/// Times and totals of laps are rounded to seconds, both.
const ROUNDING_MS: i64 = 2_000;

/// The recording of one activity.
#[derive(Clone, Copy)]
pub(super) struct RecordedLaps<'a> {
    /// In time order.
    pub(super) records: &'a [Record],
    /// Where they stand: the first begins with the first record.
    pub(super) segments: &'a [PointSegment],
    /// The laps of the file from the activity's first to its last.
    pub(super) laps: &'a [Lap],
    /// Which lap of the file the first of them is.
    pub(super) first_lap: usize,
}

/// The pauses of an activity, in time order, not overlapping.
pub(super) fn pauses(recording: RecordedLaps<'_>) -> Vec<Pause> {
    let within = recording.within_laps();
    let between = recording.between_laps(&within);
    joined(within.into_iter().map(|(_, pause)| pause).chain(between).collect())
}

impl RecordedLaps<'_> {
    /// Those within a lap, each with the lap's place among those of the activity.
    fn within_laps(self) -> Vec<(usize, Pause)> {
        let start = self.segments.first().map_or(0, |segment| segment.records.start);
        let mut found = Vec::new();
        for of_lap in self.segments.chunk_by(|a, b| a.part == b.part) {
            let lap = of_lap[0].part - self.first_lap;
            let own = |segment: &PointSegment| {
                &self.records[segment.records.start - start..segment.records.end - start]
            };
            let (first, last) = (own(&of_lap[0]), own(&of_lap[of_lap.len() - 1]));
            if !ran_throughout(&self.laps[lap], first[0].time, last[last.len() - 1].time) {
                let breaks = of_lap.windows(2).map(|pair| (own(&pair[0]), own(&pair[1])));
                let breaks = breaks.map(|(a, b)| (a[a.len() - 1].time, b[0].time));
                found.extend(breaks.filter_map(|(from, to)| Some((lap, pause(from, to)?))));
            }
            let marked = of_lap.iter().flat_map(|segment| marked(own(segment)));
            found.extend(marked.map(|pause| (lap, pause)));
        }
        found
    }

    /// Those before the end of a lap, told by the time that its timer does not account for.
    fn between_laps(self, within: &[(usize, Pause)]) -> Vec<Pause> {
        let mut within = within.iter().peekable();
        let mut found = Vec::new();
        for (index, pair) in self.laps.windows(2).enumerate() {
            let mut inside_ms = 0;
            while let Some((_, pause)) = within.next_if(|(lap, _)| *lap <= index) {
                inside_ms += pause.to.0 - pause.from.0;
            }
            let (Some(start), Some(next)) = (pair[0].start, pair[1].start) else { continue };
            let Some(timer_ms) = pair[0].timer_ms() else { continue };
            let stopped = UnixTime(start.0 + timer_ms + inside_ms);
            found.extend(self.without_records(stopped, next));
        }
        found
    }

    /// A pause from one moment to another, unless there are records of that time.
    fn without_records(self, from: UnixTime, to: UnixTime) -> Option<Pause> {
        let until = self.records.partition_point(|record| record.time < to);
        let last = self.records.get(until.checked_sub(1)?)?.time;
        let recorded_on = last.0 > from.0 + ROUNDING_MS;
        let follows = until < self.records.len();
        let is_long = to.0 - from.0 > ROUNDING_MS;
        if recorded_on || !follows || !is_long { None } else { pause(from.max(last), to) }
    }
}

fn pause(from: UnixTime, to: UnixTime) -> Option<Pause> {
    (from < to).then_some(Pause { from, to })
}

/// Whether a lap's timer ran from its beginning to its last record, however many tracks it has:
/// some programs begin a new one when they lose the satellites.
fn ran_throughout(lap: &Lap, first: UnixTime, last: UnixTime) -> bool {
    let start = lap.start.filter(|start| *start <= first).unwrap_or(first);
    lap.timer_ms().is_some_and(|timer_ms| timer_ms + ROUNDING_MS >= last.0 - start.0)
}

/// Two track points in a row that say nothing but their time: by Garmin's definition of its
/// tracks the recording paused between them. A longer row is a watch without any sensor.
fn marked(records: &[Record]) -> impl Iterator<Item = Pause> {
    let is_empty = |record: &Record| *record == Record { time: record.time, ..Record::default() };
    let rows = records.chunk_by(move |a, b| is_empty(a) && is_empty(b));
    let pairs = rows.filter_map(|row| if let [a, b] = row { Some((a, b)) } else { None });
    pairs.filter_map(|(a, b)| pause(a.time, b.time))
}

fn joined(mut pauses: Vec<Pause>) -> Vec<Pause> {
    pauses.sort_by_key(|pause| (pause.from, pause.to));
    let mut joined: Vec<Pause> = Vec::with_capacity(pauses.len());
    for pause in pauses {
        match joined.last_mut() {
            Some(last) if pause.from < last.to => last.to = last.to.max(pause.to),
            _ => joined.push(pause),
        }
    }
    joined
}
