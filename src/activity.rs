//! The one model of a recorded activity, which every format fills and from which everything is
//! measured.
//!
//! An [`Activity`] says what a file says and nothing else: no cleaning, no derived figure, no
//! guess. What the file does not say is `None`. Times are UTC.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Metres, Seconds, UnixTime};

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
    /// Where the executed workout was planned to end.
    pub planned_end: Option<PlannedEnd>,
    /// Whether the file breaks off, so that the session may have gone on.
    pub breaks_off: bool,
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

/// A point on the earth in semicircles (2³¹ to 180 degrees), the finest unit of any format read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Latitude, north positive.
    pub latitude: i32,
    /// Longitude, east positive.
    pub longitude: i32,
}

const SEMICIRCLES_PER_DEGREE: f64 = 2_147_483_648.0 / 180.0;

impl Position {
    /// A point from degrees; `None` outside ±90 and ±180 degrees.
    pub fn from_degrees(latitude: f64, longitude: f64) -> Option<Self> {
        let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        on_earth.then(|| Self {
            latitude: (latitude * SEMICIRCLES_PER_DEGREE).round() as i32,
            longitude: (longitude * SEMICIRCLES_PER_DEGREE).round() as i32,
        })
    }

    /// Latitude and longitude in degrees.
    pub fn degrees(self) -> (f64, f64) {
        let degrees = |semicircles: i32| f64::from(semicircles) / SEMICIRCLES_PER_DEGREE;
        (degrees(self.latitude), degrees(self.longitude))
    }
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

/// The kind of movement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sport {
    /// Running in any form, treadmill and trail included.
    Running,
    /// Walking.
    Walking,
    /// Hiking.
    Hiking,
    /// Cycling in any form.
    Cycling,
    /// Swimming in any form.
    Swimming,
    /// The change between two legs of a multisport race.
    Transition,
    /// The file does not say.
    #[default]
    Unspecified,
    /// Any other, by the file's own name for it.
    #[serde(untagged)]
    Other(String),
}

impl Sport {
    /// The name used in every output.
    pub fn name(&self) -> &str {
        match self {
            Self::Running => "running",
            Self::Walking => "walking",
            Self::Hiking => "hiking",
            Self::Cycling => "cycling",
            Self::Swimming => "swimming",
            Self::Transition => "transition",
            Self::Unspecified => "unspecified",
            Self::Other(name) => name,
        }
    }
}

/// The narrower kind of movement, in the file's words; `generic` where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SubSport(pub String);

impl Default for SubSport {
    fn default() -> Self {
        Self("generic".to_owned())
    }
}

impl SubSport {
    /// Whether speed can only be the watch's estimate, because the runner stayed in place.
    pub fn is_in_place(&self) -> bool {
        matches!(
            self.0.as_str(),
            "treadmill" | "indoor_running" | "virtual_activity" | "virtual_run"
        )
    }
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

/// The totals that the watch itself wrote for the session: the oracle of our own figures, and
/// never used in their place.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct StatedTotals {
    /// From first to last second, pauses included.
    pub elapsed: Option<Seconds>,
    /// Without pauses.
    pub timer: Option<Seconds>,
    /// Way made.
    pub distance: Option<Metres>,
    /// Mean heart rate in beats per minute.
    pub mean_heart_rate_bpm: Option<u8>,
    /// Highest heart rate in beats per minute.
    pub max_heart_rate_bpm: Option<u8>,
    /// Climb.
    pub ascent: Option<Metres>,
}

/// Heart-rate anchors written by the watch on that day, in beats per minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct FileAnchors {
    /// Maximum heart rate.
    pub max_bpm: Option<u8>,
    /// Resting heart rate.
    pub resting_bpm: Option<u8>,
    /// Lactate threshold heart rate.
    pub threshold_bpm: Option<u8>,
    /// Age in years in the user profile.
    pub age_years: Option<u8>,
    /// Sex in the user profile.
    pub sex: Option<Sex>,
}

/// Sex as training formulas use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// The watch's own heart-rate zones and the time it says was spent in each.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct DeviceZones {
    /// Boundaries in beats per minute, rising; zone `i` holds `bounds[i−1] ≤ h < bounds[i]`.
    pub bounds_bpm: Vec<u8>,
    /// Seconds stated per zone: one more entry than boundaries where the watch fills them all.
    pub stated_s: Vec<f64>,
}

/// A text that may say what kind of session this was meant to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelText {
    /// Where it stands.
    pub source: LabelSource,
    /// The text itself: untrusted.
    pub text: String,
}

/// Where a label may stand, strongest first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LabelSource {
    /// The runner's own notes file.
    Notes,
    /// The runner's own plan file.
    Plan,
    /// The tag column of a Strava export.
    StravaTag,
    /// The title of the activity.
    Title,
    /// The name of the structured workout that was executed.
    Workout,
    /// The activity type or sport profile.
    Type,
    /// The free description.
    Description,
    /// The name of the file.
    FileName,
    /// The name of a folder.
    Folder,
}

/// What the athlete answered when asked about the session.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Rating {
    /// How hard it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exertion: Option<Exertion>,
    /// How the athlete felt, 0 (very weak) to 100 (very strong).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feel: Option<u8>,
}

/// A rating of perceived exertion, 0–10 on either scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exertion {
    /// The number given.
    pub value: f64,
    /// What the number means.
    pub scale: ExertionScale,
}

/// The scale of a rating: the same number means more on one than on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExertionScale {
    /// Borg's category ratio scale in Foster's wording: 2 easy, 3 moderate, 4 somewhat hard, 5 hard.
    Cr10,
    /// Strava's: 1–3 easy, 4–6 moderate, 7–9 hard, 10 maximal.
    Strava,
}

impl ExertionScale {
    /// The name used in sentences.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Cr10 => "CR10",
            Self::Strava => "Strava",
        }
    }
}

impl Exertion {
    /// A rating on the CR10 scale.
    pub const fn cr10(value: f64) -> Self {
        Self { value, scale: ExertionScale::Cr10 }
    }
}

/// Where a planned session was to end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlannedEnd {
    /// After this much time.
    After(Seconds),
    /// After this much way.
    At(Metres),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_stays_small() {
        assert!(size_of::<Record>() <= 56, "{}", size_of::<Record>());
    }

    #[test]
    fn semicircles_keep_a_centimetre() {
        let position = Position::from_degrees(52.520_006_6, 13.404_954).unwrap();
        let (latitude, longitude) = position.degrees();
        assert!((latitude - 52.520_006_6).abs() < 1e-7);
        assert!((longitude - 13.404_954).abs() < 1e-7);
        assert_eq!(Position::from_degrees(90.1, 0.0), None);
        assert_eq!(Position::from_degrees(f64::NAN, 0.0), None);
    }
}
