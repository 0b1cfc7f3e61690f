//! Points whose time steps back are left out, so that time only runs forward.

use super::scan::Scan;
use crate::activity::Record;

/// Leaves out the fewest points after which the times of every track never step back, and says
/// how many those were.
///
/// Dropping whatever is earlier than its predecessor would lose the rest of a run behind one
/// point with its clock ahead.
pub(super) fn drop_steps_back(scan: &mut Scan) -> usize {
    let mut kept = Vec::new();
    for track in scan.segments.chunk_by(|a, b| a.track == b.track) {
        let records = track[0].records.start..track[track.len() - 1].records.end;
        let times = &scan.records[records.clone()];
        if !times.is_sorted_by_key(|record| record.time) {
            kept.resize(records.start, true);
            kept.extend(longest_forward(times));
        }
    }
    kept.resize(scan.records.len(), true);
    let dropped = kept.iter().filter(|&&kept| !kept).count();
    if dropped > 0 {
        retain(scan, &kept);
    }
    dropped
}

/// Which records belong to the longest subsequence whose times never step back.
fn longest_forward(records: &[Record]) -> Vec<bool> {
    // ends[n] is the record with the earliest time at which n + 1 records can end.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; records.len()];
    for (index, record) in records.iter().enumerate() {
        let length = ends.partition_point(|&end| records[end].time <= record.time);
        if length > 0 {
            before[index] = ends[length - 1];
        }
        ends.truncate(ends.len().max(length));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut kept = vec![false; records.len()];
    let mut next = ends.last().copied();
    while let Some(index) = next {
        kept[index] = true;
        next = Some(before[index]).filter(|&index| index != usize::MAX);
    }
    kept
}

fn retain(scan: &mut Scan, kept: &[bool]) {
    let mut end = 0;
    for segment in &mut scan.segments {
        let start = end;
        end += kept[segment.records.clone()].iter().filter(|&&kept| kept).count();
        segment.records = start..end;
    }
    scan.segments.retain(|segment| !segment.records.is_empty());
    let mut kept = kept.iter();
    scan.records.retain(|_| kept.next().is_none_or(|&kept| kept));
}

#[cfg(test)]
mod tests {
    use super::super::scan::Segment;
    use super::*;
    use crate::units::UnixTime;

    fn scan_of(tracks: &[&[&[i64]]]) -> Scan {
        let mut scan = Scan::default();
        for (track, segments) in tracks.iter().enumerate() {
            for times in *segments {
                let start = scan.records.len();
                let record =
                    |&s: &i64| Record { time: UnixTime::from_seconds(s), ..Record::default() };
                scan.records.extend(times.iter().map(record));
                let records = start..scan.records.len();
                scan.segments.push(Segment { track, records, offset_s: None });
            }
        }
        scan
    }

    fn kept(tracks: &[&[&[i64]]]) -> (usize, Vec<Vec<i64>>) {
        let mut scan = scan_of(tracks);
        let dropped = drop_steps_back(&mut scan);
        let times = |segment: &Segment| {
            scan.records[segment.records.clone()]
                .iter()
                .map(|record| record.time.0 / 1000)
                .collect()
        };
        (dropped, scan.segments.iter().map(times).collect())
    }

    #[test]
    fn time_that_runs_forward_is_left_alone() {
        assert_eq!(kept(&[&[&[1, 2, 2, 3], &[3, 4]]]), (0, vec![vec![1, 2, 2, 3], vec![3, 4]]));
        assert_eq!(kept(&[]), (0, vec![]));
    }

    #[test]
    fn one_clock_ahead_costs_one_point() {
        assert_eq!(kept(&[&[&[1, 2, 99, 3, 4]]]), (1, vec![vec![1, 2, 3, 4]]));
        assert_eq!(kept(&[&[&[99, 1, 2, 3]]]), (1, vec![vec![1, 2, 3]]));
    }

    #[test]
    fn segments_keep_what_is_theirs() {
        assert_eq!(kept(&[&[&[1, 5, 2], &[4], &[3, 6]]]), (2, vec![vec![1, 2], vec![3, 6]]));
    }

    #[test]
    fn tracks_are_ordered_each_by_itself() {
        let tracks: &[&[&[i64]]] = &[&[&[10, 11]], &[&[1, 3, 2]]];
        assert_eq!(kept(tracks), (1, vec![vec![10, 11], vec![1, 2]]));
    }
}
