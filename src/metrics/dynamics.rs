//! Running dynamics and breathing at any second of timer time.

use super::timer_seconds::TimerSeconds;
use crate::activity::{Activity, Dynamics, Record};

/// How long a reading holds, in ms.
const HOLDS_MS: i64 = 10_000;

/// The dynamics of a run by its seconds: few figures ask for them, and not at every second.
pub struct DynamicsAtSeconds<'a> {
    records: &'a [Record],
    /// As many as there are records, or none at all.
    dynamics: &'a [Dynamics],
    seconds: &'a TimerSeconds,
}

impl<'a> DynamicsAtSeconds<'a> {
    /// Those of an activity.
    pub fn of(activity: &'a Activity, seconds: &'a TimerSeconds) -> Self {
        Self { records: &activity.records, dynamics: &activity.dynamics, seconds }
    }

    /// Whether a quantity was read at all.
    pub fn is_recorded(&self, of: impl Fn(&Dynamics) -> Option<u16>) -> bool {
        self.dynamics.iter().any(|dynamics| of(dynamics).is_some())
    }

    /// The last reading of a quantity at second `k`, for as long as it holds.
    #[inline]
    pub fn at(&self, k: usize, of: impl Fn(&Dynamics) -> Option<u16>) -> Option<u16> {
        let taken = (self.seconds.holders[k] as usize).min(self.dynamics.len());
        let moment = self.seconds.moments[k];
        for (record, dynamics) in self.records[..taken].iter().zip(&self.dynamics[..taken]).rev() {
            if moment >= record.time.0 + HOLDS_MS {
                return None;
            }
            if let Some(reading) = of(dynamics) {
                return Some(reading);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Pause, Record};
    use crate::metrics::clock::Clock;
    use crate::units::UnixTime;

    fn breaths(activity: &Activity) -> Vec<Option<u16>> {
        let seconds = TimerSeconds::of(activity, &Clock::of(activity).unwrap());
        let dynamics = DynamicsAtSeconds::of(activity, &seconds);
        (0..seconds.len()).map(|k| dynamics.at(k, |now| now.respiration_rate)).collect()
    }

    fn activity(readings: &[(i64, Option<u16>)]) -> Activity {
        let record = |second| Record { time: UnixTime::from_seconds(second), ..Record::default() };
        Activity {
            records: readings.iter().map(|(second, _)| record(*second)).collect(),
            dynamics: readings
                .iter()
                .map(|(_, rate)| Dynamics { respiration_rate: *rate, ..Dynamics::default() })
                .collect(),
            ..Activity::default()
        }
    }

    #[test]
    fn a_reading_holds_ten_seconds() {
        let seconds =
            breaths(&activity(&[(0, Some(3000)), (1, None), (13, Some(3100)), (15, None)]));
        assert_eq!(seconds.len(), 15);
        assert!(seconds[..10].iter().all(|rate| *rate == Some(3000)), "{seconds:?}");
        assert!(seconds[10..13].iter().all(Option::is_none), "{seconds:?}");
        assert!(seconds[13..].iter().all(|rate| *rate == Some(3100)), "{seconds:?}");
    }

    #[test]
    fn pauses_take_no_second() {
        let mut paused = activity(&[(0, Some(3000)), (2, None), (62, Some(3200)), (65, None)]);
        let moment = UnixTime::from_seconds;
        paused.pauses = vec![Pause { from: moment(2), to: moment(62) }];
        let expected = [3000, 3000, 3200, 3200, 3200].map(Some);
        assert_eq!(breaths(&paused), expected);
    }

    #[test]
    fn a_row_has_form_and_breathing_from_its_records() {
        let readings: Vec<(i64, Option<u16>)> = (0..=1200).map(|k| (k, Some(3150))).collect();
        let mut steady = activity(&readings);
        for (record, dynamics) in steady.records.iter_mut().zip(&mut steady.dynamics) {
            record.speed_mm_s = Some(2_500);
            record.cadence_centi_spm = Some(16_600);
            dynamics.ground_contact_time = Some(2_480);
        }
        let row = crate::metrics::measure(&steady).unwrap();
        assert_eq!(row.breathing, Some(31.5));
        let late = row.form.unwrap().late;
        assert_eq!((late.contact_ms, late.cadence_spm), (Some(248.0), Some(166.0)));
    }

    #[test]
    fn most_watches_record_none() {
        let silent = Activity { dynamics: Vec::new(), ..activity(&[(0, None), (9, None)]) };
        assert!(breaths(&silent).iter().all(Option::is_none));
    }
}
