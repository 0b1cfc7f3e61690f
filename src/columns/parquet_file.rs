//! A Parquet file, read a few rows at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Fields};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
};
use parquet::arrow::{FieldLevels, ProjectionMask, parquet_to_arrow_field_levels};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::ChunkReader;

use super::BATCH;
use super::budget::{MOST_PAGES, TableBudget};
use super::error::ColumnError;
use super::parquet_description;
use super::parquet_pages::WeighedRowGroup;

/// The batches of a file, with those of its columns that are wanted.
///
/// # Errors
/// Where it is no Parquet file, nothing of it can be read, or it has no such column.
pub fn parquet_batches<From: ChunkReader + 'static>(
    file: From,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<impl Iterator<Item = Result<RecordBatch, ColumnError>>, ColumnError> {
    guarded(|| ParquetBatches::open(file, is_wanted))?
}

struct ParquetBatches<From> {
    file: Arc<From>,
    metadata: Arc<ParquetMetaData>,
    levels: FieldLevels,
    budget: Arc<TableBudget>,
    /// The group that is opened next.
    next_group: usize,
    group: Option<ParquetRecordBatchReader>,
    is_ended: bool,
}

impl<From: ChunkReader + 'static> ParquetBatches<From> {
    fn open(file: From, is_wanted: impl Fn(&str) -> bool) -> Result<Self, ColumnError> {
        parquet_description::check(&file)?;
        let described = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())?;
        let fields = described.schema().fields();
        let wanted = fields.iter().enumerate().filter(|(_, field)| is_wanted(field.name()));
        let wanted: Vec<usize> = wanted.map(|(index, _)| index).collect();
        if wanted.is_empty() {
            return Err(ColumnError::NoneWanted);
        }
        let mask = ProjectionMask::roots(described.parquet_schema(), wanted);
        let hint = fields.iter().map(as_views).collect();
        let levels = parquet_to_arrow_field_levels(described.parquet_schema(), mask, Some(&hint))?;
        Ok(Self {
            file: Arc::new(file),
            metadata: Arc::clone(described.metadata()),
            levels,
            budget: Arc::new(TableBudget::new("the pages of a few rows", MOST_PAGES)),
            next_group: 0,
            group: None,
            is_ended: false,
        })
    }

    fn batch(&mut self) -> Result<Option<RecordBatch>, ColumnError> {
        loop {
            self.budget.renew();
            if let Some(batch) = self.group.as_mut().and_then(Iterator::next) {
                return batch.map(Some).map_err(|error| {
                    ColumnError::Parquet(ParquetError::ArrowError(error.to_string()))
                });
            }
            if self.next_group == self.metadata.num_row_groups() {
                return Ok(None);
            }
            let group = WeighedRowGroup {
                file: &self.file,
                metadata: &self.metadata,
                group: self.next_group,
                budget: &self.budget,
            };
            let reader = ParquetRecordBatchReader::try_new_with_row_groups;
            self.group = Some(reader(&self.levels, &group, BATCH, None)?);
            self.next_group += 1;
        }
    }
}

impl<From: ChunkReader + 'static> Iterator for ParquetBatches<From> {
    type Item = Result<RecordBatch, ColumnError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_ended {
            return None;
        }
        let batch = guarded(|| self.batch()).flatten();
        // The library tells the reason in words of its own.
        let is_too_large = batch.is_err() && self.budget.is_exceeded();
        let batch = if is_too_large { Err(self.budget.exceeded()) } else { batch };
        self.is_ended = !matches!(batch, Ok(Some(_)));
        batch.transpose()
    }
}

/// Texts and bytes as views of the pages: what a dictionary has once is then held once.
fn as_views(field: &Arc<Field>) -> Arc<Field> {
    let kind = match field.data_type() {
        DataType::Dictionary(_, values) => view_of(values),
        kind => view_of(kind),
    };
    Arc::new(field.as_ref().clone().with_data_type(kind))
}

fn view_of(kind: &DataType) -> DataType {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::List(element) => DataType::List(as_views(element)),
        DataType::LargeList(element) => DataType::LargeList(as_views(element)),
        DataType::Struct(fields) => {
            DataType::Struct(fields.iter().map(as_views).collect::<Fields>())
        }
        other => other.clone(),
    }
}

/// Bytes that somebody else wrote may end in a panic of the library.
fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, ColumnError> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| ColumnError::Damaged)
}
