//! A distance that nobody runs in the time of the whole activity.

use super::readings::{FASTEST_M_S, seconds_between};
use super::rule::Rule;
use crate::activity::{Activity, Record, RepairKind, Sport};
use crate::units::{Metres, Seconds};

/// A counter, or a stated total, beyond what the time allows.
pub static RULE: Rule = Rule { kind: RepairKind::ImpossibleDistance, apply };

/// Forgets the counter and the stated total where they are impossible; places and speeds may still
/// tell the distance.
fn apply(activity: &mut Activity) -> usize {
    // Rides and flights go further, and nothing is judged by their distance.
    if activity.sport != Sport::Running {
        return 0;
    }
    let most_m = FASTEST_M_S * longest_s(activity);
    let is_impossible = |metres: &f64| *metres > most_m;
    let counted = Some(counted_m(&activity.records)).filter(is_impossible);
    let stated = activity.stated.distance.map(Metres::get).filter(is_impossible);
    let mut left_out = 0;
    if counted.is_some() {
        let readings = activity.records.iter_mut().filter_map(|record| record.distance_cm.take());
        left_out += readings.count();
    }
    if stated.is_some() {
        activity.stated.distance = None;
        left_out += 1;
    }
    left_out
}

/// From the first record to the last, or as long as is stated, whichever is longer.
fn longest_s(activity: &Activity) -> f64 {
    let ends = activity.records.first().zip(activity.records.last());
    let recorded = ends.map_or(0.0, |(first, last)| seconds_between(first, last));
    let stated = activity.stated.elapsed.into_iter().chain(activity.stated.timer);
    stated.map(Seconds::get).fold(recorded, f64::max)
}

/// Metres that the counter rises by, whether or not it starts again.
fn counted_m(records: &[Record]) -> f64 {
    let readings: Vec<u32> = records.iter().filter_map(|record| record.distance_cm).collect();
    let rises = readings.windows(2).map(|pair| u64::from(pair[1].saturating_sub(pair[0])));
    rises.sum::<u64>() as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::steady;

    fn run(last_cm: u32) -> Activity {
        let mut run = Activity { sport: Sport::Running, ..steady(601) };
        run.records[600].distance_cm = Some(last_cm);
        run
    }

    #[test]
    fn twelve_metres_a_second_over_all_of_it_are_the_most() {
        // 600 s · 12 m/s = 7,200 m
        let mut possible = run(720_000);
        assert_eq!(apply(&mut possible), 0);
        let mut impossible = run(720_001);
        assert_eq!(apply(&mut impossible), 601);
        assert!(impossible.records.iter().all(|record| record.distance_cm.is_none()));
        assert!(impossible.records[600].position.is_some(), "the place still tells");
    }

    #[test]
    fn a_stated_total_is_held_against_the_stated_time() {
        let mut run = Activity { sport: Sport::Running, ..Activity::default() };
        run.stated.timer = Seconds::new(600.0);
        run.stated.distance = Metres::new(7_200.0);
        assert_eq!(apply(&mut run), 0);
        run.stated.distance = Metres::new(7_201.0);
        assert_eq!((apply(&mut run), run.stated.distance), (1, None));
    }

    #[test]
    fn others_than_runners_may_be_faster() {
        let mut ride = Activity { sport: Sport::Cycling, ..run(900_000) };
        assert_eq!(apply(&mut ride), 0);
    }
}
