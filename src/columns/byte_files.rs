//! Files that come as a table: their names, whose they are, and their bytes.

use std::sync::Arc;

use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;

use super::budget::{MOST_BATCH, TableBudget};
use super::error::ColumnError;
use super::leaves::{bytes, texts};

/// A file of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByteFile {
    /// Its name, with `/`.
    pub name: String,
    /// Whose it is, where the table says so.
    pub athlete: Option<String>,
    /// Its bytes, where there are any.
    pub bytes: Option<Arc<[u8]>>,
}

/// The files of a batch, from its columns `name`, `bytes` and, where there is one, `athlete`.
///
/// # Errors
/// Where a column is missing or of another type, or the files take more than a batch may.
pub fn byte_files(batch: &RecordBatch) -> Result<Vec<ByteFile>, ColumnError> {
    let names =
        column(batch, "name", &DataType::Utf8, texts)?.ok_or(ColumnError::Missing("name"))?;
    let contents = column(batch, "bytes", &DataType::Binary, bytes)?;
    let contents = contents.ok_or(ColumnError::Missing("bytes"))?;
    let athletes = column(batch, "athlete", &DataType::Utf8, texts)?;
    let athletes = athletes.unwrap_or_else(|| vec![None; names.len()]);
    let of_texts = names.iter().chain(&athletes).flatten().map(|text| text.len() as u64);
    let of_bytes = contents.iter().flatten().map(|bytes| bytes.len() as u64);
    // Many files may be views of the same bytes.
    let budget = TableBudget::new("a batch of files", MOST_BATCH);
    of_texts.chain(of_bytes).try_for_each(|bytes| budget.take(bytes))?;
    let owned = names
        .into_iter()
        .zip(athletes)
        .map(|(name, athlete)| (name.unwrap_or_default().to_owned(), athlete.map(str::to_owned)));
    let bytes = contents.into_iter().map(|bytes| bytes.map(Arc::from));
    let files = owned.zip(bytes);
    Ok(files.map(|((name, athlete), bytes)| ByteFile { name, athlete, bytes }).collect())
}

/// What a column holds; `None` where there is none, or nothing but nulls of no type.
fn column<'a, T: Clone>(
    batch: &'a RecordBatch,
    name: &str,
    wanted: &DataType,
    read: impl Fn(&'a dyn Array) -> Option<Vec<Option<T>>>,
) -> Result<Option<Vec<Option<T>>>, ColumnError> {
    let Some(array) = batch.column_by_name(name) else { return Ok(None) };
    if array.data_type() == &DataType::Null {
        return Ok(Some(vec![None; array.len()]));
    }
    let mismatch = || ColumnError::Type {
        column: name.to_owned(),
        found: array.data_type().clone(),
        wanted: wanted.clone(),
    };
    read(array.as_ref()).ok_or_else(mismatch).map(Some)
}
