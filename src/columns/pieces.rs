//! Few rows at a time, however many come together.

use arrow_array::RecordBatch;

use super::BATCH;
use super::error::ColumnError;

/// A batch as batches of few rows, which are views of it.
pub fn pieces(
    batch: Result<RecordBatch, ColumnError>,
) -> impl Iterator<Item = Result<RecordBatch, ColumnError>> {
    let (batch, damage) = match batch {
        Ok(batch) => (Some(batch), None),
        Err(damage) => (None, Some(Err(damage))),
    };
    let of_batch = |batch: RecordBatch| {
        let rows = batch.num_rows();
        let piece = move |first: usize| batch.slice(first, BATCH.min(rows - first));
        (0..rows).step_by(BATCH).map(piece).map(Ok)
    };
    batch.into_iter().flat_map(of_batch).chain(damage)
}
