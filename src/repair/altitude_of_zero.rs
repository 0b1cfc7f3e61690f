//! An altitude of exactly 0 among others far above the sea stands for none.
//!
//! Some recorders write 0 until their barometer or the satellites have told the height: a climb of hundreds
//! of metres within a second, and a pace on the flat that nobody ran.

use super::rule::Rule;
use crate::activity::{Activity, RepairKind};

/// Zero where nobody was.
pub static RULE: Rule = Rule { kind: RepairKind::AltitudeOfZero, apply };

/// A run that comes down to the sea passes lower heights than this on its way, in metres.
const FAR_FROM_THE_SEA_M: f32 = 25.0;

fn apply(activity: &mut Activity) -> usize {
    let others = || activity.records.iter().filter_map(|record| record.altitude_m);
    let heights = || others().filter(|altitude| *altitude != 0.0);
    let is_far = heights().next().is_some() && heights().all(|m| m.abs() >= FAR_FROM_THE_SEA_M);
    if !is_far {
        return 0;
    }
    let zeros = activity.records.iter_mut().filter(|record| record.altitude_m == Some(0.0));
    zeros.map(|record| record.altitude_m = None).count()
}

#[cfg(test)]
mod tests {
    use super::super::testing::steady;
    use super::*;

    fn repaired(altitude: impl Fn(usize) -> f32) -> (usize, Vec<Option<f32>>) {
        let mut run = steady(100);
        for (k, record) in run.records.iter_mut().enumerate() {
            record.altitude_m = Some(altitude(k));
        }
        let count = apply(&mut run);
        (count, run.records.iter().map(|record| record.altitude_m).collect())
    }

    #[test]
    fn zero_among_heights_is_none() {
        let (count, altitudes) = repaired(|k| if k < 12 { 0.0 } else { 707.0 + k as f32 });
        assert_eq!((count, altitudes[11], altitudes[12]), (12, None, Some(719.0)));
    }

    #[test]
    fn a_run_by_the_sea_or_at_zero_throughout_is_left_alone() {
        assert_eq!(repaired(|k| k as f32).0, 0);
        assert_eq!(repaired(|_| 0.0).0, 0);
    }
}
