//! Speed where records say none.

use super::distance;
use super::series::{Series, speed_to_channel};
use crate::activity::Record;

/// Seconds between records from which they count as a gap.
pub(super) const GAP_S: usize = 10;

/// Gives the seconds of each gap the mean speed of the way made across it.
pub(super) fn bridge_gaps(series: &mut Series, records: &[Record], holders: &[u32]) {
    let mut start = 0;
    while start < holders.len() {
        let holder = holders[start];
        // Records are in order of time: whether one holds for longer than a gap is seen so far ahead.
        if holders.get(start + GAP_S) != Some(&holder) {
            start += 1;
            continue;
        }
        let length = holders[start..].iter().take_while(|other| **other == holder).count();
        if holder > 0 {
            let speed = records
                .get(holder as usize)
                .and_then(|after| distance::between(&records[holder as usize - 1], after))
                .map(|metres| speed_to_channel(metres / length as f64));
            (start..start + length).for_each(|k| series.speed.set(k, speed));
        }
        start += length;
    }
}

#[cfg(test)]
mod tests {
    use crate::metrics::testing::{record, resampled};

    #[test]
    fn a_gap_without_way_is_standing() {
        let series = resampled(vec![record(0, None, 0), record(1, None, 3), record(101, None, 13)]);
        assert_eq!(series.moving_seconds(), 1);
    }
}
