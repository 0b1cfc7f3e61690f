//! One text that is equal for equal judgements: the settings' share of the settings hash.

use std::fmt::Write;

use crate::activity::Sex;
use crate::units::BeatsPerMinute;

use super::{Athlete, DatedHeartRate, Folder, LabelWords, LimitOverrides, MaxSource, Settings};

impl Settings {
    /// All settings that judging depends on, in a fixed order and notation. Left out are units
    /// and displayed zones, which change no verdict, the bounds of reading, which change what is
    /// read and not how it is judged, and the names of plan and notes, whose
    /// contents count instead.
    pub fn fingerprint_text(&self) -> String {
        // Taken apart in full, so that a new setting cannot be forgotten here.
        let Self {
            units: _,
            time_zone,
            athletes,
            zones: _,
            labels,
            limits,
            reading: _,
            plan_file: _,
            notes_file: _,
        } = self;
        let mut lines = Lines::default();
        lines.add("time_zone", time_zone.map_or("none", |zone| zone.name()));
        for athlete in athletes {
            lines.add_athlete(athlete);
        }
        lines.add_labels(labels);
        lines.add_limits(limits);
        lines.0
    }
}

#[derive(Debug, Default)]
struct Lines(String);

impl Lines {
    /// Texts are escaped, so that none can pass for two lines.
    fn add(&mut self, key: &str, text: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{key} {text:?}");
    }

    fn add_number(&mut self, key: &str, number: Option<f64>) {
        self.add(key, &number.map_or_else(|| "none".to_owned(), |number| number.to_string()));
    }

    fn add_athlete(&mut self, athlete: &Athlete) {
        let Athlete {
            name,
            folder,
            birth_year,
            sex,
            newer_runner,
            sensor,
            heart_rate,
            plan_file: _,
            notes_file: _,
        } = athlete;
        self.add("athlete", name);
        self.add("folder", folder.as_ref().map_or("none", Folder::pattern));
        self.add_number("birth_year", birth_year.map(f64::from));
        self.add("sex", sex.map_or("none", sex_name));
        self.add("newer_runner", if *newer_runner { "yes" } else { "no" });
        self.add("sensor", sensor.map_or("none", super::WornSensor::name));
        for entry in heart_rate {
            self.add_heart_rate(entry);
        }
    }

    fn add_heart_rate(&mut self, entry: &DatedHeartRate) {
        let DatedHeartRate { from, max, max_source, resting, threshold, talk_test, ceiling } =
            entry;
        self.add("from", &from.map_or_else(|| "none".to_owned(), |date| date.to_string()));
        self.add("max_source", max.map_or("none", |_| MaxSource::name(*max_source)));
        let rates = [
            ("max", max),
            ("resting", resting),
            ("threshold", threshold),
            ("talk_test", talk_test),
            ("ceiling", ceiling),
        ];
        for (key, bpm) in rates {
            self.add_number(key, bpm.map(BeatsPerMinute::get));
        }
    }

    fn add_labels(&mut self, labels: &LabelWords) {
        for (key, list) in labels.lists() {
            for regex in list {
                self.add(key, regex.as_str());
            }
        }
    }

    fn add_limits(&mut self, limits: &LimitOverrides) {
        for (criterion, key, value) in limits.iter() {
            self.add_number(&format!("{criterion}.{key}"), Some(value));
        }
    }
}

const fn sex_name(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "female",
        Sex::Male => "male",
    }
}
