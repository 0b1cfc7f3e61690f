//! Whose a file is.

use super::{FileOutcome, FileReading};
use crate::decode::{Problem, ProblemKind};
use crate::settings::{Athlete, DEFAULT_NAME, NoAthlete, Settings};
use crate::unpack::is_named_archive;

/// A file with the athlete whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Owned {
    /// What became of it.
    pub reading: FileReading,
    /// The athlete's name, or why it is nobody's.
    pub owner: Result<String, Problem>,
}

impl Owned {
    /// A file that lies where the settings say whose it is.
    pub fn by_folder(reading: FileReading, settings: &Settings) -> Self {
        let owner = settings.athlete_of(&reading.path);
        let owner = owner.map(|athlete| athlete.name.clone()).map_err(|why| nobody(&why));
        Self { reading, owner }
    }

    /// A file that was measured as this athlete's, wherever it lay: that stands unless the settings
    /// say otherwise.
    pub fn as_measured(reading: FileReading, of: Option<&str>, settings: &Settings) -> Self {
        // Who had no settings when measuring named nobody.
        let named = of.filter(|name| *name != DEFAULT_NAME || settings.athlete(name).is_some());
        let Some(name) = named else { return Self::by_folder(reading, settings) };
        let owner = match (settings.athlete(name), settings.athlete_of(&reading.path)) {
            (None, _) => Err(unknown(name, settings)),
            (Some(_), Ok(other)) if other.name != name => Err(contradicted(name, other)),
            (Some(_), _) => Ok(name.to_owned()),
        };
        Self { reading, owner }
    }

    /// Whether it is told of where only one athlete is asked for: an archive may hold anybody's
    /// files.
    pub(super) fn is_asked(&self, athlete: Option<&str>) -> bool {
        let is_read =
            matches!(self.reading.outcome, FileOutcome::Sessions(_) | FileOutcome::Table(_));
        let may_hold_files = !is_read && is_named_archive(&self.reading.path);
        athlete.is_none_or(|name| self.owner.as_deref() == Ok(name) || may_hold_files)
    }
}

fn nobody(why: &NoAthlete) -> Problem {
    Problem::new(ProblemKind::NoAthlete, why.to_string())
}

fn unknown(name: &str, settings: &Settings) -> Problem {
    let known: Vec<&str> = settings.athletes.iter().map(|athlete| athlete.name.as_str()).collect();
    let detail = format!("measured as a file of `{name}`; the settings know {}", known.join(", "));
    Problem::new(ProblemKind::NoAthlete, detail)
}

fn contradicted(name: &str, other: &Athlete) -> Problem {
    let detail =
        format!("measured as a file of `{name}`; by its folder it is a file of `{}`", other.name);
    Problem::new(ProblemKind::NoAthlete, detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Folder;

    fn settings(athletes: &[(&str, Option<&str>)]) -> Settings {
        let athlete = |(name, folder): &(&str, Option<&str>)| Athlete {
            folder: folder.map(|folder| Folder::new(folder).unwrap()),
            ..Athlete::named(*name)
        };
        Settings { athletes: athletes.iter().map(athlete).collect(), ..Settings::default() }
    }

    fn owner(path: &str, of: Option<&str>, settings: &Settings) -> Option<String> {
        let problem = Problem::new(ProblemKind::Empty, "");
        let reading = FileReading::failed(path.to_owned(), problem);
        Owned::as_measured(reading, of, settings).owner.ok()
    }

    #[test]
    fn what_was_measured_as_somebodys_is_never_taken_for_anothers() {
        let two = settings(&[("anna", Some("anna")), ("ben", Some("ben"))]);
        let told = |path, of| owner(path, of, &two);
        assert_eq!(told("ben/a.fit", None).as_deref(), Some("ben"));
        assert_eq!(told("ben/a.fit", Some("ben")).as_deref(), Some("ben"));
        assert_eq!(told("a.fit", Some("ben")).as_deref(), Some("ben"), "from within the folder");
        assert_eq!(told("a.fit", None), None);
        assert_eq!(told("ben/a.fit", Some("anna")), None);
        assert_eq!(told("anna/a.fit", Some("carl")), None);
        let one = settings(&[("anna", None)]);
        assert_eq!(owner("a.fit", Some("ben"), &one), None);
    }

    #[test]
    fn whoever_had_no_settings_named_nobody() {
        let one = settings(&[("anna", None)]);
        assert_eq!(owner("a.fit", Some("me"), &one).as_deref(), Some("anna"));
        let two = settings(&[("anna", Some("anna")), ("me", Some("me"))]);
        assert_eq!(owner("anna/a.fit", Some("me"), &two), None);
        let others = settings(&[("anna", Some("anna")), ("ben", Some("ben"))]);
        assert_eq!(owner("ben/a.fit", Some("me"), &others).as_deref(), Some("ben"));
        assert_eq!(owner("a.fit", Some("me"), &others), None);
    }
}
