//! Records of JSON ⇄ columns, for whoever works on tables: Arrow streams and Parquet files.
//!
//! ```text
//! contract ──of_contract──▶ Fields          (what is a column follows from the JSON Schema alone)
//! records ──batch──▶ RecordBatch ──write──▶ bytes
//! bytes ──read──▶ RecordBatch ──records──▶ records, equal to the bit
//! ```
//!
//! Every integer is an `int64`, every other number a `double`, every object a struct, every list a
//! list; a text in base64 is binary. Any column may be null: a key that is null or not there.
//!
//! What is read somebody else wrote: whatever it declares, it is weighed before it is unpacked.

mod budget;
mod byte_files;
mod compact_thrift;
mod error;
mod format;
mod from_json;
mod ipc_messages;
mod leaves;
mod of_contract;
mod parquet_description;
mod parquet_file;
mod parquet_pages;
mod pieces;
mod spark_ddl;
mod stream;
mod to_json;
mod writer;

pub use byte_files::{ByteFile, byte_files};
pub use error::ColumnError;
pub use format::ColumnFormat;
pub use from_json::batch;
pub use of_contract::of_contract;
pub use parquet_file::parquet_batches;
pub use pieces::pieces;
pub use spark_ddl::spark_ddl;
pub use stream::ArrowStream;
pub use to_json::records;
pub use writer::ColumnWriter;

/// The name of the values of a list, which is that of Parquet.
pub const ELEMENT: &str = "element";
/// Records that become columns together.
pub const BATCH: usize = 256;
