//! Heart-rate anchors: the athlete's own numbers from which the judging lines are drawn.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::activity::FileAnchors;
use crate::history::HistoryAnchors;
use crate::settings::{Athlete, DatedHeartRate, Holds, MaxSource};
use crate::units::BeatsPerMinute;

/// Where an anchor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnchorSource {
    /// The settings file.
    Settings,
    /// The watch, in the run's own file or the newest earlier one.
    Watch,
    /// The athlete's own earlier runs.
    History,
    /// A formula of the age: a guess.
    Age,
    /// The mean runner, because nothing is known: a guess.
    NothingKnown,
}

/// A heart rate with its source.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sourced {
    /// The heart rate.
    pub bpm: BeatsPerMinute,
    /// Who says so.
    pub source: AnchorSource,
}

/// A maximum heart rate and how far it may be off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MaxHeartRate {
    /// The heart rate.
    pub bpm: BeatsPerMinute,
    /// Who says so.
    pub source: AnchorSource,
    /// Its standard error in bpm.
    pub uncertainty: f64,
    /// Whether it is no measurement but a guess.
    pub guessed: bool,
}

/// Every anchor known for one run.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct AnchorEvidence {
    /// The recovery ceiling outright.
    pub ceiling: Option<BeatsPerMinute>,
    /// The highest heart rate at which a conversation still flows.
    pub talk_test: Option<BeatsPerMinute>,
    /// Lactate threshold heart rate from the settings.
    pub stated_threshold: Option<BeatsPerMinute>,
    /// Lactate threshold heart rate that the watch found.
    pub watch_threshold: Option<BeatsPerMinute>,
    /// Lactate threshold heart rate that earlier runs show.
    pub history_threshold: Option<BeatsPerMinute>,
    /// Maximum heart rate, the best there is.
    pub max: Option<MaxHeartRate>,
    /// The watch's own maximum, where earlier runs passed it and `max` is theirs instead.
    pub replaced_watch_max: Option<BeatsPerMinute>,
    /// The highest heart rate of earlier runs that a second run supports: the maximum is no lower.
    pub supported_max: Option<BeatsPerMinute>,
    /// Resting heart rate, the best there is.
    pub resting: Option<Sourced>,
    /// Whether the settings begin only after this run.
    pub before_first_setting: bool,
}

/// Standard error of a maximum from a test or a race, in bpm.
const TESTED_ERROR: f64 = 3.0;
/// Of one that a watch worked out.
const WATCH_ERROR: f64 = 5.0;
/// Of the highest supported heart rate of earlier runs.
const HISTORY_ERROR: f64 = 5.0;
/// Of the age formula (Nes 2013: standard error of the estimate 10.8).
const FORMULA_ERROR: f64 = 10.8;

impl AnchorEvidence {
    /// The anchors of an athlete for a run on a local date, whose file brings `file` and before
    /// which the history says `history`.
    pub fn ingest(
        athlete: &Athlete,
        date: NaiveDate,
        file: &FileAnchors,
        history: &HistoryAnchors,
    ) -> Self {
        let (stated, holds) = athlete.heart_rate_on(date).unzip();
        let stated = stated.copied().unwrap_or_default();
        let file = plausible(&own_or_earlier(file, &history.watch));
        let born = athlete.birth_year.map(|year| f64::from(date.year() - year));
        let ages = [born, file.age_years.map(f64::from)];
        let age = ages[0].or(ages[1]);
        let settings = |bpm| Sourced { bpm, source: AnchorSource::Settings };
        let watch = |bpm| Sourced { bpm, source: AnchorSource::Watch };
        Self {
            ceiling: stated.ceiling,
            talk_test: stated.talk_test,
            stated_threshold: stated.threshold,
            watch_threshold: file.threshold_bpm.map(beats),
            history_threshold: history.threshold,
            max: stated_max(&stated)
                .or_else(|| watch_max(&file, ages))
                .or_else(|| history_max(history, age))
                .or_else(|| age.and_then(max_of_age)),
            replaced_watch_max: None,
            supported_max: None,
            resting: stated.resting.map(settings).or(file.resting_bpm.map(beats).map(watch)),
            before_first_setting: holds == Some(Holds::BeforeFirst),
        }
    }
}

/// Each anchor from the run's own file, else from the newest earlier one.
fn own_or_earlier(own: &FileAnchors, earlier: &FileAnchors) -> FileAnchors {
    FileAnchors {
        max_bpm: own.max_bpm.or(earlier.max_bpm),
        resting_bpm: own.resting_bpm.or(earlier.resting_bpm),
        threshold_bpm: own.threshold_bpm.or(earlier.threshold_bpm),
        age_years: own.age_years.or(earlier.age_years),
        sex: own.sex.or(earlier.sex),
    }
}

/// The anchors of a watch without those that no athlete has, as the settings would refuse them.
fn plausible(file: &FileAnchors) -> FileAnchors {
    let max_bpm = file.max_bpm.filter(|max| (100..=230).contains(max));
    let below = |limit: Option<u8>, value: u8| limit.is_none_or(|limit| value < limit);
    let threshold_bpm =
        file.threshold_bpm.filter(|bpm| (80..=220).contains(bpm) && below(max_bpm, *bpm));
    let lower =
        |bpm: &u8| (25..=120).contains(bpm) && below(max_bpm, *bpm) && below(threshold_bpm, *bpm);
    FileAnchors { max_bpm, threshold_bpm, resting_bpm: file.resting_bpm.filter(lower), ..*file }
}

/// The maximum that earlier runs show; without a hard one among them it is only a lower bound, and
/// the higher of it and the age formula is a guess.
fn history_max(history: &HistoryAnchors, age: Option<f64>) -> Option<MaxHeartRate> {
    let bpm = history.max?;
    if history.max_is_measured {
        let source = AnchorSource::History;
        return Some(MaxHeartRate { bpm, source, uncertainty: HISTORY_ERROR, guessed: false });
    }
    let formula = age.and_then(max_of_age)?;
    let bpm = if bpm.get() > formula.bpm.get() { bpm } else { formula.bpm };
    Some(MaxHeartRate { bpm, ..formula })
}

fn beats(bpm: u8) -> BeatsPerMinute {
    BeatsPerMinute::of(f64::from(bpm))
}

fn stated_max(stated: &DatedHeartRate) -> Option<MaxHeartRate> {
    let uncertainty = match stated.max_source {
        MaxSource::Tested | MaxSource::Race => TESTED_ERROR,
        MaxSource::Watch => WATCH_ERROR,
        MaxSource::Guess => FORMULA_ERROR,
    };
    let guessed = stated.max_source == MaxSource::Guess;
    stated.max.map(|bpm| MaxHeartRate { bpm, source: AnchorSource::Settings, uncertainty, guessed })
}

/// The watch's maximum, unless it is the factory's 220 − age.
fn watch_max(file: &FileAnchors, ages: [Option<f64>; 2]) -> Option<MaxHeartRate> {
    let bpm = beats(file.max_bpm?);
    let is_default = |age: &f64| (bpm.get() - (220.0 - age)).abs() <= 1.0;
    let factory_default = ages.iter().flatten().any(is_default);
    (!factory_default).then_some(MaxHeartRate {
        bpm,
        source: AnchorSource::Watch,
        uncertainty: WATCH_ERROR,
        guessed: false,
    })
}

/// Nes 2013 (Scandinavian Journal of Medicine & Science in Sports): 211 − 0.64 × age.
fn max_of_age(age: f64) -> Option<MaxHeartRate> {
    let plausible = (5.0..=110.0).contains(&age);
    plausible.then(|| MaxHeartRate {
        bpm: BeatsPerMinute::of(211.0 - 0.64 * age),
        source: AnchorSource::Age,
        uncertainty: FORMULA_ERROR,
        guessed: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, 4).unwrap()
    }

    fn max(born: Option<i32>, file: FileAnchors) -> Option<MaxHeartRate> {
        let athlete = Athlete { birth_year: born, ..Athlete::named("me") };
        AnchorEvidence::ingest(&athlete, on(), &file, &HistoryAnchors::default()).max
    }

    #[test]
    fn the_age_formula_by_hand() {
        assert!((max_of_age(35.0).unwrap().bpm.get() - 188.6).abs() < 1e-9);
        assert!((max_of_age(55.0).unwrap().bpm.get() - 175.8).abs() < 1e-9);
        assert_eq!(max_of_age(700.0), None);
    }

    #[test]
    fn the_factory_default_is_a_guess() {
        let file =
            |max, age| FileAnchors { max_bpm: Some(max), age_years: age, ..FileAnchors::default() };
        let trapped = max(None, file(184, Some(35))).unwrap();
        assert_eq!((trapped.source, trapped.guessed), (AnchorSource::Age, true));
        let own = max(None, file(190, Some(35))).unwrap();
        assert_eq!((own.source, own.guessed), (AnchorSource::Watch, false));
        let unknown_age = max(None, file(184, None)).unwrap();
        assert_eq!((unknown_age.source, unknown_age.uncertainty), (AnchorSource::Watch, 5.0));
        assert_eq!(max(Some(1991), file(185, Some(80))).unwrap().source, AnchorSource::Age);
        assert_eq!(max(Some(1991), file(175, Some(45))).unwrap().source, AnchorSource::Age);
    }

    #[test]
    fn what_no_athlete_has_is_no_anchor() {
        let odd = FileAnchors {
            max_bpm: Some(250),
            threshold_bpm: Some(254),
            resting_bpm: Some(180),
            ..FileAnchors::default()
        };
        assert_eq!(plausible(&odd), FileAnchors::default());
    }

    #[test]
    fn the_history_speaks_before_the_formula() {
        let athlete = Athlete { birth_year: Some(1991), ..Athlete::named("me") };
        let max = |measured| {
            let history = HistoryAnchors {
                max: BeatsPerMinute::new(183.0),
                max_is_measured: measured,
                ..HistoryAnchors::default()
            };
            AnchorEvidence::ingest(&athlete, on(), &FileAnchors::default(), &history).max.unwrap()
        };
        assert_eq!((max(true).bpm.get(), max(true).source), (183.0, AnchorSource::History));
        assert!((max(false).bpm.get() - 188.6).abs() < 1e-9 && max(false).guessed);
    }

    #[test]
    fn an_earlier_file_of_the_watch_fills_in() {
        let earlier = FileAnchors { threshold_bpm: Some(171), ..FileAnchors::default() };
        let history = HistoryAnchors { watch: earlier, ..HistoryAnchors::default() };
        let evidence =
            AnchorEvidence::ingest(&Athlete::named("me"), on(), &FileAnchors::default(), &history);
        assert_eq!(evidence.watch_threshold, BeatsPerMinute::new(171.0));
    }

    #[test]
    fn settings_beat_the_watch() {
        let stated =
            DatedHeartRate { max: BeatsPerMinute::new(192.0), ..DatedHeartRate::default() };
        let athlete = Athlete { heart_rate: vec![stated], ..Athlete::named("me") };
        let file =
            FileAnchors { max_bpm: Some(180), resting_bpm: Some(48), ..FileAnchors::default() };
        let evidence = AnchorEvidence::ingest(&athlete, on(), &file, &HistoryAnchors::default());
        assert_eq!(evidence.max.unwrap().source, AnchorSource::Settings);
        assert_eq!(evidence.resting.unwrap().source, AnchorSource::Watch);
    }
}
