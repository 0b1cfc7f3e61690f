//! Whether the engine grows: pace at the same heart rate, and heart rate at the same pace, by month.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::metrics::statistics::{Quartiles, median_of};
use crate::review::run::ReviewedRun;
use crate::session::SessionKind;
use crate::units::{BeatsPerMinute, MetresPerSecond};

/// Minutes count that lie this close to the heart rate, in bpm, or to the speed, in m/s.
const NEAR_BPM: f64 = 5.0;
const NEAR_M_S: f64 = 0.1;
/// Minutes and runs that a month needs.
const LEAST_MINUTES: usize = 20;
const LEAST_RUNS: usize = 2;
/// Months that a comparison needs.
const LEAST_MONTHS: usize = 2;
/// Slower minutes may be walked, in m/s.
const WALKING_M_S: f64 = 1.9;

/// One month of one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthOfMinutes {
    /// Its first day.
    pub first: NaiveDate,
    /// The figure of its minutes: grade-adjusted speed in m/s, or heart rate in bpm.
    pub figure: Quartiles,
    /// Minutes that it is of.
    pub minutes: usize,
}

/// Steady minutes of all runs but workouts, month by month.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitness {
    /// The heart rate that paces are compared at: the median of all minutes.
    pub heart_rate: BeatsPerMinute,
    /// Grade-adjusted speed at that heart rate.
    pub speed_by_month: Vec<MonthOfMinutes>,
    /// The grade-adjusted speed that heart rates are compared at: the median of all minutes.
    pub speed: MetresPerSecond,
    /// Heart rate at that speed.
    pub heart_rate_by_month: Vec<MonthOfMinutes>,
}

/// A minute: its month and run, grade-adjusted speed and heart rate.
struct MeasuredMinute {
    month: NaiveDate,
    run: usize,
    speed: f64,
    beats: f64,
}

impl Fitness {
    /// The fitness that runs show; `None` where fewer than two months have enough minutes.
    pub(super) fn of(runs: &[&ReviewedRun]) -> Option<Self> {
        // Minutes are many: they are read from the runs each time rather than held side by side.
        let minutes = || steady_minutes(runs);
        let of =
            |figure: fn(&MeasuredMinute) -> f64| median_of(minutes().map(|minute| figure(&minute)));
        let (beats, speed) = (of(|minute| minute.beats)?, of(|minute| minute.speed)?);
        let at_heart_rate = by_month(
            minutes(),
            |minute| (minute.beats - beats).abs() <= NEAR_BPM,
            |minute| minute.speed,
        );
        let at_speed = by_month(
            minutes(),
            |minute| (minute.speed - speed).abs() <= NEAR_M_S,
            |minute| minute.beats,
        );
        let enough = at_heart_rate.len() >= LEAST_MONTHS || at_speed.len() >= LEAST_MONTHS;
        enough.then_some(Self {
            heart_rate: BeatsPerMinute::new(beats)?,
            speed_by_month: at_heart_rate,
            speed: MetresPerSecond::new(speed)?,
            heart_rate_by_month: at_speed,
        })
    }
}

fn steady_minutes(runs: &[&ReviewedRun]) -> impl Iterator<Item = MeasuredMinute> + Clone {
    let is_workout = |run: &ReviewedRun| {
        let kind = run.session.kind();
        matches!(kind, Some(SessionKind::Race | SessionKind::Interval | SessionKind::Tempo))
    };
    let steady = runs.iter().enumerate().filter(move |(_, run)| !is_workout(run));
    let dated = steady.filter_map(|(k, run)| Some((k, run.start.date().with_day(1)?, run)));
    dated.flat_map(|(k, month, run)| {
        let running = run.past.minutes().filter(|(speed, _)| *speed >= WALKING_M_S);
        running.map(move |(speed, beats)| MeasuredMinute { month, run: k, speed, beats })
    })
}

fn by_month(
    minutes: impl Iterator<Item = MeasuredMinute>,
    is_near: impl Fn(&MeasuredMinute) -> bool,
    figure: impl Fn(&MeasuredMinute) -> f64,
) -> Vec<MonthOfMinutes> {
    let mut months: BTreeMap<NaiveDate, NearMinutes> = BTreeMap::new();
    for minute in minutes.filter(|minute| is_near(minute)) {
        months.entry(minute.month).or_default().add(minute.run, figure(&minute));
    }
    let month = |(first, NearMinutes { figures, runs, .. }): (NaiveDate, NearMinutes)| {
        let minutes = figures.len();
        let figure = Quartiles::of(figures, LEAST_MINUTES).filter(|_| runs >= LEAST_RUNS)?;
        Some(MonthOfMinutes { first, figure, minutes })
    };
    months.into_iter().filter_map(month).collect()
}

/// The minutes of one month that are compared.
#[derive(Default)]
struct NearMinutes {
    figures: Vec<f64>,
    runs: usize,
    latest_run: Option<usize>,
}

impl NearMinutes {
    /// Adds a minute; minutes come in the order of their runs.
    fn add(&mut self, run: usize, figure: f64) {
        self.runs += usize::from(self.latest_run != Some(run));
        self.latest_run = Some(run);
        self.figures.push(figure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(
        month: u32,
        run: usize,
        speed: f64,
        beats: f64,
        count: usize,
    ) -> Vec<MeasuredMinute> {
        let month = NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
        (0..count).map(|_| MeasuredMinute { month, run, speed, beats }).collect()
    }

    #[test]
    fn a_month_needs_minutes_of_several_runs() {
        let all = [
            minutes(3, 0, 2.5, 140.0, 15),
            minutes(3, 1, 2.6, 140.0, 15),
            minutes(4, 2, 2.7, 140.0, 40),
            minutes(5, 3, 2.8, 140.0, 10),
            minutes(5, 4, 2.9, 141.0, 10),
            minutes(5, 5, 3.5, 165.0, 50),
        ]
        .into_iter()
        .flatten();
        let months =
            by_month(all, |minute| (minute.beats - 140.0).abs() <= 5.0, |minute| minute.speed);
        let found: Vec<(u32, f64, usize)> =
            months.iter().map(|m| (m.first.month(), m.figure.median, m.minutes)).collect();
        assert_eq!(found.len(), 2, "April is one run only");
        assert_eq!((found[0].0, found[0].2, found[1].0, found[1].2), (3, 30, 5, 20));
        assert!((found[0].1 - 2.55).abs() < 1e-9 && (found[1].1 - 2.85).abs() < 1e-9);
    }
}
