//! Whether steps or heart say that somebody ran although place, distance and speed stand still.

use super::readings::{median, seconds_between};
use crate::activity::Record;

/// From so many steps on, in hundredths a minute, somebody goes.
const GOES_CENTI_SPM: f64 = 10_000.0;
/// Steps tell after this long, the heart after this long, in seconds: standing lets it fall.
const STEPS_TELL_S: f64 = 60.0;
const HEART_TELLS_S: f64 = 180.0;
/// Fewer records, or a longer gap between two of them, in seconds, may be a pause.
const FEW: usize = 10;
const GAP_S: f64 = 30.0;
/// A heart that falls by more stands, in bpm.
const FALLS_BPM: f64 = 10.0;
/// So many other records show what the heart does in motion.
const OTHERS: usize = 60;

/// Whether the body moved in these records, from the first to the last; `false` where nothing tells.
pub fn moves(records: &[Record], first: usize, last: usize) -> bool {
    let span = &records[first..=last];
    let seconds = seconds_between(&records[first], &records[last]);
    let steps: Vec<f64> =
        span.iter().filter_map(|record| record.cadence_centi_spm).map(f64::from).collect();
    let rests = |pair: &[Record]| seconds_between(&pair[0], &pair[1]) > GAP_S;
    if seconds < STEPS_TELL_S || span.len() < FEW || span.windows(2).any(rests) {
        return false;
    }
    if 2 * steps.len() >= span.len() {
        return median(steps).is_some_and(|steps| steps >= GOES_CENTI_SPM);
    }
    let later = hearts(&span[span.len() / 2..]);
    let others = [hearts(&records[..first]), hearts(&records[last + 1..])].concat();
    let tells = seconds >= HEART_TELLS_S && 4 * later.len() >= span.len() && others.len() >= OTHERS;
    tells && median(later) >= median(others).map(|others| others - FALLS_BPM)
}

fn hearts(records: &[Record]) -> Vec<f64> {
    let beats = records.iter().filter_map(|record| record.heart_rate_bpm);
    beats.filter(|beats| *beats > 0).map(f64::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::steady;

    #[test]
    fn a_heart_that_falls_stands_and_steps_go() {
        let mut run = steady(1_800);
        assert!(moves(&run.records, 600, 1_200), "the heart goes on as before");
        assert!(!moves(&run.records, 600, 700), "too short for the heart");
        let mut paused = run.clone();
        paused.records.drain(610..1_190);
        assert!(!moves(&paused.records, 600, 620), "nothing was recorded in between");
        for record in &mut run.records[600..=1_200] {
            record.heart_rate_bpm = Some(95);
        }
        assert!(!moves(&run.records, 600, 1_200));
        for record in &mut run.records[600..=1_200] {
            record.cadence_centi_spm = Some(16_000);
        }
        assert!(moves(&run.records, 600, 1_200));
        run.records.iter_mut().for_each(|record| record.cadence_centi_spm = Some(0));
        assert!(!moves(&run.records, 600, 1_200));
    }
}
