//! One line of JSON per listed run, for pipes.

use std::io::{self, Write};

use super::json::{OnRequest, run_json};
use crate::report::output::{Output, OutputKind, Style};
use crate::report::sanitize::Escaping;
use crate::review::Review;

/// `--format ndjson`.
pub static OUTPUT: Output =
    Output { id: "ndjson", about: "One line of JSON per run", kind: OutputKind::Rows, write };

fn write(review: &Review, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let asked = OnRequest::of(review, style);
    review.runs.iter().try_for_each(|run| {
        serde_json::to_writer(Escaping(&mut *out), &run_json(run, asked))?;
        out.write_all(b"\n")
    })
}
