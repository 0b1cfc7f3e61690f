//! Heart-rate anchors: the athlete's own numbers from which the judging lines are drawn.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::anchor_source::AnchorSource;
use super::maximum::{MaxHeartRate, maximum};
use crate::history::{DatedReading, HistoryAnchors};
use crate::settings::{Athlete, Holds};
use crate::units::BeatsPerMinute;

/// A heart rate with its source.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sourced {
    /// The heart rate.
    pub bpm: BeatsPerMinute,
    /// Who says so.
    pub source: AnchorSource,
    /// The day from which it is stated, or on which it was read or run; `None` where it has none.
    pub day: Option<NaiveDate>,
}

impl Sourced {
    fn read(reading: DatedReading, source: AnchorSource) -> Self {
        Self { bpm: reading.bpm, source, day: Some(reading.day) }
    }
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
    pub watch_threshold: Option<DatedReading>,
    /// Lactate threshold heart rate that earlier runs show.
    pub history_threshold: Option<DatedReading>,
    /// Maximum heart rate, the best there is.
    pub max: Option<MaxHeartRate>,
    /// The watch's own maximum, where earlier runs passed it and `max` is theirs instead.
    pub replaced_watch_max: Option<BeatsPerMinute>,
    /// The highest heart rate of earlier runs that a second run supports: the maximum is no lower.
    pub supported_max: Option<BeatsPerMinute>,
    /// Resting heart rate, the best there is.
    pub resting: Option<Sourced>,
    /// The day from which the settings state theirs; `None` where they hold from the beginning.
    pub stated_from: Option<NaiveDate>,
    /// Whether the settings begin only after this run.
    pub before_first_setting: bool,
}

impl AnchorEvidence {
    /// The anchors of an athlete for a run on a local date, up to which the files say `history`.
    pub fn ingest(athlete: &Athlete, date: NaiveDate, history: &HistoryAnchors) -> Self {
        let (stated, holds) = athlete.heart_rate_on(date).unzip();
        let stated = stated.copied().unwrap_or_default();
        let born = athlete.birth_year.map(|year| f64::from(date.year() - year));
        let ages = [born, history.watch.age_years.map(f64::from)];
        let (max, replaced_watch_max) = maximum(&stated, history, ages);
        let settings = |bpm| Sourced { bpm, source: AnchorSource::Settings, day: stated.from };
        let watch = |reading| Sourced::read(reading, AnchorSource::Watch);
        Self {
            ceiling: stated.ceiling,
            talk_test: stated.talk_test,
            stated_threshold: stated.threshold,
            watch_threshold: history.watch.threshold,
            history_threshold: max
                .filter(|max| !max.guessed)
                .and_then(|max| history.threshold(max.bpm)),
            max,
            replaced_watch_max,
            supported_max: history.max.map(|seen| seen.reading.bpm),
            resting: stated.resting.map(settings).or(history.watch.resting.map(watch)),
            stated_from: stated.from,
            before_first_setting: holds == Some(Holds::BeforeFirst),
        }
    }

    /// The heart rate at the lactate threshold, the best there is.
    pub fn threshold(&self) -> Option<Sourced> {
        let stated = |bpm| Sourced { bpm, source: AnchorSource::Settings, day: self.stated_from };
        let found = |reading: Option<DatedReading>, source| {
            reading.map(|reading| Sourced::read(reading, source))
        };
        self.stated_threshold
            .map(stated)
            .or_else(|| found(self.watch_threshold, AnchorSource::Watch))
            .or_else(|| found(self.history_threshold, AnchorSource::History))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::FileAnchors;
    use crate::history::testing::{day, run_on};
    use crate::history::{Past, PastRun};
    use crate::metrics::peak_heart_rate::PeakHeartRate;
    use crate::settings::DatedHeartRate;
    use crate::units::MetresPerSecond;

    fn known(athlete: &Athlete, runs: &[PastRun], own: &FileAnchors) -> AnchorEvidence {
        let past = Past { sessions: runs, day: day(60) };
        AnchorEvidence::ingest(athlete, past.day, &HistoryAnchors::of(&past, own))
    }

    /// A hard run: so many beats for half a minute, for eight and for twenty minutes.
    fn hard(days: u64, peak: f64, twenty_minutes: f64) -> PastRun {
        PastRun {
            peak_heart_rate: PeakHeartRate {
                over_30_s: BeatsPerMinute::new(peak),
                speed_before: MetresPerSecond::new(3.5),
                held_8_min: BeatsPerMinute::new(twenty_minutes),
                over_20_min: BeatsPerMinute::new(twenty_minutes),
            },
            ..run_on(day(days), 40.0)
        }
    }

    #[test]
    fn settings_stand_before_the_watch() {
        let stated =
            DatedHeartRate { max: BeatsPerMinute::new(192.0), ..DatedHeartRate::default() };
        let athlete = Athlete { heart_rate: vec![stated], ..Athlete::named("me") };
        let file =
            FileAnchors { max_bpm: Some(180), resting_bpm: Some(48), ..FileAnchors::default() };
        let evidence = known(&athlete, &[], &file);
        assert_eq!(evidence.max.unwrap().source, AnchorSource::Settings);
        let resting = evidence.resting.unwrap();
        assert_eq!((resting.source, resting.day), (AnchorSource::Watch, Some(day(60))));
    }

    #[test]
    fn twenty_hard_minutes_are_a_threshold_by_a_measured_maximum_only() {
        let me = Athlete::named("me");
        // Nine easy runs beside them; 0.90 · 190 = 171.
        let runs = |twenty_minutes| {
            let easy = (0..9).map(|k| hard(k, 150.0, 130.0));
            let hard =
                [(20, 190.0), (21, 189.0)].map(|(day, peak)| hard(day, peak, twenty_minutes));
            easy.chain(hard).collect::<Vec<_>>()
        };
        let found = |twenty_minutes, count| {
            let runs = runs(twenty_minutes);
            known(&me, &runs[runs.len() - count..], &FileAnchors::default())
        };
        assert_eq!(found(171.0, 11).history_threshold.unwrap().bpm.get(), 171.0);
        assert_eq!(found(170.9, 11).history_threshold, None, "no threshold effort");
        assert_eq!(found(171.0, 9).history_threshold, None, "nine runs measure no maximum");
        assert_eq!(found(171.0, 9).supported_max, BeatsPerMinute::new(190.0));
        let watch = FileAnchors { max_bpm: Some(190), ..FileAnchors::default() };
        let by_watch = known(&me, &runs(171.0)[2..], &watch);
        assert_eq!(
            by_watch.history_threshold.unwrap().day,
            day(21),
            "the watch's counts as measured"
        );
    }

    #[test]
    fn the_best_threshold_has_its_source_and_day() {
        let reading =
            |bpm: f64, days| DatedReading { bpm: BeatsPerMinute::of(bpm), day: day(days) };
        let history =
            AnchorEvidence { history_threshold: Some(reading(171.0, 3)), ..Default::default() };
        let watch = AnchorEvidence { watch_threshold: Some(reading(172.0, 4)), ..history };
        let stated = AnchorEvidence { stated_threshold: BeatsPerMinute::new(173.0), ..watch };
        let best = |evidence: &AnchorEvidence| {
            let threshold = evidence.threshold().unwrap();
            (threshold.bpm.get(), threshold.source, threshold.day)
        };
        assert_eq!(best(&history), (171.0, AnchorSource::History, Some(day(3))));
        assert_eq!(best(&watch), (172.0, AnchorSource::Watch, Some(day(4))));
        assert_eq!(best(&stated), (173.0, AnchorSource::Settings, None));
    }

    #[test]
    fn a_setting_that_begins_later_holds_with_a_note() {
        let from = |days: u64, max: f64| DatedHeartRate {
            from: Some(day(days)),
            max: BeatsPerMinute::new(max),
            ..DatedHeartRate::default()
        };
        let athlete = |first| Athlete {
            heart_rate: vec![from(first, 190.0), from(90, 195.0)],
            ..Athlete::named("me")
        };
        let early = known(&athlete(70), &[], &FileAnchors::default());
        assert_eq!((early.max.unwrap().bpm.get(), early.before_first_setting), (190.0, true));
        let dated = known(&athlete(10), &[], &FileAnchors::default());
        assert_eq!((dated.max.unwrap().day, dated.before_first_setting), (Some(day(10)), false));
    }
}
