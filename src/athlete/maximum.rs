//! The maximum heart rate: which of those that settings, watch, earlier runs and age give counts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::anchor_source::AnchorSource;
use crate::history::{DatedReading, HistoryAnchors};
use crate::settings::{DatedHeartRate, MaxSource};
use crate::units::BeatsPerMinute;

/// A maximum heart rate and how far it may be off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MaxHeartRate {
    /// The heart rate.
    pub bpm: BeatsPerMinute,
    /// Who says so.
    pub source: AnchorSource,
    /// The day from which it is stated, or on which it was read or run; `None` where it has none.
    pub day: Option<NaiveDate>,
    /// Its standard error in bpm.
    pub uncertainty: f64,
    /// Whether it is no measurement but a guess.
    pub guessed: bool,
}

/// Standard error of a maximum from a test or a race, in bpm.
const TESTED_ERROR: f64 = 3.0;
/// Of one that a watch worked out.
const WATCH_ERROR: f64 = 5.0;
/// Of the highest supported heart rate of earlier runs.
const HISTORY_ERROR: f64 = 5.0;
/// Of a guess and of the age formula (root mean square error of all formulas in 4,043 runners
/// 9.1–10.5: preprints.org 202303.0400).
const GUESS_ERROR: f64 = 10.0;
/// How far a watch's maximum may lie below what was seen, in bpm.
const PASSED_BPM: f64 = 2.0;
/// How far a watch's maximum may lie from 220 − age and still be the factory's, in bpm.
const FACTORY_BPM: f64 = 1.0;

/// Ages in years on the day of the run, as settings and watch have them.
pub(super) type Ages = [Option<f64>; 2];

/// The maximum that counts, and the watch's own where earlier runs passed it.
pub(super) fn maximum(
    stated: &DatedHeartRate,
    history: &HistoryAnchors,
    ages: Ages,
) -> (Option<MaxHeartRate>, Option<BeatsPerMinute>) {
    if let Some(stated) = stated_max(stated).filter(|max| !max.guessed) {
        return (Some(stated), None);
    }
    if let Some(watch) = history.watch.max.filter(|max| !is_factory_setting(*max, ages)) {
        return watch_max(watch, history);
    }
    let seen = history.max.filter(|seen| seen.is_measured).map(|seen| of_history(seen.reading));
    let age = ages[0].or(ages[1]);
    let guess = || stated_max(stated).or_else(|| age.and_then(max_of_age));
    (seen.or_else(|| guess().map(|guess| at_least_as_seen(guess, history))), None)
}

fn stated_max(stated: &DatedHeartRate) -> Option<MaxHeartRate> {
    let uncertainty = match stated.max_source {
        MaxSource::Tested | MaxSource::Race => TESTED_ERROR,
        MaxSource::Watch => WATCH_ERROR,
        MaxSource::Guess => GUESS_ERROR,
    };
    Some(MaxHeartRate {
        bpm: stated.max?,
        source: AnchorSource::Settings,
        day: stated.from,
        uncertainty,
        guessed: stated.max_source == MaxSource::Guess,
    })
}

/// Watches come with 220 − age.
fn is_factory_setting(max: DatedReading, ages: Ages) -> bool {
    let of_age = |age: &f64| (max.bpm.get() - (220.0 - age)).abs() <= FACTORY_BPM;
    ages.iter().flatten().any(of_age)
}

/// The watch's maximum, or what was seen where that is clearly more.
fn watch_max(
    watch: DatedReading,
    history: &HistoryAnchors,
) -> (Option<MaxHeartRate>, Option<BeatsPerMinute>) {
    let passed = history.max.filter(|seen| watch.bpm.get() < seen.reading.bpm.get() - PASSED_BPM);
    if let Some(seen) = passed {
        return (Some(of_history(seen.reading)), Some(watch.bpm));
    }
    let max = MaxHeartRate {
        bpm: watch.bpm,
        source: AnchorSource::Watch,
        day: Some(watch.day),
        uncertainty: WATCH_ERROR,
        guessed: false,
    };
    (Some(max), None)
}

fn of_history(seen: DatedReading) -> MaxHeartRate {
    MaxHeartRate {
        bpm: seen.bpm,
        source: AnchorSource::History,
        day: Some(seen.day),
        uncertainty: HISTORY_ERROR,
        guessed: false,
    }
}

/// A guess is no lower than what was seen.
fn at_least_as_seen(guess: MaxHeartRate, history: &HistoryAnchors) -> MaxHeartRate {
    match history.max {
        Some(seen) if seen.reading.bpm.get() > guess.bpm.get() => {
            MaxHeartRate { bpm: seen.reading.bpm, ..guess }
        }
        _ => guess,
    }
}

/// Tanaka 2001 (Journal of the American College of Cardiology): 208 − 0.7 × age. Of the formulas
/// the one without bias at the mean age of 4,043 runners; where it errs, in women, it is too high.
fn max_of_age(age: f64) -> Option<MaxHeartRate> {
    let plausible = (5.0..=110.0).contains(&age);
    plausible.then(|| MaxHeartRate {
        bpm: BeatsPerMinute::of(208.0 - 0.7 * age),
        source: AnchorSource::Age,
        day: None,
        uncertainty: GUESS_ERROR,
        guessed: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{SeenMaximum, WatchAnchors};

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).unwrap()
    }

    fn reading(bpm: f64) -> DatedReading {
        DatedReading { bpm: BeatsPerMinute::of(bpm), day: day(1) }
    }

    fn seen(bpm: f64, is_measured: bool) -> HistoryAnchors {
        let max = Some(SeenMaximum { reading: reading(bpm), is_measured });
        HistoryAnchors { max, ..HistoryAnchors::default() }
    }

    fn with_watch(history: HistoryAnchors, bpm: f64) -> HistoryAnchors {
        let watch = WatchAnchors { max: Some(reading(bpm)), ..WatchAnchors::default() };
        HistoryAnchors { watch, ..history }
    }

    fn stated(bpm: f64, max_source: MaxSource) -> DatedHeartRate {
        let max = BeatsPerMinute::new(bpm);
        DatedHeartRate { max, max_source, from: Some(day(2)), ..DatedHeartRate::default() }
    }

    fn nothing() -> DatedHeartRate {
        DatedHeartRate::default()
    }

    /// Heart rate, source, standard error and whether it is a guess.
    fn chosen(
        stated: &DatedHeartRate,
        history: &HistoryAnchors,
        age: Option<f64>,
    ) -> Option<(f64, AnchorSource, f64, bool)> {
        let max = maximum(stated, history, [age, None]).0?;
        Some((max.bpm.get(), max.source, max.uncertainty, max.guessed))
    }

    use AnchorSource::{Age, History, Settings, Watch};

    #[test]
    fn the_age_formula_by_hand() {
        assert!((max_of_age(35.0).unwrap().bpm.get() - 183.5).abs() < 1e-9);
        assert!((max_of_age(55.0).unwrap().bpm.get() - 169.5).abs() < 1e-9);
        assert_eq!(max_of_age(700.0), None);
    }

    #[test]
    fn who_states_it_is_believed_before_all() {
        let history = with_watch(seen(200.0, true), 180.0);
        for (source, error) in
            [(MaxSource::Tested, 3.0), (MaxSource::Race, 3.0), (MaxSource::Watch, 5.0)]
        {
            let max = chosen(&stated(190.0, source), &history, Some(35.0));
            assert_eq!(max, Some((190.0, Settings, error, false)));
        }
        let day_of = maximum(&stated(190.0, MaxSource::Tested), &history, [None; 2]).0.unwrap().day;
        assert_eq!(day_of, Some(day(2)));
    }

    #[test]
    fn a_stated_guess_hides_no_measured_maximum() {
        let guess = stated(190.0, MaxSource::Guess);
        let nobody = HistoryAnchors::default();
        assert_eq!(chosen(&guess, &nobody, Some(35.0)), Some((190.0, Settings, 10.0, true)));
        assert_eq!(chosen(&guess, &seen(186.0, true), None), Some((186.0, History, 5.0, false)));
        let watch = with_watch(nobody, 187.0);
        assert_eq!(chosen(&guess, &watch, None), Some((187.0, Watch, 5.0, false)));
        let raised = chosen(&guess, &seen(194.0, false), None);
        assert_eq!(raised, Some((194.0, Settings, 10.0, true)), "raised to what was seen");
        assert_eq!(chosen(&guess, &seen(186.0, false), None), Some((190.0, Settings, 10.0, true)));
    }

    #[test]
    fn the_factory_setting_of_the_watch_is_a_guess() {
        let watch = |bpm| with_watch(HistoryAnchors::default(), bpm);
        let of_age = |bpm, age| chosen(&nothing(), &watch(bpm), age);
        assert_eq!(of_age(184.0, Some(35.0)), Some((183.5, Age, 10.0, true)));
        assert_eq!(of_age(186.0, Some(35.0)), Some((183.5, Age, 10.0, true)));
        assert_eq!(of_age(187.0, Some(35.0)), Some((187.0, Watch, 5.0, false)));
        assert_eq!(of_age(184.0, None), Some((184.0, Watch, 5.0, false)), "nobody knows the age");
        let [settings, watch_age] = [Some(45.0), Some(35.0)];
        let max = maximum(&nothing(), &watch(185.0), [settings, watch_age]).0.unwrap();
        assert_eq!((max.bpm.get(), max.source), (176.5, Age), "by the age of either");
        let history = with_watch(seen(188.0, true), 185.0);
        assert_eq!(chosen(&nothing(), &history, Some(35.0)), Some((188.0, History, 5.0, false)));
    }

    #[test]
    fn a_maximum_of_the_watch_that_was_passed_gives_way() {
        let history = with_watch(seen(190.1, false), 188.0);
        let (max, replaced) = maximum(&nothing(), &history, [None; 2]);
        assert_eq!(max, Some(of_history(reading(190.1))));
        assert_eq!(replaced, BeatsPerMinute::new(188.0));
        let (max, replaced) = maximum(&nothing(), &with_watch(seen(190.0, true), 188.0), [None; 2]);
        assert_eq!((max.unwrap().source, replaced), (Watch, None), "two beats are no more");
    }

    #[test]
    fn what_was_seen_without_a_hard_run_is_a_lower_bound() {
        let old = Some(55.0);
        assert_eq!(chosen(&nothing(), &seen(165.0, false), old), Some((169.5, Age, 10.0, true)));
        assert_eq!(chosen(&nothing(), &seen(180.0, false), old), Some((180.0, Age, 10.0, true)));
        assert_eq!(chosen(&nothing(), &seen(180.0, true), old), Some((180.0, History, 5.0, false)));
        assert_eq!(chosen(&nothing(), &seen(180.0, false), None), None, "without an age no guess");
    }
}
