//! Cadence that may count one foot or both.

use crate::activity::Record;

/// Below this, a run's median cadence counts one foot: nobody runs at under 60 strides, and
/// hardly anybody at under 120 steps, a minute.
const LEAST_STEPS_CENTI_SPM: u16 = 12_000;

/// No XML format says surely whether cadence is strides or steps; the run as a whole does.
pub fn count_both_feet(records: &mut [Record]) {
    let cadences = records.iter().filter_map(|record| record.cadence_centi_spm);
    let mut moving: Vec<u16> = cadences.filter(|&cadence| cadence > 0).collect();
    if moving.is_empty() {
        return;
    }
    let middle = moving.len() / 2;
    if *moving.select_nth_unstable(middle).1 >= LEAST_STEPS_CENTI_SPM {
        return;
    }
    for cadence in records.iter_mut().filter_map(|record| record.cadence_centi_spm.as_mut()) {
        *cadence *= 2;
    }
}
