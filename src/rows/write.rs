//! One file → its lines.

use std::borrow::Cow;

use serde::Serialize;

use super::{ClosedBody, FailedBody, Head, Kind, NotARunBody, SCHEMA, SessionBody, TableBody};
use crate::decode::Problem;
use crate::ingest::{FileOutcome, FileProblem, FileReading, Owned, Sessions};
use crate::metrics::MEASURING;

/// The lines of one file, without their ends: one for each session, or one.
pub fn lines(file: &Owned) -> Vec<String> {
    let FileReading { path, outcome, warnings } = &file.reading;
    let head = |kind| Head {
        athlete: file.owner.as_ref().ok().cloned(),
        nobody: file.owner.as_ref().err().map(|why| why.detail.clone()),
        warnings: warnings.clone(),
        ..head(kind, path)
    };
    match outcome {
        FileOutcome::Sessions(sessions) => session_lines(&head(Kind::Session), sessions),
        FileOutcome::Table(entries) => {
            vec![line(&head(Kind::Table), &TableBody { entries: Cow::Borrowed(entries) })]
        }
        FileOutcome::NotARun(what) => {
            vec![line(&head(Kind::NotARun), &NotARunBody { what: what.clone() })]
        }
        FileOutcome::Failed(problem) => {
            vec![line(&head(Kind::Failed), &FailedBody { problem: problem.clone() })]
        }
    }
}

/// The line of a place that could not be entered.
pub fn closed_line(closed: &FileProblem) -> String {
    let FileProblem { path, problem, fatal } = closed;
    line(&head(Kind::Inaccessible, path), &ClosedBody { problem: problem.clone(), lost: *fatal })
}

fn session_lines(head: &Head, sessions: &Sessions) -> Vec<String> {
    let Sessions { content, format, rows } = sessions;
    let lines = rows.iter().enumerate().map(|(place, row)| {
        let first = |warnings: &[Problem]| if place == 0 { warnings.to_vec() } else { Vec::new() };
        let head = Head { warnings: first(&head.warnings), ..head.clone() };
        let body = SessionBody {
            content: *content,
            format: format.clone(),
            session: row.metadata.session,
            row: Cow::Borrowed(row),
        };
        line(&head, &body)
    });
    lines.collect()
}

fn head(kind: Kind, path: &str) -> Head {
    Head {
        schema: SCHEMA.to_owned(),
        measuring: MEASURING.to_owned(),
        kind: kind.name().to_owned(),
        path: path.to_owned(),
        athlete: None,
        nobody: None,
        warnings: Vec::new(),
    }
}

/// A head and a body side by side.
#[derive(Serialize)]
struct Whole<'a, Body> {
    #[serde(flatten)]
    head: &'a Head,
    #[serde(flatten)]
    body: &'a Body,
}

fn line<Body: Serialize>(head: &Head, body: &Body) -> String {
    // Texts, lists and finite numbers always have a text.
    serde_json::to_string(&Whole { head, body }).unwrap_or_default()
}
