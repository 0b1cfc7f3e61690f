//! The row between measuring and judging: the run itself, its figures, and what its file says.
//!
//! Every key of the JSON that holds a quantity names its unit, and always holds one type.

use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::conditions::Conditions;
use super::drift::Drift;
use super::form::Form;
use super::packed::PackedSeries;
use super::peak_heart_rate::PeakHeartRate;
use super::route_shape::RouteShape;
use super::series::{Removal, Suspicion};
use super::steadiness::Steadiness;
use super::time_zone::time_zone;
use super::unmeasured::Unmeasured;
use crate::activity::{
    Activity, DeviceZones, FileAnchors, HeartRateSensor, LabelText, PlannedEnd, PrimaryBenefit,
    Rating, Repair, RepairKind, Sport, StatedTotals, SubSport,
};
use crate::units::{BeatsPerMinute, Metres, Seconds, SecondsPerKilometre, UnixTime};

/// One measured run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunMetrics {
    /// What the file says, unchanged.
    pub metadata: RecordedMetadata,
    /// How long it took.
    pub durations: Durations,
    /// How far it went.
    pub distances: Distances,
    /// Heart rate and what was taken out of it.
    pub heart_rate: HeartRate,
    /// How even the pace was.
    pub steadiness: Result<Steadiness, Unmeasured>,
    /// How heart rate moved against pace.
    pub drift: Result<Drift, Unmeasured>,
    /// The highest heart rates that lasted.
    pub peak_heart_rate: PeakHeartRate,
    /// Mean grade-adjusted speed over mean heart rate of minutes 5–20, in metres per beat.
    pub efficiency: Option<f64>,
    /// The stride early and late in the run.
    pub form: Option<Form>,
    /// Mean breathing rate of moving time after its first 3 minutes, in breaths per minute.
    pub breathing: Option<f64>,
    /// Temperature and altitude.
    pub conditions: Conditions,
    /// The shape of the route without its place; its scale follows from the distance.
    pub route_shape: Option<RouteShape>,
    /// The cleaned run at 1 Hz.
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
    #[serde(rename = "start_unix_ms")]
    pub start: UnixTime,
    /// Seconds east of Greenwich, where the file tells.
    pub utc_offset_s: Option<i32>,
    /// The time zone of the place where it began, where only a position tells the local time.
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
    /// What the watch says that the session trained most.
    pub primary_benefit: Option<PrimaryBenefit>,
    /// Where the executed workout was to end.
    pub planned_end: Option<PlannedEnd>,
    /// Whether positions were recorded.
    pub located: bool,
    /// Whether the file breaks off, so that the session may have gone on.
    pub breaks_off: bool,
    /// Whether the file is damaged, so that a rating, a planned end or some records may be lost.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub damaged: bool,
    /// What was put right of what the recorder got wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
    /// The files beside its own that a part of it was read from, by their path from there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<String>,
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
            primary_benefit: activity.primary_benefit,
            planned_end: activity.planned_end,
            breaks_off: activity.breaks_off,
            damaged: activity.damaged,
            repairs: activity.repairs.clone(),
            joined: activity.joined.clone(),
            located: activity.records.iter().any(|record| record.position.is_some()),
        }
    }
}

/// How long a run took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Durations {
    /// From first to last second, pauses included.
    #[serde(rename = "elapsed_s")]
    pub elapsed: Seconds,
    /// Without pauses of the timer.
    #[serde(rename = "timer_s")]
    pub timer: Seconds,
    /// Without pauses and standing.
    #[serde(rename = "moving_s")]
    pub moving: Seconds,
    /// Walking, a part of moving.
    #[serde(rename = "walking_s")]
    pub walking: Seconds,
    /// The longest time without a walk, a stop or a pause of more than 15 seconds.
    #[serde(rename = "continuous_s")]
    pub continuous: Seconds,
    /// The typical time between records.
    #[serde(rename = "recording_interval_s")]
    pub recording_interval: Option<Seconds>,
    /// The typical time between readings of the heart rate.
    #[serde(rename = "heart_rate_interval_s")]
    pub heart_rate_interval: Option<Seconds>,
}

/// How far a run went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Distances {
    /// Distance.
    #[serde(rename = "distance_m")]
    pub distance: Option<Metres>,
    /// Level distance of equal effort.
    #[serde(rename = "graded_distance_m")]
    pub graded_distance: Option<Metres>,
    /// Climb.
    #[serde(rename = "ascent_m")]
    pub ascent: Option<Metres>,
    /// Whether speed was recorded rather than derived from way and time.
    pub speed_recorded: bool,
}

/// Heart rate of a run. Means are over timer time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HeartRate {
    /// Mean as recorded.
    #[serde(rename = "raw_mean_bpm")]
    pub raw_mean: Option<BeatsPerMinute>,
    /// Mean of what can be trusted.
    #[serde(rename = "mean_bpm")]
    pub mean: Option<BeatsPerMinute>,
    /// Highest trusted value.
    #[serde(rename = "max_bpm")]
    pub max: Option<BeatsPerMinute>,
    /// Moving seconds with a trusted heart rate.
    pub trusted_moving_s: u32,
    /// Moving seconds with a recorded heart rate, trusted or not.
    pub recorded_moving_s: u32,
    /// Moving seconds taken out by cleaning.
    pub removed_moving_s: u32,
    /// Seconds taken out, by reason.
    pub removed: Vec<ReasonSeconds<Removal>>,
    /// Seconds in doubt, by reason.
    pub suspected: Vec<ReasonSeconds<Suspicion>>,
    /// Seconds in flat lines of one to two minutes.
    pub short_flat_s: u32,
    /// Seconds for which an earlier reading stands although one of their own was due.
    #[serde(default)]
    pub held_s: u32,
    /// Seconds in the watch's own zones by our clock, from the heart rate as recorded.
    pub in_device_zones_s: Vec<u32>,
}

/// How many seconds of a run a reason holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{R}Seconds")]
pub struct ReasonSeconds<R> {
    /// The reason.
    pub reason: R,
    /// How many seconds.
    pub seconds: u32,
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

    /// Whether its records were of no use, so that all figures are the totals that the watch states.
    pub fn is_stated_only(&self) -> bool {
        self.metadata.repairs.iter().any(|repair| repair.kind == RepairKind::StatedTotals)
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
