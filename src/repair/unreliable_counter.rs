//! A distance counter that leaps further than a runner can, or falls back in a file without timer.

use super::readings::{FASTEST_M_S, seconds_between};
use super::rule::Rule;
use crate::activity::{Activity, Gaps, Record, RepairKind};

/// Distances that cannot be.
pub static RULE: Rule = Rule { kind: RepairKind::UnreliableDistance, apply };

/// A reading may be this much ahead of its time, in metres: counters catch up after lost satellites.
const CATCH_UP_M: f64 = 200.0;
/// A smaller step back is rounding, in centimetres.
const ROUNDING_CM: u32 = 100;

fn apply(activity: &mut Activity) -> usize {
    let leaping = leaping(&activity.records);
    for k in &leaping {
        activity.records[*k].distance_cm = None;
    }
    let fallen = if activity.gaps == Gaps::MayBePauses && falls_back(&activity.records) {
        forget_counter(activity)
    } else {
        0
    };
    leaping.len() + fallen
}

/// Readings far ahead of both neighbours' pace, to which the counter does not hold.
fn leaping(records: &[Record]) -> Vec<usize> {
    let known: Vec<usize> =
        (0..records.len()).filter(|k| records[*k].distance_cm.is_some()).collect();
    let metres = |k: usize| f64::from(records[k].distance_cm.unwrap_or_default()) / 100.0;
    let mut wrong = Vec::new();
    let mut last = None;
    for (index, k) in known.iter().enumerate() {
        let Some(before) = last.replace(*k) else { continue };
        let most = FASTEST_M_S * seconds_between(&records[before], &records[*k]) + CATCH_UP_M;
        let returns = known.get(index + 1).is_some_and(|next| metres(*next) < metres(*k));
        if metres(*k) - metres(before) > most && returns {
            wrong.push(*k);
            last = Some(before);
        }
    }
    wrong
}

fn falls_back(records: &[Record]) -> bool {
    let readings: Vec<u32> = records.iter().filter_map(|record| record.distance_cm).collect();
    readings.windows(2).any(|pair| pair[1].saturating_add(ROUNDING_CM) < pair[0])
}

/// Where places tell the way, the counter is not needed.
fn forget_counter(activity: &mut Activity) -> usize {
    let located = activity.records.iter().filter(|record| record.position.is_some()).count();
    if 2 * located < activity.records.len() {
        return 0;
    }
    activity.records.iter_mut().filter_map(|record| record.distance_cm.take()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::{counted_m, steady};

    #[test]
    fn a_reading_of_another_world_is_left_out() {
        let mut run = steady(600);
        run.records[300].distance_cm = Some(4_000_000_000);
        assert_eq!(apply(&mut run), 1);
        assert!((counted_m(&run) - 1_497.5).abs() < 0.1);
    }

    #[test]
    fn a_counter_that_falls_back_counts_only_beside_a_timer() {
        let mut run = steady(600);
        run.records[300..].iter_mut().for_each(|record| {
            record.distance_cm = record.distance_cm.map(|cm| cm - 50_000);
        });
        assert_eq!(apply(&mut run.clone()), 0);
        run.gaps = Gaps::MayBePauses;
        assert_eq!(apply(&mut run), 600);
    }
}
