//! Readings of one moment that a file keeps apart → one record for each moment.

use crate::activity::Record;

/// One record for each moment, in order of time. Of several readings of one quantity the first counts.
pub fn join_moments(mut readings: Vec<Record>) -> Vec<Record> {
    readings.sort_by_key(|reading| reading.time);
    readings.dedup_by(|later, kept| {
        let same = later.time == kept.time;
        if same {
            fill(kept, later);
        }
        same
    });
    readings
}

fn fill(kept: &mut Record, later: &Record) {
    kept.position = kept.position.or(later.position);
    kept.distance_cm = kept.distance_cm.or(later.distance_cm);
    kept.altitude_m = kept.altitude_m.or(later.altitude_m);
    kept.speed_mm_s = kept.speed_mm_s.or(later.speed_mm_s);
    kept.cadence_centi_spm = kept.cadence_centi_spm.or(later.cadence_centi_spm);
    kept.heart_rate_bpm = kept.heart_rate_bpm.or(later.heart_rate_bpm);
    kept.temperature_c = kept.temperature_c.or(later.temperature_c);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UnixTime;

    #[test]
    fn readings_of_one_moment_become_one_record() {
        let at = |second| Record { time: UnixTime::from_seconds(second), ..Record::default() };
        let beats = |second, beats| Record { heart_rate_bpm: Some(beats), ..at(second) };
        let way = |second, metres: u32| Record { distance_cm: Some(100 * metres), ..at(second) };
        let joined = join_moments(vec![beats(2, 120), beats(1, 110), way(1, 3), beats(1, 99)]);
        let first = Record { heart_rate_bpm: Some(110), ..way(1, 3) };
        assert_eq!(joined, [first, beats(2, 120)]);
    }
}
