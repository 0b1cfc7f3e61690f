//! What became of all files → [`Ingested`]: every row with its athlete and with what tables say.

use super::join::{LocatedTable, join};
use super::reading::Sessions;
use super::routes::join_routes;
use super::{
    FileOutcome, FileProblem, FileReading, Ingested, MeasuredSession, NotRun, Owned, Source,
};
use crate::decode::Problem;
use crate::export_tables::ExportEntry;
use crate::metrics::RunMetrics;

/// Puts all files together, in whatever order they come, of one athlete or of all; `closed` are the
/// places that could not be entered.
pub fn ingest(mut files: Vec<Owned>, closed: Vec<FileProblem>, athlete: Option<&str>) -> Ingested {
    files.retain(|file| file.is_asked(athlete));
    files.sort_by(|left, right| {
        let (left, right) = (&left.reading, &right.reading);
        left.path.cmp(&right.path).then_with(|| in_full(left).cmp(&in_full(right)))
    });
    let mut merging = Merging::default();
    // A place that cannot be used was looked at like a file, so that all counts add up.
    let lost = closed.iter().filter(|closed| closed.fatal).count();
    merging.gathered.seen = files.len() + lost;
    files.into_iter().for_each(|file| merging.add(file));
    let Merging { mut gathered, tables } = merging;
    join_routes(&mut gathered.measured);
    join(&tables, &mut gathered);
    gathered.problems.extend(closed);
    gathered
}

/// What orders files of one name, which come from several folders.
fn in_full(reading: &FileReading) -> String {
    // A reading always has a text.
    serde_json::to_string(reading).unwrap_or_default()
}

#[derive(Default)]
struct Merging {
    gathered: Ingested,
    tables: Vec<LocatedTable>,
}

impl Merging {
    fn add(&mut self, file: Owned) {
        let Owned { reading, owner } = file;
        let FileReading { path, outcome, warnings } = reading;
        warnings.into_iter().for_each(|warning| self.report(&path, warning, false));
        match outcome {
            FileOutcome::NotARun(what) => self.gathered.not_runs.push(NotRun { what, path }),
            FileOutcome::Failed(problem) => self.report(&path, problem, true),
            FileOutcome::Sessions(sessions) => self.add_sessions(&path, owner, sessions),
            FileOutcome::Table(entries) => self.add_table(path, owner.ok(), entries),
        }
    }

    fn report(&mut self, path: &str, problem: Problem, fatal: bool) {
        let path = path.to_owned();
        self.gathered.problems.push(FileProblem { path, problem, fatal });
    }

    fn add_sessions(&mut self, path: &str, owner: Result<String, Problem>, sessions: Sessions) {
        let athlete = match owner {
            Ok(athlete) => athlete,
            Err(problem) => return self.report(path, problem, true),
        };
        let Sessions { content, format, rows } = sessions;
        let folder = path.rsplit_once('/').map(|(folder, _)| folder);
        let below = |name: String| folder.map_or(name.clone(), |folder| format!("{folder}/{name}"));
        let placed = |mut row: RunMetrics| {
            let joined = std::mem::take(&mut row.metadata.joined);
            row.metadata.joined = joined.into_iter().map(below).collect();
            row
        };
        self.gathered.measured.extend(rows.into_iter().map(placed).map(|row| MeasuredSession {
            athlete: athlete.clone(),
            sources: vec![Source {
                path: path.to_owned(),
                format: format.clone(),
                session: row.metadata.session,
            }],
            content,
            listed: Vec::new(),
            copies: Vec::new(),
            row: Box::new(row),
        }));
    }

    fn add_table(&mut self, path: String, athlete: Option<String>, entries: Vec<ExportEntry>) {
        let what = "the table of an export".to_owned();
        self.gathered.not_runs.push(NotRun { what, path: path.clone() });
        self.tables.push(LocatedTable { path, athlete, entries });
    }
}
