//! The two forms of columns.

/// A form of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnFormat {
    /// A stream of record batches (Arrow IPC), zstd within.
    Arrow,
    /// A file of row groups (Parquet), zstd within.
    Parquet,
}
