//! Why something cannot be columns, or cannot be read from them.

use arrow_schema::{ArrowError, DataType};
use parquet::errors::ParquetError;

/// Why something cannot be columns, or cannot be read from them.
#[derive(Debug, thiserror::Error)]
pub enum ColumnError {
    /// A contract in which one key holds values of several kinds.
    #[error("`{0}` has no one type in its contract")]
    NoType(String),
    /// A value that its contract does not allow.
    #[error("`{column}` holds a value that is no {wanted}")]
    Value {
        /// The name of the column.
        column: String,
        /// The type of the column.
        wanted: DataType,
    },
    /// A column of a table that is of another type than rows have there.
    #[error("the column `{column}` is of the type {found}, where rows have {wanted}")]
    Type {
        /// The name of the column.
        column: String,
        /// The type of the column.
        found: DataType,
        /// The type that it has to be read as.
        wanted: DataType,
    },
    /// A table without a column that has to be there.
    #[error("it has no column `{0}`")]
    Missing(&'static str),
    /// No Arrow stream, or a damaged one.
    #[error("no whole Arrow stream: {0}")]
    Arrow(#[from] ArrowError),
    /// No Parquet file, or a damaged one.
    #[error("no whole Parquet file: {0}")]
    Parquet(#[from] ParquetError),
    /// A table with none of the columns that are read.
    #[error("it has none of the columns that are read")]
    NoneWanted,
    /// More than a table may take, whatever it declares.
    #[error("{what}: more than the limit of {most} bytes")]
    TooLarge {
        /// What would take it.
        what: &'static str,
        /// The bytes that it may take.
        most: u64,
    },
    /// Columns within columns without end.
    #[error("its columns are nested deeper than the limit of 64")]
    TooDeep,
    /// Damage on which the reading library itself gives up.
    #[error("it is damaged")]
    Damaged,
    /// The bytes cannot be had.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
}
