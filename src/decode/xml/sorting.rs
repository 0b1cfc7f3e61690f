//! Points whose time steps back are left out, so that time only runs forward.

use super::segments::{PointSegment, Points};
use super::time;
use crate::activity::{Record, runs_on};
use crate::decode::{Problem, ProblemKind, time_order};
use crate::units::counted;

/// Leaves out the fewest points after which the times of every group of neighbouring segments
/// never step back, and says how many those were.
///
/// Dropping whatever is earlier than its predecessor would lose the rest of a run behind one
/// point with its clock ahead.
pub fn put_in_order(
    points: &mut Points,
    group_of: impl Fn(&PointSegment) -> usize,
) -> Vec<Problem> {
    let reversed = turn_round(points).then(time_order::reversed);
    join_readings(points, &group_of);
    let mut problems = Vec::from_iter(reversed);
    problems.extend(follow_clocks(points, &group_of));
    problems.extend(drop_steps_back(points, group_of));
    problems.extend(drop_unset_clocks(points));
    problems
}

/// Whoever writes the newest point first is read from behind.
fn turn_round(points: &mut Points) -> bool {
    let is_reversed = time_order::is_reversed(&points.records);
    if is_reversed {
        let count = points.records.len();
        points.records.reverse();
        points.segments.reverse();
        for segment in &mut points.segments {
            segment.records = count - segment.records.end..count - segment.records.start;
        }
    }
    is_reversed
}

/// Joins readings written in a block of their own to their moments.
fn join_readings(points: &mut Points, group_of: &impl Fn(&PointSegment) -> usize) {
    let mut kept = vec![true; points.records.len()];
    for group in points.segments.chunk_by(|a, b| group_of(a) == group_of(b)) {
        let records = group[0].records.start..group[group.len() - 1].records.end;
        if let Some(keep) = time_order::join_late_readings(&mut points.records[records.clone()]) {
            kept[records.clone()].copy_from_slice(&keep);
        }
    }
    if kept.contains(&false) {
        retain(points, &kept);
    }
}

/// Follows clocks that were set back, and says how many points were moved in time.
fn follow_clocks(
    points: &mut Points,
    group_of: &impl Fn(&PointSegment) -> usize,
) -> Option<Problem> {
    let mut moved = 0;
    for group in points.segments.chunk_by(|a, b| group_of(a) == group_of(b)) {
        let records = group[0].records.start..group[group.len() - 1].records.end;
        let of_group = time_order::follow_clock_set_back(&mut points.records[records]);
        moved += of_group.iter().map(|moved| moved.count).sum::<usize>();
    }
    (moved > 0).then(|| time_order::warning(moved))
}

/// A few points with a clock that was not set are left out; where all have it, it is only said.
fn drop_unset_clocks(points: &mut Points) -> Option<Problem> {
    let unset: Vec<bool> =
        points.records.iter().map(|record| !time::is_plausible(record.time)).collect();
    let count = unset.iter().filter(|unset| **unset).count();
    let counted_points = counted(count, "track point");
    let set = unset.iter().position(|unset| !unset).unwrap_or(0);
    // A clock that was set during the run tells of the points before.
    let (kind, detail) = if count == 0 || (set == count && runs_on(&points.records, set)) {
        return None;
    } else if 2 * count > points.records.len() {
        let detail = format!(
            "{counted_points} from before 1990 or the first day of 2000: the clock was not set"
        );
        (ProblemKind::ClockNotSet, detail)
    } else {
        let kept: Vec<bool> = unset.iter().map(|unset| !unset).collect();
        retain(points, &kept);
        let detail = format!("{counted_points} outside the years 1990–2100 left out");
        (ProblemKind::ImplausibleTime, detail)
    };
    Some(Problem::new(kind, detail))
}

fn drop_steps_back(
    points: &mut Points,
    group_of: impl Fn(&PointSegment) -> usize,
) -> Option<Problem> {
    let mut kept = Vec::new();
    for group in points.segments.chunk_by(|a, b| group_of(a) == group_of(b)) {
        let records = group[0].records.start..group[group.len() - 1].records.end;
        let times = &points.records[records.clone()];
        if !times.is_sorted_by_key(|record| record.time) {
            kept.resize(records.start, true);
            kept.extend(longest_forward(times));
        }
    }
    kept.resize(points.records.len(), true);
    let dropped = kept.iter().filter(|&&kept| !kept).count();
    if dropped == 0 {
        return None;
    }
    retain(points, &kept);
    let detail = format!("{} stepping back in time left out", counted(dropped, "track point"));
    Some(Problem::new(ProblemKind::TimeBackwards, detail))
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

fn retain(points: &mut Points, kept: &[bool]) {
    let mut end = 0;
    for segment in &mut points.segments {
        let start = end;
        end += kept[segment.records.clone()].iter().filter(|&&kept| kept).count();
        segment.records = start..end;
    }
    points.segments.retain(|segment| !segment.records.is_empty());
    let mut kept = kept.iter();
    points.records.retain(|_| kept.next().is_none_or(|&kept| kept));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UnixTime;

    fn points_of(tracks: &[&[&[i64]]]) -> Points {
        let mut points = Points::default();
        for (part, segments) in tracks.iter().enumerate() {
            for times in *segments {
                let start = points.records.len();
                let record =
                    |&s: &i64| Record { time: UnixTime::from_seconds(s), ..Record::default() };
                points.records.extend(times.iter().map(record));
                let records = start..points.records.len();
                points.segments.push(PointSegment { part, records, offset_s: None });
            }
        }
        points
    }

    fn kept(tracks: &[&[&[i64]]]) -> (usize, Vec<Vec<i64>>) {
        let mut points = points_of(tracks);
        let problem = drop_steps_back(&mut points, |segment| segment.part);
        let dropped =
            problem.map_or(0, |problem| problem.detail.split(' ').next().unwrap().parse().unwrap());
        let times = |segment: &PointSegment| {
            points.records[segment.records.clone()]
                .iter()
                .map(|record| record.time.0 / 1000)
                .collect()
        };
        (dropped, points.segments.iter().map(times).collect())
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
