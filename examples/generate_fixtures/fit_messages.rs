//! The messages that describe an outing: whose it was, what was planned, what came of it.

use super::fit_activity::{Notes, Sensor, Step, UTC_OFFSET};
use super::fit_writer::{Field, FitWriter, MESSAGE_INDEX, TIMESTAMP, Value, fit_time};
use super::run::Track;
use super::summary::{Summary, ZONE_BOUNDS, lap_starts, time_in_zones};

/// Global message numbers.
pub(super) mod message {
    pub(crate) const FILE_ID: u16 = 0;
    pub(crate) const USER_PROFILE: u16 = 3;
    pub(crate) const ZONES_TARGET: u16 = 7;
    pub(crate) const SESSION: u16 = 18;
    pub(crate) const LAP: u16 = 19;
    pub(crate) const RECORD: u16 = 20;
    pub(crate) const EVENT: u16 = 21;
    pub(crate) const DEVICE_INFO: u16 = 23;
    pub(crate) const WORKOUT: u16 = 26;
    pub(crate) const WORKOUT_STEP: u16 = 27;
    pub(crate) const ACTIVITY: u16 = 34;
    pub(crate) const TIME_IN_ZONE: u16 = 216;
}

/// The runner of all fixtures, as the watch knows her.
const AGE: u8 = 38;
const MAX_HEART_RATE: u8 = 190;
const RESTING_HEART_RATE: u8 = 50;
const THRESHOLD_HEART_RATE: u8 = 170;

/// The manufacturer number set aside for development.
const DEVELOPMENT: u16 = 255;
const PRODUCT: u16 = 1;
const SERIAL: u32 = 20_260_330;

/// A moment of an outing.
pub(crate) fn time_at(start: i64, second: u32) -> Value<'static> {
    Value::U32(fit_time(start + i64::from(second)))
}

/// The kind of file.
#[derive(Debug, Clone, Copy)]
pub(super) enum FileType {
    Settings = 2,
    Activity = 4,
}

pub(super) fn write_file_id(writer: &mut FitWriter, kind: FileType, time: i64) {
    let fields = [
        (0, Value::Enum(kind as u8)),
        (1, Value::U16(DEVELOPMENT)),
        (2, Value::U16(PRODUCT)),
        (3, Value::U32z(SERIAL)),
        (4, time_at(time, 0)),
    ];
    writer.message(message::FILE_ID, &fields);
}

pub(super) fn write_devices(writer: &mut FitWriter, track: &Track, sensor: Sensor) {
    const ANTPLUS: u8 = 1;
    const LOCAL: u8 = 5;
    const ANT_HEART_RATE: u8 = 120;
    const WRIST_HEART_RATE: u8 = 10;
    const CREATOR: u8 = 0;
    const MAIN_UNIT: u8 = 0xFF;
    let device = |index, kind, source| {
        [
            (TIMESTAMP, time_at(track.start, 0)),
            (0, Value::U8(index)),
            (1, Value::U8(kind)),
            (2, Value::U16(DEVELOPMENT)),
            (4, Value::U16(PRODUCT)),
            (25, Value::Enum(source)),
        ]
    };
    writer.message(message::DEVICE_INFO, &device(CREATOR, MAIN_UNIT, LOCAL));
    let (kind, source) = match sensor {
        Sensor::Strap => (ANT_HEART_RATE, ANTPLUS),
        Sensor::Wrist => (WRIST_HEART_RATE, LOCAL),
    };
    writer.message(message::DEVICE_INFO, &device(1, kind, source));
}

/// What the timer does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Timer {
    Start = 0,
    StopAll = 4,
}

pub(super) fn write_timer(writer: &mut FitWriter, start: i64, second: u32, what: Timer) {
    const TIMER: u8 = 0;
    let fields = [
        (TIMESTAMP, time_at(start, second)),
        (0, Value::Enum(TIMER)),
        (1, Value::Enum(what as u8)),
    ];
    writer.message(message::EVENT, &fields);
}

const PERCENT_OF_MAX: u8 = 1;

pub(super) fn write_runner(writer: &mut FitWriter) {
    const FEMALE: u8 = 0;
    let profile = [
        (1, Value::Enum(FEMALE)),
        (2, Value::U8(AGE)),
        (8, Value::U8(RESTING_HEART_RATE)),
        (9, Value::U8(MAX_HEART_RATE)),
        (11, Value::U8(MAX_HEART_RATE)),
    ];
    writer.message(message::USER_PROFILE, &profile);
    let zones = [
        (1, Value::U8(MAX_HEART_RATE)),
        (2, Value::U8(THRESHOLD_HEART_RATE)),
        (5, Value::Enum(PERCENT_OF_MAX)),
    ];
    writer.message(message::ZONES_TARGET, &zones);
}

pub(super) fn write_workout(writer: &mut FitWriter, notes: &Notes<'_>) {
    let Some((name, steps)) = notes.workout else { return };
    let workout = [
        (4, Value::Enum(notes.sport as u8)),
        (6, Value::U16(steps.len() as u16)),
        (8, Value::Text(name)),
    ];
    writer.message(message::WORKOUT, &workout);
    for (index, step) in (0..).zip(steps) {
        const OPEN_TARGET: u8 = 2;
        // Times are in milliseconds, distances in centimetres, both in the same field.
        let (kind, value) = match step {
            Step::Time(seconds) => (0, seconds * 1000),
            Step::Distance(metres) => (1, metres * 100),
            Step::Open => (5, u32::MAX),
        };
        let fields = [
            (MESSAGE_INDEX, Value::U16(index)),
            (1, Value::Enum(kind)),
            (2, Value::U32(value)),
            (3, Value::Enum(OPEN_TARGET)),
        ];
        writer.message(message::WORKOUT_STEP, &fields);
    }
}

pub(super) fn write_laps(writer: &mut FitWriter, track: &Track) {
    const BY_DISTANCE: u8 = 2;
    const AT_THE_END: u8 = 7;
    const LAP: u8 = 9;
    let last = track.samples.len() - 1;
    let starts = lap_starts(track);
    let ends = starts.iter().skip(1).copied().chain([last]);
    for (index, (from, to)) in (0..).zip(starts.iter().copied().zip(ends)) {
        let Some(lap) = Summary::of(track, from, to) else { continue };
        let trigger = if to == last { AT_THE_END } else { BY_DISTANCE };
        let mut fields = vec![(MESSAGE_INDEX, Value::U16(index)), (0, Value::Enum(LAP))];
        fields.extend(sums(track, &lap));
        fields.extend(heart_rates(&lap, 15, 16));
        fields.push((24, Value::Enum(trigger)));
        writer.message(message::LAP, &fields);
    }
}

/// The fields that laps and sessions number alike.
fn sums(track: &Track, summary: &Summary) -> [Field<'static>; 6] {
    const STOP: u8 = 1;
    [
        (TIMESTAMP, time_at(track.start, summary.last.second)),
        (1, Value::Enum(STOP)),
        (2, time_at(track.start, summary.first.second)),
        (7, Value::U32(summary.elapsed() * 1000)),
        (8, Value::U32(summary.timer * 1000)),
        (9, Value::U32(summary.distance_cm())),
    ]
}

fn heart_rates(summary: &Summary, mean: u8, max: u8) -> impl Iterator<Item = Field<'static>> {
    let mean = summary.mean_heart_rate.map(|beats| (mean, Value::U8(beats)));
    let max = summary.max_heart_rate.map(|beats| (max, Value::U8(beats)));
    mean.into_iter().chain(max)
}

pub(super) fn write_zones(writer: &mut FitWriter, track: &Track) {
    const FIRST: u16 = 0;
    let fields = [
        (TIMESTAMP, time_at(track.start, track.elapsed())),
        (0, Value::U16(message::SESSION)),
        (1, Value::U16(FIRST)),
        (2, Value::U32s(&time_in_zones(track))),
        (6, Value::U8s(&ZONE_BOUNDS)),
        (10, Value::Enum(PERCENT_OF_MAX)),
        (11, Value::U8(MAX_HEART_RATE)),
        (12, Value::U8(RESTING_HEART_RATE)),
        (13, Value::U8(THRESHOLD_HEART_RATE)),
    ];
    writer.message(message::TIME_IN_ZONE, &fields);
}

pub(super) fn write_session(writer: &mut FitWriter, track: &Track, notes: &Notes<'_>) {
    const SESSION: u8 = 8;
    const GENERIC: u8 = 0;
    let Some(whole) = Summary::of(track, 0, track.samples.len() - 1) else { return };
    let mut fields = vec![(MESSAGE_INDEX, Value::U16(0)), (0, Value::Enum(SESSION))];
    fields.extend(sums(track, &whole));
    fields.push((5, Value::Enum(notes.sport as u8)));
    fields.push((6, Value::Enum(GENERIC)));
    fields.extend(heart_rates(&whole, 16, 17));
    fields.push((22, Value::U16(whole.ascent)));
    fields.push((26, Value::U16(lap_starts(track).len() as u16)));
    fields.push((110, Value::Text(notes.sport.profile_name())));
    fields.extend(notes.benefit.map(|benefit| (188, Value::Enum(benefit))));
    fields.extend(notes.feel.map(|feel| (192, Value::U8(feel))));
    fields.extend(notes.rpe.map(|rpe| (193, Value::U8(rpe * 10))));
    writer.message(message::SESSION, &fields);
}

pub(super) fn write_closing(writer: &mut FitWriter, track: &Track) {
    const MANUAL: u8 = 0;
    const ACTIVITY: u8 = 26;
    const STOP: u8 = 1;
    let end = track.elapsed();
    let fields = [
        (TIMESTAMP, time_at(track.start, end)),
        (0, Value::U32(track.timer_between(0, end) * 1000)),
        (1, Value::U16(1)),
        (2, Value::Enum(MANUAL)),
        (3, Value::Enum(ACTIVITY)),
        (4, Value::Enum(STOP)),
        (5, time_at(track.start + UTC_OFFSET, end)),
    ];
    writer.message(message::ACTIVITY, &fields);
}
