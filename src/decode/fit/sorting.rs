//! Brings the times of records in order by leaving out the fewest records.

use super::part::Part;
use crate::activity::{Dynamics, Record, is_before_clocks, runs_on};
use crate::decode::{Problem, ProblemKind, time_order};
use crate::units::counted;

/// A run does not stand still for longer: a longer leap is one of the clock, or damage.
const LONGEST_LEAP_MS: i64 = 7 * 24 * 3_600_000;

/// Leaves out records whose time steps back, and those a leap of more than a week away.
///
/// Nothing is sorted: a record that comes late with an early time belongs to a clock that was put
/// right, and nobody knows by how much. Of all ways to leave records out so that time never runs
/// backwards, the one is taken that leaves out the fewest, so neither a short jump into the past
/// nor one into the future costs more than itself.
pub(super) fn put_in_order(part: &mut Part, warnings: &mut Vec<Problem>) {
    turn_round(part, warnings);
    if let Some(keep) = time_order::join_late_readings(&mut part.records) {
        retain(part, &keep);
    }
    follow_clock_set_back(part, warnings);
    leave_out_steps_back(part, warnings);
    leave_out_leaps(part, warnings);
    let implausible = part.records.iter().filter(|record| is_before_clocks(record.time)).count();
    // A clock that was set later says itself when the run was.
    if implausible == part.records.len() && implausible > 0 {
        warnings.push(Problem::new(
            ProblemKind::ClockNotSet,
            format!("{} from before 2007: the clock was not set", counted(implausible, "record")),
        ));
    }
}

/// Whoever writes the newest record first is read from behind.
fn turn_round(part: &mut Part, warnings: &mut Vec<Problem>) {
    if time_order::is_reversed(&part.records) {
        part.records.reverse();
        part.dynamics.reverse();
        warnings.push(time_order::reversed());
    }
}

/// A clock that was set back takes the records and the timer of the wrong clock along.
fn follow_clock_set_back(part: &mut Part, warnings: &mut Vec<Problem>) {
    for moved in time_order::follow_clock_set_back(&mut part.records) {
        let of_wrong_clock =
            part.timer.iter_mut().filter(|event| moved.times_ms.contains(&event.time.0));
        of_wrong_clock.for_each(|event| event.time.0 += moved.by_ms);
        warnings.push(time_order::warning(moved.count));
    }
}

/// Keeps the longest stretch without a leap: a watch may record its first seconds before it has
/// the time from a satellite, and damage may show as a record years away. Where the run goes on across
/// the leap nothing is left out.
fn leave_out_leaps(part: &mut Part, warnings: &mut Vec<Problem>) {
    let records = &part.records;
    let is_long = |pair: &[Record]| pair[1].time.0 - pair[0].time.0 > LONGEST_LEAP_MS;
    if !records.windows(2).any(is_long) {
        return;
    }
    let leaps = |next: &usize| is_long(&records[next - 1..=*next]) && !runs_on(records, *next);
    let starts: Vec<usize> = (1..records.len()).filter(leaps).collect();
    let ends = starts.iter().copied().chain([records.len()]);
    let lengths = std::iter::once(0).chain(starts.iter().copied()).zip(ends).map(|(a, b)| b - a);
    let Some((start, length)) = longest(lengths) else { return };
    let left_out = part.records.len() - length;
    if left_out == 0 {
        return;
    }
    let stretch = start..start + length;
    let keep: Vec<_> = (0..part.records.len()).map(|index| stretch.contains(&index)).collect();
    retain(part, &keep);
    warnings.push(Problem::new(
        ProblemKind::ImplausibleTime,
        format!("{} left out, more than a week away from the others", counted(left_out, "record")),
    ));
}

/// Start and length of the longest of these stretches, the later of two that are equally long.
fn longest(lengths: impl Iterator<Item = usize>) -> Option<(usize, usize)> {
    let starts = lengths.scan(0, |start, length| {
        *start += length;
        Some((*start - length, length))
    });
    starts.max_by_key(|(_, length)| *length)
}

fn leave_out_steps_back(part: &mut Part, warnings: &mut Vec<Problem>) {
    if part.records.is_sorted_by_key(|record| record.time) {
        return;
    }
    let times: Vec<_> = part.records.iter().map(|record| record.time).collect();
    let keep = longest_rise(&times);
    let before = part.records.len();
    retain(part, &keep);
    warnings.push(Problem::new(
        ProblemKind::TimeBackwards,
        format!(
            "{} left out because time runs backwards",
            counted(before - part.records.len(), "record")
        ),
    ));
}

fn retain(part: &mut Part, keep: &[bool]) {
    let mut decided = keep.iter();
    part.records.retain(|_: &Record| decided.next().copied().unwrap_or(true));
    let mut decided = keep.iter();
    part.dynamics.retain(|_: &Dynamics| decided.next().copied().unwrap_or(true));
}

/// Marks a longest subsequence that never falls; of several, one that ends lowest.
fn longest_rise<T: Ord + Copy>(values: &[T]) -> Vec<bool> {
    // ends[n] is the index of the lowest value that ends a rise of n + 1 values.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![None; values.len()];
    for (index, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values[*end] <= *value);
        previous[index] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut marked = vec![false; values.len()];
    let mut next = ends.last().copied();
    while let Some(index) = next {
        marked[index] = true;
        next = previous[index];
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(values: &[i32]) -> Vec<i32> {
        let marks = longest_rise(values);
        values.iter().zip(marks).filter_map(|(value, keep)| keep.then_some(*value)).collect()
    }

    #[test]
    fn a_jump_costs_only_itself() {
        assert_eq!(kept(&[1, 2, 3, 1, 4, 5]), [1, 2, 3, 4, 5]);
        assert_eq!(kept(&[1, 2, 99, 3, 4, 5]), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn the_longest_stretch_is_found() {
        assert_eq!(longest([1, 5, 2].into_iter()), Some((1, 5)));
        assert_eq!(longest([3, 3].into_iter()), Some((3, 3)));
        assert_eq!(longest([].into_iter()), None);
    }

    #[test]
    fn equal_values_stay() {
        assert_eq!(kept(&[1, 1, 2, 2, 1, 2]), [1, 1, 2, 2, 2]);
        assert_eq!(kept(&[]), [] as [i32; 0]);
    }

    #[test]
    fn the_longer_of_two_stretches_stays() {
        assert_eq!(kept(&[50, 51, 1, 2, 3, 4]), [1, 2, 3, 4]);
    }
}
