//! One line of JSON per listed run, for pipes.

use std::io::{self, Write};

use super::json::run_json;
use super::sanitize::Escaping;
use super::{Output, Style};
use crate::review::Review;

/// `--format ndjson`.
pub static OUTPUT: Output = Output { id: "ndjson", write };

fn write(review: &Review, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    review.runs.iter().try_for_each(|run| {
        serde_json::to_writer(Escaping(&mut *out), &run_json(run))?;
        out.write_all(b"\n")
    })
}
