//! The listed runs as columns, in a Parquet file.

use super::run_columns::write_runs;
use crate::columns::ColumnFormat;
use crate::report::output::{Output, OutputKind};

/// `--format parquet`.
pub static OUTPUT: Output = Output {
    id: "parquet",
    about: "The runs as a Parquet file",
    kind: OutputKind::Rows,
    write: |review, style, out| write_runs(ColumnFormat::Parquet, review, style, out),
};
