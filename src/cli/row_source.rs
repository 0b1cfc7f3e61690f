//! Rows on standard input, a batch at a time, whatever their form: each as its line.

use std::io::BufRead;

#[cfg(feature = "columnar")]
use arrow_array::RecordBatch;
#[cfg(feature = "columnar")]
use arrow_schema::Fields;
#[cfg(feature = "columnar")]
use serde_json::Value;

use super::args::RowFormat;
use super::ndjson_reader::{NdjsonLines, NumberedLine};
#[cfg(feature = "columnar")]
use super::stdin_file;
#[cfg(feature = "columnar")]
use crate::columns::{ArrowStream, ColumnError, parquet_batches, pieces, records};
#[cfg(feature = "columnar")]
use crate::decode::{Problem, ProblemKind};
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
        RowFormat::Arrow => Ok(Box::new(table_rows(ArrowStream::new(stdin.lock()))?)),
        #[cfg(feature = "columnar")]
        RowFormat::Parquet => {
            let wanted = row_columns()?;
            let is_wanted = move |name: &str| wanted.find(name).is_some();
            Ok(Box::new(table_rows(parquet_batches(stdin_file::open()?, is_wanted)?)?))
        }
    }
}

impl<From: BufRead> RowSource for NdjsonLines<From> {
    fn batch(&mut self) -> anyhow::Result<Vec<NumberedLine>> {
        Ok(NdjsonLines::batch(self)?)
    }
}

/// The rows of a table.
#[cfg(feature = "columnar")]
struct TableRows<Pieces> {
    pieces: Pieces,
    /// What of a piece is still to come, the next rows last.
    rest: Vec<RecordBatch>,
    wanted: Fields,
    number: u64,
}

#[cfg(feature = "columnar")]
type Batch = Result<RecordBatch, ColumnError>;

#[cfg(feature = "columnar")]
fn table_rows(batches: impl Iterator<Item = Batch>) -> Result<impl RowSource, ColumnError> {
    let (pieces, wanted) = (batches.flat_map(pieces), row_columns()?);
    Ok(TableRows { pieces, rest: Vec::new(), wanted, number: 0 })
}

#[cfg(feature = "columnar")]
impl<Pieces> TableRows<Pieces> {
    fn line(&mut self, bytes: Result<Vec<u8>, Problem>) -> NumberedLine {
        self.number += 1;
        NumberedLine { number: self.number, bytes }
    }
}

#[cfg(feature = "columnar")]
impl<Pieces: Iterator<Item = Batch>> RowSource for TableRows<Pieces> {
    fn batch(&mut self) -> anyhow::Result<Vec<NumberedLine>> {
        while let Some(piece) =
            self.rest.pop().map(Ok).or_else(|| self.pieces.next()).transpose()?
        {
            match records(&piece, &self.wanted) {
                Err(ColumnError::TooLarge { .. }) if piece.num_rows() > 1 => {
                    let half = piece.num_rows() / 2;
                    self.rest.push(piece.slice(half, piece.num_rows() - half));
                    self.rest.push(piece.slice(0, half));
                }
                Err(too_large @ ColumnError::TooLarge { .. }) => {
                    let problem = Problem::new(ProblemKind::LimitExceeded, too_large.to_string());
                    return Ok(vec![self.line(Err(problem))]);
                }
                records => {
                    let line = |record: Value| self.line(Ok(record.to_string().into_bytes()));
                    return Ok(records?.into_iter().map(line).collect());
                }
            }
        }
        Ok(Vec::new())
    }
}
