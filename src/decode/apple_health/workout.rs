//! One `<Workout>`: its attributes, and what stands right below it.

use chrono::{Offset, TimeZone};
use chrono_tz::Tz;
use quick_xml::events::BytesStart;

use super::heart_rates::SourceNumber;
use crate::activity::{Pause, Sport};
use crate::decode::xml::time::{self, Stamp};
use crate::units::{Metres, Seconds, UnixTime};

/// Routes of one workout, and stops of its timer: more than any real one has.
const MOST_ROUTES: usize = 1000;
const MOST_EVENTS: usize = 20_000;

/// What an export says of one workout.
#[derive(Debug)]
pub(super) struct Workout {
    /// Without `HKWorkoutActivityType` before it.
    kind: String,
    pub(super) start: Stamp,
    pub(super) end: UnixTime,
    pub(super) source: SourceNumber,
    /// Without pauses.
    pub(super) timer: Option<Seconds>,
    pub(super) distance: Option<Metres>,
    pub(super) ascent: Option<Metres>,
    pub(super) mean_heart_rate: Option<u8>,
    pub(super) max_heart_rate: Option<u8>,
    pub(super) is_indoor: bool,
    zone: Option<Tz>,
    events: Vec<(UnixTime, TimerChange)>,
    /// Paths of its routes, from the folder of the export.
    pub(super) routes: Vec<String>,
}

/// What happens to the timer, by hand or because the runner stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TimerChange {
    Pause,
    Resume,
    MotionPaused,
    MotionResumed,
}

impl Workout {
    /// A workout with a start and an end after it.
    pub(super) fn of(
        tag: &BytesStart<'_>,
        mut source: impl FnMut(&str) -> SourceNumber,
    ) -> Option<Self> {
        let kind = attribute(tag, "workoutActivityType").unwrap_or_default();
        let kind = kind.strip_prefix("HKWorkoutActivityType").unwrap_or(&kind);
        let start = stamp(tag, "startDate")?;
        let end = stamp(tag, "endDate")?.time;
        let timer = quantity(tag, "duration", "durationUnit").and_then(seconds);
        let distance = quantity(tag, "totalDistance", "totalDistanceUnit").and_then(metres);
        (start.time < end).then(|| Self {
            kind: kind.chars().take(64).collect(),
            start,
            end,
            source: source(&attribute(tag, "sourceName").unwrap_or_default()),
            timer,
            distance,
            ascent: None,
            mean_heart_rate: None,
            max_heart_rate: None,
            is_indoor: false,
            zone: None,
            events: Vec::new(),
            routes: Vec::new(),
        })
    }

    /// Metadata often stand twice, and say the same.
    pub(super) fn metadata(&mut self, tag: &BytesStart<'_>) {
        let (Some(key), Some(value)) = (attribute(tag, "key"), attribute(tag, "value")) else {
            return;
        };
        match key.as_str() {
            "HKTimeZone" => self.zone = value.parse().ok(),
            "HKIndoorWorkout" => self.is_indoor = value == "1",
            "HKElevationAscended" => {
                let (number, unit) = value.split_once(' ').unwrap_or((&value, "m"));
                self.ascent = number.parse().ok().and_then(|number| metres((number, unit.into())));
            }
            _ => {}
        }
    }

    pub(super) fn event(&mut self, tag: &BytesStart<'_>) {
        let kind = attribute(tag, "type").unwrap_or_default();
        let change = match kind.strip_prefix("HKWorkoutEventType") {
            Some("Pause") => TimerChange::Pause,
            Some("Resume") => TimerChange::Resume,
            Some("MotionPaused") => TimerChange::MotionPaused,
            Some("MotionResumed") => TimerChange::MotionResumed,
            _ => return,
        };
        if let Some(stamp) = stamp(tag, "date").filter(|_| self.events.len() < MOST_EVENTS) {
            self.events.push((stamp.time, change));
        }
    }

    /// Since iOS 16 the distance stands here, and mean and maximum of the heart rate.
    pub(super) fn statistics(&mut self, tag: &BytesStart<'_>) {
        let kind = attribute(tag, "type").unwrap_or_default();
        let beats = |name| {
            let (number, _) =
                quantity(tag, name, "unit").filter(|(_, unit)| unit == "count/min")?;
            (1.0..=255.0).contains(&number).then(|| number.round() as u8)
        };
        match kind.strip_prefix("HKQuantityTypeIdentifier") {
            Some("HeartRate") => {
                self.mean_heart_rate = self.mean_heart_rate.or(beats("average"));
                self.max_heart_rate = self.max_heart_rate.or(beats("maximum"));
            }
            Some("DistanceWalkingRunning" | "DistanceCycling" | "DistanceSwimming") => {
                let sum = quantity(tag, "sum", "unit").and_then(metres);
                self.distance = self.distance.or(sum);
            }
            _ => {}
        }
    }

    pub(super) fn route(&mut self, tag: &BytesStart<'_>) {
        let path = attribute(tag, "path").as_deref().and_then(below);
        self.routes.extend(path.filter(|_| self.routes.len() < MOST_ROUTES));
    }

    /// The kind of movement.
    pub(super) fn sport(&self) -> Sport {
        match self.kind.as_str() {
            "Running" => Sport::Running,
            "Walking" => Sport::Walking,
            "Hiking" => Sport::Hiking,
            "Cycling" | "HandCycling" => Sport::Cycling,
            "Swimming" => Sport::Swimming,
            "Transition" => Sport::Transition,
            "" | "Other" => Sport::Unspecified,
            other => Sport::Other(in_words(other)),
        }
    }

    /// Local time where it was, in seconds east of Greenwich. All times of an export are written in the
    /// zone of the phone on the day of the export: that is no more than a guess.
    pub(super) fn utc_offset_s(&self) -> Option<i32> {
        let utc = self.start.time.date_time()?.naive_utc();
        Some(self.zone?.offset_from_utc_datetime(&utc).fix().local_minus_utc())
    }

    /// When the timer stood, within the workout.
    pub(super) fn pauses(&self) -> Vec<Pause> {
        let mut events = self.events.clone();
        events.sort_by_key(|(time, _)| *time);
        let (mut by_hand, mut by_motion, mut since) = (false, false, None);
        let mut pauses = Vec::new();
        for (time, change) in events {
            match change {
                TimerChange::Pause => by_hand = true,
                TimerChange::Resume => by_hand = false,
                TimerChange::MotionPaused => by_motion = true,
                TimerChange::MotionResumed => by_motion = false,
            }
            match since {
                None if by_hand || by_motion => since = Some(time),
                Some(from) if !by_hand && !by_motion => {
                    pauses.push(Pause { from, to: time });
                    since = None;
                }
                _ => {}
            }
        }
        pauses.extend(since.map(|from| Pause { from, to: self.end }));
        let within = |time: UnixTime| time.clamp(self.start.time, self.end);
        let clipped = pauses.iter().map(|p| Pause { from: within(p.from), to: within(p.to) });
        clipped.filter(|pause| pause.from < pause.to).collect()
    }
}

/// The raw value of an attribute.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let attribute = attributes.find(|attribute| attribute.key.as_ref() == name)?;
    Some(attribute.value.into_owned())
}

/// A time that a clock can show.
pub(super) fn stamp(tag: &BytesStart<'_>, name: &str) -> Option<Stamp> {
    let stamp = time::parse(&attribute(tag, name)?)?;
    time::is_plausible(stamp.time).then_some(stamp)
}

fn quantity(tag: &BytesStart<'_>, name: &str, unit: &str) -> Option<(f64, String)> {
    Some((attribute(tag, name)?.parse().ok()?, attribute(tag, unit)?))
}

fn seconds((number, unit): (f64, String)) -> Option<Seconds> {
    let factor = match unit.as_str() {
        "s" | "sec" => 1.0,
        "min" => 60.0,
        "hr" => 3600.0,
        _ => return None,
    };
    Seconds::new(number * factor).filter(|time| time.get() >= 0.0)
}

fn metres((number, unit): (f64, String)) -> Option<Metres> {
    let factor = match unit.as_str() {
        "cm" => 0.01,
        "m" => 1.0,
        "km" => 1000.0,
        "ft" => 0.3048,
        "yd" => 0.9144,
        "mi" => 1609.344,
        _ => return None,
    };
    Metres::new(number * factor).filter(|length| length.get() >= 0.0)
}

/// A path that leads nowhere but below its folder.
fn below(path: &str) -> Option<String> {
    const LONGEST_PATH: usize = 256;
    let path = path.trim_start_matches('/');
    let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']);
    (path.len() <= LONGEST_PATH && path.split('/').all(is_plain)).then(|| path.to_owned())
}

/// `HighIntensityIntervalTraining` in words.
fn in_words(kind: &str) -> String {
    let mut words = String::new();
    for character in kind.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        assert_eq!(below("/workout-routes/a.gpx").as_deref(), Some("workout-routes/a.gpx"));
        for path in ["../a.gpx", "/a/../../b", "c:\\a.gpx", "a//b", "", "/"] {
            assert_eq!(below(path), None, "{path}");
        }
    }

    #[test]
    fn units_are_turned_into_metres_and_seconds() {
        let metres = |number, unit: &str| metres((number, unit.to_owned())).map(Metres::get);
        assert_eq!(metres(6575.0, "cm"), Some(65.75));
        assert_eq!(metres(1.5, "km"), Some(1500.0));
        assert_eq!(metres(1.0, "mi"), Some(1609.344));
        assert_eq!(metres(1.0, "furlong"), None);
        assert_eq!(metres(-1.0, "m"), None);
        assert_eq!(seconds((38.5, "min".to_owned())).map(Seconds::get), Some(2310.0));
    }
}
