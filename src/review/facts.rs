//! A row → what later runs need to know of it.

use chrono::NaiveDate;

use crate::activity::{Rating, Sex};
use crate::athlete::{AnchorEvidence, HeartRateThresholds, Sensor};
use crate::audit::criteria::fast_finish::SLIP;
use crate::audit::criteria::surges::{HeartRateAnswer, find, rate, surge_rule};
use crate::audit::{Outcome, WARM_UP_S};
use crate::history::{PastEffort, PastRun};
use crate::metrics::RunMetrics;
use crate::metrics::best_speed::best_speed;
use crate::metrics::blocks::BLOCK_S;
use crate::metrics::judged_time::{JudgedTime, TimeAbove, time_above};
use crate::metrics::load::training_impulse;
use crate::metrics::series::Series;
use crate::metrics::span::Span;
use crate::metrics::surges::SurgeRule;
use crate::session::{Session, SessionBy, SessionKind};
use crate::settings::{LimitOverrides, NextMorning};
use crate::units::{BeatsPerMinute, MetresPerSecond, Percent, Seconds, UnixTime};

/// What is said about a run beside its row.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PlanAndNotes {
    /// Its local day.
    pub day: NaiveDate,
    /// Whether it is a run.
    pub is_run: bool,
    /// The kind its label names.
    pub label: Option<SessionKind>,
    /// The athlete's rating.
    pub rating: Rating,
    /// The legs on the next morning.
    pub next_morning: Option<NextMorning>,
    /// What measured its heart rate.
    pub sensor: Sensor,
}

/// What a row says without its lanes.
pub fn past_run(row: &RunMetrics, beside: &PlanAndNotes) -> PastRun {
    let start = row.metadata.start;
    let moving = row.durations.moving.get().max(1.0);
    let speed = row.steadiness.as_ref().ok().map(|steadiness| steadiness.reference_speed);
    let climb = row.distances.ascent.zip(row.distances.distance.filter(|way| way.get() > 0.0));
    PastRun {
        start,
        end: UnixTime(start.0 + (1000.0 * row.durations.elapsed.get()) as i64),
        day: beside.day,
        is_run: beside.is_run,
        session: by_label(beside),
        moving: row.durations.moving,
        speed: speed.filter(|_| !row.speed_is_estimated()),
        mean_heart_rate: row.heart_rate.mean,
        peak_heart_rate: row.peak_heart_rate,
        coverage: Percent::of(100.0 * f64::from(row.heart_rate.trusted_moving_s) / moving),
        continuous: row.durations.continuous,
        climb_m_per_km: climb.map(|(climb, way)| 1000.0 * climb.get() / way.get()),
        altitude: row.conditions.altitude,
        anchors: row.metadata.anchors,
        efficiency: row.efficiency,
        breathing: row.breathing,
        rating: beside.rating,
        next_morning: beside.next_morning,
        effort: None,
        minutes: Vec::new(),
        at_wrist: beside.sensor.may_be_wrist(),
        best_5_min_speed: None,
        uneven: false,
        load: None,
        verdict: None,
    }
}

fn by_label(beside: &PlanAndNotes) -> Session {
    match (beside.is_run, beside.label) {
        (false, _) => Session::OtherSport,
        (true, Some(kind)) => Session::Known(kind, SessionBy::Label),
        (true, None) => Session::Unknown,
    }
}

/// What reading the lanes of a run takes.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The row.
    pub row: &'a RunMetrics,
    /// Its lanes.
    pub series: &'a Series,
    /// The judging lines of its day.
    pub lines: Option<&'a HeartRateThresholds>,
    /// The anchors of its day.
    pub evidence: &'a AnchorEvidence,
    /// Sex, for the training impulse; without it, men's constants.
    pub sex: Option<Sex>,
    /// Median weekly running time before it.
    pub weekly_running: Option<Seconds>,
    /// Median moving time of the runs of the 28 days before it.
    pub usual_run: Option<Seconds>,
}

/// Fills in what only the lanes tell: effort, evenness, load, and the kind of an unlabelled run.
pub fn read_channels(run: &mut PastRun, reading: &Reading) {
    let judged = JudgedTime::of(reading.series, WARM_UP_S);
    run.load = load(reading);
    run.best_5_min_speed = best_speed_of(run, reading.series);
    let found = reading
        .lines
        // The mean runner's lines tell no kind of session from another.
        .filter(|lines| !lines.nothing_known())
        .filter(|_| judged.with_heart_rate > 0)
        .map(|lines| Found::of(reading, &judged, lines));
    let rule = surge_rule(reading.row, &judged, &LimitOverrides::default());
    let bursts = found_bouts(reading, &rule);
    run.uneven = is_uneven(reading, &rule);
    run.minutes = minutes(reading.series);
    run.effort = found.as_ref().map(|found| found.effort(reading, &judged));
    if run.session == Session::Unknown {
        run.session = classify(run, reading, &bursts, found.as_ref());
    }
}

/// Five minutes tell a runner's speed, in seconds; on hills they tell more of the hills.
const BEST_SPEED_S: usize = 300;
const FLAT_M_PER_KM: f64 = 20.0;

fn best_speed_of(run: &PastRun, series: &Series) -> Option<MetresPerSecond> {
    let is_flat = run.climb_m_per_km.is_none_or(|climb| climb <= FLAT_M_PER_KM);
    run.speed.filter(|_| is_flat && run.is_run).and_then(|_| best_speed(series, BEST_SPEED_S))
}

fn load(reading: &Reading) -> Option<f64> {
    let (max, resting) = (reading.evidence.max?.bpm, reading.evidence.resting?.bpm);
    reading.row.heart_rate.mean?;
    training_impulse(reading.series, max, resting, reading.sex.unwrap_or(Sex::Male))
}

/// Times above the lines of the day.
struct Found {
    lines: [f64; 4],
    moderate: TimeAbove,
    hard: TimeAbove,
}

impl Found {
    fn of(reading: &Reading, judged: &JudgedTime, lines: &HeartRateThresholds) -> Self {
        let above = |line: f64| time_above(reading.series, judged, line, 15);
        Self {
            lines: [lines.target, lines.ceiling, lines.moderate, lines.hard]
                .map(BeatsPerMinute::get),
            moderate: above(lines.moderate.get()),
            hard: above(lines.hard.get()),
        }
    }

    fn effort(&self, reading: &Reading, judged: &JudgedTime) -> PastEffort {
        let band_s = self.bands(reading.series);
        let share =
            100.0 * f64::from(self.moderate.seconds) / f64::from(judged.with_heart_rate.max(1));
        PastEffort {
            above_moderate: Percent::of(share),
            seconds: band_s.iter().sum(),
            grey_seconds: band_s[2] + band_s[3],
            band_s,
        }
    }

    /// Moving seconds between the lines.
    fn bands(&self, series: &Series) -> [u32; 5] {
        let mut bands = [0; 5];
        for beats in (0..series.len())
            .filter(|k| series.is_moving(*k))
            .filter_map(|k| series.heart_rate_bpm(k))
        {
            bands[self.lines.partition_point(|line| *line < beats)] += 1;
        }
        bands
    }
}

/// Grade-adjusted speed and heart rate of the minutes after the first five that hold no suspected
/// second.
fn minutes(series: &Series) -> Vec<(f32, f32)> {
    let suspected = series.mask(series.suspected.iter().map(|(_, span)| span));
    let read =
        |k: usize| Some((series.graded_speed_m_s(k)?, series.heart_rate_bpm(k)?, suspected[k]));
    let seconds: Vec<(f64, f64, bool)> = (0..series.len())
        .filter(|k| series.is_moving(*k))
        .skip(5 * BLOCK_S)
        .filter_map(read)
        .collect();
    let mean = |block: &[(f64, f64, bool)], of: fn(&(f64, f64, bool)) -> f64| {
        (block.iter().map(of).sum::<f64>() / block.len() as f64) as f32
    };
    seconds
        .chunks_exact(BLOCK_S)
        .filter(|block| block.iter().all(|second| !second.2))
        .map(|block| (mean(block, |second| second.0), mean(block, |second| second.1)))
        .collect()
}

/// Surges and bouts of intervals: of any length, and setting off again among them.
fn found_bouts(reading: &Reading, rule: &SurgeRule) -> Vec<Span> {
    let rule = SurgeRule { longest_s: None, counts_setting_off: true, ..*rule };
    find(reading.row, reading.series, &rule)
        .filter(|_| !reading.row.is_run_walk())
        .unwrap_or_default()
}

/// Whether a run would slip by its finish or its surges.
fn is_uneven(reading: &Reading, rule: &SurgeRule) -> bool {
    let fast = reading
        .row
        .steadiness
        .as_ref()
        .is_ok_and(|steadiness| steadiness.finish_ratio > SLIP.default);
    let found = find(reading.row, reading.series, rule).unwrap_or_default();
    let answer = HeartRateAnswer::of(reading.series, &found, reading.lines);
    let surged = rate(&LimitOverrides::default(), &found, &answer) == Outcome::Slip;
    (fast || surged) && !reading.row.is_run_walk()
}

/// Interval bouts: so long in total, in so many stretches.
const INTERVAL_S: u32 = 360;
const INTERVAL_BOUTS: usize = 3;
/// Or so many surges of such a length.
const INTERVAL_SURGES: usize = 4;
const INTERVAL_SURGE_S: std::ops::RangeInclusive<u32> = 30..=600;
/// A tempo run: so long above the moderate line in total, with one stretch so long.
const TEMPO_S: u32 = 900;
const TEMPO_STRETCH_S: u32 = 480;
/// A long run in minutes, as a share of the week, and as a multiple of the usual run.
const LONG_MIN: f64 = 75.0;
const LONG_WEEK: f64 = 0.25;
const LONG_USUAL: f64 = 1.5;
/// An easy run in minutes, and its share above the moderate line in percent.
const EASY_MIN: std::ops::RangeInclusive<f64> = 30.0..=100.0;
const EASY_MODERATE_PCT: f64 = 10.0;

/// The kind of an unlabelled run: intervals, tempo, long, easy, or unknown, asked in this order.
fn classify(run: &PastRun, reading: &Reading, bursts: &[Span], found: Option<&Found>) -> Session {
    let by_heart = |kind| Session::Known(kind, SessionBy::HeartRate);
    let by_pace = |kind| Session::Known(kind, SessionBy::Pace);
    match found {
        Some(found) if found.is_intervals() => by_heart(SessionKind::Interval),
        _ if surges_like_intervals(bursts) => by_pace(SessionKind::Interval),
        Some(found) if found.is_tempo() => by_heart(SessionKind::Tempo),
        _ if is_long(run, reading) => by_pace(SessionKind::Long),
        Some(_) if is_easy(run) => by_heart(SessionKind::Easy),
        _ => Session::Unknown,
    }
}

impl Found {
    fn is_intervals(&self) -> bool {
        self.hard.seconds >= INTERVAL_S && self.hard.stretches.len() >= INTERVAL_BOUTS
    }

    fn is_tempo(&self) -> bool {
        self.moderate.seconds >= TEMPO_S && self.moderate.longest >= TEMPO_STRETCH_S
    }
}

fn surges_like_intervals(bursts: &[Span]) -> bool {
    bursts.iter().filter(|surge| INTERVAL_SURGE_S.contains(&surge.seconds)).count()
        >= INTERVAL_SURGES
}

fn is_long(run: &PastRun, reading: &Reading) -> bool {
    let week = reading.weekly_running.map_or(0.0, |week| LONG_WEEK * week.minutes());
    let usual = reading.usual_run.map_or(0.0, |usual| LONG_USUAL * usual.minutes());
    run.moving.minutes() >= LONG_MIN.max(week).max(usual)
}

fn is_easy(run: &PastRun) -> bool {
    let quiet =
        run.effort.as_ref().is_some_and(|effort| effort.above_moderate.get() <= EASY_MODERATE_PCT);
    EASY_MIN.contains(&run.moving.minutes()) && quiet && !run.uneven
}
