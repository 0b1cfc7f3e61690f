//! The heart-rate anchors a runner states, each from a date on.

use chrono::NaiveDate;

use crate::units::BeatsPerMinute;

use super::allowed::Allowed;
use super::reader::{SettingsTable, SettingsValue};

/// Heart rates stated by the runner, from one date until the next entry.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DatedHeartRate {
    /// The first day on which they hold; `None` where they hold from the beginning.
    pub from: Option<NaiveDate>,
    /// Maximum heart rate.
    pub max: Option<BeatsPerMinute>,
    /// How the maximum was found.
    pub max_source: MaxSource,
    /// Resting heart rate.
    pub resting: Option<BeatsPerMinute>,
    /// Heart rate at the lactate threshold.
    pub threshold: Option<BeatsPerMinute>,
    /// The highest heart rate at which a conversation still flows.
    pub talk_test: Option<BeatsPerMinute>,
    /// The recovery ceiling outright: it overrides all models.
    pub ceiling: Option<BeatsPerMinute>,
}

/// How a maximum heart rate was found, most trustworthy first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MaxSource {
    /// In a test made for it.
    #[default]
    Tested,
    /// The highest value of a hard race.
    Race,
    /// The watch worked it out.
    Watch,
    /// A guess or a formula.
    Guess,
}

impl MaxSource {
    const WORDS: &[(&str, Self)] = &[
        ("tested", Self::Tested),
        ("race", Self::Race),
        ("watch", Self::Watch),
        ("guess", Self::Guess),
    ];

    /// The word used in the settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tested => "tested",
            Self::Race => "race",
            Self::Watch => "watch",
            Self::Guess => "guess",
        }
    }
}

const MAX: Allowed = heart_rate("a maximum heart rate", 100.0, 250.0);
const RESTING: Allowed = heart_rate("a resting heart rate", 25.0, 120.0);
const THRESHOLD: Allowed = heart_rate("a threshold heart rate", 80.0, 230.0);
const TALK_TEST: Allowed = heart_rate("a talk-test heart rate", 60.0, 220.0);
const CEILING: Allowed = heart_rate("a ceiling for recovery runs", 60.0, 220.0);

const fn heart_rate(what: &'static str, from: f64, to: f64) -> Allowed {
    Allowed { what, from, to, unit: "bpm" }
}

/// The entries in the order in which they come to hold.
pub(super) fn read_all(value: Option<SettingsValue<'_>>) -> Vec<DatedHeartRate> {
    let tables = value.map(|value| value.tables()).unwrap_or_default();
    let mut entries: Vec<DatedHeartRate> = Vec::with_capacity(tables.len());
    for mut table in tables {
        let entry = read(&mut table);
        // A date that could not be read is not the same as none.
        let is_dated_as_meant = entry.from.is_some() || !table.holds("from");
        if is_dated_as_meant && entries.iter().any(|earlier| earlier.from == entry.from) {
            reject_second(&table, entry.from);
        }
        table.finish();
        if is_dated_as_meant {
            entries.push(entry);
        }
    }
    entries.sort_by_key(|entry| entry.from);
    entries
}

fn reject_second(table: &SettingsTable<'_>, from: Option<NaiveDate>) {
    table.reject(match from {
        Some(date) => format!("two entries hold from {date}; give each its own date"),
        None => "two entries have no `from`; say from which date the newer one holds".to_owned(),
    });
}

/// A heart rate, with its key and the value it was read from.
type Stated<'t> = (&'static str, Option<(BeatsPerMinute, SettingsValue<'t>)>);

fn read(table: &mut SettingsTable<'_>) -> DatedHeartRate {
    let from = table.get("from").and_then(|value| value.date());
    let max = read_bpm(table, "max", &MAX);
    let max_source = table.get("max_source");
    let resting = read_bpm(table, "resting", &RESTING);
    let threshold = read_bpm(table, "threshold", &THRESHOLD);
    let talk_test = read_bpm(table, "talk_test", &TALK_TEST);
    let ceiling = read_bpm(table, "ceiling", &CEILING);

    for between in [&threshold, &talk_test, &ceiling] {
        require_below(&resting, between);
        require_below(between, &max);
    }
    require_below(&resting, &max);
    if let (Some(source), false) = (&max_source, table.holds("max")) {
        source.reject("there is no `max` beside it; add one or remove this");
    }
    if !["max", "resting", "threshold", "talk_test", "ceiling"].iter().any(|key| table.holds(key)) {
        table.reject("this entry states no heart rate; add one or remove the entry");
    }
    let bpm = |stated: Stated<'_>| stated.1.map(|(bpm, _)| bpm);
    DatedHeartRate {
        from,
        max: bpm(max),
        max_source: max_source.and_then(|v| v.choice(MaxSource::WORDS)).unwrap_or_default(),
        resting: bpm(resting),
        threshold: bpm(threshold),
        talk_test: bpm(talk_test),
        ceiling: bpm(ceiling),
    }
}

fn read_bpm<'t>(table: &mut SettingsTable<'t>, key: &'static str, allowed: &Allowed) -> Stated<'t> {
    let value = table.get(key);
    (key, value.and_then(|value| Some((BeatsPerMinute::new(value.number(allowed)?)?, value))))
}

/// Reports the lower heart rate where it is not lower.
fn require_below(lower: &Stated<'_>, upper: &Stated<'_>) {
    let ((_, Some((low, value))), (upper_key, Some((high, _)))) = (lower, upper) else {
        return;
    };
    if low >= high {
        let (low, high) = (low.get(), high.get());
        value.reject(format!("{low} must be below `{upper_key}`, which is {high}; one is wrong"));
    }
}
