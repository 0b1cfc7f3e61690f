//! `event` messages of the timer: when it ran and when it stood still.

use super::clock::unix_time;
use super::wire::Message;
use crate::activity::{Pause, Record};
use crate::units::UnixTime;

/// The number of this message in the profile.
pub(super) const MESSAGE: u16 = 21;

const EVENT: u8 = 0;
const EVENT_TYPE: u8 = 1;
const TIMER: u8 = 0;

/// The timer started or stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimerEvent {
    pub(super) time: UnixTime,
    pub(super) starts: bool,
}

impl TimerEvent {
    /// The timer event in a message, if it is one.
    pub(super) fn read(message: &Message<'_>) -> Option<Self> {
        if message.uint8(EVENT)? != TIMER {
            return None;
        }
        let starts = match message.uint8(EVENT_TYPE)? {
            0 => true,
            // stop, stop all, stop and disable, stop and disable all
            1 | 4 | 8 | 9 => false,
            _ => return None,
        };
        Some(Self { time: unix_time(message.time?), starts })
    }
}

/// Records for longer than this behind the last stop show that the timer ran on.
const STRAY_RECORDS_MS: i64 = 60_000;

/// The pauses between timer events in time order, and when the timer stopped for good.
///
/// A timer whose first start was not written is taken to have run. A start that is missing later
/// on is taken from the records: where they go on between two stops, the timer ran again from the
/// first of them; without any, the first of the stops counts. A stop that nothing follows is the
/// end and no pause.
pub(super) fn pauses(events: &[TimerEvent], records: &[Record]) -> (Vec<Pause>, Option<UnixTime>) {
    let mut pauses = Vec::new();
    let mut stopped: Option<UnixTime> = None;
    for event in events {
        stopped = match stopped {
            Some(from) if event.starts => {
                pauses.push(Pause { from, to: event.time });
                None
            }
            Some(from) => match first_between(records, from, event.time) {
                Some(to) => {
                    pauses.push(Pause { from, to });
                    Some(event.time)
                }
                None => Some(from),
            },
            None => (!event.starts).then_some(event.time),
        };
    }
    let last = records.last().map_or(UnixTime(i64::MIN), |record| record.time);
    if let Some(from) = stopped
        && last.0 > from.0.saturating_add(STRAY_RECORDS_MS)
    {
        pauses.extend(first_between(records, from, last).map(|to| Pause { from, to }));
        stopped = None;
    }
    pauses.retain(|pause| pause.from < pause.to);
    (pauses, stopped)
}

/// The time of the first record behind one moment and before another.
fn first_between(records: &[Record], from: UnixTime, to: UnixTime) -> Option<UnixTime> {
    let behind = records.get(records.partition_point(|record| record.time <= from))?.time;
    (behind < to).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Vec<TimerEvent> {
        let event = |word: &str| TimerEvent {
            starts: word.starts_with('+'),
            time: UnixTime(word[1..].parse().unwrap()),
        };
        text.split_whitespace().map(event).collect()
    }

    fn found(timer: &str, records: &[i64]) -> (Vec<(i64, i64)>, Option<i64>) {
        let record = |time: &i64| Record { time: UnixTime(*time), ..Record::default() };
        let records: Vec<_> = records.iter().map(record).collect();
        let (pauses, end) = pauses(&events(timer), &records);
        (pauses.iter().map(|p| (p.from.0, p.to.0)).collect(), end.map(|t| t.0))
    }

    #[test]
    fn a_stop_and_a_start_make_a_pause() {
        assert_eq!(found("+0 -10 +20 -30", &[0, 10, 20, 30]), (vec![(10, 20)], Some(30)));
    }

    #[test]
    fn doubled_stops_and_a_missing_first_start_are_borne() {
        let records = [0, 9, 20, 29];
        assert_eq!(found("-10 -12 +20 +21 -30 -31", &records), (vec![(10, 20)], Some(30)));
    }

    #[test]
    fn a_start_missing_between_stops_is_taken_from_the_records() {
        let records = [0, 5, 10, 18, 25, 29];
        assert_eq!(found("+0 -10 -30", &records), (vec![(10, 18)], Some(30)));
    }

    #[test]
    fn records_that_go_on_behind_the_last_stop_show_a_missing_start() {
        assert_eq!(found("+0 -10", &[0, 50_000]), (vec![], Some(10)));
        assert_eq!(found("+0 -10", &[0, 50_000, 90_000]), (vec![(10, 50_000)], None));
    }

    #[test]
    fn a_pause_of_no_length_is_none() {
        assert_eq!(found("+0 -10 +10", &[0, 20]), (vec![], None));
        assert_eq!(found("", &[]), (vec![], None));
    }
}
