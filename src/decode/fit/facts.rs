//! What the descriptive messages of one file say, in the words of the model.

use fitparser::profile::MesgNum;

use super::describe::Description;
use super::rating::{primary_benefit, rating};
use super::workout::{WorkoutStep, is_for, planned_end};
use super::zones::{self, ZoneMessage};
use crate::activity::{
    DeviceZones, FileAnchors, HeartRateSensor, LabelSource, LabelText, PlannedEnd, PrimaryBenefit,
    Rating, Sex, Sport, StatedTotals, SubSport,
};
use crate::units::{Metres, Seconds, UnixTime};

/// All facts of one file.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) sessions: Vec<SessionFacts>,
    pub(super) sports: Vec<SportFacts>,
    pub(super) workouts: Vec<WorkoutFacts>,
    pub(super) device: Option<String>,
    pub(super) sensor: HeartRateSensor,
    steps: Vec<WorkoutStep>,
    profile: FileAnchors,
    targets: FileAnchors,
    zone_messages: Vec<ZoneMessage>,
    zone_bounds: Vec<(u16, Option<f64>)>,
}

/// One `session` message.
#[derive(Debug, Default)]
pub(super) struct SessionFacts {
    pub(super) start: Option<UnixTime>,
    /// When the message was written.
    pub(super) written: Option<UnixTime>,
    pub(super) sport: Sport,
    pub(super) sub_sport: SubSport,
    pub(super) stated: StatedTotals,
    pub(super) rating: Rating,
    pub(super) primary_benefit: Option<PrimaryBenefit>,
    pub(super) profile_name: Option<String>,
    pub(super) zone_seconds: Vec<Option<f64>>,
}

/// One `sport` message: the profile chosen on the watch.
#[derive(Debug, PartialEq)]
pub(super) struct SportFacts {
    pub(super) sport: Sport,
    pub(super) sub_sport: SubSport,
    pub(super) name: Option<String>,
}

/// One `workout` message: the structured workout that was executed.
#[derive(Debug, PartialEq)]
pub(super) struct WorkoutFacts {
    pub(super) sport: Sport,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    /// How many steps it has, whether the file holds them or not.
    pub(super) steps: Option<usize>,
}

impl Facts {
    /// Gathers the facts from all messages.
    pub(super) fn ingest(descriptions: &[Description]) -> Self {
        let mut facts = Self::default();
        for description in descriptions {
            facts.take(description);
        }
        facts
    }

    fn take(&mut self, message: &Description) {
        match message.kind {
            MesgNum::FileId => self.device = device(message).or(self.device.take()),
            MesgNum::DeviceInfo => self.take_device(message),
            MesgNum::Session => self.sessions.push(session(message)),
            MesgNum::Sport => push(&mut self.sports, sport_facts(message)),
            MesgNum::Workout => push(&mut self.workouts, workout(message)),
            MesgNum::WorkoutStep => self.steps.extend(WorkoutStep::read(message)),
            MesgNum::UserProfile => self.profile = profile(message),
            MesgNum::ZonesTarget => self.targets = targets(message),
            MesgNum::TimeInZone => self.zone_messages.push(ZoneMessage::read(message)),
            MesgNum::HrZone => {
                let index = message.number("message_index").map_or(0, |index| index as u16);
                self.zone_bounds.push((index, message.number("high_bpm")));
            }
            _ => {}
        }
    }

    /// A paired sensor outranks the one in the watch: the watch writes the latter in any case.
    fn take_device(&mut self, message: &Description) {
        self.sensor = match (sensor(message), self.sensor) {
            (HeartRateSensor::External, _) | (_, HeartRateSensor::External) => {
                HeartRateSensor::External
            }
            (HeartRateSensor::Wrist, _) => HeartRateSensor::Wrist,
            (HeartRateSensor::Unknown, before) => before,
        };
        if message.number("device_index").is_some_and(|index| index == 0.0)
            || message.text("device_index") == Some("creator")
        {
            self.device = self.device.take().or_else(|| device(message));
        }
    }

    /// The planned end of the executed workout, where it was one for this session.
    pub(super) fn planned_end(&self, session: &SessionFacts) -> Option<PlannedEnd> {
        let is_meant = |workout: &WorkoutFacts| is_for(&workout.sport, &session.sport);
        let is_for_this = self.workouts.is_empty() || self.workouts.iter().any(is_meant);
        // A file that holds a part of the steps does not say where they end.
        let all = self.workouts.iter().filter_map(|workout| workout.steps).max();
        let is_whole = all.is_none_or(|all| self.steps.len() >= all);
        (is_for_this && is_whole).then(|| planned_end(&self.steps))?
    }

    /// The anchors for a session: those written with it, then the targets, then the profile.
    pub(super) fn anchors(&self, session: usize) -> FileAnchors {
        let written = self.zone_message(session).map(|zones| zones.anchors).unwrap_or_default();
        let first = |of: fn(&FileAnchors) -> Option<u8>| {
            [&written, &self.targets, &self.profile].into_iter().find_map(of)
        };
        FileAnchors {
            max_bpm: first(|anchors| anchors.max_bpm),
            resting_bpm: first(|anchors| anchors.resting_bpm),
            threshold_bpm: first(|anchors| anchors.threshold_bpm),
            ..self.profile
        }
    }

    /// The watch's own zones for a session, where their boundaries are known.
    pub(super) fn device_zones(&self, session: usize) -> Option<DeviceZones> {
        self.zone_message(session).and_then(ZoneMessage::zones).or_else(|| {
            let seconds = &self.sessions.get(session)?.zone_seconds;
            let mut bounds = self.zone_bounds.clone();
            bounds.sort_by_key(|(index, _)| *index);
            let bounds: Vec<_> = bounds.into_iter().map(|(_, bound)| bound).collect();
            zones::zones(&bounds, seconds)
        })
    }

    fn zone_message(&self, session: usize) -> Option<&ZoneMessage> {
        let is_only_one = self.sessions.len() <= 1;
        self.zone_messages.iter().find(|zones| is_only_one || zones.session == Some(session))
    }
}

/// More than any watch writes; each becomes a text of every session.
const MOST_OF_A_KIND: usize = 32;

fn push<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if list.len() < MOST_OF_A_KIND && !list.contains(&value) {
        list.push(value);
    }
}

fn session(message: &Description) -> SessionFacts {
    let seconds = |name| message.number(name).and_then(Seconds::new);
    let metres = |name| message.number(name).and_then(Metres::new);
    SessionFacts {
        start: message.time("start_time"),
        written: message.time("timestamp"),
        sport: sport(message),
        sub_sport: sub_sport(message),
        stated: StatedTotals {
            elapsed: seconds("total_elapsed_time"),
            timer: seconds("total_timer_time"),
            distance: metres("total_distance"),
            mean_heart_rate_bpm: message.set_byte("avg_heart_rate"),
            max_heart_rate_bpm: message.set_byte("max_heart_rate"),
            ascent: metres("total_ascent"),
        },
        rating: rating(message),
        primary_benefit: primary_benefit(message),
        profile_name: message.text("sport_profile_name").map(str::to_owned),
        zone_seconds: message.list("time_in_hr_zone"),
    }
}

fn sport(message: &Description) -> Sport {
    match message.name("sport").as_deref() {
        None | Some("generic") => Sport::Unspecified,
        Some("running") => Sport::Running,
        Some("walking") => Sport::Walking,
        Some("hiking") => Sport::Hiking,
        Some("cycling" | "e_biking") => Sport::Cycling,
        Some("swimming") => Sport::Swimming,
        Some("transition") => Sport::Transition,
        Some(other) => Sport::Other(other.to_owned()),
    }
}

fn sub_sport(message: &Description) -> SubSport {
    message.name("sub_sport").map(SubSport).unwrap_or_default()
}

fn sport_facts(message: &Description) -> SportFacts {
    SportFacts {
        sport: sport(message),
        sub_sport: sub_sport(message),
        name: message.text("name").map(str::to_owned),
    }
}

fn workout(message: &Description) -> WorkoutFacts {
    WorkoutFacts {
        sport: sport(message),
        name: message.text("wkt_name").map(str::to_owned),
        description: message.text("wkt_description").map(str::to_owned),
        steps: message.number("num_valid_steps").map(|steps| steps as usize),
    }
}

fn profile(message: &Description) -> FileAnchors {
    FileAnchors {
        max_bpm: message
            .set_byte("default_max_running_heart_rate")
            .or_else(|| message.set_byte("default_max_heart_rate")),
        resting_bpm: message.set_byte("resting_heart_rate"),
        threshold_bpm: None,
        age_years: message.set_byte("age"),
        sex: match message.text("gender") {
            Some("female") => Some(Sex::Female),
            Some("male") => Some(Sex::Male),
            _ => None,
        },
    }
}

fn targets(message: &Description) -> FileAnchors {
    FileAnchors {
        max_bpm: message.set_byte("max_heart_rate"),
        threshold_bpm: message.set_byte("threshold_heart_rate"),
        ..FileAnchors::default()
    }
}

/// Maker and model, the model in words where the file or the profile has them.
fn device(message: &Description) -> Option<String> {
    let model = message
        .text("product_name")
        .map(str::to_owned)
        .or_else(|| message.text("garmin_product").map(str::to_owned))
        .or_else(|| message.text("favero_product").map(str::to_owned))
        .or_else(|| {
            let number = message.number("product").or_else(|| message.number("garmin_product"));
            number.map(|number| format!("product {number}"))
        });
    let words: Vec<_> = message.name("manufacturer").into_iter().chain(model).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn sensor(message: &Description) -> HeartRateSensor {
    const ANT_HEART_RATE: f64 = 120.0;
    let is_paired = ["antplus_device_type", "ble_device_type"]
        .iter()
        .any(|name| message.text(name) == Some("heart_rate"))
        || ["device_type", "ant_device_type"]
            .iter()
            .any(|name| message.number(name) == Some(ANT_HEART_RATE));
    if is_paired {
        HeartRateSensor::External
    } else if message.text("local_device_type") == Some("whr") {
        HeartRateSensor::Wrist
    } else {
        HeartRateSensor::Unknown
    }
}

impl SessionFacts {
    /// The texts of this session.
    pub(super) fn texts(&self, facts: &Facts) -> Vec<LabelText> {
        let text =
            |source, text: &Option<String>| text.clone().map(|text| LabelText { source, text });
        let workouts = facts.workouts.iter().filter(|workout| is_for(&workout.sport, &self.sport));
        let sports = facts.sports.iter().filter(|sport| is_for(&sport.sport, &self.sport));
        let mut texts: Vec<LabelText> = Vec::new();
        for workout in workouts {
            texts.extend(text(LabelSource::Workout, &workout.name));
            texts.extend(text(LabelSource::Description, &workout.description));
        }
        texts.extend(text(LabelSource::Type, &self.profile_name));
        for sport in sports {
            let name = text(LabelSource::Type, &sport.name);
            texts.extend(name.filter(|name| !texts.contains(name)));
        }
        texts.sort_by_key(|text| text.source);
        texts
    }
}
