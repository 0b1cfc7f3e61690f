//! Which heart-rate seconds can be trusted.
//!
//! Seven steps look for what sensors get wrong. A step takes seconds out or marks them as
//! doubtful; it never puts a value in, and every second it takes is counted under its reason.

mod cadence_lock;
mod flat_line;
mod impossible_change;
mod marking;
mod means;
mod onset;
mod plausibility;
mod range;
mod spike;
mod written_in_steps;

use super::series::Series;
use crate::activity::HeartRateSensor;

pub use flat_line::short_flat_seconds;
pub use written_in_steps::is_written_in_steps;

/// The steps, in the order in which they are taken.
const STEPS: [fn(&mut Series, HeartRateSensor); 7] = [
    |series, _| range::clean(series),
    |series, _| spike::clean(series),
    |series, _| cadence_lock::clean(series),
    |series, _| flat_line::clean(series),
    // Only an optical sensor has to settle; a paired one is believed from the start.
    |series, sensor| {
        if sensor != HeartRateSensor::External {
            onset::clean(series);
        }
    },
    |series, _| impossible_change::clean(series),
    |series, _| plausibility::clean(series),
];

/// Takes out of the heart rate what no heart did.
pub fn clean(series: &mut Series, sensor: HeartRateSensor) {
    if !series.heart_rate.is_blank() {
        STEPS.iter().for_each(|step| step(series, sensor));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::series::Removal;
    use crate::metrics::testing::{removed, run};

    #[test]
    fn a_sound_run_loses_nothing() {
        let mut series = run(1800, |k| (Some(130 + (k % 3) as u16), 2_500, 166));
        let before = series.heart_rate.clone();
        clean(&mut series, HeartRateSensor::Unknown);
        assert_eq!(series.heart_rate, before);
        assert!(series.removed.is_empty() && series.suspected.is_empty());
    }

    #[test]
    fn every_missing_second_is_counted_once() {
        let mut series = run(1800, |k| match k {
            100 => (Some(250), 2_500, 164),
            200..=204 => (Some(170), 2_500, 164),
            300.. => (Some(82), 2_500, 164),
            _ => (Some(128), 2_500, 164),
        });
        let before = series.heart_rate.present();
        clean(&mut series, HeartRateSensor::Unknown);
        let taken: u32 = series.removed.iter().map(|(_, span)| span.seconds).sum();
        assert_eq!(before - series.heart_rate.present(), taken as usize);
        assert_eq!(removed(&series, Removal::OutOfRange), 1);
        assert_eq!(removed(&series, Removal::Spike), 5);
        assert_eq!(removed(&series, Removal::CadenceLock), 1500);
    }
}
