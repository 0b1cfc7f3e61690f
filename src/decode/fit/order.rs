//! Brings the times of records in order by leaving out the fewest records.

use super::clock::{is_plausible, is_system_time};
use super::part::Part;
use crate::activity::{Dynamics, Record};
use crate::decode::{Problem, ProblemKind};

/// Leaves out records from before the clock was set, and those whose time steps back.
///
/// Nothing is sorted: a record that comes late with an early time belongs to a clock that was put
/// right, and nobody knows by how much. Of all ways to leave records out so that time never runs
/// backwards, the one is taken that leaves out the fewest, so neither a short jump into the past
/// nor one into the future costs more than itself.
pub(super) fn put_in_order(part: &mut Part, warnings: &mut Vec<Problem>) {
    leave_out_unset_clock(part, warnings);
    leave_out_steps_back(part, warnings);
    let implausible = part.records.iter().filter(|record| !is_plausible(record.time)).count();
    if implausible > 0 {
        warnings.push(Problem::new(
            ProblemKind::ImplausibleTime,
            format!("{implausible} records from before 2007: the clock was not set"),
        ));
    }
}

fn leave_out_unset_clock(part: &mut Part, warnings: &mut Vec<Problem>) {
    let unset = part.records.iter().filter(|record| is_system_time(record.time)).count();
    if unset == 0 || unset == part.records.len() {
        return;
    }
    let keep: Vec<_> = part.records.iter().map(|record| !is_system_time(record.time)).collect();
    retain(part, &keep);
    warnings.push(Problem::new(
        ProblemKind::DroppedRecords,
        format!("{unset} records from before the clock was set left out"),
    ));
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
        format!("{} records left out because time runs backwards", before - part.records.len()),
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
    fn equal_values_stay() {
        assert_eq!(kept(&[1, 1, 2, 2, 1, 2]), [1, 1, 2, 2, 2]);
        assert_eq!(kept(&[]), [] as [i32; 0]);
    }

    #[test]
    fn the_longer_of_two_stretches_stays() {
        assert_eq!(kept(&[50, 51, 1, 2, 3, 4]), [1, 2, 3, 4]);
    }
}
