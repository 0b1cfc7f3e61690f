//! A Parquet file, read a batch at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::ChunkReader;

use super::BATCH;
use super::error::ColumnError;

/// The batches of a file.
///
/// # Errors
/// Where it is no Parquet file, or nothing of it can be read.
pub fn parquet_batches(
    file: impl ChunkReader + 'static,
) -> Result<impl Iterator<Item = Result<RecordBatch, ColumnError>>, ColumnError> {
    let open = || ParquetRecordBatchReaderBuilder::try_new(file)?.with_batch_size(BATCH).build();
    let mut reader = guarded(open)??;
    let mut is_ended = false;
    Ok(std::iter::from_fn(move || {
        if is_ended {
            return None;
        }
        let batch = match guarded(|| reader.next()) {
            Ok(batch) => batch.map(|batch| batch.map_err(ColumnError::from)),
            Err(damaged) => Some(Err(damaged)),
        };
        is_ended = !matches!(batch, Some(Ok(_)));
        batch
    }))
}

/// Bytes that somebody else wrote may end in a panic of the library.
fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, ColumnError> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| ColumnError::Damaged)
}
