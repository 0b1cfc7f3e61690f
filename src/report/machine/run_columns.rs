//! The listed runs as columns: what `--format ndjson` writes, typed by its contract.

use std::io::{self, Write};

use serde_json::Value;

use super::json::{OnRequest, run_json};
use super::schema::AUDIT;
use crate::columns::{BATCH, ColumnError, ColumnFormat, ColumnWriter, batch};
use crate::report::output::Style;
use crate::review::Review;

/// Writes the runs in one of the two forms.
pub(super) fn write_runs(
    format: ColumnFormat,
    review: &Review,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let asked = OnRequest::of(review, style);
    let no_table = || ColumnError::NoType("audit".to_owned());
    let schema = AUDIT.columns().ok_or_else(no_table).flatten().map_err(io::Error::other)?.into();
    let mut writer = ColumnWriter::new(format, &schema).map_err(io::Error::other)?;
    for runs in review.runs.chunks(BATCH) {
        let records: Vec<Value> = runs.iter().map(|run| run_json(run, asked)).collect();
        let batch = batch(&schema, &records, Vec::new()).map_err(io::Error::other)?;
        out.write_all(&writer.write(&batch).map_err(io::Error::other)?)?;
    }
    out.write_all(&writer.finish().map_err(io::Error::other)?)
}
