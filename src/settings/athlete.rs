//! Whose runs these are, and what is known about them.

use std::fmt;

use chrono::NaiveDate;
use globset::{GlobBuilder, GlobMatcher};

use crate::activity::Sex;

use super::allowed::Allowed;
use super::heart_rate::{self, DatedHeartRate};
use super::reader::{SettingsTable, SettingsValue, read_named_file};

/// The name of the athlete about whom the settings say nothing.
pub const DEFAULT_NAME: &str = "me";

/// One athlete.
#[derive(Debug, Clone, PartialEq)]
pub struct Athlete {
    /// The name used in every output; no two athletes have the same.
    pub name: String,
    /// The folder with this athlete's files; `None` where there is only one athlete.
    pub folder: Option<Folder>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// Sex, which only the training load asks for.
    pub sex: Option<Sex>,
    /// Whether recovery runs are held to the shorter limit for newer runners.
    pub newer_runner: bool,
    /// What measures the heart rate, where the file cannot tell.
    pub sensor: Option<WornSensor>,
    /// Stated heart rates, in the order in which they come to hold; no two from the same date.
    pub heart_rate: Vec<DatedHeartRate>,
    /// This athlete's own plan file, instead of the one for everybody.
    pub plan_file: Option<String>,
    /// This athlete's own notes file, instead of the one for everybody.
    pub notes_file: Option<String>,
}

/// Where a heart-rate sensor is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WornSensor {
    /// A chest strap.
    Chest,
    /// A band on the arm.
    Arm,
    /// The watch itself.
    Wrist,
}

impl WornSensor {
    const WORDS: &[(&str, Self)] =
        &[("chest", Self::Chest), ("arm", Self::Arm), ("wrist", Self::Wrist)];

    /// The word used in the settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chest => "chest",
            Self::Arm => "arm",
            Self::Wrist => "wrist",
        }
    }
}

/// Whether stated heart rates were already stated for the day asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// They hold on that day.
    OnDate,
    /// The day lies before the first `from`, and the first entry is used for want of a better:
    /// worth a note.
    BeforeFirst,
}

impl Athlete {
    /// An athlete about whom nothing is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            folder: None,
            birth_year: None,
            sex: None,
            newer_runner: false,
            sensor: None,
            heart_rate: Vec::new(),
            plan_file: None,
            notes_file: None,
        }
    }

    /// The heart rates stated for a local date: the entry with the newest `from` that is not
    /// later, and that entry alone: what it leaves out is unknown, not inherited, because an old
    /// threshold beside a new maximum would be a pair that never was measured.
    pub fn heart_rate_on(&self, date: NaiveDate) -> Option<(&DatedHeartRate, Holds)> {
        let holds = |entry: &&DatedHeartRate| entry.from.is_none_or(|from| from <= date);
        match self.heart_rate.iter().rev().find(holds) {
            Some(entry) => Some((entry, Holds::OnDate)),
            None => self.heart_rate.first().map(|entry| (entry, Holds::BeforeFirst)),
        }
    }
}

/// The files of one athlete: a folder name, or a pattern with `*`, `?`, `**`.
#[derive(Clone)]
pub struct Folder(GlobMatcher);

impl Folder {
    const MAX_LENGTH: usize = 500;

    /// A pattern for paths with `/`; without a wildcard, everything in the folder of that name.
    /// `Err` says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Self, String> {
        if pattern.len() > Self::MAX_LENGTH {
            return Err(format!("the pattern is longer than {} bytes", Self::MAX_LENGTH));
        }
        let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
        let whole_folder = !pattern.contains(['*', '?', '[', '{']);
        let pattern = if whole_folder { format!("{pattern}/**") } else { pattern.to_owned() };
        GlobBuilder::new(&pattern)
            .literal_separator(true)
            .backslash_escape(true)
            .build()
            .map(|glob| Self(glob.compile_matcher()))
            .map_err(|error| format!("not a folder pattern: {}", error.kind()))
    }

    /// Whether a file belongs here; the path is relative to the scanned folder, with `/`.
    pub fn contains(&self, path: &str) -> bool {
        self.0.is_match(path)
    }

    /// The pattern in full.
    pub fn pattern(&self) -> &str {
        self.0.glob().glob()
    }
}

impl fmt::Debug for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Folder").field(&self.pattern()).finish()
    }
}

impl PartialEq for Folder {
    fn eq(&self, other: &Self) -> bool {
        self.pattern() == other.pattern()
    }
}

/// Nobody older or younger than this runs with a watch.
const BIRTH_YEAR: Allowed = Allowed { what: "a year of birth", from: 1900.0, to: 2025.0, unit: "" };

const MAX_NAME: usize = 100;

/// The athletes of the settings, by name; one named [`DEFAULT_NAME`] where there are none.
pub(super) fn read_all(root: &mut SettingsTable<'_>) -> Vec<Athlete> {
    let single = root.get("athlete");
    let several = root.get("athletes");
    if let (Some(_), Some(several)) = (&single, &several) {
        several.reject(
            "there is an [athlete] table too; with several athletes each needs a folder, so turn \
             [athlete] into [athletes.NAME] with `folder`",
        );
    }
    let single = single.and_then(|value| value.table()).map(|table| read(table, None));
    let several = several.and_then(|value| value.table()).map(read_several).unwrap_or_default();
    let mut athletes: Vec<Athlete> = single.into_iter().chain(several).collect();
    if athletes.is_empty() {
        athletes.push(Athlete::named(DEFAULT_NAME));
    }
    athletes.sort_by(|a, b| a.name.cmp(&b.name));
    athletes
}

fn read_several(athletes: SettingsTable<'_>) -> Vec<Athlete> {
    let mut read_so_far: Vec<Athlete> = Vec::new();
    for (name, value) in athletes.into_named() {
        let Some(table) = value.table() else { continue };
        let athlete = read(table, Some(name));
        for other in &read_so_far {
            require_different(&athlete, other, &value);
        }
        read_so_far.push(athlete);
    }
    read_so_far
}

fn require_different(athlete: &Athlete, other: &Athlete, place: &SettingsValue<'_>) {
    if athlete.name == other.name {
        place.reject(format!("two athletes are named `{}`; rename one", athlete.name));
    }
    if athlete.folder.is_some() && athlete.folder == other.folder {
        place.reject(format!("has the same folder as `{}`; give each its own", other.name));
    }
}

/// Reads the one athlete, or (with a `table_name`) one of several.
fn read(mut table: SettingsTable<'_>, table_name: Option<&str>) -> Athlete {
    let name = table.get("name").and_then(|value| read_name(&value));
    let athlete = Athlete {
        name: name.unwrap_or_else(|| table_name.unwrap_or(DEFAULT_NAME).to_owned()),
        folder: read_folder(&mut table, table_name.is_some()),
        birth_year: table.get("birth_year").and_then(|value| value.whole_number(&BIRTH_YEAR)),
        sex: table.get("sex").and_then(|value| value.choice(SEX_WORDS)),
        newer_runner: table.get("newer_runner").and_then(|v| v.boolean()).unwrap_or(false),
        sensor: table.get("sensor").and_then(|value| value.choice(WornSensor::WORDS)),
        heart_rate: heart_rate::read_all(table.get("heart_rate")),
        plan_file: read_named_file(&mut table, "plan"),
        notes_file: read_named_file(&mut table, "notes"),
    };
    table.finish();
    athlete
}

const SEX_WORDS: &[(&str, Sex)] = &[("female", Sex::Female), ("male", Sex::Male)];

fn read_name(value: &SettingsValue<'_>) -> Option<String> {
    let name = value.text()?.trim();
    if name.chars().any(char::is_control) || name.chars().count() > MAX_NAME {
        value.reject(format!("a name is one line of at most {MAX_NAME} characters"));
        return None;
    }
    Some(name.to_owned())
}

fn read_folder(table: &mut SettingsTable<'_>, is_one_of_several: bool) -> Option<Folder> {
    let Some(value) = table.get("folder") else {
        if is_one_of_several {
            table.reject("no `folder`: say which files are this athlete's");
        }
        return None;
    };
    if !is_one_of_several {
        value.reject(
            "a single athlete owns every file; remove this, or write [athletes.NAME] for several",
        );
        return None;
    }
    Folder::new(value.text()?).map_err(|problem| value.reject(problem)).ok()
}
