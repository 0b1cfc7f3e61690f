//! Timer time: which moment each second of the series stands for.

use std::ops::Range;

use crate::activity::{Activity, Gaps, Pause, Record};
use crate::units::UnixTime;

use super::distance;

/// A gap without way made that is a pause where the format has no timer events, in ms.
const PAUSE_GAP_MS: i64 = 30_000;
/// Speed over a gap from which the runner was on the move, in m/s.
const MOVING_M_S: f64 = 0.6;
/// Speed over a gap that no runner makes: somebody rode, in m/s.
const RIDING_M_S: f64 = 12.0;
/// A gap that no run has, in ms: the watch was forgotten.
const FORGOTTEN_GAP_MS: i64 = 6 * 3_600_000;
/// How far from the last record the timer may have stopped, in ms. It may have run on, and a
/// watch may write records for a while after it stopped.
const STOP_TO_LAST_RECORD_MS: i64 = 60_000;
/// How long before the first record the activity may have begun, in ms; longer only if way was made.
const FIRST_RECORD_WAITS_MS: i64 = 60_000;

/// A stretch in which the timer ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimerRun {
    /// From this moment, in ms since 1970.
    pub from_ms: i64,
    /// To this moment, in ms since 1970.
    pub to_ms: i64,
}

/// The activity's clocks.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    /// The stretches in which the timer ran, in time order.
    pub runs: Vec<TimerRun>,
    /// When the activity ended, in ms since 1970: the timer may have stopped before.
    pub end_ms: i64,
}

impl Clock {
    /// Reads the clocks of an activity that has records; `None` without any.
    pub fn of(activity: &Activity) -> Option<Self> {
        let (first, last) = (activity.records.first()?.time.0, activity.records.last()?.time.0);
        let waited = first - activity.start.0;
        let start = if waited >= 0
            && (waited <= FIRST_RECORD_WAITS_MS || moved_before(&activity.records[0], waited))
        {
            activity.start.0
        } else {
            first
        };
        let stop = activity.end.map_or(last, |end| end.0);
        let stop = if (stop - last).abs() <= STOP_TO_LAST_RECORD_MS { stop } else { last };
        Some(Self { runs: timer_runs(start, stop, &pauses(activity)), end_ms: stop.max(last) })
    }

    /// Milliseconds from beginning to end, pauses included.
    pub fn elapsed_ms(&self) -> i64 {
        self.runs.first().map_or(0, |first| self.end_ms - first.from_ms)
    }

    /// Milliseconds without pauses.
    pub fn timer_ms(&self) -> i64 {
        self.runs.iter().map(|run| run.to_ms - run.from_ms).sum()
    }

    /// Every stretch with the seconds of the series that lie in it.
    pub fn stretches(&self) -> Vec<(TimerRun, Range<usize>)> {
        let count = (self.timer_ms() + 500) / 1000;
        let mut passed_ms = 0;
        let second_from = |ms: i64| ((ms + 999) / 1000).min(count) as usize;
        self.runs
            .iter()
            .map(|run| {
                let start = second_from(passed_ms);
                passed_ms += run.to_ms - run.from_ms;
                (*run, start..second_from(passed_ms))
            })
            .collect()
    }

    /// The moment of every whole second of timer time, in ms since 1970.
    pub fn seconds(&self) -> Vec<i64> {
        let stretches = self.stretches();
        let mut moments = Vec::with_capacity(stretches.last().map_or(0, |(_, last)| last.end));
        let mut passed_ms = 0;
        for (run, seconds) in stretches {
            moments.extend(seconds.map(|k| run.from_ms + k as i64 * 1000 - passed_ms));
            passed_ms += run.to_ms - run.from_ms;
        }
        moments
    }
}

/// Whether the first record already counts way made at a moving speed since the start.
fn moved_before(first: &Record, waited_ms: i64) -> bool {
    first.distance_cm.is_some_and(|distance| {
        f64::from(distance) / 100.0 >= MOVING_M_S * waited_ms as f64 / 1000.0
    }) && waited_ms <= FORGOTTEN_GAP_MS
}

fn timer_runs(start: i64, end: i64, pauses: &[Pause]) -> Vec<TimerRun> {
    let mut runs = Vec::with_capacity(pauses.len() + 1);
    let mut from = start;
    for pause in pauses {
        let to = pause.from.0.clamp(from, end.max(from));
        if to > from {
            runs.push(TimerRun { from_ms: from, to_ms: to });
        }
        from = from.max(pause.to.0);
    }
    if end > from {
        runs.push(TimerRun { from_ms: from, to_ms: end });
    }
    runs
}

fn pauses(activity: &Activity) -> Vec<Pause> {
    let gaps =
        activity.records.windows(2).filter_map(|pair| gap_pause(activity.gaps, &pair[0], &pair[1]));
    let mut pauses: Vec<Pause> = activity.pauses.iter().copied().chain(gaps).collect();
    pauses.sort_by_key(|pause| (pause.from, pause.to));
    pauses
}

fn gap_pause(gaps: Gaps, before: &Record, after: &Record) -> Option<Pause> {
    let length = after.time.0 - before.time.0;
    if length <= PAUSE_GAP_MS {
        return None;
    }
    let speed = distance::between(before, after).map(|metres| metres / (length as f64 / 1000.0));
    let did_not_run = speed.is_some_and(|speed| !(MOVING_M_S..=RIDING_M_S).contains(&speed));
    // Unknown way counts as way made, or the run would be shortened; only a forgotten watch is not believed.
    let paused = match length {
        length if length > FORGOTTEN_GAP_MS => did_not_run || speed.is_none(),
        _ => did_not_run && gaps == Gaps::MayBePauses,
    };
    paused.then_some(Pause { from: UnixTime(before.time.0), to: UnixTime(after.time.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Position;

    fn record(second: i64, metres_east: f64) -> Record {
        Record {
            time: UnixTime::from_seconds(second),
            position: Position::from_degrees(0.0, metres_east / 111_194.926_6),
            ..Record::default()
        }
    }

    fn activity(records: Vec<Record>) -> Activity {
        Activity { start: records[0].time, records, gaps: Gaps::MayBePauses, ..Activity::default() }
    }

    #[test]
    fn timer_time_leaves_pauses_out() {
        let mut activity = activity(vec![record(0, 0.0), record(20, 60.0)]);
        activity.pauses =
            vec![Pause { from: UnixTime::from_seconds(5), to: UnixTime::from_seconds(15) }];
        let clock = Clock::of(&activity).unwrap();
        assert_eq!((clock.elapsed_ms(), clock.timer_ms()), (20_000, 10_000));
        let seconds: Vec<i64> = clock.seconds().iter().map(|ms| ms / 1000).collect();
        assert_eq!(seconds, [0, 1, 2, 3, 4, 15, 16, 17, 18, 19]);
    }

    #[test]
    fn a_gap_without_way_is_a_pause_and_one_with_way_is_not() {
        let stood = activity(vec![record(0, 0.0), record(31, 5.0), record(40, 30.0)]);
        assert_eq!(Clock::of(&stood).unwrap().timer_ms(), 9_000);
        let ran = activity(vec![record(0, 0.0), record(31, 75.0), record(40, 100.0)]);
        assert_eq!(Clock::of(&ran).unwrap().timer_ms(), 40_000);
        let short = activity(vec![record(0, 0.0), record(30, 5.0), record(40, 30.0)]);
        assert_eq!(Clock::of(&short).unwrap().timer_ms(), 40_000);
    }

    #[test]
    fn nobody_runs_a_gap_at_the_speed_of_a_train() {
        let rode = activity(vec![record(0, 0.0), record(600, 20_000.0), record(640, 20_100.0)]);
        assert_eq!(Clock::of(&rode).unwrap().timer_ms(), 40_000);
    }

    #[test]
    fn a_format_with_timer_events_keeps_its_gaps() {
        let mut silent = activity(vec![record(0, 0.0), record(600, 5.0)]);
        silent.gaps = Gaps::Silence;
        assert_eq!(Clock::of(&silent).unwrap().timer_ms(), 600_000);
    }

    #[test]
    fn records_behind_the_last_stop_are_no_timer_time() {
        let mut activity = activity(vec![record(0, 0.0), record(20, 60.0), record(24, 60.0)]);
        activity.end = Some(UnixTime::from_seconds(20));
        let clock = Clock::of(&activity).unwrap();
        assert_eq!((clock.elapsed_ms(), clock.timer_ms()), (24_000, 20_000));
        activity.end = Some(UnixTime::from_seconds(30));
        let clock = Clock::of(&activity).unwrap();
        assert_eq!((clock.elapsed_ms(), clock.timer_ms()), (30_000, 30_000));
    }

    #[test]
    fn overlapping_pauses_are_counted_once() {
        let mut activity = activity(vec![record(0, 0.0), record(25, 60.0)]);
        activity.pauses = vec![
            Pause { from: UnixTime::from_seconds(5), to: UnixTime::from_seconds(15) },
            Pause { from: UnixTime::from_seconds(10), to: UnixTime::from_seconds(20) },
        ];
        assert_eq!(Clock::of(&activity).unwrap().timer_ms(), 10_000);
    }
}
