//! From the clock of the timer to that of the wall.

use crate::units::UnixTime;

/// A shorter gap is a lost fix, in milliseconds.
const SHORTEST_PAUSE_MS: i64 = 2_000;

/// A pause on the clock of the wall.
pub(super) type TimerStop = (UnixTime, UnixTime);

/// The pauses that a route shows: the watch writes the last point twice before it stops.
pub(super) fn stops(times: &[UnixTime]) -> Vec<TimerStop> {
    let stop = |three: &[UnixTime]| {
        let [before, from, to] = *three else { return None };
        (before == from && to.0 - from.0 >= SHORTEST_PAUSE_MS).then_some((from, to))
    };
    times.windows(3).filter_map(stop).collect()
}

/// A moment of the timer on the clock of the wall.
pub(super) fn on_the_wall(timer: UnixTime, stops: &[TimerStop]) -> UnixTime {
    let mut time = timer.0;
    for (from, to) in stops {
        if time <= from.0 {
            break;
        }
        time += to.0 - from.0;
    }
    UnixTime(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_behind_a_pause_moves_by_its_length() {
        let at = UnixTime::from_seconds;
        let times: Vec<UnixTime> =
            [10, 11, 14, 15, 15, 100, 101, 101, 102, 120, 120, 150].map(at).into();
        let stops = stops(&times);
        assert_eq!(stops, [(at(15), at(100)), (at(120), at(150))]);
        let moved = [10, 15, 16, 35, 36].map(|second| on_the_wall(at(second), &stops));
        assert_eq!(moved, [10, 15, 101, 120, 151].map(at));
    }
}
