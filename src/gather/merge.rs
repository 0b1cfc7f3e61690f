//! What became of all files → [`Gathered`]: every row with its athlete and with what tables say.

use super::join::{Table, join};
use super::reading::Sessions;
use super::{FileProblem, FileReading, Gathered, Measured, NotRun, Outcome, Source};
use crate::decode::{Problem, ProblemKind};
use crate::listing::Listed;
use crate::settings::Settings;

/// Puts the readings of all files together, in whatever order they come.
pub fn gather(mut readings: Vec<FileReading>, settings: &Settings) -> Gathered {
    readings.sort_by(|left, right| left.path.cmp(&right.path));
    let mut merging = Merging { settings, gathered: Gathered::default(), tables: Vec::new() };
    merging.gathered.seen = readings.len();
    readings.into_iter().for_each(|reading| merging.add(reading));
    let Merging { mut gathered, tables, .. } = merging;
    join(tables, &mut gathered);
    gathered
}

struct Merging<'s> {
    settings: &'s Settings,
    gathered: Gathered,
    tables: Vec<Table>,
}

impl Merging<'_> {
    fn add(&mut self, reading: FileReading) {
        let FileReading { path, outcome, warnings } = reading;
        warnings.into_iter().for_each(|warning| self.tell(&path, warning, false));
        match outcome {
            Outcome::NotARun(what) => self.gathered.not_runs.push(NotRun { what, path }),
            Outcome::Failed(problem) => self.tell(&path, problem, true),
            Outcome::Sessions(sessions) => self.add_sessions(&path, sessions),
            Outcome::Table(entries) => self.add_table(path, entries),
        }
    }

    fn tell(&mut self, path: &str, problem: Problem, fatal: bool) {
        let path = path.to_owned();
        self.gathered.problems.push(FileProblem { path, problem, fatal });
    }

    fn add_sessions(&mut self, path: &str, sessions: Sessions) {
        let athlete = match self.settings.athlete_of(path) {
            Ok(athlete) => athlete.name.clone(),
            Err(why) => {
                let problem = Problem::new(ProblemKind::NoAthlete, why.to_string());
                return self.tell(path, problem, true);
            }
        };
        let Sessions { content, format, rows } = sessions;
        self.gathered.measured.extend(rows.into_iter().map(|row| Measured {
            athlete: athlete.clone(),
            sources: vec![Source {
                path: path.to_owned(),
                format: format.clone(),
                session: row.said.session,
            }],
            content,
            listed: Vec::new(),
            copies: Vec::new(),
            row,
        }));
    }

    fn add_table(&mut self, path: String, entries: Vec<Listed>) {
        let what = "the table of an export".to_owned();
        self.gathered.not_runs.push(NotRun { what, path: path.clone() });
        let athlete = self.settings.athlete_of(&path).map(|athlete| athlete.name.clone()).ok();
        self.tables.push(Table { path, athlete, entries });
    }
}
