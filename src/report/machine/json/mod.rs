//! The contract for machines: `talktest/audit/1`. Keys may be added, never renamed; values are SI.

mod anchors;
mod athlete;
mod audit;
mod metrics;
mod number;
mod run;
mod splits;

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use crate::audit::RULES;
use crate::ingest::{FileProblem, NotRun};
use crate::report::output::{Output, OutputKind, Style};
use crate::report::sanitize::Escaping;
use crate::review::{Review, ReviewedRun};
use crate::zones::band_names;
use athlete::athlete_json;

pub use audit::findings_text;
pub use run::{OnRequest, run_json};

/// `--format json`.
pub static OUTPUT: Output =
    Output { id: "json", about: "One JSON document", kind: OutputKind::Document, write };

/// The name and version of the contract.
pub const SCHEMA: &str = "talktest/audit/1";

fn write(review: &Review, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let document = AuditDocument { review, asked: OnRequest::of(review, style) };
    serde_json::to_writer_pretty(Escaping(&mut *out), &document)?;
    out.write_all(b"\n")
}

/// The document as it is written: one value at a time, for all of them would take ten times the
/// memory of their text.
struct AuditDocument<'a> {
    review: &'a Review,
    asked: OnRequest,
}

impl Serialize for AuditDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { review, asked } = self;
        let not_run = |not: &NotRun| json!({"path": not.path, "what": not.what});
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", SCHEMA)?;
        map.serialize_entry("tool", env!("CARGO_PKG_VERSION"))?;
        map.serialize_entry("rules", RULES)?;
        map.serialize_entry("bands", band_names())?;
        map.serialize_entry("settings_hash", &review.settings_hash)?;
        map.serialize_entry("files", &review.files)?;
        map.serialize_entry("left_out", &review.left_out)?;
        map.serialize_entry("gone", &review.gone)?;
        map.serialize_entry("problems", &Each(&review.problems, problem_json))?;
        map.serialize_entry("not_runs", &Each(&review.not_runs, not_run))?;
        map.serialize_entry("athletes", &Each(&review.athletes, athlete_json))?;
        let run = |run: &ReviewedRun| run_json(run, *asked);
        map.serialize_entry("runs", &Each(&review.runs, run))?;
        map.serialize_entry("unlabelled", &Each(&review.unlabelled, run))?;
        map.end()
    }
}

/// A list, each of its values made when it is written.
struct Each<'a, T, F: Fn(&T) -> Value>(&'a [T], F);

impl<T, F: Fn(&T) -> Value> Serialize for Each<'_, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}

fn problem_json(problem: &FileProblem) -> Value {
    json!({
        "path": problem.path,
        "kind": problem.problem.kind,
        "detail": problem.problem.to_string(),
        "fatal": problem.fatal,
    })
}
