//! Columns → bytes, which leave as soon as they are final: what is held does not grow with the table.

use std::mem::take;

use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{IpcWriteOptions, StreamWriter};
use arrow_schema::{DataType, Fields, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::schema::types::ColumnPath;

use super::error::ColumnError;
use super::format::ColumnFormat;

/// Bytes of a row group at most: whoever reads holds one.
const ROW_GROUP: usize = 64 << 20;

/// Turns batches of one schema into bytes.
pub struct ColumnWriter {
    encoder: Encoder,
}

enum Encoder {
    Stream(Box<StreamWriter<Vec<u8>>>),
    File(Box<ArrowWriter<Vec<u8>>>),
}

impl ColumnWriter {
    /// A table of this schema.
    pub fn new(format: ColumnFormat, schema: &SchemaRef) -> Result<Self, ColumnError> {
        Self::with_row_group(format, schema, ROW_GROUP)
    }

    fn with_row_group(
        format: ColumnFormat,
        schema: &SchemaRef,
        row_group: usize,
    ) -> Result<Self, ColumnError> {
        let encoder = match format {
            ColumnFormat::Arrow => {
                let options =
                    IpcWriteOptions::default().try_with_compression(Some(CompressionType::ZSTD))?;
                let writer = StreamWriter::try_new_with_options(Vec::new(), schema, options)?;
                Encoder::Stream(Box::new(writer))
            }
            ColumnFormat::Parquet => {
                let properties = Some(properties(schema.fields(), row_group)?);
                let writer = ArrowWriter::try_new(Vec::new(), schema.clone(), properties)?;
                Encoder::File(Box::new(writer))
            }
        };
        Ok(Self { encoder })
    }

    /// Takes a batch, and gives the bytes that can leave.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<Vec<u8>, ColumnError> {
        match &mut self.encoder {
            Encoder::Stream(writer) => {
                writer.write(batch)?;
                Ok(take(writer.get_mut()))
            }
            Encoder::File(writer) => {
                writer.write(batch)?;
                writer.sync()?;
                Ok(take(writer.inner_mut()))
            }
        }
    }

    /// Ends the table, and gives its last bytes.
    pub fn finish(self) -> Result<Vec<u8>, ColumnError> {
        match self.encoder {
            Encoder::Stream(writer) => Ok(writer.into_inner()?),
            Encoder::File(writer) => Ok(writer.into_inner()?),
        }
    }
}

fn properties(fields: &Fields, row_group: usize) -> Result<WriterProperties, ColumnError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_bytes(Some(row_group));
    let packed = packed_columns(fields, &[]);
    Ok(packed.into_iter().fold(properties, without_dictionary).build())
}

/// No two packed runs are equal, and nobody looks for the least of them.
fn without_dictionary(
    properties: WriterPropertiesBuilder,
    column: ColumnPath,
) -> WriterPropertiesBuilder {
    properties
        .set_column_dictionary_enabled(column.clone(), false)
        .set_column_statistics_enabled(column, EnabledStatistics::None)
}

/// The columns of bytes, also those within structs.
fn packed_columns(fields: &Fields, within: &[String]) -> Vec<ColumnPath> {
    let paths = fields.iter().flat_map(|field| {
        let path: Vec<String> = within.iter().chain([field.name()]).cloned().collect();
        match field.data_type() {
            DataType::Binary => vec![ColumnPath::new(path)],
            DataType::Struct(inner) => packed_columns(inner, &path),
            _ => Vec::new(),
        }
    });
    paths.collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Arc;

    use arrow_array::BinaryArray;
    use parquet::file::metadata::RowGroupMetaData;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;

    /// Sixteen packed runs of 1,000 bytes that nothing can compress.
    fn noise(seed: u64) -> RecordBatch {
        let mut random = fastrand::Rng::with_seed(seed);
        let runs = (0..16).map(|_| (0..1000).map(|_| random.u8(..)).collect::<Vec<u8>>());
        let runs = BinaryArray::from_iter_values(runs);
        RecordBatch::try_from_iter([("lanes", Arc::new(runs) as _)]).unwrap()
    }

    #[test]
    fn row_groups_are_bounded_and_leave_as_soon_as_they_are_full() {
        const BOUND: usize = 64_000;
        let format = ColumnFormat::Parquet;
        let mut writer = ColumnWriter::with_row_group(format, &noise(0).schema(), BOUND).unwrap();
        let mut bytes = Vec::new();
        for seed in 0..20 {
            bytes.extend(writer.write(&noise(seed)).unwrap());
            let written = 16_000 * (seed as usize + 1);
            assert!(bytes.len() + 2 * BOUND > written, "{written} bytes are held");
        }
        bytes.extend(writer.finish().unwrap());
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        let file = SerializedFileReader::new(file).unwrap();
        let groups = file.metadata().row_groups();
        let largest = groups.iter().map(RowGroupMetaData::total_byte_size).max().unwrap();
        assert!(
            groups.len() >= 5 && largest <= BOUND as i64 + 1000,
            "{} of {largest}",
            groups.len()
        );
        assert_eq!(groups.iter().map(RowGroupMetaData::num_rows).sum::<i64>(), 320);
    }
}
