//! Several records of one moment, each with a part of what was measured, become one.

use super::rule::Rule;
use crate::activity::{Activity, Dynamics, Record, RepairKind};

/// Records that share a time.
pub static RULE: Rule = Rule { kind: RepairKind::JoinedReadings, apply };

fn apply(activity: &mut Activity) -> usize {
    let before = activity.records.len();
    let shares = |pair: &[Record]| pair[0].time == pair[1].time;
    if !activity.records.windows(2).any(shares) {
        return 0;
    }
    let has_dynamics = activity.dynamics.len() == before;
    let mut records: Vec<Record> = Vec::with_capacity(before);
    let mut dynamics: Vec<Dynamics> = Vec::new();
    for (index, record) in activity.records.iter().enumerate() {
        let own = if has_dynamics { activity.dynamics[index] } else { Dynamics::default() };
        let last = records.last_mut().filter(|last| last.time == record.time);
        if let (Some(last), Some(of_last)) = (last, dynamics.last_mut()) {
            join(last, record);
            join_dynamics(of_last, &own);
        } else {
            records.push(*record);
            dynamics.push(own);
        }
    }
    activity.records = records;
    activity.dynamics = if has_dynamics { dynamics } else { Vec::new() };
    before - activity.records.len()
}

/// The later reading counts; a heart rate of 0 is none.
fn join(first: &mut Record, later: &Record) {
    let heart_rate = later.heart_rate_bpm.filter(|beats| *beats > 0);
    first.position = later.position.or(first.position);
    first.distance_cm = later.distance_cm.or(first.distance_cm);
    first.altitude_m = later.altitude_m.or(first.altitude_m);
    first.speed_mm_s = later.speed_mm_s.or(first.speed_mm_s);
    first.cadence_centi_spm = later.cadence_centi_spm.or(first.cadence_centi_spm);
    first.heart_rate_bpm = heart_rate.or(first.heart_rate_bpm).or(later.heart_rate_bpm);
    first.temperature_c = later.temperature_c.or(first.temperature_c);
}

fn join_dynamics(first: &mut Dynamics, later: &Dynamics) {
    first.ground_contact_time = later.ground_contact_time.or(first.ground_contact_time);
    first.ground_contact_balance = later.ground_contact_balance.or(first.ground_contact_balance);
    first.vertical_oscillation = later.vertical_oscillation.or(first.vertical_oscillation);
    first.step_length = later.step_length.or(first.step_length);
    first.respiration_rate = later.respiration_rate.or(first.respiration_rate);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::steady;

    #[test]
    fn parts_of_one_moment_become_one_record() {
        let whole = steady(60);
        let mut parted = whole.clone();
        parted.records = whole
            .records
            .iter()
            .flat_map(|record| {
                let time = record.time;
                let heart =
                    Record { time, heart_rate_bpm: record.heart_rate_bpm, ..Record::default() };
                [
                    heart,
                    Record { time, ..Record::default() },
                    Record { heart_rate_bpm: Some(0), ..*record },
                ]
            })
            .collect();
        assert_eq!(apply(&mut parted), 120);
        assert_eq!(parted, whole);
    }
}
