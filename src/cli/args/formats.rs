//! The forms in which rows and contracts come and go.

use clap::ValueEnum;

/// How rows are written and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// Lines of JSON.
    Ndjson,
    /// An Arrow stream (IPC).
    #[cfg(feature = "columnar")]
    Arrow,
    /// A Parquet file.
    #[cfg(feature = "columnar")]
    Parquet,
}

/// How a contract is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaFormat {
    /// JSON Schema.
    Json,
    /// An Arrow stream without rows; its schema is that of the tables.
    #[cfg(feature = "columnar")]
    Arrow,
    /// Columns for Spark (DDL).
    #[cfg(feature = "columnar")]
    SparkDdl,
}

/// Where bytes of files come from, when not from the disk.
#[cfg(feature = "columnar")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BytesFrom {
    /// An Arrow stream (IPC) on standard input with the columns name, bytes and, if wanted, athlete.
    Arrow,
}
