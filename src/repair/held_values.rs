//! A distance or a place that only moves every so many seconds, while records are written each second.
//!
//! Treadmills count in steps of a hundred metres, some watches take a fix every twelve seconds, imports
//! repeat the last place, and a receiver without satellites freezes. Read as it stands, the runner
//! stands still and then leaps. The repeats are left out, so that the way is spread over the time it took.

use super::body;
use super::impossible_positions::{goes_on_foot, is_no_fix};
use super::readings::{FASTEST_M_S, median, seconds_between, typical_step};
use super::rule::Rule;
use crate::activity::{Activity, Record, RepairKind, metres_between};

/// Repeated distances and places.
pub static RULE: Rule = Rule { kind: RepairKind::SpreadDistance, apply };

/// Values that habitually hold this long, in seconds, and this many records, are held over.
const HELD_S: f64 = 3.0;
const HELD_RECORDS: f64 = 2.5;
/// A habit takes this many changes.
const HABIT: usize = 10;
/// A single value that held this long, in seconds, and ends with a leap was frozen.
const FROZEN_S: f64 = 10.0;
/// Spread over the time it held, a frozen value must give a runner's or walker's speed, in m/s.
const PLAUSIBLE_M_S: std::ops::RangeInclusive<f64> = 0.6..=7.0;
/// A value that held this many times longer than usual held because the runner stood.
const STOOD: f64 = 2.0;
/// More zeros and leaps than this share of the speeds are no speeds.
const JERKY_SHARE: f64 = 0.3;

fn apply(activity: &mut Activity) -> usize {
    let on_foot = goes_on_foot(&activity.sport);
    let records = &mut activity.records;
    let spread = spread(records, &DISTANCE, on_foot) + spread(records, &PLACE, on_foot);
    if spread > 0 {
        leave_out_jerky_speed(&mut activity.records);
    }
    spread
}

/// A quantity that can be held over.
struct Quantity {
    is_known: fn(&Record) -> bool,
    is_same: fn(&Record, &Record) -> bool,
    metres: fn(&Record, &Record) -> Option<f64>,
    leave_out: fn(&mut Record),
}

static DISTANCE: Quantity = Quantity {
    is_known: |record| record.distance_cm.is_some(),
    is_same: |a, b| a.distance_cm == b.distance_cm,
    metres: |a, b| {
        let (from, to) = (a.distance_cm?, b.distance_cm?);
        (to >= from).then(|| f64::from(to - from) / 100.0)
    },
    leave_out: |record| record.distance_cm = None,
};

static PLACE: Quantity = Quantity {
    is_known: |record| record.position.is_some_and(|at| !is_no_fix(at)),
    is_same: |a, b| a.position == b.position,
    metres: |a, b| Some(metres_between(a.position?.degrees(), b.position?.degrees())),
    leave_out: |record| record.position = None,
};

/// One value from the record that has it first to the last one that repeats it.
#[derive(Debug, Clone, Copy)]
struct Held {
    first: usize,
    last: usize,
    /// The record with the next value; `None` behind the last one.
    next: Option<usize>,
}

fn held(records: &[Record], quantity: &Quantity) -> Vec<Held> {
    let mut values: Vec<Held> = Vec::with_capacity(records.len());
    for (k, record) in records.iter().enumerate().filter(|(_, record)| (quantity.is_known)(record))
    {
        match values.last_mut() {
            Some(value) if (quantity.is_same)(&records[value.last], record) => value.last = k,
            before => {
                if let Some(value) = before {
                    value.next = Some(k);
                }
                values.push(Held { first: k, last: k, next: None });
            }
        }
    }
    values
}

impl Held {
    /// Seconds until the next value; `None` behind the last one.
    fn seconds(&self, records: &[Record]) -> Option<f64> {
        self.next.map(|next| seconds_between(&records[self.first], &records[next]))
    }

    /// Metres to the next value, and seconds from the last repeat to it.
    fn leap(&self, records: &[Record], quantity: &Quantity) -> Option<(f64, f64)> {
        let (last, next) = (&records[self.last], &records[self.next?]);
        Some(((quantity.metres)(last, next)?, seconds_between(last, next)))
    }

    /// Whether it stands at the beginning and is too far from the next to have been run from there.
    fn is_stale(&self, records: &[Record], quantity: &Quantity) -> bool {
        let held_s =
            seconds_between(&records[self.first], &records[self.next.unwrap_or(self.last)]);
        let is_run = |(metres, _): (f64, f64)| metres / held_s <= *PLAUSIBLE_M_S.end();
        self.first == 0 && !self.leap(records, quantity).is_none_or(is_run)
    }

    /// Whether it ends with a leap that only makes sense over all the time that it held.
    fn is_frozen(&self, held_s: f64, records: &[Record], quantity: &Quantity) -> bool {
        self.first > 0
            && held_s >= FROZEN_S
            && self.leap(records, quantity).is_some_and(|(metres, seconds)| {
                metres > FASTEST_M_S * seconds.max(1.0)
                    && PLAUSIBLE_M_S.contains(&(metres / held_s))
            })
    }
}

/// Leaves out the repeats of values that were held over, and says how many.
fn spread(records: &mut [Record], quantity: &Quantity, on_foot: bool) -> usize {
    let values = held(records, quantity);
    if values.iter().all(|value| value.last == value.first) {
        return 0;
    }
    let habit = habit_s(&values, records);
    let mut left_out = 0;
    for value in values.iter().filter(|value| value.last > value.first) {
        let spread_s = spread_s(value, habit, (records, quantity), on_foot);
        let until = value.next.unwrap_or(value.last);
        // What a receiver shows before its first fix is where it was switched off the last time.
        let from = usize::from(!(spread_s.is_infinite() && value.is_stale(records, quantity)));
        for k in value.first + from..=value.last {
            let is_repeat = (quantity.is_known)(&records[k])
                && seconds_between(&records[k], &records[until]) < spread_s;
            if is_repeat {
                (quantity.leave_out)(&mut records[k]);
                left_out += 1;
            }
        }
    }
    left_out
}

/// Over how many of the last seconds the way to the next value was made; 0 where the value is to be
/// believed as it stands.
fn spread_s(
    value: &Held,
    habit: Option<f64>,
    (records, quantity): (&[Record], &Quantity),
    on_foot: bool,
) -> f64 {
    let held_s = seconds_between(&records[value.first], &records[value.next.unwrap_or(value.last)]);
    match habit {
        _ if value.is_frozen(held_s, records, quantity) => held_s,
        _ if on_foot && body::moves(records, value.first, value.last) => f64::INFINITY,
        // The way took the usual time; before that the runner stood.
        Some(habit) if held_s > STOOD * habit => value.next.map_or(0.0, |_| habit),
        // Nothing is known of the seconds behind the last value.
        Some(_) => f64::INFINITY,
        None => 0.0,
    }
}

/// How long values usually hold, in seconds, where they are habitually held over.
fn habit_s(values: &[Held], records: &[Record]) -> Option<f64> {
    let seconds: Vec<f64> = values.iter().filter_map(|value| value.seconds(records)).collect();
    let long = seconds.iter().filter(|seconds| **seconds >= HELD_S).count();
    // Where most are short the median is: it need not be looked for.
    if seconds.len() < HABIT || 2 * long < seconds.len() {
        return None;
    }
    let least = HELD_S.max(HELD_RECORDS * typical_step(records));
    median(seconds).filter(|usual| *usual >= least)
}

/// Without a steady speed beside them, held values leave zeros and leaps in the speed too.
fn leave_out_jerky_speed(records: &mut [Record]) {
    let speeds = || records.iter().filter_map(|record| record.speed_mm_s).map(f64::from);
    let jerky = |speed: &f64| *speed < 100.0 || *speed > 1000.0 * FASTEST_M_S;
    if speeds().filter(jerky).count() as f64 > JERKY_SHARE * speeds().count() as f64 {
        records.iter_mut().for_each(|record| record.speed_mm_s = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::testing::{north, steady};

    #[test]
    fn a_counter_of_hundred_metres_is_spread() {
        let mut run = steady(3_600);
        for record in &mut run.records {
            record.distance_cm = record.distance_cm.map(|cm| cm / 10_000 * 10_000);
            (record.position, record.speed_mm_s) = (None, None);
        }
        assert!(apply(&mut run) > 3_000);
        let readings = run.records.iter().filter(|record| record.distance_cm.is_some()).count();
        assert_eq!(readings, 90, "one for each hundred metres");
    }

    #[test]
    fn a_place_every_twelve_seconds_is_spread_and_a_stop_stays_one() {
        let mut run = steady(1_200);
        for (k, record) in run.records.iter_mut().enumerate() {
            let stood = k.clamp(600, 720) - 600; // two minutes at a light
            record.position = north(2.5 * ((k - stood) / 12 * 12) as f64);
            (record.distance_cm, record.speed_mm_s) = (None, None);
        }
        assert!(apply(&mut run) > 950);
        let standing = run.records[600..700].iter().filter(|record| record.position.is_some());
        assert!(standing.count() > 90, "the repeats of the stop are left");
    }

    #[test]
    fn a_fix_that_stands_while_the_heart_runs_on_is_frozen_wherever() {
        for frozen in [0..1_200, 1_200..2_400, 2_400..3_600] {
            let mut run = steady(3_600);
            let place = run.records[frozen.start].position;
            run.records[frozen.clone()].iter_mut().for_each(|record| record.position = place);
            assert_eq!(spread(&mut run.records, &PLACE, true), 1_199, "{frozen:?}");
            let mut stood = steady(3_600);
            for (k, record) in stood.records.iter_mut().enumerate() {
                let stands = k.clamp(frozen.start, frozen.end) - frozen.start;
                record.position = north(2.5 * (k - stands) as f64);
                let beats = if frozen.contains(&k) { 90 } else { 125 };
                record.heart_rate_bpm = Some(beats);
            }
            assert_eq!(spread(&mut stood.records, &PLACE, true), 0, "{frozen:?}");
        }
    }

    #[test]
    fn a_frozen_fix_is_spread_and_a_stop_of_a_moving_place_is_not() {
        let mut run = steady(1_200);
        let frozen = run.records[500].position;
        run.records[500..560].iter_mut().for_each(|record| record.position = frozen);
        assert_eq!(spread(&mut run.records, &PLACE, true), 59);
        let mut stopped = steady(1_200);
        for (k, record) in stopped.records.iter_mut().enumerate() {
            let stood = k.clamp(500, 560) - 500;
            record.position = north(2.5 * (k - stood) as f64);
        }
        assert_eq!(spread(&mut stopped.records, &PLACE, true), 0);
    }
}
