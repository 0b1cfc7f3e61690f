//! The sums that a watch writes at the end: distance, heart rate, climb, time in its own zones.

use super::run::{Sample, Track};

/// Upper bounds of the watch's own zones in beats per minute: 50, 60 … 100 % of 190.
pub(crate) const ZONE_BOUNDS: [u8; 6] = [95, 114, 133, 152, 171, 190];

/// Sums over a stretch of a recording.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Summary {
    pub(crate) first: Sample,
    pub(crate) last: Sample,
    pub(crate) timer: u32,
    pub(crate) mean_heart_rate: Option<u8>,
    pub(crate) max_heart_rate: Option<u8>,
    /// Whole metres.
    pub(crate) ascent: u16,
}

impl Summary {
    /// Sums from one sample to another; `None` where there is no stretch.
    pub(crate) fn of(track: &Track, from: usize, to: usize) -> Option<Self> {
        let samples = track.samples.get(from..=to)?;
        let (first, last) = (*samples.first()?, *samples.last()?);
        let beats = samples.iter().filter_map(|sample| sample.heart_rate);
        let (count, sum) =
            beats.clone().fold((0, 0), |(n, sum), beat| (n + 1, sum + u32::from(beat)));
        let climb = samples.windows(2).map(|pair| (pair[1].altitude - pair[0].altitude).max(0.0));
        Some(Self {
            first,
            last,
            timer: track.timer_between(first.second, last.second),
            mean_heart_rate: (sum + count / 2).checked_div(count).map(|mean| mean as u8),
            max_heart_rate: beats.max(),
            ascent: climb.sum::<f64>().round() as u16,
        })
    }

    /// Seconds from first to last, pauses included.
    pub(crate) fn elapsed(&self) -> u32 {
        self.last.second - self.first.second
    }

    /// Way made in centimetres.
    pub(crate) fn distance_cm(&self) -> u32 {
        self.last.distance_cm - self.first.distance_cm
    }
}

/// Milliseconds in each of the watch's zones: every reading counts until the next one, and not
/// while the timer stands still.
pub(crate) fn time_in_zones(track: &Track) -> [u32; ZONE_BOUNDS.len() + 1] {
    let mut zones = [0; ZONE_BOUNDS.len() + 1];
    for pair in track.samples.windows(2) {
        if let Some(beat) = pair[0].heart_rate {
            let zone = ZONE_BOUNDS.partition_point(|bound| *bound <= beat);
            zones[zone] += 1000 * track.timer_between(pair[0].second, pair[1].second);
        }
    }
    zones
}

/// Samples at which a watch begins a new lap: the first one, and one after every kilometre.
pub(crate) fn lap_starts(track: &Track) -> Vec<usize> {
    const LAP_CM: u32 = 100_000;
    let mut starts = vec![0];
    for (index, pair) in track.samples.windows(2).enumerate() {
        if pair[0].distance_cm / LAP_CM != pair[1].distance_cm / LAP_CM {
            starts.push(index + 1);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::super::run::{CalendarEntry, RECOVERY_SPEED, level, record};
    use super::*;

    fn half_an_hour() -> Track {
        let pieces = vec![level(1800, RECOVERY_SPEED)];
        record(&CalendarEntry { pieces, stops: vec![(900, 60)], ..CalendarEntry::default() })
    }

    #[test]
    fn zones_hold_the_timer_time() {
        let zones = time_in_zones(&half_an_hour());
        assert_eq!(zones.iter().sum::<u32>(), 1_800_000);
        assert!(zones[2] > 1_600_000, "a recovery run lies in the third entry: {zones:?}");
    }

    #[test]
    fn the_sum_of_the_laps_is_the_session() {
        let track = half_an_hour();
        let end = track.samples.len() - 1;
        let mut starts = lap_starts(&track);
        assert_eq!(starts.len(), 5, "four and a half kilometres");
        starts.push(end);
        let laps = starts.windows(2).filter_map(|lap| Summary::of(&track, lap[0], lap[1]));
        let session = Summary::of(&track, 0, end).unwrap();
        assert_eq!(laps.map(|lap| lap.distance_cm()).sum::<u32>(), session.distance_cm());
        assert_eq!((session.timer, session.elapsed()), (1800, 1860));
    }
}
