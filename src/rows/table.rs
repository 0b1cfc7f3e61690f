//! The lines as columns, for whoever works on tables. What is a column follows from the contract of
//! the lines, so that no row can hold what no column has.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Fields, Schema, SchemaRef};
use serde_json::Value;

use super::channel_columns::{channels, channels_field};
use super::{SCHEMA, closed_line, lines, schema};
use crate::columns::{BATCH, ColumnError, batch, of_contract};
use crate::ingest::{FileOutcome, FileProblem, Owned};
use crate::metrics::MEASURING;
use crate::metrics::series::Series;
use crate::parallel::prelude::*;

/// The columns that every table of rows has.
pub fn row_columns() -> Result<Fields, ColumnError> {
    let contract = schema();
    of_contract(&contract, &contract)
}

/// How rows become a table.
#[derive(Debug, Clone)]
pub struct TableForm {
    schema: SchemaRef,
    with_channels: bool,
}

/// One line of the table.
struct TableRow {
    record: Value,
    channels: Option<Series>,
}

impl TableForm {
    /// A table, with the cleaned runs at 1 Hz as lists where they are asked for.
    pub fn new(with_channels: bool) -> Result<Self, ColumnError> {
        let own = row_columns()?;
        let channels = with_channels.then(|| Arc::new(channels_field()));
        let fields = own.iter().cloned().chain(channels).collect::<Fields>();
        let versions = [("schema", SCHEMA), ("measuring", MEASURING)];
        let versions = versions.map(|(key, version)| (key.to_owned(), version.to_owned()));
        let schema = Schema::new_with_metadata(fields, HashMap::from(versions));
        Ok(Self { schema: Arc::new(schema), with_channels })
    }

    /// The columns.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The rows of these files, in their order.
    pub fn files(&self, files: &[Owned]) -> Result<Vec<RecordBatch>, ColumnError> {
        let rows: Vec<Vec<TableRow>> = files.par_iter().map(|file| self.rows(file)).collect();
        self.batches(rows.into_iter().flatten().collect())
    }

    /// The rows of places that could not be entered.
    pub fn inaccessible(&self, places: &[FileProblem]) -> Result<Vec<RecordBatch>, ColumnError> {
        let row = |place| TableRow { record: record(&closed_line(place)), channels: None };
        self.batches(places.iter().map(row).collect())
    }

    fn rows(&self, file: &Owned) -> Vec<TableRow> {
        let rows = match &file.reading.outcome {
            FileOutcome::Sessions(sessions) if self.with_channels => sessions.rows.as_slice(),
            _ => &[],
        };
        let channels = rows.iter().map(|row| row.channels.unpack().ok());
        let channels = channels.chain(std::iter::repeat(None));
        let row = |(line, channels): (String, _)| TableRow { record: record(&line), channels };
        lines(file).into_iter().zip(channels).map(row).collect()
    }

    fn batches(&self, rows: Vec<TableRow>) -> Result<Vec<RecordBatch>, ColumnError> {
        let mut batches = Vec::new();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let (records, runs): (Vec<_>, Vec<_>) =
                rows.by_ref().take(BATCH).map(|row| (row.record, row.channels)).unzip();
            let more = self.with_channels.then(|| channels(&runs)).transpose()?;
            batches.push(batch(&self.schema, &records, more.into_iter().collect())?);
        }
        Ok(batches)
    }
}

/// A line again as what it says.
fn record(line: &str) -> Value {
    // Every line is JSON: it was written here.
    serde_json::from_str(line).unwrap_or_default()
}
