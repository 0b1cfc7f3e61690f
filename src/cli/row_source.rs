//! Rows on standard input, a batch at a time, whatever their form: each as its line.

use std::io::BufRead;

#[cfg(feature = "columnar")]
use arrow_array::RecordBatch;
#[cfg(feature = "columnar")]
use arrow_schema::Fields;

use super::args::RowFormat;
use super::ndjson_reader::{NdjsonLines, NumberedLine};
#[cfg(feature = "columnar")]
use super::stdin_file;
#[cfg(feature = "columnar")]
use crate::columns::{ArrowStream, ColumnError, parquet_batches, records};
#[cfg(feature = "columnar")]
use crate::rows::row_columns;

/// Where rows come from.
pub trait RowSource {
    /// The next rows; none at the end.
    fn batch(&mut self) -> anyhow::Result<Vec<NumberedLine>>;
}

/// Standard input in this form.
#[cfg_attr(not(feature = "columnar"), allow(clippy::unnecessary_wraps))]
pub fn open(format: RowFormat) -> anyhow::Result<Box<dyn RowSource>> {
    let stdin = std::io::stdin();
    match format {
        RowFormat::Ndjson => Ok(Box::new(NdjsonLines::new(stdin.lock()))),
        #[cfg(feature = "columnar")]
        RowFormat::Arrow => Ok(Box::new(TableRows::new(ArrowStream::new(stdin.lock()))?)),
        #[cfg(feature = "columnar")]
        RowFormat::Parquet => Ok(Box::new(TableRows::new(parquet_batches(stdin_file::open()?)?)?)),
    }
}

impl<From: BufRead> RowSource for NdjsonLines<From> {
    fn batch(&mut self) -> anyhow::Result<Vec<NumberedLine>> {
        Ok(NdjsonLines::batch(self)?)
    }
}

/// The rows of a table.
#[cfg(feature = "columnar")]
struct TableRows<Batches> {
    batches: Batches,
    wanted: Fields,
    number: u64,
}

#[cfg(feature = "columnar")]
impl<Batches> TableRows<Batches> {
    fn new(batches: Batches) -> Result<Self, ColumnError> {
        Ok(Self { batches, wanted: row_columns()?, number: 0 })
    }

    fn line(&mut self, record: &serde_json::Value) -> NumberedLine {
        self.number += 1;
        NumberedLine { number: self.number, bytes: Ok(record.to_string().into_bytes()) }
    }
}

#[cfg(feature = "columnar")]
impl<Batches> RowSource for TableRows<Batches>
where
    Batches: Iterator<Item = Result<RecordBatch, ColumnError>>,
{
    fn batch(&mut self) -> anyhow::Result<Vec<NumberedLine>> {
        while let Some(batch) = self.batches.next() {
            let records = records(&batch?, &self.wanted)?;
            if !records.is_empty() {
                return Ok(records.iter().map(|record| self.line(record)).collect());
            }
        }
        Ok(Vec::new())
    }
}
