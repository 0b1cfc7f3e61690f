//! The listed runs as columns, in an Arrow stream.

use super::run_columns::write_runs;
use crate::columns::ColumnFormat;
use crate::report::output::{Output, OutputKind};

/// `--format arrow`.
pub static OUTPUT: Output = Output {
    id: "arrow",
    about: "The runs as an Arrow stream (IPC)",
    kind: OutputKind::Rows,
    write: |review, style, out| write_runs(ColumnFormat::Arrow, review, style, out),
};
