//! The seconds of a run, and which records were taken by each.

use super::clock::Clock;
use crate::activity::{Activity, Record};

/// Every second of timer time.
pub struct TimerSeconds {
    /// The moment it stands for, in ms since 1970.
    pub moments: Vec<i64>,
    /// The number of records taken up to it.
    pub holders: Vec<u32>,
}

impl TimerSeconds {
    /// The seconds of an activity.
    pub fn of(activity: &Activity, clock: &Clock) -> Self {
        let (records, moments) = (&activity.records, clock.seconds());
        let mut taken = 0;
        let holder = |moment: &i64| {
            while taken < records.len() && records[taken].time.0 <= *moment {
                taken += 1;
            }
            taken as u32
        };
        let holders = moments.iter().map(holder).collect();
        Self { moments, holders }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.moments.len()
    }

    /// The moment of every second with the records that it takes.
    pub fn with_records<'a>(
        &'a self,
        records: &'a [Record],
    ) -> impl Iterator<Item = (i64, &'a [Record])> {
        let mut taken = 0;
        self.moments.iter().zip(&self.holders).map(move |(moment, holder)| {
            let own = taken..*holder as usize;
            taken = own.end;
            (*moment, &records[own])
        })
    }
}
