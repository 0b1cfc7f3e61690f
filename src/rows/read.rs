//! One line → what it says. Whoever wrote it, it is used whole or refused.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{
    ClosedBody, FailedBody, Head, Kind, Line, NotARunBody, SCHEMA, SessionBody, TableBody,
};
use crate::decode::{Problem, ProblemKind};
use crate::ingest::{FileOutcome, FileProblem, FileReading, Sessions};
use crate::metrics::MEASURING;

/// Characters of what a foreign line says, in a message.
const LONGEST_QUOTE: usize = 120;

/// What tells lines of this program from everything else.
#[derive(Deserialize)]
struct Versions {
    schema: Option<String>,
    measuring: Option<String>,
}

/// Reads one line; the problem says why it cannot be used.
pub fn read(line: &[u8]) -> Result<Line, Problem> {
    let versions: Versions = part(line)?;
    require("schema", versions.schema.as_deref(), SCHEMA)?;
    require("measuring", versions.measuring.as_deref(), MEASURING)?;
    let head: Head = part(line)?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == head.kind);
    let kind = kind.ok_or_else(|| {
        let detail = format!("a line of the unknown kind `{}`", quoted(&head.kind));
        Problem::new(ProblemKind::ForeignRow, detail)
    })?;
    let Head { path, athlete, warnings, .. } = head;
    let outcome = match kind {
        Kind::Session => FileOutcome::Sessions(sessions(part(line)?)?),
        Kind::Table => FileOutcome::Table(part::<TableBody<'_>>(line)?.entries.into_owned()),
        Kind::NotARun => FileOutcome::NotARun(part::<NotARunBody>(line)?.what),
        Kind::Failed => FileOutcome::Failed(part::<FailedBody>(line)?.problem),
        Kind::Inaccessible => {
            let ClosedBody { problem, lost } = part(line)?;
            return Ok(Line::Inaccessible(FileProblem { path, problem, fatal: lost }));
        }
    };
    Ok(Line::File { reading: FileReading { path, outcome, warnings }, athlete })
}

/// The part of a line that is of this type; what else stands there is passed over.
fn part<T: DeserializeOwned>(line: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(line).map_err(|error| {
        let told = error.to_string();
        // The line is told by whoever counts lines.
        let why = told.rsplit_once(" at line ").map_or(told.as_str(), |(why, _)| why);
        let detail = format!("no row: {}, at column {}", quoted(why), error.column());
        Problem::new(ProblemKind::Malformed, detail)
    })
}

fn require(key: &str, stated: Option<&str>, ours: &str) -> Result<(), Problem> {
    let detail = match stated {
        Some(stated) if stated == ours => return Ok(()),
        Some(other) => format!(
            "a line with {key} `{}`; only {key} `{ours}` can be judged here: measure again",
            quoted(other)
        ),
        None => format!("not a line of `talktest measure`: it has no {key}"),
    };
    Err(Problem::new(ProblemKind::ForeignRow, detail))
}

fn sessions(body: SessionBody<'_>) -> Result<Sessions, Problem> {
    let SessionBody { content, format, row, .. } = body;
    let row = row.into_owned();
    row.check().map_err(|why| Problem::new(ProblemKind::Malformed, quoted(&why.to_string())))?;
    Ok(Sessions { content, format, rows: vec![row] })
}

fn quoted(text: &str) -> String {
    if text.chars().count() <= LONGEST_QUOTE {
        return text.to_owned();
    }
    text.chars().take(LONGEST_QUOTE).chain(['…']).collect()
}
