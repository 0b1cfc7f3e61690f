//! Which messages a watch writes around a recorded outing, and in what order.

use super::fit_messages::{
    FileType, Timer, message, time_at, write_closing, write_devices, write_file_id, write_laps,
    write_runner, write_session, write_timer, write_workout, write_zones,
};
use super::fit_writer::{Field, FitWriter, TIMESTAMP, Value};
use super::place::semicircles;
use super::run::{Dice, Sample, Track};

/// Seconds by which the local clock is ahead of UTC throughout the season.
pub(crate) const UTC_OFFSET: i64 = 7200;

/// What measured the heart rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sensor {
    /// A paired chest strap.
    #[default]
    Strap,
    /// The optical sensor of the watch.
    Wrist,
}

/// How long a step of a workout lasts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// So many seconds.
    Time(u32),
    /// So many metres.
    Distance(u32),
    /// Until the button is pressed.
    Open,
}

/// How often a record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Recording {
    /// Every second.
    #[default]
    EverySecond,
    /// Every two to seven seconds, as "smart" recording does.
    Smart,
}

/// What the watch writes beside the recording itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Notes<'a> {
    /// The executed workout: its name and steps.
    pub(crate) workout: Option<(&'a str, &'a [Step])>,
    pub(crate) sensor: Sensor,
    /// Perceived exertion, 0–10.
    pub(crate) rpe: Option<u8>,
    /// How the runner felt, 0–100.
    pub(crate) feel: Option<u8>,
    /// What the watch says that the run trained most: 1 recovery, 2 base, 3 tempo, 4 threshold.
    pub(crate) benefit: Option<u8>,
    /// Whether the watch knows nothing of the runner.
    pub(crate) stranger: bool,
    /// What the thermometer in the watch shows, in degrees Celsius.
    pub(crate) temperature: Option<i8>,
    pub(crate) recording: Recording,
    pub(crate) sport: Sport,
    /// How fast the runner breathes, in percent of what she usually does at that heart rate; none
    /// where the watch does not tell.
    pub(crate) breathing: Option<u16>,
    /// What a strap with an accelerometer sees of the stride.
    pub(crate) stride: Option<Stride>,
}

/// How the runner's stride develops over a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stride {
    /// As it began.
    Steady,
    /// From this second on the feet stay on the ground longer and the body bounces more.
    TiredFrom(u32),
}

impl Stride {
    /// Vertical oscillation in tenths of a millimetre and ground contact in tenths of a millisecond.
    pub(super) fn at(self, second: u32) -> (u16, u16) {
        match self {
            Self::TiredFrom(from) if second >= from => (940, 2_710),
            _ => (850, 2_500),
        }
    }
}

/// The kind of movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sport {
    #[default]
    Running = 1,
    Cycling = 2,
}

impl Sport {
    pub(super) const fn profile_name(self) -> &'static str {
        match self {
            Self::Running => "Run",
            Self::Cycling => "Bike",
        }
    }
}

/// A recorded outing as a FIT file with few fields in a record, to be small.
pub(crate) fn activity_file(track: &Track, notes: &Notes<'_>) -> Vec<u8> {
    let thinned = thin(track, notes.recording);
    write_activity(&thinned, notes, |writer, track, index| {
        let sample = track.samples[index];
        let mut fields = small_record(track.start, &sample);
        fields.extend(notes.temperature.map(|degrees| (13, Value::I8(degrees))));
        fields.extend(body(&sample, notes));
        let (north, east) = sample.position;
        // Eight bytes for every tenth record only: enough to show that this was outdoors.
        if index % 10 == 0 {
            let place = [(0, Value::I32(semicircles(north))), (1, Value::I32(semicircles(east)))];
            fields.extend(place);
        }
        writer.message(message::RECORD, &fields);
    })
}

fn small_record(start: i64, sample: &Sample) -> Vec<Field<'static>> {
    /// What FIT writes where there is no value.
    const NO_HEART_RATE: u8 = 0xFF;
    vec![
        (TIMESTAMP, time_at(start, sample.second)),
        (3, Value::U8(sample.heart_rate.unwrap_or(NO_HEART_RATE))),
        (4, Value::U8((sample.steps / 2) as u8)),
        (5, Value::U32(sample.distance_cm)),
        (6, Value::U16(sample.speed_mm_s)),
        (2, Value::U16(fit_altitude(sample.altitude))),
    ]
}

/// Stride and breathing.
fn body(sample: &Sample, notes: &Notes<'_>) -> Vec<Field<'static>> {
    let mut fields = Vec::new();
    if let Some((oscillation, contact)) = notes.stride.map(|stride| stride.at(sample.second)) {
        fields.extend([(39, Value::U16(oscillation)), (41, Value::U16(contact))]);
    }
    let breaths = notes.breathing.zip(sample.heart_rate);
    fields.extend(breaths.map(|(percent, beats)| (108, Value::U16(breaths_at(beats, percent)))));
    fields
}

/// Hundredths of a breath a minute: 30 at 130 beats, and one more with every four beats.
fn breaths_at(beats: u8, percent: u16) -> u16 {
    let usual = 3_000 + 25 * (i32::from(beats) - 130);
    (usual * i32::from(percent) / 100) as u16
}

/// Fifths of a metre above 500 m below the sea.
pub(crate) fn fit_altitude(metres: f64) -> u16 {
    ((metres + 500.0) * 5.0).round() as u16
}

/// Leaves out what smart recording would not have written.
fn thin(track: &Track, recording: Recording) -> Track {
    let mut thinned = track.clone();
    if recording == Recording::EverySecond {
        return thinned;
    }
    let mut dice = Dice::new(track.start);
    let mut due = 0;
    let end = track.elapsed();
    thinned.samples.retain(|sample| {
        let kept = sample.second >= due || sample.second == end;
        if kept {
            due = sample.second + dice.between(2, 7);
        }
        kept
    });
    thinned
}

/// Frames the records, which `record` writes one by one, with everything else.
pub(crate) fn write_activity(
    track: &Track,
    notes: &Notes<'_>,
    record: impl Fn(&mut FitWriter, &Track, usize),
) -> Vec<u8> {
    let mut writer = FitWriter::default();
    write_file_id(&mut writer, FileType::Activity, track.start);
    write_devices(&mut writer, track, notes.sensor);
    write_timer(&mut writer, track.start, 0, Timer::Start);
    if !notes.stranger {
        write_runner(&mut writer);
    }
    write_workout(&mut writer, notes);
    write_records(&mut writer, track, record);
    write_timer(&mut writer, track.start, track.elapsed(), Timer::StopAll);
    write_laps(&mut writer, track);
    if !notes.stranger {
        write_zones(&mut writer, track);
    }
    write_session(&mut writer, track, notes);
    write_closing(&mut writer, track);
    writer.finish()
}

/// A settings file: sound, but no activity.
pub(crate) fn settings_file(time: i64) -> Vec<u8> {
    let mut writer = FitWriter::default();
    write_file_id(&mut writer, FileType::Settings, time);
    write_runner(&mut writer);
    writer.finish()
}

/// The records, and the stops of the timer where they belong in time.
fn write_records(
    writer: &mut FitWriter,
    track: &Track,
    record: impl Fn(&mut FitWriter, &Track, usize),
) {
    let mut pauses = track.pauses.iter().peekable();
    for (index, sample) in track.samples.iter().enumerate() {
        if let Some(&(stop, start)) = pauses.next_if(|(stop, _)| sample.second > *stop) {
            write_timer(writer, track.start, stop, Timer::StopAll);
            write_timer(writer, track.start, start, Timer::Start);
        }
        record(writer, track, index);
    }
}
