//! Speed where records say none, or one that the way made belies.

use super::distance;
use super::movement::MOVING_MM_S;
use super::series::{Series, speed_to_channel};
use super::span::runs_where;
use crate::activity::Record;

/// Seconds between records from which they count as a gap.
pub(super) const GAP_S: usize = 10;

/// Gives the seconds of each gap the mean speed of the way made across it.
pub(super) fn bridge_gaps(series: &mut Series, records: &[Record], holders: &[u32]) {
    let mut start = 0;
    while start < holders.len() {
        let holder = holders[start];
        let length = holders[start..].iter().take_while(|other| **other == holder).count();
        if length > GAP_S && holder > 0 {
            let speed = records
                .get(holder as usize)
                .and_then(|after| distance::between(&records[holder as usize - 1], after))
                .map(|metres| speed_to_channel(metres / length as f64));
            (start..start + length).for_each(|k| series.speed.set(k, speed));
        }
        start += length;
    }
}

/// A speed of zero is not believed where the way goes on for ten seconds and more: standing
/// still would hide what was run.
pub(super) fn disbelieve_standing(series: &mut Series, records: &[Record], holders: &[u32]) {
    let stands = |k: usize| series.speed.get(k).is_some_and(|speed| speed < MOVING_MM_S);
    for stretch in
        runs_where(series.speed.len(), stands).into_iter().filter(|run| run.len() >= GAP_S)
    {
        let record =
            |k: usize| (holders[k] as usize).checked_sub(1).and_then(|taken| records.get(taken));
        let distance = record(stretch.start)
            .zip(record(stretch.end - 1))
            .and_then(|(from, to)| distance::between(from, to));
        let speed = distance.map(|metres| speed_to_channel(metres / stretch.len() as f64));
        if let Some(speed) = speed.filter(|speed| *speed >= MOVING_MM_S) {
            stretch.for_each(|k| series.speed.set(k, Some(speed)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::activity::{Activity, Record};
    use crate::metrics::clock::Clock;
    use crate::metrics::resample::resample;
    use crate::metrics::series::Series;
    use crate::units::UnixTime;

    fn record(second: i64, distance_m: u32) -> Record {
        Record {
            time: UnixTime::from_seconds(second),
            distance_cm: Some(distance_m * 100),
            speed_mm_s: Some(2_500),
            ..Record::default()
        }
    }

    fn resampled(records: Vec<Record>) -> Series {
        let activity = Activity { start: records[0].time, records, ..Activity::default() };
        resample(&activity, &Clock::of(&activity).unwrap()).series
    }

    #[test]
    fn standing_is_not_believed_while_the_way_goes_on() {
        let records: Vec<Record> =
            (0..120).map(|k| Record { speed_mm_s: Some(0), ..record(k, k as u32 * 3) }).collect();
        assert_eq!(resampled(records).moving_seconds(), 119);
        let stood = (0..120).map(|k| Record { speed_mm_s: Some(0), ..record(k, 7) }).collect();
        assert_eq!(resampled(stood).moving_seconds(), 0);
    }

    #[test]
    fn a_gap_without_way_is_standing() {
        let series = resampled(vec![record(0, 0), record(1, 3), record(101, 13)]);
        assert_eq!(series.moving_seconds(), 1);
    }
}
