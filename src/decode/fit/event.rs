//! `event` messages of the timer: when it ran and when it stood still.

use super::clock::unix_time;
use super::wire::Message;
use crate::activity::Pause;
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

/// The pauses between timer events in time order, and when the timer stopped for good.
///
/// A timer whose start was not written is taken to have run; the first of several stops counts;
/// a stop that no start follows is the end and no pause.
pub(super) fn pauses(
    events: impl IntoIterator<Item = TimerEvent>,
) -> (Vec<Pause>, Option<UnixTime>) {
    let mut pauses = Vec::new();
    let mut stopped = None;
    for event in events {
        if !event.starts {
            stopped = stopped.or(Some(event.time));
        } else if let Some(from) = stopped.take().filter(|from| *from < event.time) {
            pauses.push(Pause { from, to: event.time });
        }
    }
    (pauses, stopped)
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

    fn found(text: &str) -> (Vec<(i64, i64)>, Option<i64>) {
        let (pauses, end) = pauses(events(text));
        (pauses.iter().map(|p| (p.from.0, p.to.0)).collect(), end.map(|t| t.0))
    }

    #[test]
    fn a_stop_and_a_start_make_a_pause() {
        assert_eq!(found("+0 -10 +20 -30"), (vec![(10, 20)], Some(30)));
    }

    #[test]
    fn doubled_stops_and_a_missing_start_are_borne() {
        assert_eq!(found("-10 -12 +20 +21 -30 -31"), (vec![(10, 20)], Some(30)));
    }

    #[test]
    fn a_pause_of_no_length_is_none() {
        assert_eq!(found("+0 -10 +10"), (vec![], None));
        assert_eq!(found(""), (vec![], None));
    }
}
