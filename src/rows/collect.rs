//! Lines in any order → [`Ingested`], as if the files had been read here.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Line;
use crate::decode::{Problem, ProblemKind};
use crate::ingest::{
    ContentHash, FileOutcome, FileProblem, FileReading, Ingested, Owned, Sessions, ingest,
};
use crate::metrics::RunMetrics;
use crate::settings::Settings;

/// Unusable lines that are told one by one.
const MOST_TOLD: usize = 1000;

/// Takes in one line after another.
#[derive(Debug, Default)]
pub struct Collector {
    sessions: BTreeMap<File, BTreeMap<u16, Vec<CollectedSession>>>,
    others: Vec<(FileReading, Option<String>)>,
    closed: Vec<FileProblem>,
    unusable: Vec<FileProblem>,
    untold: usize,
    is_used: bool,
}

/// What the lines of one file have in common; files of one name may share it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct File {
    path: String,
    athlete: Option<String>,
    content: ContentHash,
    format: Cow<'static, str>,
}

/// One session and the warnings of its line.
#[derive(Debug)]
struct CollectedSession {
    row: RunMetrics,
    warnings: Vec<Problem>,
}

/// All lines together.
#[derive(Debug)]
pub struct Collected {
    /// Everything that can be reviewed, unusable lines among the problems.
    pub gathered: Ingested,
    /// Lines that could not be used.
    pub unusable: Vec<FileProblem>,
    /// Whether any line could be used.
    pub is_used: bool,
}

impl Collector {
    /// Takes in what became of a line; lines are counted from 1.
    pub fn add(&mut self, number: u64, line: Result<Line, Problem>) {
        self.is_used |= line.is_ok();
        match line {
            Ok(Line::File { reading, athlete }) => self.add_file(reading, athlete),
            Ok(Line::Inaccessible(place)) => self.closed.push(place),
            Err(problem) if self.unusable.len() < MOST_TOLD => {
                self.unusable.push(unusable(&format!("line {number}"), problem));
            }
            Err(_) => self.untold += 1,
        }
    }

    fn add_file(&mut self, reading: FileReading, athlete: Option<String>) {
        let FileReading { path, outcome, warnings } = reading;
        match outcome {
            FileOutcome::Sessions(Sessions { content, format, rows }) => {
                let file = File { path, athlete, content, format };
                let of_file = self.sessions.entry(file).or_default();
                let mut warnings = Some(warnings);
                for row in rows {
                    let warnings = warnings.take().unwrap_or_default();
                    let pieces = of_file.entry(row.metadata.session).or_default();
                    pieces.push(CollectedSession { row, warnings });
                }
            }
            outcome => self.others.push((FileReading { path, outcome, warnings }, athlete)),
        }
    }

    /// Puts the lines together, of one athlete or of all.
    pub fn finish(mut self, settings: &Settings, athlete: Option<&str>) -> Collected {
        if self.untold > 0 {
            let detail = format!("{} more lines cannot be used", self.untold);
            let problem = Problem::new(ProblemKind::LimitExceeded, detail);
            self.unusable.push(unusable("lines", problem));
        }
        let recordings = self.sessions.into_iter().flat_map(|(file, pieces)| files(&file, pieces));
        let files = recordings
            .chain(self.others)
            .map(|(reading, of)| Owned::as_measured(reading, of.as_deref(), settings))
            .collect();
        let mut gathered = ingest(files, self.closed, athlete);
        // A line that cannot be used stands for a file, so that all counts add up.
        gathered.seen += self.unusable.len();
        gathered.problems.extend(self.unusable.clone());
        Collected { gathered, unusable: self.unusable, is_used: self.is_used }
    }
}

fn unusable(line: &str, problem: Problem) -> FileProblem {
    FileProblem { path: format!("{line} of standard input"), problem, fatal: true }
}

/// The files that these sessions come from: where a session comes twice, there are two.
fn files(
    file: &File,
    of_session: BTreeMap<u16, Vec<CollectedSession>>,
) -> Vec<(FileReading, Option<String>)> {
    let mut copies: Vec<(Vec<RunMetrics>, Vec<Problem>)> = Vec::new();
    for mut pieces in of_session.into_values() {
        if pieces.len() > 1 {
            pieces.sort_by_cached_key(in_full);
        }
        copies.resize_with(copies.len().max(pieces.len()), Default::default);
        for ((rows, warnings), piece) in copies.iter_mut().zip(pieces) {
            rows.push(piece.row);
            warnings.extend(piece.warnings);
        }
    }
    let reading = |(rows, warnings)| {
        let sessions = Sessions { content: file.content, format: file.format.clone(), rows };
        let outcome = FileOutcome::Sessions(sessions);
        (FileReading { path: file.path.clone(), outcome, warnings }, file.athlete.clone())
    };
    copies.into_iter().map(reading).collect()
}

/// What orders equal sessions of equal files, so that no order of lines matters.
fn in_full(piece: &CollectedSession) -> String {
    // A row always has a text.
    serde_json::to_string(&(&piece.row, &piece.warnings)).unwrap_or_default()
}
