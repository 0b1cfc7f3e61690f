//! Places where nobody can have been: the zero point of the map, and leaps that no runner makes.

use super::readings::{FASTEST_M_S, is_paused_between, seconds_between};
use super::rule::Rule;
use crate::activity::{Activity, Position, Record, RepairKind, Sport, metres_between};

/// Places that cannot be.
pub static RULE: Rule = Rule { kind: RepairKind::ImpossiblePositions, apply };

/// The latitude and longitude of no fix, to a metre, in semicircles.
const NO_FIX_SEMICIRCLES: u32 = 120;
/// A fix may lie this far off, in metres.
const FIX_M: f64 = 25.0;
/// Across a longer gap without records anything may have happened, in seconds.
const GAP_S: f64 = 30.0;

fn apply(activity: &mut Activity) -> usize {
    let mut left_out =
        leave_out(&mut activity.records, |_, record| record.position.is_some_and(is_no_fix));
    let unreachable =
        if goes_on_foot(&activity.sport) { unreachable(activity) } else { Vec::new() };
    let located = activity.records.iter().filter(|record| record.position.is_some()).count();
    // Where many places are too far from one another, somebody rode.
    let unreachable = if 10 * unreachable.len() > located { Vec::new() } else { unreachable };
    left_out += leave_out(&mut activity.records, |k, _| unreachable.binary_search(&k).is_ok());
    left_out
}

/// Whether this is what a receiver writes that knows no place: no runner stands on that buoy off Africa.
pub(super) fn is_no_fix(at: Position) -> bool {
    at.latitude.unsigned_abs() <= NO_FIX_SEMICIRCLES
        && at.longitude.unsigned_abs() <= NO_FIX_SEMICIRCLES
}

/// Whether 12 m/s is too fast for this sport; where none is stated, it may be.
pub(super) fn goes_on_foot(sport: &Sport) -> bool {
    matches!(sport, Sport::Running | Sport::Walking | Sport::Hiking | Sport::Unspecified)
}

fn leave_out(records: &mut [Record], is_wrong: impl Fn(usize, &Record) -> bool) -> usize {
    let mut left_out = 0;
    for (k, record) in records.iter_mut().enumerate() {
        if record.position.is_some() && is_wrong(k, record) {
            record.position = None;
            left_out += 1;
        }
    }
    left_out
}

/// The records whose place cannot be reached from the others, in order.
///
/// Places that follow each other at possible speeds belong together. The largest such group is
/// believed; from there on, forwards and backwards, every place that can be reached from the last one
/// believed. A group that lies behind a gap or a pause stands for itself.
fn unreachable(activity: &Activity) -> Vec<usize> {
    let records = &activity.records;
    let located: Vec<usize> =
        (0..records.len()).filter(|k| records[*k].position.is_some()).collect();
    let unbroken = |a: &usize, b: &usize| {
        let (from, to) = (&records[*a], &records[*b]);
        seconds_between(from, to) <= GAP_S
            && (activity.pauses.is_empty() || !is_paused_between(activity, from.time.0, to.time.0))
    };
    let mut wrong: Vec<usize> =
        located.chunk_by(unbroken).flat_map(|piece| out_of_reach(records, piece)).collect();
    wrong.sort_unstable();
    wrong
}

fn out_of_reach(records: &[Record], located: &[usize]) -> Vec<usize> {
    let reaches = |a: usize, b: usize| can_reach(&records[a], &records[b]);
    let groups: Vec<&[usize]> = located.chunk_by(|a, b| reaches(*a, *b)).collect();
    let Some(largest) = (0..groups.len()).max_by_key(|group| groups[*group].len()) else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    let mut believe = |group: &mut dyn Iterator<Item = &usize>, mut last: usize| {
        for k in group {
            if reaches(last.min(*k), last.max(*k)) { last = *k } else { wrong.push(*k) }
        }
    };
    let (first, end) = (groups[largest][0], groups[largest][groups[largest].len() - 1]);
    believe(&mut groups[..largest].iter().rev().flat_map(|group| group.iter().rev()), first);
    believe(&mut groups[largest + 1..].iter().flat_map(|group| group.iter()), end);
    wrong
}

fn can_reach(from: &Record, to: &Record) -> bool {
    let (Some(here), Some(there)) = (from.position, to.position) else { return true };
    metres_between(here.degrees(), there.degrees())
        <= FASTEST_M_S * seconds_between(from, to).max(1.0) + FIX_M
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::{north, steady};

    fn moved(records: std::ops::Range<usize>, to: Option<Position>) -> usize {
        let mut run = steady(1_800);
        run.records[records.clone()].iter_mut().for_each(|record| record.position = to);
        let left_out = apply(&mut run);
        assert!(run.records[records.clone()].iter().all(|record| record.position.is_none()));
        assert_eq!(left_out, records.len());
        left_out
    }

    #[test]
    fn places_that_cannot_be_are_left_out_wherever_they_stand() {
        let zero = Position::from_degrees(0.0, 0.000_005);
        let elsewhere = north(40_000.0);
        for place in [zero, elsewhere] {
            moved(0..1, place);
            moved(1_799..1_800, place);
            moved(700..701, place);
            moved(700..740, place);
        }
    }

    #[test]
    fn the_noise_of_satellites_stays() {
        let mut run = steady(1_800);
        for (k, record) in run.records.iter_mut().enumerate() {
            record.position = north(2.5 * k as f64 + if k % 7 == 0 { 20.0 } else { 0.0 });
        }
        assert_eq!(apply(&mut run), 0);
    }

    #[test]
    fn a_ride_is_fast_and_not_impossible() {
        let mut ride = steady(1_800);
        for (k, record) in ride.records.iter_mut().enumerate() {
            record.position = north(if k % 60 < 30 { 45.0 } else { 5.0 } * k as f64);
        }
        ride.sport = Sport::Cycling;
        assert_eq!(apply(&mut ride.clone()), 0);
        ride.sport = Sport::Unspecified;
        assert_eq!(apply(&mut ride), 0, "more than a tenth of it");
    }

    #[test]
    fn a_ride_in_a_gap_leaves_both_runs() {
        let mut run = steady(1_800);
        for (k, record) in run.records.iter_mut().enumerate().skip(900) {
            record.time.0 += 600_000;
            record.position = north(20_000.0 + 2.5 * k as f64);
        }
        assert_eq!(apply(&mut run), 0);
    }
}
