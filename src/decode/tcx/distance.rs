//! Distance since the start, where a writer counts each lap from zero.

use super::laps::Lap;
use crate::activity::Record;
use crate::decode::xml::segments::PointSegment;

/// A lap's own total may exceed its last reading by so much, in centimetres: the way from the
/// last point to its end.
const MAX_BEYOND_LAST_CM: u32 = 20_000;

/// Lets the distance go on over laps that count from zero again. The records begin with those of
/// the first segment, the laps with this one of the file.
pub(super) fn count_on(
    records: &mut [Record],
    segments: &[PointSegment],
    laps: &[Lap],
    first_lap: usize,
) {
    let first = segments.first().map_or(0, |segment| segment.records.start);
    let mut base = 0_u32;
    let mut before: Option<(usize, u32)> = None;
    for of_lap in segments.chunk_by(|a, b| a.part == b.part) {
        let lap = of_lap[0].part - first_lap;
        let own = of_lap[0].records.start - first..of_lap[of_lap.len() - 1].records.end - first;
        let readings = || records[own.clone()].iter().filter_map(|record| record.distance_cm);
        let (Some(begins), Some(ends)) = (readings().next(), readings().next_back()) else {
            continue;
        };
        // Rounding steps back by centimetres; a counter that starts again, by most of the lap.
        if let Some((previous, ended)) = before.filter(|(_, ended)| begins < ended / 2) {
            base = base.saturating_add(length(&laps[previous], ended));
        }
        before = Some((lap, ends));
        for distance in records[own].iter_mut().filter_map(|r| r.distance_cm.as_mut()) {
            *distance = distance.saturating_add(base);
        }
    }
}

/// The length of a lap that counted to this reading.
fn length(lap: &Lap, ended_cm: u32) -> u32 {
    let stated = lap.distance.map(|metres| (metres.get() * 100.0).round() as u32);
    let close = |cm: &u32| (ended_cm..=ended_cm.saturating_add(MAX_BEYOND_LAST_CM)).contains(cm);
    stated.filter(close).unwrap_or(ended_cm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Metres;

    /// Laps of readings in metres, with the distance each states.
    fn counted(laps: &[(&[u32], Option<f64>)]) -> Vec<u32> {
        let mut records = Vec::new();
        let mut segments = Vec::new();
        for (part, (readings, _)) in laps.iter().enumerate() {
            let start = records.len();
            let record = |&m: &u32| Record { distance_cm: Some(m * 100), ..Record::default() };
            records.extend(readings.iter().map(record));
            // The records of an activity and its laps stand behind those of others.
            let records = start + 7..records.len() + 7;
            segments.push(PointSegment { part: part + 3, records, offset_s: None });
        }
        let stated =
            |metres: Option<f64>| Lap { distance: metres.and_then(Metres::new), ..Lap::default() };
        let laps: Vec<Lap> = laps.iter().map(|(_, metres)| stated(*metres)).collect();
        count_on(&mut records, &segments, &laps, 3);
        records.iter().filter_map(|record| record.distance_cm).map(|cm| cm / 100).collect()
    }

    #[test]
    fn a_distance_that_runs_on_is_left_alone() {
        let laps: &[(&[u32], _)] = &[(&[0, 500, 990], Some(1000.0)), (&[988, 1500], Some(1000.0))];
        assert_eq!(counted(laps), [0, 500, 990, 988, 1500]);
        assert!(counted(&[]).is_empty());
    }

    #[test]
    fn laps_that_count_from_zero_are_added_up() {
        let laps: &[(&[u32], _)] = &[
            (&[0, 500, 990], Some(1000.0)),
            (&[5, 995], Some(1000.0)),
            (&[], Some(3.0)),
            (&[8, 400], None),
            (&[0, 10], None),
        ];
        assert_eq!(counted(laps), [0, 500, 990, 1005, 1995, 2008, 2400, 2400, 2410]);
    }

    #[test]
    fn a_total_that_cannot_be_is_not_believed() {
        for wrong in [500.0, 5000.0] {
            assert_eq!(
                counted(&[(&[0, 990], Some(wrong)), (&[5, 900], None)]),
                [0, 990, 995, 1890]
            );
        }
    }
}
