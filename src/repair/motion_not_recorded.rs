//! Motion that is zero from start to end beside a living heart rate was not recorded.
//!
//! A treadmill run without a foot pod, a sensor that never connected: the file says 0 m/s for an hour.
//! That is no standing still. What the watch itself states of the distance is all there is.

use super::rule::Rule;
use crate::activity::{Activity, RepairKind, Sport};

/// Zero throughout.
pub static RULE: Rule = Rule { kind: RepairKind::MotionNotRecorded, apply };

/// Below this speed nobody moves, in mm/s, and below this cadence, in hundredths of steps per minute.
const STANDS_MM_S: u16 = 100;
const STANDS_CENTI_SPM: u16 = 1_000;
/// A distance that grows by less is the noise of standing, in centimetres.
const STANDS_CM: u32 = 5_000;
/// A place that moves by less is the noise of a fix indoors, in semicircles (about 50 m).
const STANDS_SEMICIRCLES: i64 = 5_400;
/// How many records need a living heart rate, as a share, and how far it must vary, in bpm.
const LIVING_SHARE: f64 = 0.5;
const LIVING_BPM: u8 = 5;

fn apply(activity: &mut Activity) -> usize {
    if !is_zero_throughout(activity) || !heart_lives(activity) {
        return 0;
    }
    let steps = activity.records.iter().filter_map(|record| record.cadence_centi_spm).max();
    let steps_recorded = steps.is_some_and(|most| most >= STANDS_CENTI_SPM);
    for record in &mut activity.records {
        (record.speed_mm_s, record.distance_cm, record.position) = (None, None, None);
        record.cadence_centi_spm = record.cadence_centi_spm.filter(|_| steps_recorded);
    }
    activity.records.len()
}

/// Something says motion, and whatever does says none.
fn is_zero_throughout(activity: &Activity) -> bool {
    let records = &activity.records;
    let speeds = || records.iter().filter_map(|record| record.speed_mm_s);
    let distances = || records.iter().filter_map(|record| record.distance_cm);
    let grown = distances().max().unwrap_or(0) - distances().min().unwrap_or(0);
    let says =
        speeds().next().is_some() || distances().next().is_some() || runs_on_the_spot(activity);
    says && records.len() > 1
        && speeds().all(|speed| speed < STANDS_MM_S)
        && grown < STANDS_CM
        && stays_in_place(activity)
}

/// Whether somebody is said to have run and hardly any place differs from the one before.
fn runs_on_the_spot(activity: &Activity) -> bool {
    let places = || activity.records.iter().filter_map(|record| record.position);
    let changes = places().zip(places().skip(1)).filter(|(here, there)| here != there).count();
    activity.sport == Sport::Running
        && 2 * places().count() > activity.records.len()
        && 20 * changes < activity.records.len()
}

fn stays_in_place(activity: &Activity) -> bool {
    let places = || activity.records.iter().filter_map(|record| record.position);
    let spread = |of: fn(crate::activity::Position) -> i32| {
        let values = places().map(of).map(i64::from);
        let (low, high) = (values.clone().min().unwrap_or(0), values.max().unwrap_or(0));
        high - low
    };
    spread(|place| place.latitude) < STANDS_SEMICIRCLES
        && spread(|place| place.longitude) < STANDS_SEMICIRCLES
}

fn heart_lives(activity: &Activity) -> bool {
    let beats = || activity.records.iter().filter_map(|record| record.heart_rate_bpm);
    let living = || beats().filter(|beats| (40..=230).contains(beats));
    let varies = living().max().unwrap_or(0) - living().min().unwrap_or(0) >= LIVING_BPM;
    varies && living().count() as f64 >= LIVING_SHARE * activity.records.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::steady;

    fn standing() -> Activity {
        let mut run = steady(1_800);
        for record in &mut run.records {
            (record.speed_mm_s, record.distance_cm) = (Some(0), Some(0));
            record.position = None;
        }
        run
    }

    #[test]
    fn zero_from_start_to_end_is_no_motion_recorded() {
        let mut run = standing();
        assert_eq!(apply(&mut run), 1_800);
        assert!(run.records.iter().all(|record| record.speed_mm_s.is_none()));
        assert!(run.records.iter().all(|record| record.heart_rate_bpm.is_some()));
    }

    #[test]
    fn a_run_that_stood_for_a_while_stood() {
        let mut run = steady(1_800);
        run.records.iter_mut().take(900).for_each(|record| record.speed_mm_s = Some(0));
        assert_eq!(apply(&mut run), 0);
        let mut dead = standing();
        dead.records.iter_mut().for_each(|record| record.heart_rate_bpm = None);
        assert_eq!(apply(&mut dead), 0, "no heart says that anybody was there");
        let mut on_the_spot = standing();
        for record in &mut on_the_spot.records {
            (record.speed_mm_s, record.distance_cm) = (None, None);
            record.position = crate::repair::testing::north(0.0);
        }
        assert_eq!(apply(&mut on_the_spot), 0, "who knows what it was");
        on_the_spot.sport = Sport::Running;
        assert_eq!(apply(&mut on_the_spot), 1_800);
        let mut stepping = standing();
        stepping.records.iter_mut().for_each(|record| record.cadence_centi_spm = Some(16_000));
        assert_eq!(apply(&mut stepping), 1_800);
        assert_eq!(stepping.records[9].cadence_centi_spm, Some(16_000), "the steps are real");
    }
}
