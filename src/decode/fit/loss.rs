//! Whether what is lost of a file is little: then the run was hardly longer than what is left of it.

use super::part::Part;
use crate::activity::Record;

/// A fiftieth of a file is little: a run of half an hour was half a minute longer.
const LITTLE_SHARE: usize = 50;
/// So is what holds no more records than these seconds have: behind the records of a short run
/// stand many laps.
const LITTLE_S: f64 = 120.0;

/// Whether the files of a chain of so many bytes lost little.
pub(super) fn is_little(parts: &[Part], bytes: usize) -> bool {
    let lost: usize = parts.iter().map(|part| part.lost_bytes).sum();
    lost <= bytes / LITTLE_SHARE || parts.iter().map(seconds_lost).sum::<f64>() <= LITTLE_S
}

/// The time of as many records as the lost bytes have room for.
fn seconds_lost(part: &Part) -> f64 {
    if part.lost_bytes == 0 {
        return 0.0;
    }
    let step = typical_step_s(&part.records).zip(part.shortest_record);
    step.map_or(f64::INFINITY, |(step, length)| step * (part.lost_bytes / length) as f64)
}

/// The median of the times between records; `None` without two.
fn typical_step_s(records: &[Record]) -> Option<f64> {
    let steps = records.windows(2).map(|pair| pair[1].time.0 - pair[0].time.0);
    let mut steps: Vec<i64> = steps.filter(|step| *step > 0).collect();
    let middle = steps.len() / 2;
    (!steps.is_empty()).then(|| *steps.select_nth_unstable(middle).1 as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UnixTime;

    fn part(step_s: i64, lost_bytes: usize) -> Part {
        let at = |k| Record { time: UnixTime::from_seconds(step_s * k), ..Record::default() };
        let records = (0..100).map(at).collect();
        Part { records, lost_bytes, shortest_record: Some(20), ..Part::default() }
    }

    #[test]
    fn a_fiftieth_of_the_bytes_is_little() {
        assert!(is_little(&[part(60, 100), part(60, 100)], 10_000));
        assert!(!is_little(&[part(60, 100), part(60, 101)], 10_000));
    }

    #[test]
    fn room_for_two_minutes_of_records_is_little() {
        // 419 bytes hold 20 records of 20 bytes.
        assert!(is_little(&[part(6, 419)], 10_000));
        assert!(!is_little(&[part(6, 420)], 10_000));
        let without_records = Part { lost_bytes: 300, ..Part::default() };
        assert!(!is_little(&[without_records], 10_000));
    }
}
