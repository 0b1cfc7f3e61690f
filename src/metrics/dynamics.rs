//! Running dynamics and breathing at one reading per second of timer time.

use super::held_reading::HeldReading;
use super::timer_seconds::TimerSeconds;
use crate::activity::{Activity, Dynamics};

/// How long a reading holds, in ms.
const HOLDS_MS: i64 = 10_000;

/// The dynamics of every second: the last reading of each quantity, for as long as it holds; nothing
/// at all where the watch records none.
pub fn by_second(activity: &Activity, seconds: &TimerSeconds) -> Vec<Dynamics> {
    if activity.dynamics.is_empty() {
        return Vec::new();
    }
    let mut latest = LatestDynamics::default();
    let mut taken = 0;
    let seconds = seconds.moments.iter().zip(&seconds.holders);
    let at_second = |(moment, holder): (&i64, &u32)| {
        for k in taken..(*holder as usize).min(activity.dynamics.len()) {
            latest.take(&activity.dynamics[k], activity.records[k].time.0);
        }
        taken = *holder as usize;
        latest.at(*moment)
    };
    seconds.map(at_second).collect()
}

/// The last reading of each quantity, as records pass by.
#[derive(Default)]
struct LatestDynamics {
    contact: HeldReading,
    balance: HeldReading,
    oscillation: HeldReading,
    step_length: HeldReading,
    breathing: HeldReading,
}

impl LatestDynamics {
    fn take(&mut self, reading: &Dynamics, now: i64) {
        self.contact.take(reading.ground_contact_time, now, HOLDS_MS);
        self.balance.take(reading.ground_contact_balance, now, HOLDS_MS);
        self.oscillation.take(reading.vertical_oscillation, now, HOLDS_MS);
        self.step_length.take(reading.step_length, now, HOLDS_MS);
        self.breathing.take(reading.respiration_rate, now, HOLDS_MS);
    }

    fn at(&self, now: i64) -> Dynamics {
        Dynamics {
            ground_contact_time: self.contact.at(now),
            ground_contact_balance: self.balance.at(now),
            vertical_oscillation: self.oscillation.at(now),
            step_length: self.step_length.at(now),
            respiration_rate: self.breathing.at(now),
        }
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
        let by_second = by_second(activity, &seconds);
        by_second.iter().map(|dynamics| dynamics.respiration_rate).collect()
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
        assert!(breaths(&silent).is_empty());
    }
}
