//! The row between measuring and judging: the run itself, its figures, and what its file says.

use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::conditions::Conditions;
use super::drift::Drift;
use super::form::Form;
use super::heart_rate;
use super::peak_heart_rate::PeakHeartRate;
use super::resample::Resampled;
use super::route_shape::RouteShape;
use super::series::{Channel, Movement, Removal, Series, Suspicion};
use super::span::{Span, runs_where};
use super::statistics::mean;
use super::steadiness::Steadiness;
use super::time_zone::time_zone;
use super::{PackedSeries, Unmeasured};
use crate::activity::{
    Activity, DeviceZones, FileAnchors, HeartRateSensor, LabelText, PlannedEnd, Rating, Sport,
    StatedTotals, SubSport,
};
use crate::units::{BeatsPerMinute, Metres, Seconds, SecondsPerKilometre, UnixTime};

/// One measured run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunMetrics {
    /// What the file says, unchanged.
    #[serde(rename = "said")]
    pub metadata: RecordedMetadata,
    /// How long it took.
    #[serde(rename = "clocks")]
    pub durations: Durations,
    /// How far it went.
    #[serde(rename = "way")]
    pub distances: Distances,
    /// Heart rate and what was taken out of it.
    pub heart_rate: HeartRate,
    /// How even the pace was.
    pub steadiness: Result<Steadiness, Unmeasured>,
    /// How heart rate moved against pace.
    pub drift: Result<Drift, Unmeasured>,
    /// The highest heart rates that lasted.
    #[serde(rename = "peaks")]
    pub peak_heart_rate: PeakHeartRate,
    /// Mean grade-adjusted speed over mean heart rate of minutes 5–20, in m/min per bpm.
    pub efficiency: Option<f64>,
    /// The stride early and late in the run.
    pub form: Option<Form>,
    /// Mean breathing rate of moving time after its first 3 minutes, in breaths per minute.
    pub breathing: Option<f64>,
    /// Temperature and altitude.
    pub conditions: Conditions,
    /// The shape of the way without its place.
    #[serde(default, rename = "outline", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub route_shape: Option<RouteShape>,
    /// The cleaned run at 1 Hz: packed lanes in base64.
    #[serde(rename = "lanes")]
    #[schemars(with = "String")]
    pub channels: PackedSeries,
}

/// What the file says about the session.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RecordedMetadata {
    /// Which session of its file this is, from 0.
    pub session: u16,
    /// The kind of movement.
    pub sport: Sport,
    /// The narrower kind of movement.
    pub sub_sport: SubSport,
    /// When it began.
    pub start: UnixTime,
    /// Seconds east of Greenwich, where the file tells.
    pub utc_offset_s: Option<i32>,
    /// The time zone of the place where it began, where only a position tells the local time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub time_zone: Option<Tz>,
    /// The recording device.
    pub device: Option<String>,
    /// What measured the heart rate.
    pub sensor: HeartRateSensor,
    /// The watch's own totals.
    pub stated: StatedTotals,
    /// Heart-rate anchors of that day.
    pub anchors: FileAnchors,
    /// The watch's own zones and what it says of them.
    pub device_zones: Option<DeviceZones>,
    /// Texts that may hold a label.
    pub texts: Vec<LabelText>,
    /// The athlete's own rating.
    pub rating: Rating,
    /// Where the executed workout was to end.
    pub planned_end: Option<PlannedEnd>,
    /// Whether positions were recorded.
    pub located: bool,
    /// Whether the file breaks off, so that the session may have gone on.
    pub breaks_off: bool,
}

impl RecordedMetadata {
    /// What an activity's file says.
    pub fn by(activity: &Activity) -> Self {
        Self {
            session: activity.session,
            sport: activity.sport.clone(),
            sub_sport: activity.sub_sport.clone(),
            start: activity.start,
            utc_offset_s: activity.utc_offset_s,
            time_zone: time_zone(activity),
            device: activity.device.clone(),
            sensor: activity.sensor,
            stated: activity.stated,
            anchors: activity.anchors,
            device_zones: activity.device_zones.clone(),
            texts: activity.texts.clone(),
            rating: activity.rating,
            planned_end: activity.planned_end,
            breaks_off: activity.breaks_off,
            located: activity.records.iter().any(|record| record.position.is_some()),
        }
    }
}

/// How long a run took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Durations {
    /// From first to last second, pauses included.
    pub elapsed: Seconds,
    /// Without pauses of the timer.
    pub timer: Seconds,
    /// Without pauses and standing.
    pub moving: Seconds,
    /// Walking, a part of moving.
    pub walking: Seconds,
    /// The longest time without a walk, a stop or a pause of more than 15 seconds.
    pub continuous: Seconds,
    /// The typical time between records.
    pub recording_interval: Option<Seconds>,
    /// The typical time between readings of the heart rate.
    pub heart_rate_interval: Option<Seconds>,
}

/// How far a run went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Distances {
    /// Distance.
    pub distance: Option<Metres>,
    /// Level distance of equal effort.
    pub graded_distance: Option<Metres>,
    /// Climb.
    pub ascent: Option<Metres>,
    /// Whether speed was recorded rather than derived from way and time.
    pub speed_recorded: bool,
}

/// Heart rate of a run. Means are over timer time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HeartRate {
    /// Mean as recorded.
    pub raw_mean: Option<BeatsPerMinute>,
    /// Mean of what can be trusted.
    pub mean: Option<BeatsPerMinute>,
    /// Highest trusted value.
    pub max: Option<BeatsPerMinute>,
    /// Moving seconds with a trusted heart rate.
    pub trusted_moving_s: u32,
    /// Moving seconds with a recorded heart rate, trusted or not.
    pub recorded_moving_s: u32,
    /// Moving seconds taken out by cleaning.
    pub removed_moving_s: u32,
    /// Seconds taken out, by reason.
    pub removed: Vec<(Removal, u32)>,
    /// Seconds in doubt, by reason.
    pub suspected: Vec<(Suspicion, u32)>,
    /// Seconds in flat lines of one to two minutes.
    pub short_flat_s: u32,
    /// Seconds in the watch's own zones by our clock, from the heart rate as recorded.
    pub in_device_zones_s: Vec<u32>,
}

impl RunMetrics {
    /// Pace over moving time; `None` without way.
    pub fn pace(&self) -> Option<SecondsPerKilometre> {
        pace(self.durations.moving, self.distances.distance?)
    }

    /// Pace over timer time.
    pub fn timer_pace(&self) -> Option<SecondsPerKilometre> {
        pace(self.durations.timer, self.distances.distance?)
    }

    /// Pace over elapsed time.
    pub fn elapsed_pace(&self) -> Option<SecondsPerKilometre> {
        pace(self.durations.elapsed, self.distances.distance?)
    }

    /// Grade-adjusted pace over moving time.
    pub fn grade_adjusted_pace(&self) -> Option<SecondsPerKilometre> {
        pace(self.durations.moving, self.distances.graded_distance?)
    }

    /// Share of moving time that was walked, in percent.
    pub fn walking_pct(&self) -> f64 {
        100.0 * self.durations.walking.get() / self.durations.moving.get().max(1.0)
    }

    /// Whether it is a run-walk session, which changes speed by design: more than a tenth of it
    /// walked, or four walks of 15 seconds.
    pub fn is_run_walk(&self) -> bool {
        let breaks = self.steadiness.as_ref().map_or(0, |steadiness| steadiness.walk_breaks);
        self.walking_pct() > 10.0 || breaks >= 4
    }

    /// Whether speed can only be the watch's estimate: indoors, or without any position.
    pub fn speed_is_estimated(&self) -> bool {
        self.metadata.sub_sport.is_in_place() || !self.metadata.located
    }
}

fn pace(time: Seconds, distance: Metres) -> Option<SecondsPerKilometre> {
    (distance.get() > 0.0)
        .then(|| SecondsPerKilometre::new(1000.0 * time.get() / distance.get()))
        .flatten()
}

/// The clocks that only the records can tell, in seconds.
#[derive(Clone, Copy)]
pub(super) struct RecordedDurations {
    pub(super) elapsed: f64,
    pub(super) timer: f64,
    pub(super) interval: Option<f64>,
    pub(super) heart_rate_interval: Option<f64>,
}

/// Cleans the series and measures everything that knows no athlete; form and breathing are read
/// from the records.
pub(super) fn assemble(
    metadata: RecordedMetadata,
    durations: RecordedDurations,
    resampled: Resampled,
    conditions: Conditions,
) -> RunMetrics {
    let Resampled { mut series, distance_m, ascent_m, speed_recorded } = resampled;
    let raw = series.heart_rate.clone();
    heart_rate::clean(&mut series, metadata.sensor);
    let steadiness = Steadiness::of(&series);
    let reference = steadiness.as_ref().map(|steadiness| steadiness.reference_speed.get());
    let drift = match reference {
        Ok(_) if series.heart_rate.present() == 0 => Err(Unmeasured::NoHeartRate),
        Ok(speed) => Drift::of(&series, speed),
        Err(reason) => Err(*reason),
    };
    let graded = (0..series.len())
        .filter(|k| series.is_moving(*k))
        .filter_map(|k| series.graded_speed_m_s(k));
    let graded_distance = distance_m.map(|distance| distance * graded_share(&series, graded.sum()));
    RunMetrics {
        durations: finish_clocks(&durations, &series),
        distances: Distances {
            distance: distance_m.and_then(Metres::new),
            graded_distance: graded_distance.and_then(Metres::new),
            ascent: ascent_m.and_then(Metres::new),
            speed_recorded,
        },
        heart_rate: heart_rate_figures(&raw, &series, metadata.device_zones.as_ref()),
        steadiness,
        drift,
        peak_heart_rate: PeakHeartRate::of(&series),
        efficiency: efficiency(&series),
        form: None,
        breathing: None,
        conditions,
        route_shape: None,
        channels: PackedSeries::pack(&series),
        metadata,
    }
}

/// Grade-adjusted over plain way; 1 where nothing moved.
fn graded_share(series: &Series, graded: f64) -> f64 {
    let moving = (0..series.len()).filter(|k| series.is_moving(*k));
    let plain: f64 = moving.filter_map(|k| series.speed_m_s(k)).sum();
    if plain > 0.0 { graded / plain } else { 1.0 }
}

fn finish_clocks(recorded: &RecordedDurations, series: &Series) -> Durations {
    let seconds = |count: usize| Seconds::of(count as f64);
    let walking = series.movement.iter().filter(|movement| **movement == Movement::Walking).count();
    Durations {
        elapsed: Seconds::of(recorded.elapsed),
        timer: Seconds::of(recorded.timer),
        moving: seconds(series.moving_seconds()),
        walking: seconds(walking),
        continuous: seconds(longest_continuous(series)),
        recording_interval: recorded.interval.and_then(Seconds::new),
        heart_rate_interval: recorded.heart_rate_interval.and_then(Seconds::new),
    }
}

/// A walk, stop or pause up to this long does not interrupt a run, in seconds.
const INTERRUPTION_S: usize = 15;

/// The longest stretch without an interruption, in seconds.
fn longest_continuous(series: &Series) -> usize {
    let not_running = runs_where(series.len(), |k| series.movement[k] != Movement::Running);
    let long = not_running.into_iter().filter(|run| run.len() > INTERRUPTION_S);
    let paused = series.pauses.iter().filter(|pause| pause.seconds > INTERRUPTION_S as f32);
    let mut interruptions: Vec<(usize, usize)> = long
        .map(|run| (run.start, run.end))
        .chain(paused.map(|pause| (pause.before as usize, pause.before as usize)))
        .chain([(series.len(), series.len())])
        .collect();
    interruptions.sort_unstable();
    let (mut longest, mut resumed) = (0, 0);
    for (from, to) in interruptions {
        longest = longest.max(from.saturating_sub(resumed));
        resumed = resumed.max(to);
    }
    longest
}

fn heart_rate_figures(raw: &Channel, series: &Series, zones: Option<&DeviceZones>) -> HeartRate {
    let moving = |k: &usize| series.is_moving(*k);
    let recorded = || (0..series.len()).filter(moving).filter(|k| raw.get(*k).is_some());
    let mean_of = |channel: &Channel| {
        mean(channel.iter().flatten().map(f64::from)).and_then(BeatsPerMinute::new)
    };
    HeartRate {
        raw_mean: mean_of(raw),
        mean: mean_of(&series.heart_rate),
        max: series
            .heart_rate
            .iter()
            .flatten()
            .max()
            .and_then(|beats| BeatsPerMinute::new(f64::from(beats))),
        trusted_moving_s: (0..series.len())
            .filter(moving)
            .filter(|k| series.heart_rate.get(*k).is_some())
            .count() as u32,
        recorded_moving_s: recorded().count() as u32,
        removed_moving_s: recorded().filter(|k| series.heart_rate.get(*k).is_none()).count() as u32,
        removed: seconds_by_reason(&series.removed),
        suspected: seconds_by_reason(&series.suspected),
        short_flat_s: heart_rate::short_flat_seconds(series),
        in_device_zones_s: zones.map_or_else(Vec::new, |zones| seconds_in(raw, &zones.bounds_bpm)),
    }
}

/// Seconds per zone as a watch counts them: a heart rate on a boundary is in the zone above.
fn seconds_in(raw: &Channel, bounds: &[u8]) -> Vec<u32> {
    let mut seconds = vec![0; bounds.len() + 1];
    for beats in raw.iter().flatten() {
        seconds[bounds.partition_point(|bound| u16::from(*bound) <= beats)] += 1;
    }
    seconds
}

fn seconds_by_reason<R: Copy + Ord>(spans: &[(R, Span)]) -> Vec<(R, u32)> {
    let mut totals = std::collections::BTreeMap::new();
    for (reason, span) in spans {
        *totals.entry(*reason).or_insert(0) += span.seconds;
    }
    totals.into_iter().collect()
}

/// Minutes 5–20 of moving time.
fn efficiency(series: &Series) -> Option<f64> {
    let minutes: Vec<usize> =
        (0..series.len()).filter(|k| series.is_moving(*k)).skip(300).take(900).collect();
    if minutes.len() < 900 {
        return None;
    }
    let speed = mean(minutes.iter().filter_map(|k| series.graded_speed_m_s(*k)))?;
    let beats = mean(minutes.iter().filter_map(|k| series.heart_rate_bpm(*k)))?;
    Some(60.0 * speed / beats)
}
