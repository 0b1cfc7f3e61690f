//! A run as later runs see it: what its row says at once, and what its channels add.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::classify::{Signs, Surges, TimesAboveLines};
use super::context::AnchorsOnDay;
use super::statements::RunStatements;
use crate::activity::Sex;
use crate::athlete::HeartRateThresholds;
use crate::history::{PastEffort, PastRun};
use crate::metrics::load::training_impulse;
use crate::metrics::{RunMetrics, UnpackedRun};
use crate::session::Session;
use crate::settings::LimitOverrides;
use crate::units::{BeatsPerMinute, MetresPerSecond, Percent, UnixTime};

/// On hills the best minutes tell more of the hills than of the runner.
const FLAT_M_PER_KM: f64 = 20.0;

/// What a row says without its channels.
pub fn past_run(
    row: &RunMetrics,
    day: NaiveDate,
    session: Session,
    stated: &RunStatements,
) -> PastRun {
    let start = row.metadata.start;
    let moving = row.durations.moving.get().max(1.0);
    let speed = row.steadiness.as_ref().ok().map(|steadiness| steadiness.reference_speed);
    let distance = row.distances.distance.filter(|distance| distance.get() > 0.0);
    let climb = row.distances.ascent.zip(distance);
    PastRun {
        start,
        end: UnixTime(start.0 + (1000.0 * row.durations.elapsed.get()) as i64),
        day,
        is_run: session.is_run(),
        session,
        moving: row.durations.moving,
        speed: speed.filter(|_| !row.speed_is_estimated()),
        mean_heart_rate: row.heart_rate.mean,
        peak_heart_rate: row.peak_heart_rate,
        coverage: Percent::of(100.0 * f64::from(row.heart_rate.trusted_moving_s) / moving),
        continuous: row.durations.continuous,
        climb_m_per_km: climb.map(|(climb, distance)| 1000.0 * climb.get() / distance.get()),
        altitude: row.conditions.altitude,
        anchors: row.metadata.anchors,
        efficiency: row.efficiency,
        breathing: row.breathing,
        rating: stated.rating,
        next_morning: stated.next_morning,
        effort: None,
        minutes: Vec::new(),
        at_wrist: stated.sensor.may_be_wrist(),
        best_5_min_speed: None,
        uneven: false,
        load: None,
        verdict: None,
    }
}

/// What the channels of a run add.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct ChannelFindings {
    session: Session,
    effort: Option<PastEffort>,
    minutes: Vec<(f32, f32)>,
    uneven: bool,
    load: Option<f64>,
    best_5_min_speed: Option<MetresPerSecond>,
}

/// The channels of a run with what they are read by.
#[derive(Clone, Copy)]
pub(super) struct ChannelInput<'a> {
    pub(super) row: &'a RunMetrics,
    pub(super) channels: &'a UnpackedRun,
    pub(super) on_day: &'a AnchorsOnDay,
    /// Sex, for the training impulse; without it, men's constants.
    pub(super) sex: Option<Sex>,
    pub(super) limits: &'a LimitOverrides,
}

impl ChannelFindings {
    /// Effort, evenness, load, and the kind of an unlabelled run.
    pub(super) fn of(run: &PastRun, input: &ChannelInput) -> Self {
        let ChannelInput { row, channels, on_day, .. } = *input;
        let judged = &channels.judged;
        let surges = Surges::of(row, channels, on_day.lines.as_ref(), input.limits);
        // The mean runner's lines tell no kind of session from another.
        let lines =
            on_day.lines.filter(|lines| !lines.nothing_known() && judged.with_heart_rate > 0);
        let above_lines = lines.map(|lines| TimesAboveLines::of(channels, &lines));
        let signs = Signs {
            moving: run.moving,
            weekly_running: on_day.weekly_running,
            median_run_time: on_day.median_run_time,
            above_lines: above_lines.as_ref(),
            surges: &surges,
        };
        Self {
            session: if run.session == Session::Unknown { signs.session() } else { run.session },
            effort: lines
                .zip(above_lines.as_ref())
                .map(|(lines, times)| past_effort(channels, &lines, times.share_above_moderate)),
            minutes: channels.minutes().to_vec(),
            uneven: surges.is_uneven,
            load: load(input),
            best_5_min_speed: best_5_min_speed(run, channels),
        }
    }

    /// What a run in the history took over of them.
    pub(super) fn in_history(run: &PastRun) -> Self {
        Self {
            session: run.session,
            effort: run.effort.clone(),
            minutes: run.minutes.clone(),
            uneven: run.uneven,
            load: run.load,
            best_5_min_speed: run.best_5_min_speed,
        }
    }

    pub(super) fn add_to(self, run: &mut PastRun) {
        let Self { session, effort, minutes, uneven, load, best_5_min_speed } = self;
        (run.session, run.effort, run.minutes) = (session, effort, minutes);
        (run.uneven, run.load, run.best_5_min_speed) = (uneven, load, best_5_min_speed);
    }
}

fn past_effort(
    channels: &UnpackedRun,
    lines: &HeartRateThresholds,
    above_moderate: Percent,
) -> PastEffort {
    let band_s = band_seconds(channels, lines);
    let grey_seconds = band_s[2] + band_s[3];
    PastEffort { above_moderate, seconds: band_s.iter().sum(), grey_seconds, band_s }
}

/// Moving seconds between the lines.
fn band_seconds(channels: &UnpackedRun, lines: &HeartRateThresholds) -> [u32; 5] {
    let lines = [lines.target, lines.ceiling, lines.moderate, lines.hard].map(BeatsPerMinute::get);
    let mut bands = [0; 5];
    for (bpm, seconds) in channels.moving_beats().iter().enumerate() {
        bands[lines.partition_point(|line| *line < bpm as f64)] += seconds;
    }
    bands
}

fn best_5_min_speed(run: &PastRun, channels: &UnpackedRun) -> Option<MetresPerSecond> {
    let is_flat = run.climb_m_per_km.is_none_or(|climb| climb <= FLAT_M_PER_KM);
    run.speed.filter(|_| is_flat && run.is_run).and_then(|_| channels.best_5_min_speed())
}

fn load(input: &ChannelInput) -> Option<f64> {
    let evidence = &input.on_day.evidence;
    let (max, resting) = (evidence.max?.bpm, evidence.resting?.bpm);
    input.row.heart_rate.mean?;
    training_impulse(input.channels, max, resting, input.sex.unwrap_or(Sex::Male))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::{AnchorEvidence, AnchorSource, MaxHeartRate, Sensor, thresholds};
    use crate::metrics::{RecordedMetadata, Resampled, measure_series, testing};
    use crate::session::{SessionBy, SessionKind};

    const MINUTES: usize = 45;

    /// What the channels of a calm run add whose last tenth is 10 % faster than the rest.
    fn findings(limits: &LimitOverrides) -> ChannelFindings {
        let seconds = 60 * MINUTES;
        let series = testing::run(seconds, |k| {
            (Some(125), if k < seconds - seconds / 10 { 2_500 } else { 2_750 }, 166)
        });
        let resampled = Resampled {
            series: series.clone(),
            distance_m: Some(6_800.0),
            ascent_m: None,
            speed_recorded: true,
        };
        let row = measure_series(RecordedMetadata::default(), resampled);
        let max = MaxHeartRate {
            bpm: BeatsPerMinute::of(190.0),
            source: AnchorSource::Settings,
            day: None,
            uncertainty: 3.0,
            guessed: false,
        };
        let evidence = AnchorEvidence { max: Some(max), ..AnchorEvidence::default() };
        let on_day = AnchorsOnDay {
            evidence,
            lines: Some(thresholds(&evidence, Sensor::Chest, 0.0)),
            altitude_uncertainty_bpm: 0.0,
            weekly_running: None,
            median_run_time: None,
        };
        let run = past_run(&row, NaiveDate::default(), Session::Unknown, &RunStatements::default());
        let input = ChannelInput {
            row: &row,
            channels: &UnpackedRun::of(series),
            on_day: &on_day,
            sex: None,
            limits,
        };
        ChannelFindings::of(&run, &input)
    }

    #[test]
    fn an_unlabelled_run_is_even_or_not_by_the_limits_of_the_settings() {
        let by_default = findings(&LimitOverrides::default());
        assert!(!by_default.uneven);
        assert_eq!(by_default.session, Session::Known(SessionKind::Easy, SessionBy::HeartRate));
        let stricter = LimitOverrides::default().with("fast-finish", "slip_ratio", 1.05);
        let by_settings = findings(&stricter);
        assert!(by_settings.uneven);
        assert_eq!(by_settings.session, Session::Unknown);
    }
}
