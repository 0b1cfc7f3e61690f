//! The settings file `talktest.toml`: text in, typed settings out, every mistake at once.
//!
//! Everything has a default and the file may be absent. Nothing here opens a file: the paths of
//! plan and notes are handed on as they stand.

mod allowed;
mod athlete;
mod error;
mod fingerprint;
mod heart_rate;
mod labels;
mod limits;
mod notes;
mod plan;
mod reader;
mod reading;
mod side_file;
mod suggestion;
mod syntax;
mod template;
mod zones;

use chrono_tz::Tz;
use serde::Serialize;

pub use self::athlete::{Athlete, DEFAULT_NAME, Folder, Holds, WornSensor};
pub use self::error::SettingsError;
pub use self::heart_rate::{DatedHeartRate, MaxSource};
pub use self::labels::LabelWords;
pub use self::limits::{LimitCatalogue, LimitOverrides, LimitSpec, ReplacedLimit};
pub use self::notes::{NextMorning, NoteRow, Notes, are_notes, parse_notes};
pub use self::plan::{Plan, PlanRow, is_plan, parse_plan};
pub use self::reading::ReadingLimits;
pub use self::side_file::{SideFileProblem, StatedLabel};
pub use self::template::template;
pub use self::zones::ZoneSettings;

use self::reader::{SettingsProblems, SettingsTable, SettingsValue, read_named_file};
use self::suggestion::did_you_mean;

/// Everything a runner may set.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The units of texts and tables; JSON is always metric.
    pub units: UnitSystem,
    /// The time zone of runs whose file tells neither a time zone nor a position.
    pub time_zone: Option<Tz>,
    /// The athletes by name; never empty.
    pub athletes: Vec<Athlete>,
    /// Which heart-rate zones are displayed.
    pub zones: ZoneSettings,
    /// Words that tell the kind of a session, added to the built-in ones.
    pub labels: LabelWords,
    /// The changed limits of criteria.
    pub limits: LimitOverrides,
    /// The changed bounds of reading.
    pub reading: ReadingLimits,
    /// The plan, relative to the settings file.
    pub plan_file: Option<String>,
    /// The notes, relative to the settings file.
    pub notes_file: Option<String>,
}

/// Units of texts and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum UnitSystem {
    /// Kilometres and minutes per kilometre.
    #[default]
    Metric,
    /// Miles and minutes per mile.
    Imperial,
}

const UNIT_WORDS: &[(&str, UnitSystem)] =
    &[("metric", UnitSystem::Metric), ("imperial", UnitSystem::Imperial)];

impl Default for Settings {
    fn default() -> Self {
        Self {
            units: UnitSystem::default(),
            time_zone: None,
            athletes: vec![Athlete::named(DEFAULT_NAME)],
            zones: ZoneSettings::default(),
            labels: LabelWords::default(),
            limits: LimitOverrides::default(),
            reading: ReadingLimits::default(),
            plan_file: None,
            notes_file: None,
        }
    }
}

/// Why a file belongs to no one athlete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAthlete {
    /// It lies outside every athlete's folder.
    #[error("the file lies in no athlete's folder; the settings know {0}")]
    OutsideEveryFolder(String),
    /// It lies in several.
    #[error("the file lies in the folders of several athletes: {0}")]
    InSeveralFolders(String),
}

impl Settings {
    /// Whose file this is; the path is relative to the scanned folder, with `/`.
    pub fn athlete_of(&self, path: &str) -> Result<&Athlete, NoAthlete> {
        let owns = |athlete: &&Athlete| athlete.folder.as_ref().is_none_or(|f| f.contains(path));
        let owners: Vec<&Athlete> = self.athletes.iter().filter(owns).collect();
        let names = |athletes: &mut dyn Iterator<Item = &Athlete>| {
            athletes.map(|athlete| athlete.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        match owners.as_slice() {
            [owner] => Ok(owner),
            [] => Err(NoAthlete::OutsideEveryFolder(names(&mut self.athletes.iter()))),
            several => Err(NoAthlete::InSeveralFolders(names(&mut several.iter().copied()))),
        }
    }

    /// The athlete of this name.
    pub fn athlete(&self, name: &str) -> Option<&Athlete> {
        self.athletes.iter().find(|athlete| athlete.name == name)
    }

    /// The plan of one athlete: the own one, else the one for everybody.
    pub fn plan_file_of<'s>(&'s self, athlete: &'s Athlete) -> Option<&'s str> {
        athlete.plan_file.as_deref().or(self.plan_file.as_deref())
    }

    /// The notes of one athlete: the own ones, else those for everybody.
    pub fn notes_file_of<'s>(&'s self, athlete: &'s Athlete) -> Option<&'s str> {
        athlete.notes_file.as_deref().or(self.notes_file.as_deref())
    }
}

/// Reads a settings file. Either everything in it is sound, or every mistake is told, in the
/// order of the text; `known` says what `[limits]` may change.
pub fn parse(text: &str, known: &LimitCatalogue) -> Result<Settings, Vec<SettingsError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let readable = syntax::readable(text);
    let tables = readable.tables();
    let problems = SettingsProblems::in_text(text, readable.doubtful.clone());
    for (at, fault) in &readable.faults {
        problems.report_fault(*at, fault.clone());
    }
    let settings = read(SettingsTable::root(tables.get_ref(), &problems), known);
    let errors = problems.into_errors();
    if errors.is_empty() { Ok(settings) } else { Err(errors) }
}

fn read(mut root: SettingsTable<'_>, known: &LimitCatalogue) -> Settings {
    let settings = Settings {
        units: root.get("units").and_then(|value| value.choice(UNIT_WORDS)).unwrap_or_default(),
        time_zone: root.get("time_zone").and_then(|value| read_time_zone(&value)),
        athletes: athlete::read_all(&mut root),
        zones: zones::read(root.table("zones")),
        labels: labels::read(root.table("labels")),
        limits: limits::read(root.table("limits"), known),
        reading: reading::read(root.table("reading")),
        plan_file: read_named_file(&mut root, "plan"),
        notes_file: read_named_file(&mut root, "notes"),
    };
    root.finish();
    settings
}

fn read_time_zone(value: &SettingsValue<'_>) -> Option<Tz> {
    let name = value.text()?;
    let zone = name.parse::<Tz>().ok();
    if zone.is_none() {
        let suggestion = did_you_mean(name, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        value.reject(format!("`{name}` is not a time zone such as Europe/Berlin{suggestion}"));
    }
    zone
}
