//! The one model of a recorded activity, which every format fills and from which everything is
//! measured.
//!
//! An [`Activity`] says what a file says and nothing else: no cleaning, no derived figure, no
//! guess. What the file does not say is `None`. Times are UTC.

mod continuity;
mod planned_end;
mod position;
mod primary_benefit;
mod rating;
mod repair;
mod sport;
mod stated;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::UnixTime;

pub use continuity::{goes_on, is_before_clocks, runs_on};
pub use planned_end::PlannedEnd;
pub use position::{Position, metres_between};
pub use primary_benefit::PrimaryBenefit;
pub use rating::{Exertion, ExertionScale, Rating};
pub use repair::{Repair, RepairKind};
pub use sport::{Sport, SubSport};
pub use stated::{DeviceZones, FileAnchors, LabelSource, LabelText, Sex, StatedTotals};

/// One session of one file: the unit that is measured and judged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Activity {
    /// Which session of its file this is, from 0.
    pub session: u16,
    /// What kind of movement it was.
    pub sport: Sport,
    /// The narrower kind, as the file names it.
    pub sub_sport: SubSport,
    /// When it began.
    pub start: UnixTime,
    /// The file's own difference between local time and UTC, in seconds east of Greenwich.
    pub utc_offset_s: Option<i32>,
    /// What was recorded, in time order; several records may carry the same time.
    pub records: Vec<Record>,
    /// Running dynamics and breathing, as many as there are records, or none at all.
    pub dynamics: Vec<Dynamics>,
    /// Spans in which the timer stood still, in time order, not overlapping.
    pub pauses: Vec<Pause>,
    /// When the timer stopped for the last time, where the file says so.
    pub end: Option<UnixTime>,
    /// Who measured the altitude.
    pub altitude_source: AltitudeSource,
    /// Whether a gap between records may be a pause that the format has no word for.
    pub gaps: Gaps,
    /// The recording device in the file's own words.
    pub device: Option<String>,
    /// What measured the heart rate.
    pub sensor: HeartRateSensor,
    /// The totals that the watch itself wrote.
    pub stated: StatedTotals,
    /// Heart-rate anchors found in the file.
    pub anchors: FileAnchors,
    /// The watch's own heart-rate zones.
    pub device_zones: Option<DeviceZones>,
    /// Texts that may say what kind of session this was meant to be.
    pub texts: Vec<LabelText>,
    /// What the athlete answered when asked about the session.
    pub rating: Rating,
    /// What the watch says that the session trained most.
    pub primary_benefit: Option<PrimaryBenefit>,
    /// Where the executed workout was planned to end.
    pub planned_end: Option<PlannedEnd>,
    /// Whether the file breaks off, so that the session may have gone on.
    pub breaks_off: bool,
    /// Whether the file is damaged, so that something it said may be lost.
    pub damaged: bool,
    /// When it began by the file's own word, whatever its records say.
    pub stated_start: Option<UnixTime>,
    /// What was put right of what the recorder got wrong.
    pub repairs: Vec<Repair>,
    /// The files beside its own that a part of it was read from, by their path from there.
    pub joined: Vec<String>,
}

/// One reading of the watch.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Record {
    /// When it was taken.
    pub time: UnixTime,
    /// Where.
    pub position: Option<Position>,
    /// Distance since the start, in centimetres.
    pub distance_cm: Option<u32>,
    /// Altitude in metres above sea level.
    pub altitude_m: Option<f32>,
    /// Speed in millimetres per second.
    pub speed_mm_s: Option<u16>,
    /// Cadence in hundredths of a step per minute, both feet counted.
    pub cadence_centi_spm: Option<u16>,
    /// Heart rate in beats per minute as recorded, 0 included.
    pub heart_rate_bpm: Option<u8>,
    /// Temperature at the device in degrees Celsius.
    pub temperature_c: Option<i8>,
}

/// Running dynamics and breathing at one record; most watches record none of them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Dynamics {
    /// Ground contact time in tenths of a millisecond.
    pub ground_contact_time: Option<u16>,
    /// Left share of ground contact in hundredths of a percent.
    pub ground_contact_balance: Option<u16>,
    /// Vertical oscillation in tenths of a millimetre.
    pub vertical_oscillation: Option<u16>,
    /// Step length in tenths of a millimetre.
    pub step_length: Option<u16>,
    /// Breaths per minute, in hundredths.
    pub respiration_rate: Option<u16>,
}

/// A span in which the timer stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When the timer stopped.
    pub from: UnixTime,
    /// When it ran again.
    pub to: UnixTime,
}

/// What a gap between two records may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gaps {
    /// The format records every stop of its timer, so a gap is only a lack of records.
    #[default]
    Silence,
    /// The format has no timer events: a long gap without way made is a pause.
    MayBePauses,
}

/// Who measured the altitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AltitudeSource {
    /// A barometer, as in nearly every watch that writes FIT.
    Barometer,
    /// Satellite navigation or a map: rough.
    #[default]
    Satellite,
}

/// What measured the heart rate, as far as a file can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeartRateSensor {
    /// A paired sensor: a chest strap or an armband, the file cannot say which.
    External,
    /// The optical sensor of the watch.
    Wrist,
    /// The file does not say.
    #[default]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_stays_small() {
        assert!(size_of::<Record>() <= 56, "{}", size_of::<Record>());
    }
}
